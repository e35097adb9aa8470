"""Writing the draft: rows come and go by plain buttons, and no word typed is ever lost."""

import datetime
import re
from typing import Any

import pytest
from django_rls_tenants import tenant_context

from pips.enums import PlanStatus
from pips.models import Plan
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.views.conftest import ClientOf, path_of, rows_of

CONCERN = {
    "occurred_on": "2026-11-03",
    "description": "Late again.",
    "standard": "On the day.",
    "impact": "",
    "evidence": "",
    "prior_coaching": "",
}


def typed(plan: Plan, owner: Person, **changes: Any) -> dict[str, Any]:
    """Return a whole draft as a browser sends it."""
    expectation = {
        "title": "On time",
        "measure": "",
        "baseline": "55",
        "direction": "at_least",
        "target": "90",
        "unit": "%",
        "data_source": "Tracker",
    }
    return {
        "title": "Reliable delivery",
        "job_description": plan.job_description_id or "",
        "length_days": "90",
        "starts_on": "2027-01-05",
        "check_in_every_days": "14",
        "root_cause": "Estimates made alone.",
        "success_consequence": "Back to normal.",
        "failure_consequence": "HR decides.",
        "rights": "You may answer.",
        **rows_of("concerns", [CONCERN]),
        **rows_of("expectations", [expectation]),
        **rows_of("milestones", [{"day": str(day), "goal": f"Goal {day}"} for day in (30, 60, 90)]),
        **rows_of("support", [{"description": "Weekly talk", "owner": str(owner.employee.pk), "due_day": "7"}]),
        **changes,
    }


def seen_on(response: Any) -> str:
    """Return the fingerprint of the draft that the page was made from."""
    found = re.search(r'name="seen" value="(\w+)"', response.content.decode())
    assert found is not None
    return found[1]


def test_saving_keeps_the_draft_and_asks_for_nothing_more(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    seen = seen_on(client.get(path_of(plan, "draft/")))

    response = client.post(path_of(plan, "draft/"), typed(plan, bob, save="1", seen=seen))

    assert (response.status_code, response["Location"]) == (302, path_of(plan, "draft/"))
    with tenant_context(plan.organization_id):
        saved = Plan.objects.get(pk=plan.pk)
        assert [(c.occurred_on, c.description) for c in saved.concerns.all()] == [
            (datetime.date(2026, 11, 3), "Late again.")
        ]
        assert [m.goal for m in saved.milestones.all()] == ["Goal 30", "Goal 60", "Goal 90"]
        assert [s.description for s in saved.support_commitments.all()] == ["Weekly talk"]
    assert "Nothing blocks the submission" in client.get(path_of(plan, "draft/")).content.decode()


def test_an_unfinished_draft_is_saved_and_the_panel_says_what_is_missing(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    plan = stage.draft()
    client = client_of(bob)
    seen = seen_on(client.get(path_of(plan, "draft/")))
    unfinished = typed(plan, bob, save="1", seen=seen, rights="", **rows_of("concerns", []))

    client.post(path_of(plan, "draft/"), unfinished)

    body = client.get(path_of(plan, "draft/")).content.decode()
    assert "There is no dated example of the concern." in body
    assert "The plan does not tell the employee their rights." in body
    assert "Rule 16" in body


def test_a_blank_row_is_no_row(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    seen = seen_on(client.get(path_of(plan, "draft/")))
    blank = dict.fromkeys(CONCERN, "")

    client.post(path_of(plan, "draft/"), typed(plan, bob, save="1", seen=seen, **rows_of("concerns", [CONCERN, blank])))

    assert plan.concerns.count() == 1


def test_an_error_loses_no_word(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)
    wrong = {**CONCERN, "occurred_on": "the third of May", "description": "precious words"}

    response = client.post(
        path_of(plan, "draft/"),
        typed(plan, bob, save="1", seen="x", root_cause="more precious words", **rows_of("concerns", [wrong])),
    )

    body = response.content.decode()
    assert response.status_code == 422
    assert "precious words" in body
    assert "more precious words" in body
    assert "the third of May" in body
    assert 'href="#id_concerns-0-occurred_on"' in body


@pytest.mark.parametrize(
    ("name", "count"), [("concerns", "concerns"), ("expectations", "expectations"), ("support", "support")]
)
def test_adding_a_row_keeps_what_is_typed_and_saves_nothing(
    stage: Stage, client_of: ClientOf, bob: Person, name: str, count: str
) -> None:
    plan = stage.draft()

    response = client_of(bob).post(
        path_of(plan, "draft/"), typed(plan, bob, add=name, seen="kept", title="Half a title", check_in_every_days="x")
    )

    body = response.content.decode()
    assert response.status_code == 200
    assert f'name="{count}-TOTAL_FORMS" value="2"' in body
    assert 'value="Half a title"' in body
    assert 'name="seen" value="kept"' in body
    assert len(re.findall(r"\bautofocus\b", body.split('id="draft"')[1].split("</form>")[0])) == 1
    assert Plan.objects.get(pk=plan.pk).title == "Reliable delivery"


def test_removing_a_row_keeps_the_others(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    rows = [{**CONCERN, "description": words} for words in ("first words", "second words", "third words")]

    body = (
        client_of(bob)
        .post(path_of(plan, "draft/"), typed(plan, bob, remove="concerns-1", **rows_of("concerns", rows)))
        .content.decode()
    )

    assert 'name="concerns-TOTAL_FORMS" value="2"' in body
    assert "first words" in body
    assert "second words" not in body
    assert "third words" in body


def test_milestones_follow_a_new_length(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    body = (
        client_of(bob)
        .post(path_of(plan, "draft/"), typed(plan, bob, follow="length", length_days="60"))
        .content.decode()
    )

    assert 'name="milestones-TOTAL_FORMS" value="2"' in body
    assert "Goal 60" in body
    assert "Goal 90" not in body


def test_htmx_gets_the_form_alone(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    body = (
        client_of(bob)
        .post(path_of(plan, "draft/"), typed(plan, bob, add="concerns"), headers={"HX-Request": "true"})
        .content.decode()
    )

    assert "<html" not in body
    assert 'id="draft"' in body


def test_two_people_do_not_overwrite_each_other_unawares(
    stage: Stage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    plan = stage.draft()
    bobs, carols = client_of(bob), client_of(carol)
    path = path_of(plan, "draft/")
    seen = seen_on(bobs.get(path))
    carols.post(path, typed(plan, bob, save="1", seen=seen, title="Carol's title"))

    refused = bobs.post(path, typed(plan, bob, save="1", seen=seen, title="Bob's title"))
    bobs.post(path, typed(plan, bob, save="1", seen=seen_on(refused), title="Bob's title"))

    body = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else has saved this draft since you opened it." in body
    assert "Bob&#x27;s title" in body
    assert Plan.objects.get(pk=plan.pk).title == "Bob's title"


def test_saving_after_changes_were_asked_for_takes_the_plan_back(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    plan = stage.changes_requested()
    client = client_of(bob)
    page = client.get(path_of(plan, "draft/"))

    client.post(path_of(plan, "draft/"), typed(plan, bob, save="1", seen=seen_on(page)))

    assert "Add the dates." in page.content.decode()
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.DRAFT


def test_the_employee_is_never_offered_as_the_owner_of_support(
    stage: Stage, client_of: ClientOf, alice: Person, bob: Person
) -> None:
    plan = stage.draft()
    client = client_of(bob)
    own = rows_of("support", [{"description": "Help", "owner": str(alice.employee.pk), "due_day": "7"}])

    response = client.post(path_of(plan, "draft/"), typed(plan, bob, save="1", seen="x", **own))

    assert response.status_code == 422
