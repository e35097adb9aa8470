"""While the plan runs: both views on the record, and the employer's promises kept like the employee's."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import LeaveKind
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips.enums import TrackStatus
from pips.models import MilestoneReading
from pips.services.progress import (
    answer_check_in,
    answer_milestone,
    deliver_support,
    record_check_in,
    record_milestone,
)
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.pips.conftest import START, Stage

D = datetime.date


def open_kinds(about_type: str, about_id: int) -> list[str]:
    found = Obligation.objects.filter(status="open", about_type=about_type, about_id=about_id)
    return sorted(found.values_list("kind", flat=True))


def test_a_check_in_holds_the_managers_view_and_asks_for_the_employees(stage: Stage) -> None:
    check_in = stage.running().check_ins.get(day=14)
    assert open_kinds("check_in", check_in.pk) == ["hold_check_in"]

    record_check_in(
        actor=stage.bob.member,
        check_in=check_in,
        held_on=START,
        track_status="at_risk",
        manager_view=" Better. ",
        support_delivered="The half hour",
        obstacles="Interruptions",
        actions="Quiet mornings",
    )

    check_in.refresh_from_db()
    assert (check_in.held_on, check_in.track_status, check_in.manager_view) == (START, TrackStatus.AT_RISK, "Better.")
    assert (check_in.support_delivered, check_in.obstacles, check_in.actions) == (
        "The half hour",
        "Interruptions",
        "Quiet mornings",
    )
    assert (check_in.manager_recorded_by, check_in.manager_recorded_at is not None) == (stage.bob.member, True)
    assert open_kinds("check_in", check_in.pk) == ["answer_check_in"]

    answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view="The mornings help.")
    check_in.refresh_from_db()
    assert check_in.employee_view == "The mornings help."
    assert open_kinds("check_in", check_in.pk) == []


def test_the_manager_may_correct_until_the_employee_has_answered(stage: Stage) -> None:
    check_in = stage.running().check_ins.get(day=14)
    for view in ("First.", "Second."):
        record_check_in(
            actor=stage.bob.member, check_in=check_in, held_on=START, track_status="on_track", manager_view=view
        )
    answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view="Yes.")

    with pytest.raises(DomainError, match="Both views are on the record"):
        record_check_in(
            actor=stage.bob.member, check_in=check_in, held_on=START, track_status="on_track", manager_view="Third."
        )
    with pytest.raises(DomainError, match="Both views are on the record"):
        answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view="No.")
    check_in.refresh_from_db()
    assert (check_in.manager_view, check_in.employee_view) == ("Second.", "Yes.")


def test_the_employee_need_not_wait_for_the_manager(stage: Stage) -> None:
    check_in = stage.running().check_ins.get(day=14)
    answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view="Nobody came.")

    assert open_kinds("check_in", check_in.pk) == ["hold_check_in"]
    record_check_in(
        actor=stage.bob.member, check_in=check_in, held_on=START, track_status="on_track", manager_view="Held later."
    )
    assert open_kinds("check_in", check_in.pk) == []


def test_views_need_words(stage: Stage) -> None:
    check_in = stage.running().check_ins.get(day=14)

    with pytest.raises(DomainError, match="Write your view of how it is going"):
        record_check_in(
            actor=stage.bob.member, check_in=check_in, held_on=START, track_status="on_track", manager_view=""
        )
    with pytest.raises(DomainError, match="in your own words"):
        answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view=" ")


@pytest.mark.parametrize(
    ("held_on", "message"),
    [
        (D(2027, 1, 6), "A meeting is recorded once it was held"),
        (D(2027, 1, 4), "The plan began on 5 January 2027"),
    ],
)
def test_a_meeting_lies_between_the_start_and_today(stage: Stage, held_on: D, message: str) -> None:
    check_in = stage.running().check_ins.get(day=14)

    with pytest.raises(DomainError, match=message):
        record_check_in(
            actor=stage.bob.member, check_in=check_in, held_on=held_on, track_status="on_track", manager_view="Good."
        )


def test_no_meeting_on_a_day_of_leave(stage: Stage) -> None:
    check_in = stage.running().check_ins.get(day=14)
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=D(2027, 1, 7),
        ends_on=D(2027, 1, 8),
        kind=LeaveKind.FAMILY,
    )
    stage.clock.to(D(2027, 1, 11))

    with pytest.raises(DomainError, match="was on leave on 8 January 2027") as refused:
        record_check_in(
            actor=stage.bob.member,
            check_in=check_in,
            held_on=D(2027, 1, 8),
            track_status="on_track",
            manager_view="Good.",
        )
    assert refused.value.rule == 8


def test_the_wrong_person_records_nothing(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    check_in, milestone = plan.check_ins.get(day=14), plan.milestones.get(day=30)

    for person in (stage.alice, stage.hana, adam):
        with pytest.raises(PermissionDenied):
            record_check_in(
                actor=person.member, check_in=check_in, held_on=START, track_status="on_track", manager_view="Good."
            )
        with pytest.raises(PermissionDenied):
            record_milestone(
                actor=person.member,
                milestone=milestone,
                held_on=START,
                track_status="on_track",
                manager_view="Good.",
                readings={},
            )
    for person in (stage.bob, carol, stage.hana):
        with pytest.raises(PermissionDenied):
            answer_check_in(actor=person.member, check_in=check_in, employee_view="Mine.")
        with pytest.raises(PermissionDenied):
            answer_milestone(actor=person.member, milestone=milestone, employee_view="Mine.")


def test_nothing_is_recorded_before_receipt(stage: Stage) -> None:
    plan = stage.issued()

    with pytest.raises(DomainError, match="Issued"):
        record_check_in(
            actor=stage.bob.member,
            check_in=plan.check_ins.get(day=14),
            held_on=START,
            track_status="on_track",
            manager_view="Good.",
        )


def test_a_milestone_holds_a_reading_for_each_expectation(stage: Stage) -> None:
    plan = stage.running()
    milestone = plan.milestones.get(day=30)
    first, second = plan.expectations.all()

    record_milestone(
        actor=stage.bob.member,
        milestone=milestone,
        held_on=START,
        track_status=TrackStatus.OFF_TRACK,
        manager_view="Half way.",
        next_steps="Smaller items",
        readings={first.pk: Decimal("71.5"), second.pk: None},
    )

    assert list(MilestoneReading.objects.order_by("expectation__position").values_list("value", flat=True)) == [
        Decimal("71.50"),
        None,
    ]
    assert open_kinds("milestone", milestone.pk) == ["answer_milestone"]
    answer_milestone(actor=stage.alice.member, milestone=milestone, employee_view="It was a short month.")
    assert open_kinds("milestone", milestone.pk) == []
    assert not Obligation.objects.filter(kind="decide_plan").exists()


def test_a_corrected_reading_replaces_the_first(stage: Stage) -> None:
    plan = stage.running()
    milestone, expectation = plan.milestones.get(day=30), plan.expectations.all()[0]
    for value in (Decimal(70), Decimal(72)):
        record_milestone(
            actor=stage.bob.member,
            milestone=milestone,
            held_on=START,
            track_status="on_track",
            manager_view="Good.",
            readings={expectation.pk: value},
        )

    assert MilestoneReading.objects.get().value == Decimal(72)


def test_a_reading_of_another_plan_is_refused(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match="belongs to no expectation of this plan"):
        record_milestone(
            actor=stage.bob.member,
            milestone=plan.milestones.get(day=30),
            held_on=START,
            track_status="on_track",
            manager_view="Good.",
            readings={0: Decimal(1)},
        )
    assert MilestoneReading.objects.count() == 0


# --- The employer's support ------------------------------------------------------------------------------------------


def test_support_is_delivered_by_whoever_promised_it(stage: Stage) -> None:
    plan = stage.draft()
    trainer = make_person(stage.bob.organization, "Tess", "Trainer")
    plan.support_commitments.filter(due_day=21).update(owner=trainer.employee)
    running = stage.running_from(plan)
    commitment = running.support_commitments.get(due_day=21)
    assert Obligation.objects.get(about_type="support_commitment", about_id=commitment.pk).owner == trainer.employee

    deliver_support(actor=trainer.member, commitment=commitment, delivered_on=START, note="Both sessions.")

    commitment.refresh_from_db()
    assert (commitment.delivered_on, commitment.delivered_note) == (START, "Both sessions.")
    assert open_kinds("support_commitment", commitment.pk) == ["confirm_support"]


def test_support_is_recorded_once_given_with_words(stage: Stage) -> None:
    commitment = stage.running().support_commitments.get(due_day=7)

    with pytest.raises(DomainError, match="once it was given"):
        deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=D(2027, 1, 6), note="Will do.")
    with pytest.raises(DomainError, match="Write what was delivered"):
        deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note="")
    deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note="Held.")
    with pytest.raises(DomainError, match="delivered already"):
        deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note="Again.")


def test_neither_the_employee_nor_hr_records_the_support(stage: Stage) -> None:
    commitment = stage.running().support_commitments.get(due_day=7)

    for person in (stage.alice, stage.hana):
        with pytest.raises(PermissionDenied):
            deliver_support(actor=person.member, commitment=commitment, delivered_on=START, note="Held.")
