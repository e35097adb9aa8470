"""The decision, the look back and the closing."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from pipcycle.errors import DomainError
from pips.enums import ClosingReason, NoteKind, Outcome, PlanStatus
from pips.models import Plan, PlanNote
from pips.services.outcome import close_plan, decide_plan, record_follow_up
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.conftest import Stage

D = datetime.date


def owed() -> list[tuple[str, D]]:
    return list(Obligation.objects.filter(status="open").order_by("due_on").values_list("kind", "due_on"))


def test_success_is_followed_up_after_30_90_and_180_days(stage: Stage) -> None:
    plan = stage.decided()

    assert (plan.status, plan.outcome, plan.decided_by) == (PlanStatus.DECIDED, Outcome.SUCCESSFUL, stage.hana.member)
    assert list(plan.follow_ups.values_list("day", "due_on")) == [
        (30, D(2027, 5, 5)),
        (90, D(2027, 7, 6)),
        (180, D(2027, 10, 4)),
    ]
    assert owed() == [
        ("acknowledge_outcome", D(2027, 4, 12)),
        ("follow_up", D(2027, 5, 5)),
        ("follow_up", D(2027, 7, 6)),
        ("follow_up", D(2027, 10, 4)),
    ]
    assert PlanNote.objects.get(plan=plan, kind=NoteKind.DECIDED).body == "Successful\nThe targets are met."


@pytest.mark.parametrize("outcome", [Outcome.UNSUCCESSFUL, Outcome.WITHDRAWN])
def test_any_other_outcome_is_left_to_hr_to_close(stage: Stage, outcome: Outcome) -> None:
    plan = stage.decided(outcome)

    assert plan.follow_ups.count() == 0
    assert sorted(owed()) == [("acknowledge_outcome", D(2027, 4, 12)), ("close_plan", D(2027, 4, 12))]
    close_plan(actor=stage.hana.member, plan=plan)
    assert (plan.status, plan.closing_reason) == (PlanStatus.CLOSED, ClosingReason.FINISHED)
    assert owed() == [("acknowledge_outcome", D(2027, 4, 12))]


def test_undelivered_support_blocks_an_unfavourable_outcome_only(stage: Stage) -> None:
    plan = stage.ended(delivered=False)

    with pytest.raises(DomainError, match="Promised support was not delivered") as refused:
        decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.UNSUCCESSFUL, reason="Not met.")
    assert refused.value.rule == 13
    decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan))

    assert plan.outcome == Outcome.SUCCESSFUL


def test_nothing_is_decided_before_the_milestones(stage: Stage) -> None:
    plan = stage.running()

    for outcome in (Outcome.SUCCESSFUL, Outcome.UNSUCCESSFUL):
        with pytest.raises(DomainError, match="The review of day 30, 60, 90 is not recorded"):
            decide_plan(actor=stage.hana.member, plan=plan, outcome=outcome, reason="Early.")


def test_a_plan_may_be_withdrawn_before_receipt_and_everything_owed_goes(stage: Stage) -> None:
    plan = stage.issued()

    decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="The complaint was founded.")

    assert plan.status == PlanStatus.DECIDED
    assert sorted(kind for kind, _due in owed()) == ["acknowledge_outcome", "close_plan"]


def test_a_decision_needs_reasons(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match="Write the reasons"):
        decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason=" ")


def test_only_an_uninvolved_hr_partner_decides_and_closes(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()

    for person in (stage.alice, stage.bob, carol, adam):
        with pytest.raises(PermissionDenied):
            decide_plan(actor=person.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="No.")
        with pytest.raises(PermissionDenied):
            close_plan(actor=person.member, plan=plan)


def test_deciding_twice_says_who_was_first(stage: Stage) -> None:
    plan = stage.running()
    stale = Plan.objects.get(pk=plan.pk)
    decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="Unfounded.")

    with pytest.raises(DomainError, match="Hana Holm moved this plan to “Decided”"):
        decide_plan(actor=stage.hana.member, plan=stale, outcome=Outcome.WITHDRAWN, reason="Again.")


# --- Follow-ups ------------------------------------------------------------------------------------------------------


def test_a_follow_up_says_whether_the_improvement_lasted(stage: Stage) -> None:
    plan = stage.decided()
    follow_up = plan.follow_ups.get(day=30)
    stage.clock.to(D(2027, 5, 5))

    record_follow_up(
        actor=stage.bob.member, follow_up=follow_up, held_on=D(2027, 5, 5), is_sustained=False, note="Back to 70 %."
    )

    follow_up.refresh_from_db()
    assert (follow_up.is_sustained, follow_up.note, follow_up.recorded_by) == (False, "Back to 70 %.", stage.bob.member)
    assert [due for kind, due in owed() if kind == "follow_up"] == [D(2027, 7, 6), D(2027, 10, 4)]
    with pytest.raises(DomainError, match="recorded already"):
        record_follow_up(
            actor=stage.bob.member, follow_up=follow_up, held_on=D(2027, 5, 5), is_sustained=True, note="Better."
        )


@pytest.mark.parametrize(
    ("held_on", "message"), [(D(2027, 4, 6), "once it was held"), (D(2027, 4, 4), "after the decision")]
)
def test_a_follow_up_lies_between_the_decision_and_today(stage: Stage, held_on: D, message: str) -> None:
    follow_up = stage.decided().follow_ups.get(day=30)

    with pytest.raises(DomainError, match=message):
        record_follow_up(actor=stage.bob.member, follow_up=follow_up, held_on=held_on, is_sustained=True, note="Good.")


def test_hr_may_close_after_the_first_follow_up_but_not_before(stage: Stage) -> None:
    plan = stage.decided()

    with pytest.raises(DomainError, match="The follow-up after 30 days is not recorded"):
        close_plan(actor=stage.hana.member, plan=plan)
    stage.clock.to(D(2027, 5, 5))
    record_follow_up(
        actor=stage.bob.member,
        follow_up=plan.follow_ups.get(day=30),
        held_on=D(2027, 5, 5),
        is_sustained=True,
        note="It lasts.",
    )
    close_plan(actor=stage.hana.member, plan=plan)

    assert (plan.status, [kind for kind, _due in owed()]) == (PlanStatus.CLOSED, ["acknowledge_outcome"])


def test_only_a_manager_records_a_follow_up(stage: Stage) -> None:
    follow_up = stage.decided().follow_ups.get(day=30)

    for person in (stage.alice, stage.hana):
        with pytest.raises(PermissionDenied):
            record_follow_up(
                actor=person.member, follow_up=follow_up, held_on=D(2027, 4, 5), is_sustained=True, note="Good."
            )
