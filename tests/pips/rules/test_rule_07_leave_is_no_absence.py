"""Rule 7: protected leave is never a negative factor, and never counted as absence in any metric."""

import datetime

import pytest

from metrics.enums import LeaveHandling
from people.enums import LeaveKind
from people.models import Employee
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips.enums import Outcome, PlanStatus, TrackStatus
from pips.services.outcome import decide_plan
from pips.services.progress import record_milestone
from reminders.models import Obligation
from tests.metrics.factories import MetricFactory
from tests.metrics.services.observed import counted, left_out, record
from tests.pips.conftest import Stage

D = datetime.date


def away(stage: Stage, first: datetime.date, last: datetime.date, kind: LeaveKind = LeaveKind.MEDICAL) -> None:
    record_leave(
        actor=stage.hana.member, employee=stage.alice.employee, starts_on=first, ends_on=last, kind=kind, note="-"
    )


def test_days_of_leave_are_taken_off_what_a_metric_counts_as_absence(stage: Stage) -> None:
    Employee.objects.filter(pk=stage.alice.employee.pk).update(number="A1")
    MetricFactory.create(key="absence", leave_handling=LeaveHandling.DAYS_ABSENT, cadence="week")
    away(stage, D(2026, 12, 7), D(2026, 12, 8))
    away(stage, D(2026, 12, 14), D(2026, 12, 18))

    record(("absence", "A1", "2026-12-07", "3"), ("absence", "A1", "2026-12-14", "5"))

    assert counted("absence") == {"2026-12-07": (1.0, 3.0)}
    assert left_out("absence") == {"2026-12-14": 5.0}


def test_no_meeting_is_missed_while_away_and_no_time_is_lost(stage: Stage) -> None:
    plan = stage.running()
    first = plan.milestones.get(day=30)
    assert first.due_on == D(2027, 2, 4)

    away(stage, D(2027, 2, 1), D(2027, 2, 12))
    stage.clock.to(D(2027, 2, 4))

    first.refresh_from_db()
    assert first.due_on == D(2027, 2, 16)
    assert not Obligation.objects.filter(status="open", employee=stage.alice.employee, due_on=D(2027, 2, 4)).exists()
    with pytest.raises(DomainError, match="was on leave"):
        record_milestone(
            actor=stage.bob.member,
            milestone=first,
            held_on=D(2027, 2, 4),
            track_status=TrackStatus.OFF_TRACK,
            manager_view="Nothing was delivered.",
            readings={},
        )


def test_the_days_away_belong_to_the_plan_before_it_may_fail(stage: Stage) -> None:
    plan = stage.ended()
    away(stage, D(2027, 3, 29), D(2027, 4, 2))

    with pytest.raises(DomainError, match="has not reached its end") as refused:
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, Outcome.UNSUCCESSFUL))

    assert refused.value.rule == 8
    plan.refresh_from_db()
    assert (plan.status, plan.ends_on) == (PlanStatus.ACTIVE, D(2027, 4, 12))
