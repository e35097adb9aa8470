"""What recorded leave asks for beside moving the dates: proposed, and answered by people (rule 8)."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import LeaveKind
from people.models import Leave
from people.services.leave import change_leave, record_leave, withdraw_leave
from pipcycle.errors import DomainError
from pips.amendment_enums import LeaveProposalStatus
from pips.enums import Outcome, PlanStatus
from pips.inputs import ExpectationInput
from pips.models import DateShift, LeaveProposal, Plan, PlanNote, PlanPolicy
from pips.services.leave_effects import accept_leave_proposal, decline_leave_proposal
from pips.services.outcome import decide_plan
from pips.tasks import refresh_organization
from reminders.models import Obligation
from tests.pips.conftest import Stage

D = datetime.date


def take_leave(stage: Stage, starts_on: D, ends_on: D | None) -> Leave:
    return record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=LeaveKind.MEDICAL,
    )


def scatter(stage: Stage) -> None:
    """Six days of leave on six Wednesdays."""
    for week in range(6):
        day = D(2027, 1, 13) + datetime.timedelta(weeks=week)
        take_leave(stage, day, day)


def with_a_count(stage: Stage, **changes: Any) -> Plan:
    """Return a running plan that asks for a number each month, and for a share."""
    rows = [
        ExpectationInput(
            **{
                "title": "Reports are finished",
                "measure": "Finished in a month",
                "baseline": Decimal(20),
                "target": Decimal(40),
                "unit": "reports",
                "data_source": "Tracker",
                **changes,
            }
        ),
        stage.content()["expectations"][0],
    ]
    return stage.running_from(stage.draft(expectations=rows))


def the_only() -> LeaveProposal:
    return LeaveProposal.objects.select_related("plan__employee", "plan__manager").get(status="open")


def owed() -> int:
    return Obligation.objects.filter(kind="answer_leave_proposal", status="open").count()


# --- Ramp-up ---------------------------------------------------------------------------------------------------------


def test_a_long_leave_offers_a_ramp_up_and_moves_nothing_by_itself(stage: Stage) -> None:
    plan = stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    offered = the_only()
    assert (offered.kind, offered.days, offered.leave_starts_on) == ("ramp_up", 7, D(2027, 2, 10))
    plan.refresh_from_db()
    assert plan.ends_on == D(2027, 4, 20)
    assert owed() == 1


@pytest.mark.parametrize("last", [D(2027, 2, 22), None], ids=["thirteen days", "no end yet"])
def test_a_shorter_leave_or_one_without_an_end_offers_none(stage: Stage, last: D | None) -> None:
    stage.running()

    take_leave(stage, D(2027, 2, 10), last)

    assert LeaveProposal.objects.count() == 0


def test_the_policy_says_after_how_many_days_and_how_many(stage: Stage) -> None:
    PlanPolicy.objects.create(ramp_up_after_days=5, ramp_up_days=3)
    stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 14))

    assert the_only().days == 3


def test_an_accepted_ramp_up_moves_the_dates_with_a_sentence_and_the_plan_is_not_paused(stage: Stage) -> None:
    plan = stage.running()
    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    accept_leave_proposal(actor=stage.bob.member, proposal=the_only())

    plan.refresh_from_db()
    assert plan.ends_on == D(2027, 4, 26)
    assert plan.milestones.get(day=60).clock_explanation.splitlines() == [
        "Day 60 moves from 6 March to 20 March 2027: 14 days of leave (10–23 February 2027) do not count.",
        (
            "Day 60 moves on from 20 March to 27 March 2027: 7 days of ramp-up after leave "
            "(24 February – 2 March 2027) do not count."
        ),
        "Day 60 falls on Saturday 27 March, when nobody works: the next working day is Monday 29 March 2027.",
    ]
    assert owed() == 0
    assert PlanNote.objects.filter(plan=plan, kind="clock").count() == 2
    stage.clock.to(D(2027, 2, 24))
    refresh_organization(plan.organization_id)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACTIVE


def test_a_ramp_up_follows_its_leave(stage: Stage) -> None:
    plan = stage.running()
    leave = take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))
    accept_leave_proposal(actor=stage.bob.member, proposal=the_only())

    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 25))

    assert "26 February – 4 March 2027" in plan.milestones.get(day=60).clock_explanation
    withdraw_leave(actor=stage.hana.member, leave=leave)
    assert plan.milestones.get(day=60).due_on == D(2027, 3, 8)
    assert "ramp-up" not in plan.milestones.get(day=60).clock_explanation


def test_an_offer_lapses_with_its_leave_and_a_declined_one_is_not_made_again(stage: Stage) -> None:
    stage.running()
    leave = take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))
    first = the_only()
    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 12))
    first.refresh_from_db()
    assert (first.status, owed()) == (LeaveProposalStatus.LAPSED, 0)

    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 24))
    with pytest.raises(DomainError, match="Write why not"):
        decline_leave_proposal(actor=stage.bob.member, proposal=the_only(), reason=" ")
    decline_leave_proposal(actor=stage.bob.member, proposal=the_only(), reason="She asks to go on at once.")
    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 25))

    assert LeaveProposal.objects.filter(status="open").count() == 0
    with pytest.raises(DomainError, match="settled already"):
        accept_leave_proposal(
            actor=stage.bob.member, proposal=LeaveProposal.objects.select_related("plan").get(status="declined")
        )


def test_the_employee_answers_neither(stage: Stage) -> None:
    stage.running()
    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    with pytest.raises(PermissionDenied):
        accept_leave_proposal(actor=stage.alice.member, proposal=the_only())


# --- Proration -------------------------------------------------------------------------------------------------------


def test_scattered_leave_proposes_fitted_targets_for_numbers_only(stage: Stage) -> None:
    plan = with_a_count(stage)

    scatter(stage)

    offered = the_only()
    assert offered.kind == "proration"
    assert (offered.content["away_days"], offered.content["working_days"]) == (6, 68)
    assert [(row["old"], row["new"], row["why_not"]) for row in offered.content["rows"]] == [
        ("40", "36", ""),
        ("90", "90", "rate"),
    ]
    assert plan.expectations.get(position=0).target == Decimal(40)
    assert owed() == 1


def test_each_further_day_of_scattered_leave_replaces_the_proposal(stage: Stage) -> None:
    with_a_count(stage)

    scatter(stage)

    assert list(LeaveProposal.objects.order_by("pk").values_list("status", flat=True)) == ["lapsed"] * 3 + ["open"]


def test_confirmed_by_hr_it_is_an_amendment_with_that_reason(stage: Stage) -> None:
    plan = with_a_count(stage)
    scatter(stage)
    with pytest.raises(DomainError, match="Write why"):
        accept_leave_proposal(actor=stage.hana.member, proposal=the_only(), reason="")

    accept_leave_proposal(actor=stage.hana.member, proposal=the_only(), reason="The month is shorter for her.")

    plan.refresh_from_db()
    assert (plan.version, plan.receipt_owed_for) == (2, 2)
    assert plan.expectations.get(position=0).target == Decimal(36)
    amendment = plan.amendments.get()
    assert (amendment.kind, amendment.reason, amendment.proposed_by) == (
        "proration",
        "The month is shorter for her.",
        None,
    )
    assert amendment.decided_by == stage.hana.member
    assert LeaveProposal.objects.get(status="accepted").amendment == amendment


def test_more_leave_is_taken_from_the_full_target_not_from_the_fitted_one(stage: Stage) -> None:
    with_a_count(stage)
    scatter(stage)
    accept_leave_proposal(actor=stage.hana.member, proposal=the_only(), reason="Shorter months.")

    for day in (D(2027, 3, 3), D(2027, 3, 10), D(2027, 3, 17)):
        take_leave(stage, day, day)

    row = the_only().content["rows"][0]
    assert (row["full"], row["old"], row["new"]) == ("40", "36", "34")


def test_the_manager_does_not_fit_targets(stage: Stage) -> None:
    with_a_count(stage)
    scatter(stage)

    with pytest.raises(PermissionDenied):
        accept_leave_proposal(actor=stage.bob.member, proposal=the_only(), reason="x")


def test_where_nothing_would_change_nothing_is_proposed(stage: Stage) -> None:
    stage.running()

    scatter(stage)

    assert LeaveProposal.objects.count() == 0


def test_a_decision_lets_open_proposals_lapse(stage: Stage) -> None:
    plan = stage.running()
    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="Unfounded.")

    assert (LeaveProposal.objects.get().status, owed()) == ("lapsed", 0)


# --- Every date that moved -------------------------------------------------------------------------------------------


def test_every_move_is_kept_with_its_dates_its_reason_and_who_recorded_it(stage: Stage) -> None:
    plan = stage.running()

    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))

    shift = DateShift.objects.get(plan=plan, about_type="milestone", day=60)
    assert (shift.old_on, shift.new_on, shift.recorded_by) == (D(2027, 3, 8), D(2027, 3, 22), stage.hana.member)
    assert shift.reason.startswith("Day 60 moves from 6 March to 20 March 2027: 14 days of leave")
    assert DateShift.objects.filter(plan=plan).count() == 4


def test_the_quiet_drift_of_an_open_leave_is_one_move_from_what_was_told(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 2, 10))
    leave = take_leave(stage, D(2027, 2, 10), None)
    for day in (11, 12, 13):
        stage.clock.to(D(2027, 2, day))
        refresh_organization(plan.organization_id)
    change_leave(actor=stage.hana.member, leave=leave, starts_on=D(2027, 2, 10), ends_on=D(2027, 2, 19))

    moves = DateShift.objects.filter(about_type="milestone", day=90).order_by("pk").values_list("old_on", "new_on")
    assert list(moves) == [(D(2027, 4, 5), D(2027, 4, 6)), (D(2027, 4, 6), D(2027, 4, 15))]


def test_a_new_place_of_work_moves_the_dates_and_says_so(stage: Stage) -> None:
    plan = stage.running()
    take_leave(stage, D(2027, 2, 10), D(2027, 2, 23))
    location = stage.alice.employee.location
    assert location is not None
    location.country, location.subdivision = "DE", "BY"
    location.save()
    stage.clock.to(D(2027, 1, 6))

    assert refresh_organization(plan.organization_id) == 1

    shift = DateShift.objects.filter(about_type="milestone", day=90).last()
    assert shift is not None
    assert (shift.old_on, shift.new_on, shift.recorded_by) == (D(2027, 4, 20), D(2027, 4, 19), None)
    assert PlanNote.objects.filter(kind="clock").count() == 2
