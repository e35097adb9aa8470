"""Rule 16: the employee is told of a negative entry within the policy's days, and a rebuttal is attached for good."""

import pytest
from django.db import ProgrammingError, transaction

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement
from pips.models import PlanPolicy
from pips.services.discipline.delivery import acknowledge_action, issue_action
from pips.services.discipline.review import withdraw_action
from reminders.models import Obligation
from tests.pips.discipline.conftest import D, DisciplineStage


def notice() -> Obligation:
    return Obligation.objects.get(kind="tell_of_action")


def test_the_days_begin_with_the_entry(discipline: DisciplineStage) -> None:
    PlanPolicy.objects.create(negative_entry_notice_days=5)

    discipline.in_review()

    assert (notice().due_on, notice().owner, notice().status) == (D(2027, 1, 9), discipline.bob.employee, "open")


def test_handing_the_letter_over_tells_the_employee(discipline: DisciplineStage) -> None:
    action = discipline.approved()

    issue_action(actor=discipline.bob.member, action=action)

    assert notice().status == "fulfilled"


def test_an_entry_that_is_withdrawn_is_no_entry(discipline: DisciplineStage) -> None:
    action = discipline.approved()

    withdraw_action(actor=discipline.bob.member, action=action, reason="Settled.")

    assert notice().status == "withdrawn"


def test_a_rebuttal_stays_for_good(discipline: DisciplineStage) -> None:
    action = discipline.issued()
    acknowledge_action(
        actor=discipline.alice.member,
        action=action,
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        comment="I had reported the guard.",
    )

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Acknowledgement.objects.update(comment="")
