"""The pages of changes: who opens them, what is typed over, compared, proposed, settled and received."""

import datetime
import html
import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from documents.selectors import documents_about
from people.enums import LeaveKind
from people.services.leave import record_leave
from pips.models import Amendment, LeaveProposal, Plan
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import Stage

type ClientOf = Any
HTMX = {"HX-Request": "true"}
D = datetime.date


def path_of(plan: Plan, tail: str = "") -> str:
    return f"/o/harbor/plans/{plan.pk}/{tail}"


def typed(client: Client, plan: Plan, **changes: str) -> dict[str, str]:
    """Return the form as a browser would send it back unchanged but for the fields given."""
    body = client.get(path_of(plan, "amendments/new/")).content.decode()
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="radio"' not in tag:
            values[name[1]] = value[1] if value else ""
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', body, re.DOTALL)
    values |= {name: html.unescape(text) for name, text in areas}
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"\s+selected', options)
        values[name] = chosen[1] if chosen else ""
    return {**values, **changes}


def change_of(plan: Plan) -> Amendment:
    with tenant_context(plan.organization_id):
        return Amendment.objects.get()


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


# --- Proposing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["amendments/new/", "extension/"])
def test_managers_and_hr_propose_and_the_employee_does_not(
    stage: Stage, client_of: ClientOf, tail: str, carol: Person, eve: Person
) -> None:
    plan = stage.running()

    answers = [
        client_of(person).get(path_of(plan, tail)).status_code
        for person in (stage.bob, carol, stage.hana, stage.alice, eve)
    ]

    assert answers == [200, 200, 200, 403, 404]
    assert client_of(stage.bob).put(path_of(plan, tail)).status_code == 405


def test_today_s_content_is_there_to_be_typed_over_and_a_change_is_proposed(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    data = typed(client, plan, reason="Two customers left.", **{"expectations-0-target": "85"})

    response = client.post(path_of(plan, "amendments/new/"), {**data, "propose": "1"})

    amendment = change_of(plan)
    assert response["Location"] == path_of(plan, f"amendments/{amendment.pk}/")
    assert (amendment.reason, amendment.proposal["expectations"][0]["target"]) == ("Two customers left.", "85")
    page = words(client.get(response["Location"]).content.decode())
    assert "Work is delivered on the agreed day: Target Expectations 90% 85%" in page


def test_a_retired_metric_is_kept_when_something_else_changes(stage: Stage, client_of: ClientOf) -> None:
    metric = MetricFactory.create()
    first, second = stage.content()["expectations"]
    plan = stage.running_from(stage.draft(expectations=[replace(first, metric_id=metric.pk), second]))
    metric.is_active = False
    metric.save(update_fields=["is_active"])
    client = client_of(stage.bob)
    data = typed(client, plan, reason="Two customers left.", **{"expectations-0-target": "85"})

    response = client.post(path_of(plan, "amendments/new/"), {**data, "propose": "1"})

    assert response.status_code == 302
    assert [row["metric_id"] for row in change_of(plan).proposal["expectations"]] == [metric.pk, None]


def test_a_refusal_stands_above_the_form_and_nothing_typed_is_lost(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    data = typed(client, plan, reason="The team agreed.", **{"expectations-0-target": "95"})

    response = client.post(path_of(plan, "amendments/new/"), {**data, "propose": "1"})

    body = response.content.decode()
    assert response.status_code == 409
    assert "Then the plan needs at least 14 days more" in body
    assert "The team agreed." in body
    assert 'value="95"' in body


def test_a_change_without_a_reason_is_not_proposed(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)

    response = client.post(path_of(plan, "amendments/new/"), {**typed(client, plan, reason=""), "propose": "1"})

    assert response.status_code == 422


def test_what_would_change_is_shown_while_it_is_typed(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    data = typed(client, plan, **{"expectations-0-target": "95"})

    part = client.post(path_of(plan, "amendments/new/"), {**data, "preview": "1"}, headers=HTMX).content.decode()
    page = client.post(path_of(plan, "amendments/new/"), {**data, "preview": "1"}).content.decode()

    assert part.lstrip().startswith('<section class="preview"')
    assert "<ins>95%</ins>" in part
    assert "needs at least 14 days more" in part
    assert "<html" in page
    assert "<ins>95%</ins>" in page


def test_rows_come_and_go_without_losing_a_word(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    data = typed(client, plan, reason="Half a sentence")

    more = client.post(path_of(plan, "amendments/new/"), {**data, "add": "support"}, headers=HTMX).content.decode()
    less = client.post(path_of(plan, "amendments/new/"), {**data, "remove": "expectations-1"}).content.decode()

    assert "Half a sentence" in more
    assert 'name="support-2-description"' in more
    assert 'name="expectations-1-title"' not in less
    assert "Few items at once" in less  # as taken out, beside the form


@pytest.mark.parametrize("button", [{"add": "concerns"}, {"remove": "expectations-²"}, {"preview": "1"}])
def test_counts_and_days_that_are_no_numbers_are_answered(
    stage: Stage, client_of: ClientOf, button: dict[str, str]
) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    form = typed(client, plan, **{"expectations-TOTAL_FORMS": "²", "milestones-0-day": "soon"})

    assert client.post(path_of(plan, "amendments/new/"), {**form, **button}).status_code == 200
    assert client.post(path_of(plan, "amendments/new/"), {**form, "propose": "1"}).status_code == 422


@pytest.mark.parametrize("state", ["draft", "decided"])
def test_a_plan_that_does_not_run_sends_its_reader_back(stage: Stage, client_of: ClientOf, state: str) -> None:
    plan: Plan = getattr(stage, state)()

    response = client_of(stage.bob).get(path_of(plan, "amendments/new/"))

    assert (response.status_code, response["Location"]) == (302, path_of(plan))


@pytest.mark.parametrize("tail", ["amendments/new/", "extension/"])
def test_nobody_fills_in_a_form_that_cannot_be_handed_in(
    stage: Stage, client_of: ClientOf, changes: Changes, tail: str
) -> None:
    plan = stage.running()
    changes.lower(plan)

    response = client_of(stage.bob).get(path_of(plan, tail), follow=True)

    assert response.redirect_chain == [(path_of(plan), 302)]
    assert "awaits HR already" in response.content.decode()


def test_an_extension_is_proposed_within_the_cap(stage: Stage, client_of: ClientOf) -> None:
    plan = stage.running()
    client = client_of(stage.bob)
    data = {"reason_kind": "missing_data", "days": "61", "last_goal": "Held.", "reason": "The tracker was down."}

    refused = client.post(path_of(plan, "extension/"), data)
    accepted = client.post(path_of(plan, "extension/"), {**data, "days": "30"})

    assert refused.status_code == 409
    assert "60 days are left" in refused.content.decode()
    assert accepted["Location"] == path_of(plan) + "#versions"
    assert change_of(plan).more_days == 30


# --- Settling --------------------------------------------------------------------------------------------------------


def test_who_reads_and_who_settles_a_proposal(
    stage: Stage, client_of: ClientOf, changes: Changes, carol: Person, eve: Person, mallory: Person
) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    people = (stage.hana, stage.bob, carol, stage.alice, eve, mallory)

    def answers(tail: str) -> list[int]:
        return [
            client_of(person).get(path_of(plan, f"amendments/{amendment.pk}/{tail}")).status_code for person in people
        ]

    assert answers("") == [200, 200, 200, 404, 404, 404]
    assert answers("review/") == [200, 403, 403, 404, 404, 404]
    assert answers("withdrawal/") == [403, 200, 200, 404, 404, 404]


def test_anonymous_visitors_sign_in_first(stage: Stage, client: Client, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)

    for tail in ("amendments/new/", "extension/", f"amendments/{amendment.pk}/", f"amendments/{amendment.pk}/review/"):
        assert client.get(path_of(plan, tail)).status_code == 302


def test_hr_approves_and_the_page_says_so(stage: Stage, client_of: ClientOf, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    review = path_of(plan, f"amendments/{amendment.pk}/review/")
    client = client_of(stage.hana)

    response = client.post(review, {"decision": "approve", "note": "Checked."})
    again = client.post(review, {"decision": "approve", "note": "Once more, please."})

    assert response["Location"] == path_of(plan) + "#versions"
    body = words(client.get(path_of(plan)).content.decode())
    assert "Version 2: what changed In force, receipt open" in body
    assert again.status_code == 409
    assert "Once more, please." in again.content.decode()


def test_declining_asks_for_a_reason(stage: Stage, client_of: ClientOf, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    review = path_of(plan, f"amendments/{amendment.pk}/review/")
    client = client_of(stage.hana)

    assert client.post(review, {"decision": "decline", "note": " "}).status_code == 422
    assert client.post(review, {"decision": "decline", "note": "Not yet."}).status_code == 302
    assert change_of(plan).decision_reason == "Not yet."


def test_a_proposal_is_taken_back(stage: Stage, client_of: ClientOf, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)

    client_of(stage.bob).post(path_of(plan, f"amendments/{amendment.pk}/withdrawal/"))

    assert change_of(plan).status == "withdrawn"


# --- What the employee sees and receives -----------------------------------------------------------------------------


def test_the_employee_learns_of_a_change_when_it_is_in_force(
    stage: Stage, client_of: ClientOf, changes: Changes
) -> None:
    plan = stage.active()
    amendment = changes.lower(plan)
    client = client_of(stage.alice)
    before = client.get(path_of(plan)).content.decode()
    assert "Two customers left." not in before
    assert "proposed" not in before.lower()

    client_of(stage.hana).post(path_of(plan, f"amendments/{amendment.pk}/review/"), {"decision": "approve", "note": ""})

    after = client.get(path_of(plan)).content.decode()
    assert "Two customers left." in after
    assert "Acknowledge receipt" in after


def test_a_page_that_shows_an_outdated_version_is_refused_with_the_way_to_the_new(
    stage: Stage, client_of: ClientOf, changes: Changes
) -> None:
    plan = stage.issued()
    client = client_of(stage.alice)
    form = {"kind": "received_with_comment", "comment": "I see it differently.", "version": "1"}
    changes.lowered(plan)

    refused = client.post(path_of(plan, "acknowledgement/"), form)
    body = refused.content.decode()

    assert refused.status_code == 409
    assert "You have read version 1. Version 2 is in force since 4 January 2027" in body
    assert "I see it differently." in body
    assert '<input type="hidden" name="version" value="2">' in body
    assert "Read version 2 (PDF)" in body
    assert client.post(path_of(plan, "acknowledgement/"), {**form, "version": "2"}).status_code == 302


def test_the_refusal_of_a_later_version_is_recorded_before_a_witness(
    stage: Stage, client_of: ClientOf, changes: Changes, carol: Person
) -> None:
    plan = stage.active()
    changes.lowered(plan)

    client_of(stage.bob).post(
        path_of(plan, "acknowledgement/"), {"witness": str(carol.employee.pk), "comment": "", "version": "2"}
    )

    with tenant_context(plan.organization_id):
        receipt = documents_about("plan", plan.pk)[0].acknowledgement
    assert receipt.kind == "refused"
    assert receipt.statement.startswith("Version 2 of this plan was handed to the employee")


def test_the_sealed_version_says_what_changed_why_and_which_dates_moved(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=D(2027, 2, 10),
        ends_on=D(2027, 2, 23),
        kind=LeaveKind.VACATION,
    )

    changes.extended(plan)

    reader = pypdf.PdfReader(io.BytesIO(bytes(documents_about("plan", plan.pk)[0].content)))
    text = words(" ".join(page.extract_text() for page in reader.pages))
    assert "What changed in version 2" in text
    assert "Half of the gap is closed." in text
    assert "Versions and moved dates" in text
    assert "14 days of leave (10–23 February 2027) do not count." in text


# --- After leave -----------------------------------------------------------------------------------------------------


def test_a_ramp_up_is_answered_on_its_page(stage: Stage, client_of: ClientOf, eve: Person) -> None:
    plan = stage.running()
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=D(2027, 2, 10),
        ends_on=D(2027, 2, 23),
        kind=LeaveKind.VACATION,
    )
    proposal = LeaveProposal.objects.get()
    path = path_of(plan, f"after-leave/{proposal.pk}/")

    answers = [client_of(person).get(path).status_code for person in (stage.hana, stage.bob, stage.alice, eve)]
    without = client_of(stage.bob).post(path, {"decision": "decline", "reason": ""})
    accepted = client_of(stage.bob).post(path, {"decision": "accept", "reason": ""})

    assert answers == [200, 200, 404, 404]
    assert without.status_code == 422
    assert accepted["Location"] == path_of(plan) + "#timeline"
    body = words(client_of(stage.bob).get(path_of(plan)).content.decode())
    assert "7 days of ramp-up after leave (24 February – 2 March 2027) do not count." in body
    assert "Every date that moved" in body
