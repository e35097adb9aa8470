"""Who acts in the stories of plans, on which day, and how far each goes."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import time_machine
from django.utils import timezone

from demo.seed.plan_texts import PlanText
from people.models import Employee, Membership, User
from pips.enums import (
    Outcome,
    PlanStatus,
)

HOUR = datetime.time(15, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Story:
    """How far one plan has come. Days are counted from today; ``behind`` leaves what is due since then undone."""

    text: PlanText
    reaches: PlanStatus
    begins: int = 10
    leave: tuple[int, int | None] | None = None
    behind: int = 0
    answers_milestones: bool = True
    speaks: bool = False
    refused: bool = False
    outcome: Outcome | None = None
    change: str = ""


@dataclass(frozen=True)
class Cast:
    """Who acts in a story."""

    hr: Membership
    manager: Membership
    employee: Membership
    witness: Employee


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    """Let the services run in the middle of that day."""
    with time_machine.travel(datetime.datetime.combine(day, HOUR), tick=True):
        yield


def days_ago(days: int) -> datetime.date:
    """Return the date that many days before today."""
    return timezone.localdate() - datetime.timedelta(days=days)


def member_of(employee: Employee) -> Membership:
    """Return the employee's membership; one who has none yet gets it, without a password."""
    member = Membership.objects.filter(employee=employee).first()
    if member is None:
        user = User.objects.create_user(employee.email, None, full_name=employee.full_name)
        member = Membership.objects.create(user=user)
        Employee.objects.filter(pk=employee.pk).update(membership=member)
    employee.membership = member
    return member
