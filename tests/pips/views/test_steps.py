"""A plan from draft to closed, step by step through the pages."""

import datetime
import io
import re

import pypdf
import pytest
from django_rls_tenants import tenant_context

from documents.models import Acknowledgement
from documents.selectors import documents_about
from pips.enums import Confirmation, PlanStatus
from pips.models import Plan
from pips.services.outcome import record_follow_up
from tests.cast import Person
from tests.pips.conftest import START, Stage
from tests.pips.views.conftest import ClientOf, path_of


def status_of(plan: Plan) -> str:
    with tenant_context(plan.organization_id):
        return Plan.objects.get(pk=plan.pk).status


def test_the_manager_submits(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()

    response = client_of(bob).post(path_of(plan, "submission/"), {"note": "As discussed on Monday."})

    assert (response.status_code, response["Location"]) == (302, path_of(plan))
    assert status_of(plan) == PlanStatus.IN_REVIEW


def test_an_incomplete_draft_is_not_submitted(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft(concerns=[])

    response = client_of(bob).post(path_of(plan, "submission/"), {"note": ""})

    assert response.status_code == 409
    assert "There is no dated example of the concern." in response.content.decode()
    assert status_of(plan) == PlanStatus.DRAFT


def test_hr_approves_with_its_confirmations(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.in_review()

    client_of(hana).post(
        path_of(plan, "review/"), {"decision": "approve", "confirmations": Confirmation.values, "note": ""}
    )

    assert status_of(plan) == PlanStatus.APPROVED


def test_hr_cannot_approve_without_confirming(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.in_review()

    response = client_of(hana).post(
        path_of(plan, "review/"), {"decision": "approve", "confirmations": [], "note": "Looks fine to me."}
    )

    body = response.content.decode()
    assert response.status_code == 409
    assert "Confirm each statement" in body
    assert "Looks fine to me." in body
    assert status_of(plan) == PlanStatus.IN_REVIEW


def test_hr_asks_for_changes_with_a_reason(stage: Stage, client_of: ClientOf, hana: Person, bob: Person) -> None:
    plan = stage.in_review()

    client_of(hana).post(path_of(plan, "review/"), {"decision": "request_changes", "note": "Name the report."})

    assert status_of(plan) == PlanStatus.CHANGES_REQUESTED
    assert "Name the report." in client_of(bob).get(path_of(plan, "draft/frame/")).content.decode()


def test_changes_without_a_reason_are_not_asked_for(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.in_review()

    response = client_of(hana).post(path_of(plan, "review/"), {"decision": "request_changes", "note": " "})

    assert response.status_code == 422
    assert "Say what should change." in response.content.decode()


def test_on_second_thought_an_approved_plan_can_only_go_back(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.approved()
    client = client_of(hana)

    approved_again = client.post(path_of(plan, "review/"), {"decision": "approve", "note": ""})
    client.post(path_of(plan, "review/"), {"decision": "request_changes", "note": "One more example."})

    assert approved_again.status_code == 422
    assert status_of(plan) == PlanStatus.CHANGES_REQUESTED


def test_the_manager_issues(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.approved()

    response = client_of(bob).post(path_of(plan, "issue/"), {"starts_on": START.isoformat()})

    assert response["Location"] == path_of(plan) + "#documents"
    assert status_of(plan) == PlanStatus.ISSUED


def test_the_sealed_plan_carries_the_dates_that_the_issue_has_set(
    stage: Stage, client_of: ClientOf, bob: Person
) -> None:
    plan = stage.approved()
    client_of(bob).post(path_of(plan, "issue/"), {"starts_on": START.isoformat()})

    with tenant_context(plan.organization_id):
        document = documents_about("plan", plan.pk)[0]
        reader = pypdf.PdfReader(io.BytesIO(bytes(document.content)))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert "Day 30 Thu, 4 February 2027" in text
    assert "Check-ins between the milestones 19 January 2027" in text


def test_receipt_before_the_start_is_recorded_once_and_the_page_says_what_comes(
    stage: Stage, client_of: ClientOf, alice: Person
) -> None:
    plan = stage.issued()
    client = client_of(alice)
    client.post(path_of(plan, "acknowledgement/"), {"kind": "received", "comment": ""})

    again = client.post(path_of(plan, "acknowledgement/"), {"kind": "received", "comment": "one more thing"})

    assert again.status_code == 409
    assert "one more thing" in again.content.decode()
    body = client.get(path_of(plan)).content.decode()
    assert "Receipt is recorded. The plan becomes active on 5 January 2027" in body


def test_a_plan_is_not_issued_into_the_past(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.approved()

    response = client_of(bob).post(path_of(plan, "issue/"), {"starts_on": "2026-12-01"})

    assert response.status_code == 409
    assert "A plan cannot start before it is issued." in response.content.decode()


@pytest.mark.parametrize("kind", ["received", "received_with_comment"])
def test_a_comment_is_never_lost_to_the_wrong_choice(
    stage: Stage, client_of: ClientOf, alice: Person, kind: str
) -> None:
    plan = stage.issued()

    client_of(alice).post(path_of(plan, "acknowledgement/"), {"kind": kind, "comment": "I see it differently."})

    with tenant_context(plan.organization_id):
        receipt = Acknowledgement.objects.get()
    assert (receipt.kind, receipt.comment) == ("received_with_comment", "I see it differently.")


def test_a_promised_comment_must_be_written(stage: Stage, client_of: ClientOf, alice: Person) -> None:
    plan = stage.issued()

    response = client_of(alice).post(
        path_of(plan, "acknowledgement/"), {"kind": "received_with_comment", "comment": ""}
    )

    assert response.status_code == 422
    assert status_of(plan) == PlanStatus.ISSUED


def test_the_page_shows_the_statement_that_is_recorded(stage: Stage, client_of: ClientOf, alice: Person) -> None:
    plan = stage.issued()
    client = client_of(alice)

    shown = client.get(path_of(plan, "acknowledgement/")).content.decode()
    client.post(path_of(plan, "acknowledgement/"), {"kind": "received", "comment": ""})

    with tenant_context(plan.organization_id):
        receipt = Acknowledgement.objects.get()
    assert receipt.statement in shown
    assert receipt.sha256 in shown


def test_the_manager_records_a_refusal_before_a_witness(
    stage: Stage, client_of: ClientOf, bob: Person, carol: Person
) -> None:
    plan = stage.issued()

    client_of(bob).post(
        path_of(plan, "acknowledgement/"), {"witness": str(carol.employee.pk), "comment": "She declined."}
    )

    with tenant_context(plan.organization_id):
        receipt = Acknowledgement.objects.get()
    assert (receipt.kind, receipt.witness_id, receipt.comment) == ("refused", carol.employee.pk, "She declined.")


def test_the_recorder_is_not_offered_as_the_witness(
    stage: Stage, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    plan = stage.issued()
    client = client_of(bob)

    for witness in (bob, alice):
        response = client.post(path_of(plan, "acknowledgement/"), {"witness": str(witness.employee.pk)})
        assert response.status_code == 422
    assert status_of(plan) == PlanStatus.ISSUED


def test_hr_decides(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.ended()

    results = {f"verdict-{one.pk}": "met" for one in plan.expectations.all()}
    client_of(hana).post(
        path_of(plan, "outcome/"), {"outcome": "successful", "reason": "Both targets are met.", **results}
    )

    assert status_of(plan) == PlanStatus.DECIDED


def test_undelivered_support_stands_in_the_way_of_unsuccessful(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.ended(delivered=False)
    client = client_of(hana)

    page = client.get(path_of(plan, "outcome/")).content.decode()
    results = {f"verdict-{one.pk}": "not_met" for one in plan.expectations.all()}
    response = client.post(
        path_of(plan, "outcome/"),
        {"outcome": "unsuccessful", "reason": "Targets missed.", "step": "support", **results},
    )

    assert "Stands in the way of: Unsuccessful" in page
    assert response.status_code == 409
    assert "Targets missed." in response.content.decode()


def test_hr_closes_once_the_first_follow_up_is_recorded(
    stage: Stage, client_of: ClientOf, bob: Person, hana: Person
) -> None:
    plan = stage.decided()
    first = plan.follow_ups.order_by("day").first()
    assert first is not None

    too_early = client_of(hana).post(path_of(plan, "closure/"))
    stage.clock.to(first.due_on)
    record_follow_up(actor=bob.member, follow_up=first, held_on=first.due_on, is_sustained=True, note="Still at 90%.")
    client_of(hana).post(path_of(plan, "closure/"))

    assert too_early.status_code == 409
    assert status_of(plan) == PlanStatus.CLOSED


def test_a_draft_is_discarded_with_a_reason(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.draft()
    client = client_of(bob)

    without = client.post(path_of(plan, "discard/"), {"reason": ""})
    client.post(path_of(plan, "discard/"), {"reason": "We settled it in a talk."})

    assert without.status_code == 422
    assert status_of(plan) == PlanStatus.CLOSED


def test_a_day_to_come_is_not_recorded_as_held(stage: Stage, client_of: ClientOf, bob: Person) -> None:
    plan = stage.active()
    check_in = plan.check_ins.order_by("day").first()
    assert check_in is not None
    tomorrow = (START + datetime.timedelta(days=1)).isoformat()

    response = client_of(bob).post(
        path_of(plan, f"check-ins/{check_in.pk}/"),
        {"held_on": tomorrow, "track_status": "on_track", "manager_view": "words that stay"},
    )

    body = response.content.decode()
    assert response.status_code == 422
    assert "This day is still to come." in body
    assert "words that stay" in body
