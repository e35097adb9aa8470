"""The pages of disciplinary actions: list, draft and every step, for whom they are and for whom not."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context

from documents.models import FormTemplate
from documents.services.templates import provide_templates, set_offered
from people.models import AccessRecord, Membership, ProtectedActivity
from people.registry import profile_sections
from pipcycle.ui.navigation import navigation_for
from pipcycle.ui.search import search_everything
from pips.discipline_enums import ActionConfirmation, ActionStatus
from pips.forms.discipline import ActionForm
from pips.models import DisciplinaryAction
from pips.services.discipline.drafting import draft_action
from tests.cast import DepartmentFactory, Person, make_person
from tests.pips.discipline.conftest import CONTENT, D, DisciplineStage
from tests.pips.views.conftest import ClientOf

LIST = "/o/harbor/discipline/"


def path_of(action: DisciplinaryAction, tail: str = "") -> str:
    return f"{LIST}{action.pk}/{tail}"


def status_of(action: DisciplinaryAction) -> str:
    with tenant_context(action.organization_id):
        return DisciplinaryAction.objects.get(pk=action.pk).status


def names_on(client: Client, query: str = "") -> list[str]:
    body = client.get(f"{LIST}{query}").content.decode()
    return re.findall(r'<a href="/o/harbor/discipline/\d+/">([^<]+)</a>', body)


def typed(**given: Any) -> dict[str, str]:
    """Return the draft as a browser sends it."""
    values = {name: getattr(CONTENT, name) for name in ActionForm.base_fields} | given
    shown = {name: "" if value is None else str(value) for name, value in values.items()}
    if not values["has_no_prior_actions"]:
        del shown["has_no_prior_actions"]
    return shown


# --- The list --------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(discipline: DisciplineStage, bob: Person) -> list[DisciplinaryAction]:
    """Alice's acknowledged warning and two drafts in the same team."""
    actions = [discipline.acknowledged()]
    for given, family in (("Yusuf", "Younis"), ("Zoe", "Zeller")):
        person = make_person(bob.organization, given, family, manager=bob)
        action = draft_action(actor=bob.member, employee=person.employee, category="honesty")
        actions.append(action)
    return actions


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?q=zoe", ["Zoe Zeller"]),
        ("?q=machines", ["Alice Archer"]),
        ("?q=nobody", []),
        ("?status=writing", ["Yusuf Younis", "Zoe Zeller"]),
        ("?status=standing", ["Alice Archer"]),
        ("?status=drafted", ["Yusuf Younis", "Zoe Zeller"]),
        ("?status=over", []),
        ("?category=honesty", ["Yusuf Younis", "Zoe Zeller"]),
        ("?level=verbal", ["Alice Archer"]),
        ("?sort=-employee", ["Zoe Zeller", "Yusuf Younis", "Alice Archer"]),
        ("?sort=-status", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
        ("?sort=nonsense", ["Alice Archer", "Yusuf Younis", "Zoe Zeller"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    three: list[DisciplinaryAction], client_of: ClientOf, bob: Person, query: str, names: list[str]
) -> None:
    assert names_on(client_of(bob), query) == names


def test_each_sees_what_they_may_see(
    three: list[DisciplinaryAction], client_of: ClientOf, alice: Person, hana: Person, adam: Person, eve: Person
) -> None:
    assert names_on(client_of(alice)) == ["Alice Archer"]
    assert len(names_on(client_of(hana))) == 3
    assert names_on(client_of(adam)) == names_on(client_of(eve)) == []


def test_the_list_is_narrowed_by_department(three: list[DisciplinaryAction], client_of: ClientOf, hana: Person) -> None:
    ports = DepartmentFactory.create(name="Ports")
    employee = three[1].employee
    employee.department = ports
    employee.save(update_fields=["department"])

    assert names_on(client_of(hana), f"?department={ports.pk}") == ["Yusuf Younis"]


def test_filters_are_remembered_until_they_are_cleared(
    three: list[DisciplinaryAction], client_of: ClientOf, bob: Person
) -> None:
    client = client_of(bob)
    client.get(f"{LIST}?status=writing")

    assert client.get(LIST)["Location"] == f"{LIST}?status=writing"
    client.get(f"{LIST}?reset=1")
    assert len(names_on(client)) == 3


def test_htmx_gets_the_table_alone(three: list[DisciplinaryAction], client_of: ClientOf, bob: Person) -> None:
    body = client_of(bob).get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in body
    assert "Zoe Zeller" in body


#: Session, user, organization, member, departments on offer, count, rows; a savepoint and the context.
LIST_STATEMENTS = 9


def test_the_list_takes_the_same_statements_for_one_and_for_three(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person
) -> None:
    client = client_of(bob)
    discipline.draft()
    client.get(LIST)  # what is cached after a first visit
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for given, family in (("Yusuf", "Younis"), ("Zoe", "Zeller")):
        draft_action(actor=bob.member, employee=make_person(bob.organization, given, family, manager=bob).employee)
    with CaptureQueriesContext(connection) as for_three:
        client.get(LIST)

    assert (len(for_one), len(for_three)) == (LIST_STATEMENTS, LIST_STATEMENTS)


def test_the_export_has_the_filtered_rows_and_is_on_the_record(
    three: list[DisciplinaryAction], client_of: ClientOf, bob: Person
) -> None:
    response = client_of(bob).get(f"{LIST}export/?status=standing")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Employee", "Alice Archer"]
    assert rows[1][3:6] == ["Safety", "Verbal warning", "Acknowledged"]
    with tenant_context(bob.organization.pk):
        assert AccessRecord.objects.filter(about_type="disciplinary_action", action="export").count() == 1


def test_an_empty_list_says_what_it_is_for(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person, eve: Person
) -> None:
    assert "For results that are not reached, write a plan." in client_of(bob).get(LIST).content.decode()
    assert "If you are ever handed a warning" in client_of(eve).get(LIST).content.decode()


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_a_manager_begins_writes_and_submits(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    client = client_of(bob)

    begun = client.post(f"{LIST}new/", {"employee": alice.employee.pk})
    action = DisciplinaryAction.objects.get()
    page = client.get(begun["Location"]).content.decode()
    seen = re.findall(r'name="seen" value="(\w+)"', page)[0]
    saved = client.post(begun["Location"], {**typed(), "seen": seen})
    client.post(path_of(action, "submission/"), {"note": ""})

    assert begun["Location"] == path_of(action, "draft/")
    assert "It does not say what happened and on which day." in page
    assert saved.status_code == 302
    assert status_of(action) == ActionStatus.IN_REVIEW


def test_a_draft_somebody_else_saved_meanwhile_is_not_overwritten(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person
) -> None:
    action = discipline.draft()

    response = client_of(bob).post(path_of(action, "draft/"), {**typed(facts="My own words."), "seen": "old"})

    assert response.status_code == 409
    assert "My own words." in response.content.decode()
    action.refresh_from_db()
    assert action.facts == CONTENT.facts


def test_a_date_that_is_none_keeps_every_word(discipline: DisciplineStage, client_of: ClientOf, bob: Person) -> None:
    action = discipline.draft()

    response = client_of(bob).post(path_of(action, "draft/"), typed(occurred_on="someday", facts="My own words."))

    assert response.status_code == 422
    assert "My own words." in response.content.decode()


def test_an_incomplete_draft_is_not_submitted(discipline: DisciplineStage, client_of: ClientOf, bob: Person) -> None:
    action = discipline.draft(policy_name="")
    client = client_of(bob)

    page = client.get(path_of(action, "submission/")).content.decode()
    response = client.post(path_of(action, "submission/"), {"note": "Please."})

    assert "It does not name the policy and its version." in page
    assert response.status_code == 409


@pytest.mark.parametrize("who", ["alice", "adam", "eve"])
def test_only_managers_and_hr_begin_one(
    discipline: DisciplineStage, client_of: ClientOf, request: pytest.FixtureRequest, who: str
) -> None:
    assert client_of(request.getfixturevalue(who)).get(f"{LIST}new/").status_code == 403


# --- Review, delivery, receipt ---------------------------------------------------------------------------------------


def test_hr_approves_or_sends_back(discipline: DisciplineStage, client_of: ClientOf, hana: Person, bob: Person) -> None:
    action = discipline.in_review()
    client = client_of(hana)

    client.post(path_of(action, "review/"), {"decision": "send_back", "note": "Name the shift lead."})
    assert status_of(action) == ActionStatus.DRAFTED
    assert "Name the shift lead." in client_of(bob).get(path_of(action, "draft/")).content.decode()
    client_of(bob).post(path_of(action, "submission/"), {"note": ""})
    without = client.post(path_of(action, "review/"), {"decision": "approve", "note": "Fine."})
    client.post(path_of(action, "review/"), {"decision": "approve", "confirmations": ActionConfirmation.values})

    assert (without.status_code, status_of(action)) == (409, ActionStatus.APPROVED)


def test_only_hr_reads_that_something_is_protected(
    discipline: DisciplineStage, client_of: ClientOf, hana: Person, bob: Person, alice: Person
) -> None:
    ProtectedActivity.objects.create(employee=alice.employee, kind="complaint", occurred_on=D(2026, 12, 1))
    action = discipline.in_review()
    hr, manager = client_of(hana), client_of(bob)

    assert "Something the law protects" in hr.get(path_of(action, "review/")).content.decode()
    assert "the law protects" not in manager.get(path_of(action)).content.decode()
    hr.post(path_of(action, "legal-review/"), {"reason": "The log is older."})
    hr.post(path_of(action, "review/"), {"decision": "approve", "confirmations": ActionConfirmation.values})
    assert status_of(action) == ActionStatus.APPROVED
    assert "The log is older." in hr.get(path_of(action)).content.decode()
    assert "The log is older." not in manager.get(path_of(action)).content.decode()

    ProtectedActivity.objects.create(employee=alice.employee, kind="injury", occurred_on=D(2027, 1, 4))
    page = manager.get(path_of(action, "issue/")).content.decode()
    assert ("HR review required" in page, "the law protects" in page) == (True, False)


def test_the_letter_is_handed_over_and_received(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    action = discipline.approved()
    employee = client_of(alice)
    assert employee.get(path_of(action)).status_code == 404

    client_of(bob).post(path_of(action, "issue/"))
    page = employee.get(path_of(action, "acknowledgement/")).content.decode()
    employee.post(path_of(action, "acknowledgement/"), {"kind": "received", "comment": "I had reported it."})

    assert "You may appeal until 18 January 2027" in page
    assert status_of(action) == ActionStatus.ACKNOWLEDGED
    body = employee.get(path_of(action)).content.decode()
    assert ("I had reported it." in body, "HR review" in body, "Approved</span>" in body) == (True, False, False)


def test_a_refusal_is_recorded_before_a_witness(
    discipline: DisciplineStage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    action = discipline.issued()

    client_of(bob).post(path_of(action, "acknowledgement/"), {"witness": str(carol.employee.pk), "comment": "No."})

    assert status_of(action) == ActionStatus.REFUSED


def test_the_whole_appeal_through_the_pages(
    discipline: DisciplineStage, client_of: ClientOf, alice: Person, hana: Person, nora: Person
) -> None:
    action = discipline.issued(level="written", level_reason="Nearly hurt.")
    hearer = client_of(nora)

    client_of(alice).post(path_of(action, "appeal/"), {"grounds": "I had reported the guard."})
    assert hearer.get(path_of(action)).status_code == 404
    client_of(hana).post(path_of(action, "hearer/"), {"hearer": str(nora.employee.pk)})
    page = hearer.get(path_of(action, "decision/")).content.decode()
    without = hearer.post(path_of(action, "decision/"), {"decision": "reduced", "reasons": "It was reported."})
    hearer.post(
        path_of(action, "decision/"),
        {"decision": "reduced", "reduced_level": "verbal", "reasons": "It was reported."},
    )

    assert "I had reported the guard." in page
    assert without.status_code == 422
    assert status_of(action) == ActionStatus.REDUCED
    body = client_of(alice).get(path_of(action)).content.decode()
    assert "It was reported." in body
    assert "reduced to: Verbal warning" in body


def test_who_comes_too_late_keeps_the_words(discipline: DisciplineStage, client_of: ClientOf, hana: Person) -> None:
    action = discipline.issued()
    client = client_of(hana)
    client.post(path_of(action, "withdrawal/"), {"reason": "The log was wrong."})

    looked = client.get(path_of(action, "withdrawal/"))
    wrote = client.post(path_of(action, "withdrawal/"), {"reason": "words that stay"})

    assert (looked.status_code, wrote.status_code) == (302, 409)
    assert "words that stay" in wrote.content.decode()
    assert status_of(action) == ActionStatus.WITHDRAWN


def test_it_becomes_a_plan_and_both_pages_link(discipline: DisciplineStage, client_of: ClientOf, bob: Person) -> None:
    action = discipline.draft()
    client = client_of(bob)

    response = client.post(path_of(action, "plan/"), {"template": "quality", "reason": "Nobody had shown her."})

    assert re.fullmatch(r"/o/harbor/plans/\d+/", response["Location"])
    assert path_of(action) in client.get(response["Location"]).content.decode()
    assert response["Location"] in client.get(path_of(action)).content.decode()


def test_it_becomes_a_plan_only_from_a_template_on_offer(
    discipline: DisciplineStage, client_of: ClientOf, hana: Person, bob: Person
) -> None:
    action = discipline.draft()
    provide_templates()
    set_offered(actor=hana.member, template=FormTemplate.objects.get(key="quality"), is_offered=False)

    body = client_of(bob).get(path_of(action, "plan/")).content.decode()

    assert re.findall(r'<option value="(\w+)"', body) == ["delivery", "attendance"]


# --- What the rooms below show ---------------------------------------------------------------------------------------


def rail(person: Person) -> set[str]:
    member = Membership.objects.select_related("employee").get(pk=person.member.pk)  # as each request has its own
    sections = navigation_for(member=member, organization_slug="harbor", path="")
    return {str(link.label) for section in sections for link in section.links}


def test_the_rail_names_it_for_whom_it_is_of_use(
    discipline: DisciplineStage, alice: Person, bob: Person, hana: Person, adam: Person
) -> None:
    assert [("Disciplinary actions" in rail(person)) for person in (bob, hana, alice, adam)] == [
        True,
        True,
        False,
        False,
    ]
    discipline.issued()
    assert "Disciplinary actions" in rail(alice)


def test_search_and_profile_show_what_one_may_read(
    discipline: DisciplineStage, alice: Person, bob: Person, adam: Person
) -> None:
    discipline.draft()

    def found(person: Person) -> list[str]:
        results = search_everything(member=person.member, organization_slug="harbor", query="archer")
        return [str(result.title) for result in results]

    def sections(person: Person) -> set[str]:
        return {section.key for section in profile_sections(person.member, alice.employee)}

    assert "Verbal warning: Safety" in found(bob)
    assert "Verbal warning: Safety" not in [*found(alice), *found(adam)]
    assert ["discipline" in sections(person) for person in (bob, alice, adam)] == [True, False, False]
