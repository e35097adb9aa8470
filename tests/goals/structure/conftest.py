"""A cycle, objectives and goals in every state, and a team around them."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_rls_tenants import tenant_context

from goals.enums import GoalStatus, ObjectiveLevel, Result, Side
from goals.models import Cycle, Goal, GoalTemplate, Objective
from goals.services.cycles import open_cycle
from people.models import Employee, Organization
from tests.cast import Person

#: A Monday morning in Boston.
MONDAY = datetime.datetime(2027, 1, 4, 15, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2027, 1, 4)
STARTS, BY, ENDS = datetime.date(2027, 1, 1), datetime.date(2027, 1, 29), datetime.date(2027, 6, 30)


class Clock:
    """The time of the test; ``to`` sets it to noon in Boston of a day."""

    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    def to(self, day: datetime.date) -> None:
        self._traveller.move_to(datetime.datetime.combine(day, datetime.time(17, 0), tzinfo=datetime.UTC))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    """Monday 4 January 2027, ticking."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield Clock(traveller)


OpenCycle = Callable[..., Cycle]
MakeGoal = Callable[..., Goal]
MakeObjective = Callable[..., Objective]


@pytest.fixture
def open_one(hana: Person) -> OpenCycle:
    """Return a function that opens a cycle as the HR partner."""

    def make(**facts: Any) -> Cycle:
        usual = {
            "name": "2027, first half",
            "kind": "half",
            "starts_on": STARTS,
            "ends_on": ENDS,
            "propose_by": BY,
            "update_every_weeks": 4,
        }
        with tenant_context(hana.organization.pk):
            return open_cycle(actor=hana.member, **{**usual, **facts})

    return make


@pytest.fixture
def cycle(open_one: OpenCycle, alice: Person) -> Cycle:
    """The first half of 2027, opened once Alice and her managers are there."""
    return open_one()


@pytest.fixture
def make_goal(harbor: Organization) -> MakeGoal:
    """Return a function that makes a goal in any state, with the facts the state rests on."""

    def make(
        employee: Employee | Person, cycle: Cycle, *, status: GoalStatus = GoalStatus.ACTIVE, **facts: Any
    ) -> Goal:
        person = employee.employee if isinstance(employee, Person) else employee
        now = timezone.now()
        columns: dict[str, Any] = {
            "title": "Answer within a day",
            "baseline": Decimal(0),
            "target": Decimal(100),
            "unit": "%",
            "measure": "percent",
            "starts_on": STARTS,
            "due_on": ENDS,
        }
        if status not in (GoalStatus.DRAFT, GoalStatus.CANCELLED):
            columns |= {"proposed_at": now, "proposed_side": Side.EMPLOYEE}
        if status in (GoalStatus.ACTIVE, GoalStatus.COMPLETED):
            columns |= {"accepted_at": now}
        if status == GoalStatus.COMPLETED:
            columns |= {"completed_at": now, "result": Result.REACHED}
        if status == GoalStatus.CANCELLED:
            columns |= {"ended_reason": "No longer needed."}
        with tenant_context(harbor.pk):
            return Goal.objects.create(employee=person, cycle=cycle, status=status, **{**columns, **facts})

    return make


@pytest.fixture
def make_objective(harbor: Organization) -> MakeObjective:
    """Return a function that makes an objective."""

    def make(cycle: Cycle, level: ObjectiveLevel = ObjectiveLevel.ORGANIZATION, **facts: Any) -> Objective:
        with tenant_context(harbor.pk):
            return Objective.objects.create(cycle=cycle, level=level, **{"title": "Customers stay", **facts})

    return make


@pytest.fixture
def template(harbor: Organization) -> GoalTemplate:
    """A template measured in per cent."""
    with tenant_context(harbor.pk):
        return GoalTemplate.objects.create(
            name="Accuracy", title="Right the first time", measure="percent", target=Decimal(98), unit="%"
        )
