"""Leave recorded while a plan runs: everything ahead moves, with its reason, and both people are told."""

import datetime

import pgtrigger
import pytest

from people.enums import LeaveKind
from people.models import Leave
from people.services.leave import change_leave, record_leave, withdraw_leave
from pipcycle.errors import DomainError
from pips.enums import NoteKind, PlanStatus
from pips.models import Plan, PlanNote, PlanTransition
from pips.services.dates import clock_of, refresh_plan_dates
from pips.services.progress import deliver_support, record_check_in
from pips.tasks import refresh_organization, refresh_plan_states
from reminders.models import Obligation, OutboxMessage
from tests.pips.conftest import START, Stage

D = datetime.date


def dues(plan: Plan) -> list[D]:
    return [due for due in plan.milestones.values_list("due_on", flat=True) if due is not None]


def owed(kind: str) -> list[D]:
    return list(Obligation.objects.filter(status="open", kind=kind).order_by("due_on").values_list("due_on", flat=True))


def take_leave(stage: Stage, starts_on: D, ends_on: D | None) -> Leave:
    return record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=LeaveKind.MEDICAL,
        note="confidential",
    )


def test_without_leave_the_dates_are_those_of_the_calendar(stage: Stage) -> None:
    plan = stage.running()

    assert dues(plan) == [D(2027, 2, 4), D(2027, 3, 8), D(2027, 4, 5)]
    assert plan.ends_on == D(2027, 4, 5)
    assert refresh_plan_dates(plan=plan) is False
    assert PlanNote.objects.count() == 0


def test_leave_moves_everything_that_lies_behind_it(stage: Stage) -> None:
    plan = stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    plan.refresh_from_db()
    assert dues(plan) == [D(2027, 2, 4), D(2027, 3, 22), D(2027, 4, 20)]
    assert plan.ends_on == D(2027, 4, 20)
    assert owed("record_milestone") == dues(plan)
    assert owed("hold_check_in") == [D(2027, 1, 19), D(2027, 3, 4), D(2027, 4, 5)]
    assert owed("deliver_support") == [D(2027, 1, 12), D(2027, 1, 26)]
    moved = Obligation.objects.get(kind="record_milestone", due_on=D(2027, 4, 20))
    assert moved.first_due_on == D(2027, 4, 5)
    assert moved.moved_reason == (
        "Day 90 moves from 5 April to 19 April 2027: 14 days of leave (10–23 February 2027) do not count. "
        "Day 90 falls on Monday 19 April, a public holiday (Patriots' Day): "
        "the next working day is Tuesday 20 April 2027."
    )


def test_the_move_is_on_the_record_with_its_sentences_and_without_the_reason_of_the_leave(stage: Stage) -> None:
    plan = stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    note = PlanNote.objects.get(plan=plan, kind=NoteKind.CLOCK)
    assert note.author == stage.hana.member
    assert note.body.splitlines() == [
        "Day 60 moves from 6 March to 20 March 2027: 14 days of leave (10–23 February 2027) do not count.",
        "Day 60 falls on Saturday 20 March, when nobody works: the next working day is Monday 22 March 2027.",
        "Day 90 moves from 5 April to 19 April 2027: 14 days of leave (10–23 February 2027) do not count.",
        (
            "Day 90 falls on Monday 19 April, a public holiday (Patriots' Day): "
            "the next working day is Tuesday 20 April 2027."
        ),
        "Check-ins, promised support and reminders move with these dates.",
    ]
    assert plan.milestones.get(day=60).clock_explanation == "\n".join(note.body.splitlines()[:2])


def test_both_are_told_that_dates_moved_and_nothing_else(stage: Stage) -> None:
    stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    messages = OutboxMessage.objects.order_by("recipient")
    assert [message.recipient for message in messages] == ["alice@harbor.example", "bob@harbor.example"]
    for message in messages:
        assert message.subject == "Dates in PIPCycle have moved"
        assert "confidential" not in message.text_body + message.html_body
        assert "Reliable delivery" not in message.text_body + message.html_body
        assert "leave" not in (message.text_body + message.html_body).lower()
        assert "The next of them is on 4 March 2027 now, no longer on 18 February." in message.text_body


def test_a_leave_taken_back_takes_the_dates_back(stage: Stage) -> None:
    plan = stage.running()
    leave = take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    withdraw_leave(actor=stage.hana.member, leave=leave)

    plan.refresh_from_db()
    assert dues(plan) == [D(2027, 2, 4), D(2027, 3, 8), D(2027, 4, 5)]
    assert plan.ends_on == D(2027, 4, 5)
    assert PlanNote.objects.filter(kind=NoteKind.CLOCK).count() == 2
    assert "no leave lies before it any more" in PlanNote.objects.order_by("pk").last().body  # type: ignore[union-attr]


def test_a_changed_leave_moves_the_dates_again(stage: Stage) -> None:
    plan = stage.running()
    leave = take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 12))

    plan.refresh_from_db()
    assert dues(plan) == [D(2027, 2, 4), D(2027, 3, 9), D(2027, 4, 8)]


def test_leave_that_moves_nothing_writes_nothing(stage: Stage) -> None:
    stage.running()

    take_leave(stage, D(2027, 5, 10), D(2027, 5, 12))

    assert PlanNote.objects.count() == 0
    assert OutboxMessage.objects.count() == 0


def test_what_was_held_or_delivered_keeps_its_date(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 1, 19))
    check_in = plan.check_ins.get(day=14)
    record_check_in(
        actor=stage.bob.member, check_in=check_in, held_on=D(2027, 1, 19), track_status="on_track", manager_view="Good."
    )
    support = plan.support_commitments.get(due_day=7)
    deliver_support(actor=stage.bob.member, commitment=support, delivered_on=D(2027, 1, 12), note="Held.")

    take_leave(stage, D(2027, 1, 6), D(2027, 1, 7))

    check_in.refresh_from_db()
    support.refresh_from_db()
    assert (check_in.due_on, support.due_on) == (D(2027, 1, 19), D(2027, 1, 12))
    assert owed("hold_check_in") == [D(2027, 2, 22), D(2027, 3, 22)]


def test_what_the_employee_owes_waits_for_their_return(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 1, 19))
    record_check_in(
        actor=stage.bob.member,
        check_in=plan.check_ins.get(day=14),
        held_on=D(2027, 1, 19),
        track_status="on_track",
        manager_view="Good.",
    )
    assert owed("answer_check_in") == [D(2027, 1, 22)]

    take_leave(stage, D(2027, 1, 21), D(2027, 1, 29))

    assert owed("answer_check_in") == [D(2027, 2, 2)]


def test_a_plan_that_is_no_longer_running_does_not_move(stage: Stage) -> None:
    plan = stage.draft()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    plan.refresh_from_db()
    assert plan.ends_on is None
    assert PlanNote.objects.count() == 0


def test_a_plan_without_a_start_has_no_clock(stage: Stage) -> None:
    with pytest.raises(DomainError, match="no start date"):
        clock_of(stage.draft(starts_on=None))


# --- Leave today: the plan pauses and resumes ------------------------------------------------------------------------


def states(plan: Plan) -> list[tuple[str, str]]:
    return [(move.target, move.reason) for move in PlanTransition.objects.filter(plan=plan).order_by("pk")][1:]


def test_the_plan_pauses_when_leave_begins_and_resumes_when_it_ends(stage: Stage) -> None:
    plan = stage.running()
    take_leave(stage, D(2027, 2, 10), D(2027, 2, 12))
    for day in (9, 10, 10, 12, 13, 14):
        stage.clock.to(D(2027, 2, day))
        refresh_organization(plan.organization_id)

    assert states(plan) == [("paused", "Leave began."), ("active", "Leave ended.")]
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACTIVE


def test_leave_recorded_from_today_pauses_at_once(stage: Stage) -> None:
    plan = stage.running()

    take_leave(stage, START, START)

    plan.refresh_from_db()
    assert plan.status == PlanStatus.PAUSED
    assert states(plan) == [("paused", "Leave began.")]


def test_a_leave_without_an_end_drifts_quietly_and_is_settled_when_it_ends(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 2, 10))
    leave = take_leave(stage, D(2027, 2, 10), None)
    assert PlanNote.objects.count() == 1
    for day in (11, 12, 13):
        stage.clock.to(D(2027, 2, day))
        assert refresh_organization(plan.organization_id) == 1
        assert refresh_organization(plan.organization_id) == 0

    plan.refresh_from_db()
    assert plan.milestones.get(day=60).planned_on == D(2027, 3, 6)
    assert plan.milestones.get(day=60).due_on == D(2027, 3, 10)
    assert "has no end yet" in plan.milestones.get(day=60).clock_explanation
    assert PlanNote.objects.count() == 1

    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 16))
    assert PlanNote.objects.count() == 2
    assert "has no end yet" not in plan.milestones.get(day=60).clock_explanation


def test_the_end_of_the_plan_is_owed_a_decision_once(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 4, 4))
    refresh_organization(plan.organization_id)
    assert owed("decide_plan") == []

    for day in (5, 6, 20):
        stage.clock.to(D(2027, 4, day))
        refresh_organization(plan.organization_id)

    assert owed("decide_plan") == [D(2027, 4, 8)]


def test_leave_recorded_after_the_end_moves_the_decision(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 4, 6))
    refresh_organization(plan.organization_id)

    take_leave(stage, D(2027, 3, 29), D(2027, 4, 2))

    plan.refresh_from_db()
    assert plan.ends_on == D(2027, 4, 12)
    assert owed("decide_plan") == [D(2027, 4, 15)]


def test_the_task_reaches_every_organization(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 4, 5))

    assert refresh_plan_states() == 0

    assert owed("decide_plan") == [D(2027, 4, 8)]
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.ACTIVE


def test_one_plan_that_fails_does_not_hold_up_the_others(
    stage: Stage, caplog: pytest.LogCaptureFixture, alice: object
) -> None:
    plan = stage.running()
    with pgtrigger.ignore("pips.Plan:plan_is_amended_by_versions"):
        Plan.objects.filter(pk=plan.pk).update(starts_on=D(9999, 12, 1), ends_on=D(9999, 12, 31))

    assert refresh_organization(plan.organization_id) == 0

    assert [record.getMessage() for record in caplog.records if record.name == "pips.tasks"] == [
        f"plan {plan.pk} of organization {plan.organization_id} was not refreshed"
    ]
