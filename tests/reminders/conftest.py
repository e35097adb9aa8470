"""What the tests of this room share: two kinds of obligation and a promise made of them."""

import datetime
from collections.abc import Callable, Iterator

import pytest

from people.enums import Role
from people.models import Employee
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind, unregister_kind
from reminders.services.obligations import owe
from tests.cast import Person

TODAY = datetime.date(2027, 3, 3)
"""A Wednesday; no holiday in Massachusetts."""


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Two kinds: one an employee owes, one that HR owes."""
    register_kind(
        ObligationKind(
            key="test_answer",
            title="Answer",
            action="Answer the check-in",
            url=lambda obligation: f"/o/{obligation.organization.slug}/things/{obligation.about_id}/",
            escalate_after_days=5,
        )
    )
    register_kind(
        ObligationKind(
            key="test_review",
            title="Review",
            action="Review the draft",
            url=lambda obligation: f"/o/{obligation.organization.slug}/things/{obligation.about_id}/",
            offsets=(-1, 0, 2),
            escalate_after_days=None,
        )
    )
    yield
    unregister_kind("test_answer")
    unregister_kind("test_review")


OweAnswer = Callable[..., Obligation]


@pytest.fixture
def owe_answer() -> OweAnswer:
    """Return a function by which a person owes an answer about a thing."""

    def make(
        owner: Person, *, due_on: datetime.date = TODAY, about_id: int = 1, employee: Employee | None = None
    ) -> Obligation:
        return owe(
            kind="test_answer",
            about_type="thing",
            about_id=about_id,
            due_on=due_on,
            owner=owner.employee,
            employee=employee or owner.employee,
        )

    return make


@pytest.fixture
def owe_review() -> OweAnswer:
    """Return a function by which the HR partners owe a review of a person's thing."""

    def make(concerned: Person, *, due_on: datetime.date = TODAY, about_id: int = 1) -> Obligation:
        return owe(
            kind="test_review",
            about_type="thing",
            about_id=about_id,
            due_on=due_on,
            owner_role=Role.HR_PARTNER,
            employee=concerned.employee,
        )

    return make
