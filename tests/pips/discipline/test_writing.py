"""From the draft to the approval: who writes, who reviews, what is owed and who is told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import Role
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStatus
from pips.models import DisciplinaryAction, DisciplineMove
from pips.services.discipline.drafting import draft_action, revise_action
from pips.services.discipline.review import approve_action, send_back_action, submit_action, withdraw_action
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person, make_person
from tests.pips.discipline.conftest import CONFIRMED_ACTION, CONTENT, D, DisciplineStage


def owed() -> list[tuple[str, str, D]]:
    """Return what is open about actions: kind, owner or role, due date."""
    found = Obligation.objects.select_related("owner").filter(status="open").order_by("due_on", "kind")
    return [
        (one.kind, one.owner.given_name if one.owner else one.owner_role, one.due_on)
        for one in found.exclude(kind="hold_exit_interview")  # what HR owes everybody who leaves
    ]


def told() -> list[tuple[str, str]]:
    """Return who was told what, in order, and forget it."""
    messages = [(message.recipient.split("@")[0], message.subject) for message in OutboxMessage.objects.order_by("pk")]
    OutboxMessage.objects.all().delete()
    return messages


def test_a_draft_is_begun_by_a_manager_and_led_by_the_employees_own(discipline: DisciplineStage, carol: Person) -> None:
    action = draft_action(actor=carol.member, employee=discipline.alice.employee)

    assert (action.status, action.manager, action.created_by) == (
        ActionStatus.DRAFTED,
        discipline.bob.employee,
        carol.member,
    )
    assert action.has_no_prior_actions is True
    assert DisciplineMove.objects.get().target == ActionStatus.DRAFTED


def test_nobody_else_begins_one(discipline: DisciplineStage, adam: Person, eve: Person) -> None:
    for person in (discipline.alice, adam, eve):
        with pytest.raises(PermissionDenied):
            draft_action(actor=person.member, employee=discipline.alice.employee)


def test_none_is_begun_about_somebody_who_has_left_or_reports_to_nobody(
    discipline: DisciplineStage, hana: Person
) -> None:
    alone = make_person(hana.organization, "Ulla", "Unger").employee
    with pytest.raises(DomainError, match="Ulla Unger reports to nobody"):
        draft_action(actor=hana.member, employee=alone)

    discipline.alice.employee.status = "left"
    with pytest.raises(DomainError, match="has left"):
        draft_action(actor=discipline.bob.member, employee=discipline.alice.employee)


def test_a_draft_takes_what_is_written_without_its_margins(discipline: DisciplineStage) -> None:
    action = discipline.draft(facts="  The guard was off.\n", level="")

    assert (action.facts, action.level, action.title) == ("The guard was off.", "", "Disciplinary action: Safety")


def test_submitting_is_the_entry_the_employee_is_told_of_in_time(discipline: DisciplineStage) -> None:
    action = discipline.in_review()

    assert action.status == ActionStatus.IN_REVIEW
    assert owed() == [("review_action", "hr_partner", D(2027, 1, 7)), ("tell_of_action", "Bob", D(2027, 1, 14))]
    assert told() == [("hana", "A document awaits your review")]


def test_an_incomplete_draft_is_not_submitted(discipline: DisciplineStage) -> None:
    action = discipline.draft(policy_version="")

    with pytest.raises(DomainError, match="It does not name the policy and its version") as refused:
        submit_action(actor=discipline.bob.member, action=action)
    assert refused.value.rule == 17
    assert owed() == []


def test_hr_sends_it_back_and_the_days_of_the_entry_run_on(discipline: DisciplineStage) -> None:
    action = discipline.in_review()
    discipline.clock.to(D(2027, 1, 6))

    send_back_action(actor=discipline.hana.member, action=action, reason="Name the shift lead.")

    assert action.status == ActionStatus.DRAFTED
    assert owed() == [("revise_action", "Bob", D(2027, 1, 13)), ("tell_of_action", "Bob", D(2027, 1, 14))]
    submit_action(actor=discipline.bob.member, action=action)
    assert ("tell_of_action", "Bob", D(2027, 1, 14)) in owed()
    assert "revise_action" not in {kind for kind, _owner, _due in owed()}


def test_hr_approves_in_its_own_name(discipline: DisciplineStage) -> None:
    action = discipline.in_review()
    told()

    approve_action(actor=discipline.hana.member, action=action, confirmations=CONFIRMED_ACTION, note="Read with care.")

    assert (action.status, action.approved_by) == (ActionStatus.APPROVED, discipline.hana.member)
    assert action.moves.get(target=ActionStatus.APPROVED).reason.endswith("Read with care.")
    assert owed() == [("issue_action", "Bob", D(2027, 1, 7)), ("tell_of_action", "Bob", D(2027, 1, 14))]
    assert told() == [("bob", "A document is approved")]


@pytest.mark.parametrize("missing", sorted(CONFIRMED_ACTION))
def test_each_confirmation_is_needed(discipline: DisciplineStage, missing: str) -> None:
    action = discipline.in_review()

    with pytest.raises(DomainError, match="Not confirmed"):
        approve_action(actor=discipline.hana.member, action=action, confirmations=CONFIRMED_ACTION - {missing})


def test_who_writes_does_not_approve(discipline: DisciplineStage, carol: Person, adam: Person) -> None:
    action = draft_action(actor=discipline.hana.member, employee=discipline.alice.employee)
    revise_action(actor=discipline.hana.member, action=action, content=CONTENT)
    with pytest.raises(DomainError, match="No HR partner who is not involved"):
        submit_action(actor=discipline.hana.member, action=action)

    other = make_person(carol.organization, "Hugo", "Hale", roles=(Role.HR_PARTNER,))
    submit_action(actor=discipline.hana.member, action=action)
    for person in (discipline.hana, discipline.bob, discipline.alice, carol, adam):
        with pytest.raises(PermissionDenied):
            approve_action(actor=person.member, action=action, confirmations=CONFIRMED_ACTION)
    approve_action(actor=other.member, action=action, confirmations=CONFIRMED_ACTION)
    assert action.approved_by == other.member


def test_a_draft_is_withdrawn_without_a_word_to_the_employee(discipline: DisciplineStage) -> None:
    action = discipline.in_review()
    told()

    with pytest.raises(DomainError, match="Write why"):
        withdraw_action(actor=discipline.bob.member, action=action, reason=" ")
    withdraw_action(actor=discipline.bob.member, action=action, reason="A talk settled it.")

    assert (action.status, owed(), told()) == (ActionStatus.WITHDRAWN, [], [])


def test_what_was_handed_over_is_withdrawn_by_hr_alone(discipline: DisciplineStage) -> None:
    action = discipline.acknowledged()
    told()

    with pytest.raises(PermissionDenied):
        withdraw_action(actor=discipline.bob.member, action=action, reason="No.")
    withdraw_action(actor=discipline.hana.member, action=action, reason="The log was wrong.")

    assert action.status == ActionStatus.WITHDRAWN
    assert sorted(told()) == [("alice", "A document no longer stands"), ("bob", "A document no longer stands")]


def test_who_comes_too_late_learns_who_was_faster(discipline: DisciplineStage) -> None:
    action = discipline.in_review()
    stale = DisciplinaryAction.objects.get(pk=action.pk)
    send_back_action(actor=discipline.hana.member, action=action, reason="Name the shift lead.")

    with pytest.raises(DomainError, match=r"^Hana Holm moved this action to “Draft” on \d+ \w+ \d{4}"):
        approve_action(actor=discipline.hana.member, action=stale, confirmations=CONFIRMED_ACTION)


def test_no_notice_says_what_it_is_about(discipline: DisciplineStage) -> None:
    discipline.acknowledged()

    for message in OutboxMessage.objects.all():
        words = f"{message.subject} {message.text_body} {message.html_body}".casefold()
        assert [word for word in ("guard", "safety", "warning", "alice archer", "disciplin") if word in words] == [
            word for word in ("disciplin",) if f"/{word}e/" in words
        ]


def test_the_first_entry_counts_for_the_day_of_the_notice(discipline: DisciplineStage) -> None:
    action = discipline.in_review()

    assert action.submitted_at is not None
    assert action.submitted_at.date() == datetime.date(2027, 1, 4)
