"""Rules 4 and 7 for a disciplinary action: what the law protects sends it to HR, and nobody else learns why."""

import datetime

import pytest

from people.enums import LeaveKind
from people.models import ProtectedActivity
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStatus, ActionStep
from pips.enums import FindingKind
from pips.gates.action_people import needs_legal_review
from pips.gates.actions import action_findings
from pips.services.discipline.delivery import issue_action
from pips.services.discipline.review import approve_action, record_legal_review, submit_action
from tests.pips.discipline.conftest import CONFIRMED_ACTION, D, DisciplineStage


def complain(discipline: DisciplineStage, on: datetime.date) -> None:
    ProtectedActivity.objects.create(employee=discipline.alice.employee, kind="complaint", occurred_on=on)


def test_a_complaint_in_the_window_routes_it_to_hr(discipline: DisciplineStage) -> None:
    complain(discipline, D(2026, 12, 1))
    action = discipline.in_review()

    (finding,) = action_findings(action, ActionStep.APPROVE)
    assert (finding.kind, finding.rule) == (FindingKind.ROUTE, 4)
    with pytest.raises(DomainError, match="HR review required"):
        approve_action(actor=discipline.hana.member, action=action, confirmations=CONFIRMED_ACTION)


def test_hr_records_its_review_with_reasons_and_it_goes_on(discipline: DisciplineStage) -> None:
    complain(discipline, D(2026, 12, 1))
    action = discipline.in_review()

    with pytest.raises(DomainError, match="Write what was looked at"):
        record_legal_review(actor=discipline.hana.member, action=action, reason=" ")
    record_legal_review(actor=discipline.hana.member, action=action, reason="The log is older than the complaint.")
    approve_action(actor=discipline.hana.member, action=action, confirmations=CONFIRMED_ACTION)

    assert (action.status, action.legal_reviewed_by) == (ActionStatus.APPROVED, discipline.hana.member)


def test_a_complaint_before_the_window_does_not(discipline: DisciplineStage) -> None:
    complain(discipline, D(2026, 7, 7))
    assert needs_legal_review(discipline.draft()) is False

    complain(discipline, D(2026, 7, 8))
    assert needs_legal_review(discipline.draft()) is True


def test_protected_leave_counts_and_a_vacation_does_not(discipline: DisciplineStage) -> None:
    action = discipline.draft()
    for kind, needs in ((LeaveKind.VACATION, False), (LeaveKind.MEDICAL, True)):
        record_leave(
            actor=discipline.hana.member,
            employee=discipline.alice.employee,
            starts_on=D(2026, 11, 2),
            ends_on=D(2026, 11, 6),
            kind=kind,
        )
        assert needs_legal_review(action) is needs


def test_what_comes_after_the_review_asks_for_another_and_the_manager_hears_nothing_of_it(
    discipline: DisciplineStage,
) -> None:
    action = discipline.approved()
    complain(discipline, D(2027, 1, 4))

    with pytest.raises(DomainError) as refused:
        issue_action(actor=discipline.bob.member, action=action)

    assert str(refused.value) == "HR review required. HR records it with the action; then this step is open."
    assert refused.value.rule is None


def test_absence_on_a_day_of_leave_is_never_answered(discipline: DisciplineStage) -> None:
    record_leave(
        actor=discipline.hana.member,
        employee=discipline.alice.employee,
        starts_on=D(2026, 12, 14),
        ends_on=D(2026, 12, 14),
        kind=LeaveKind.VACATION,
    )
    action = discipline.draft(category="attendance")

    with pytest.raises(DomainError, match="on recorded leave that day") as refused:
        submit_action(actor=discipline.bob.member, action=action)
    assert refused.value.rule == 7
