"""The letter: sealed, received or refused before a witness, expired on its day."""

import io
import re

import pypdf
import pytest
from django.core.exceptions import PermissionDenied

from documents.enums import AcknowledgementKind
from documents.models import Document
from people.enums import LeaveKind
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips import tasks
from pips.discipline_enums import ActionStatus
from pips.models import PlanPolicy
from pips.registration_discipline import may_read_letter
from pips.selectors.standing import standing_actions
from pips.services.discipline.delivery import acknowledge_action, issue_action
from pips.services.discipline.drafting import draft_action
from pips.tasks import refresh_actions_of
from tests.cast import Person
from tests.pips.discipline.conftest import D, DisciplineStage
from tests.pips.discipline.test_writing import owed, told


def test_the_letter_is_sealed_and_its_days_are_set(discipline: DisciplineStage) -> None:
    action = discipline.approved()
    told()

    document = issue_action(actor=discipline.bob.member, action=action)

    assert (action.status, action.appeal_until, action.expires_on) == (
        ActionStatus.ISSUED,
        D(2027, 1, 18),
        D(2028, 1, 4),
    )
    assert (document.kind, document.employee) == ("disciplinary_letter", discipline.alice.employee)
    assert owed() == [("acknowledge_action", "Alice", D(2027, 1, 11))]
    assert told() == [("alice", "A document awaits your acknowledgement")]
    text = re.sub(
        r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document.content)).pages)
    )
    for words in ("The guard jammed", "Safety at machines, version 4.1", "18 January 2027", "4 January 2028", "None."):
        assert words in text


def test_the_policy_says_how_long_it_stands_and_how_long_one_may_appeal(discipline: DisciplineStage) -> None:
    PlanPolicy.objects.create(warning_expiry_days=180, appeal_days=7)

    action = discipline.issued()

    assert (action.appeal_until, action.expires_on) == (D(2027, 1, 11), D(2027, 7, 3))


def test_the_end_of_an_employment_does_not_expire(discipline: DisciplineStage) -> None:
    action = discipline.issued(
        level="termination", level_reason="Somebody was nearly hurt.", corrective_action="", corrective_due_on=None
    )

    assert action.expires_on is None
    assert refresh_actions_of(action.organization_id) == 0


def test_nobody_is_handed_a_letter_while_on_leave(discipline: DisciplineStage) -> None:
    action = discipline.approved()
    day = D(2027, 1, 4)
    record_leave(
        actor=discipline.hana.member,
        employee=discipline.alice.employee,
        starts_on=day,
        ends_on=day,
        kind=LeaveKind.OTHER,
    )

    with pytest.raises(DomainError, match="on leave today"):
        issue_action(actor=discipline.bob.member, action=action)


def test_receipt_is_recorded_once_for_exactly_that_letter(discipline: DisciplineStage) -> None:
    action = discipline.issued()

    acknowledge_action(
        actor=discipline.alice.member,
        action=action,
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        comment="The guard was broken before.",
    )

    receipt = Document.objects.get(about_id=action.pk).acknowledgement
    assert (action.status, action.received_at) == (ActionStatus.ACKNOWLEDGED, receipt.recorded_at)
    assert (receipt.comment, "does not mean that I agree" in receipt.statement) == (
        "The guard was broken before.",
        True,
    )
    assert owed() == []
    with pytest.raises(DomainError, match="moved this action to “Acknowledged”"):
        acknowledge_action(actor=discipline.alice.member, action=action, kind=AcknowledgementKind.RECEIVED)


def test_a_refusal_needs_a_witness_and_is_recorded_by_somebody_else(discipline: DisciplineStage, carol: Person) -> None:
    action = discipline.issued()

    with pytest.raises(PermissionDenied):
        acknowledge_action(actor=discipline.alice.member, action=action, kind=AcknowledgementKind.REFUSED)
    with pytest.raises(DomainError, match="Name a witness"):
        acknowledge_action(actor=discipline.bob.member, action=action, kind=AcknowledgementKind.REFUSED)
    acknowledge_action(
        actor=discipline.bob.member, action=action, kind=AcknowledgementKind.REFUSED, witness=carol.employee
    )

    assert action.status == ActionStatus.REFUSED
    assert told()[-1] == ("alice", "Receipt of a document was recorded")


def test_the_letter_is_read_by_whoever_reads_the_action(
    discipline: DisciplineStage, carol: Person, adam: Person, eve: Person, nora: Person
) -> None:
    action = discipline.heard_by(nora)
    document = Document.objects.get(about_id=action.pk)
    people = (discipline.alice, discipline.bob, carol, discipline.hana, nora, adam, eve)

    assert [may_read_letter(person.member, document) for person in people] == [True] * 5 + [False] * 2


# --- Expiry ----------------------------------------------------------------------------------------------------------


def test_it_expires_on_its_day_and_no_longer_counts(discipline: DisciplineStage) -> None:
    action = discipline.acknowledged()
    told()
    discipline.clock.to(D(2028, 1, 3))
    assert refresh_actions_of(action.organization_id) == 0
    assert list(standing_actions(discipline.alice.employee)) == [action]

    discipline.clock.to(D(2028, 1, 4))
    assert list(standing_actions(discipline.alice.employee)) == []
    assert [refresh_actions_of(action.organization_id), refresh_actions_of(action.organization_id)] == [1, 0]

    action.refresh_from_db()
    assert (action.status, action.ended_at is not None) == (ActionStatus.EXPIRED, True)
    assert sorted(told()) == [("alice", "A document no longer stands"), ("bob", "A document no longer stands")]


def test_one_under_appeal_waits_for_the_decision(discipline: DisciplineStage) -> None:
    action = discipline.appealed()
    discipline.clock.to(D(2028, 1, 10))

    assert refresh_actions_of(action.organization_id) == 0
    action.refresh_from_db()
    assert action.status == ActionStatus.APPEALED


def test_what_still_stands_is_filled_into_the_next_draft(discipline: DisciplineStage) -> None:
    discipline.acknowledged()

    action = draft_action(actor=discipline.bob.member, employee=discipline.alice.employee)

    assert (action.has_no_prior_actions, action.prior_actions) == (
        False,
        "Verbal warning: Safety, issued 4 January 2027, stands until 4 January 2028",
    )


def test_one_that_fails_holds_up_no_other(
    discipline: DisciplineStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = discipline.acknowledged(), discipline.issued(has_no_prior_actions=False, prior_actions="One.")
    discipline.clock.to(D(2028, 1, 5))
    real = tasks.refresh_one_action

    def fail_for_first(organization_id: int, action_id: int) -> bool:
        if action_id == first.pk:
            message = "broken"
            raise RuntimeError(message)
        return real(organization_id, action_id)

    monkeypatch.setattr(tasks, "refresh_one_action", fail_for_first)

    assert refresh_actions_of(first.organization_id) == 1
    second.refresh_from_db()
    assert second.status == ActionStatus.EXPIRED
    assert "was not refreshed" in caplog.text
