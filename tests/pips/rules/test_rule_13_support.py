"""Rule 13: support is a promise of two sides; what did not arrive blocks "not met" until HR resolves it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import LeavingKind
from people.services.employees import end_employment
from pipcycle.errors import DomainError
from pips.enums import Outcome, Step, SupportAnswer
from pips.models import Plan, SupportCommitment
from pips.rules import findings
from pips.selectors.plans import late_support
from pips.services.outcome import decide_plan
from pips.services.progress import deliver_support
from pips.services.support import answer_support, resolve_support
from pips.tasks import refresh_organization
from reminders.models import Obligation
from reminders.registry import kind_for
from tests.cast import Person, make_person
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import START, Stage


def promise(plan: Plan) -> SupportCommitment:
    commitment: SupportCommitment = plan.support_commitments.select_related("plan__employee").get(due_day=7)
    return commitment


def deliver(stage: Stage, plan: Plan, note: str = "Each Monday.") -> SupportCommitment:
    commitment = promise(plan)
    deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note=note)
    return commitment


def open_kinds(commitment: SupportCommitment) -> list[str]:
    owed = Obligation.objects.filter(about_type="support_commitment", about_id=commitment.pk, status="open")
    return list(owed.order_by("kind").values_list("kind", flat=True))


def in_the_way(plan: Plan) -> list[str]:
    found = findings(Plan.objects.get(pk=plan.pk), Step.DECIDE, outcome=Outcome.UNSUCCESSFUL)
    return [str(one.message) for one in found if one.rule == 13]


def test_a_delivery_asks_the_employee_within_five_working_days(stage: Stage) -> None:
    commitment = deliver(stage, stage.running())

    assert open_kinds(commitment) == ["confirm_support"]
    owed = Obligation.objects.get(about_type="support_commitment", about_id=commitment.pk, kind="confirm_support")
    assert (owed.owner, owed.due_on) == (stage.alice.employee, datetime.date(2027, 1, 12))
    assert commitment.confirm_by == owed.due_on


def test_a_confirmed_delivery_is_done(stage: Stage) -> None:
    commitment = deliver(stage, stage.running())

    answer_support(actor=stage.alice.member, commitment=commitment, is_received=True)

    commitment.refresh_from_db()
    assert (commitment.answer, open_kinds(commitment)) == (SupportAnswer.RECEIVED, [])
    with pytest.raises(DomainError, match="nothing to confirm"):
        answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="Or not.")


def test_not_received_needs_words_and_opens_the_promise_again(stage: Stage) -> None:
    commitment = deliver(stage, stage.running())
    with pytest.raises(DomainError, match="what did not arrive"):
        answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words=" ")

    answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="Nobody came.")

    commitment.refresh_from_db()
    assert (commitment.answer, commitment.answer_note) == (SupportAnswer.NOT_RECEIVED, "Nobody came.")
    assert open_kinds(commitment) == ["deliver_support"]
    assert commitment.plan.notes.filter(kind="support", body__contains="Nobody came.").exists()


def test_what_was_not_received_can_be_delivered_anew_and_asked_again(stage: Stage) -> None:
    plan = stage.running()
    commitment = deliver(stage, plan)
    answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="Nobody came.")

    deliver(stage, plan, note="Today, both halves.")

    commitment.refresh_from_db()
    assert (commitment.answer, commitment.delivered_note) == ("", "Today, both halves.")
    assert open_kinds(commitment) == ["confirm_support"]


def test_silence_counts_as_received_once_the_time_is_over(stage: Stage) -> None:
    plan = stage.ended(delivered=False)
    last = plan.ends_on
    assert last is not None
    for commitment in plan.support_commitments.all():
        deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=last, note="Late.")
    assert len(in_the_way(plan)) == 2
    assert "can still say" in in_the_way(plan)[0]

    stage.clock.to(last + datetime.timedelta(days=8))

    assert in_the_way(plan) == []


@pytest.mark.parametrize("is_disputed", [True, False])
def test_what_did_not_arrive_blocks_not_met_until_hr_resolves_it(stage: Stage, is_disputed: bool) -> None:
    plan = stage.ended(delivered=False)
    commitments = list(plan.support_commitments.select_related("plan__employee"))
    if is_disputed:
        for commitment in commitments:
            deliver_support(actor=stage.bob.member, commitment=commitment, delivered_on=START, note="Done.")
            answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="No.")
    with pytest.raises(DomainError):
        decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.UNSUCCESSFUL, reason="Not met.")

    for commitment in commitments:
        resolve_support(actor=stage.hana.member, commitment=commitment, reason="Had the same from a course.")

    assert in_the_way(plan) == []
    assert open_kinds(commitments[0]) == []
    assert plan.notes.filter(kind="support", body__contains="from a course").count() == 2


def test_resolving_takes_a_reason_and_an_uninvolved_hr_partner(stage: Stage) -> None:
    commitment = promise(stage.ended(delivered=False))

    with pytest.raises(DomainError, match="not worse off"):
        resolve_support(actor=stage.hana.member, commitment=commitment, reason="")
    for other in (stage.bob, stage.alice):
        with pytest.raises(PermissionDenied):
            resolve_support(actor=other.member, commitment=commitment, reason="It is fine.")


def test_only_the_employee_says_whether_it_arrived(stage: Stage) -> None:
    commitment = deliver(stage, stage.running())

    for other in (stage.bob, stage.hana):
        with pytest.raises(PermissionDenied):
            answer_support(actor=other.member, commitment=commitment, is_received=True)


def test_late_support_is_on_hrs_page_and_escalates(stage: Stage) -> None:
    plan = stage.running()
    assert list(late_support(stage.hana.member)) == []

    stage.clock.to(START + datetime.timedelta(days=8))

    assert [one.due_day for one in late_support(stage.hana.member)] == [7]
    assert list(late_support(stage.alice.member)) == []
    assert kind_for("deliver_support").escalate_after_days == 3
    assert kind_for("confirm_support").escalate_after_days is None
    resolve_support(actor=stage.hana.member, commitment=promise(plan), reason="Given in another way.")
    assert list(late_support(stage.hana.member)) == []


def test_what_hr_resolved_is_not_owed_again_by_a_change_of_the_plan(stage: Stage) -> None:
    plan = stage.running()
    commitment = promise(plan)
    resolve_support(actor=stage.hana.member, commitment=commitment, reason="It was given in another way.")

    Changes(stage).lowered(plan)

    assert open_kinds(commitment) == []


def test_what_hr_resolved_is_owed_by_nobody_although_it_is_delivered_late_and_missed(stage: Stage) -> None:
    plan = stage.running()
    resolve_support(actor=stage.hana.member, commitment=promise(plan), reason="It was given in another way.")
    commitment = deliver(stage, plan)
    assert open_kinds(commitment) == []

    answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="Nobody came.")

    assert open_kinds(commitment) == []


def test_what_did_not_arrive_from_somebody_who_left_is_the_managers(stage: Stage, carol: Person, adam: Person) -> None:
    nora = make_person(carol.organization, "Nora", "North", manager=carol)
    plan = stage.running()
    plan.support_commitments.update(owner=nora.employee)
    commitment = promise(plan)
    deliver_support(actor=nora.member, commitment=commitment, delivered_on=START, note="Held.")
    answer_support(actor=stage.alice.member, commitment=commitment, is_received=False, words="Nobody came.")
    end_employment(actor=adam.member, employee=nora.employee, left_on=START, kind=LeavingKind.VOLUNTARY)

    refresh_organization(plan.organization_id)

    owed = Obligation.objects.get(kind="deliver_support", about_id=commitment.pk, status="open")
    assert owed.owner == stage.bob.employee
