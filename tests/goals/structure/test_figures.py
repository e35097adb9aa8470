"""What goals add to the pages of figures."""

import pytest

from goals.figures import organization_facts
from goals.models import Cycle
from tests.cast import EmployeeFactory, Person
from tests.goals.structure.conftest import MakeGoal, MakeObjective

pytestmark = pytest.mark.usefixtures("harbor_context")


def test_the_organization_page_tells_shares_of_five_people_and_more(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    people = [alice.employee, *(EmployeeFactory.create(manager=bob.employee) for _number in range(3))]
    few = organization_facts()
    people.append(EmployeeFactory.create(manager=bob.employee))
    make_goal(people[0], cycle, objective=make_objective(cycle))
    for person in people[1:]:
        make_goal(person, cycle)

    facts = [(str(fact.label), str(fact.value), str(fact.note)) for fact in organization_facts()]

    assert [str(fact.value) for fact in few] == ["0 %"]
    assert facts == [
        ("People with agreed goals", "83 %", "5 of 6, 2027, first half"),
        ("Goals that serve no objective", "80 %", "4 of 5, 2027, first half"),
    ]


def test_without_a_cycle_the_organization_page_says_nothing() -> None:
    assert organization_facts() == []
