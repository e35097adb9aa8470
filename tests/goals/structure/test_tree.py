"""The alignment tree: what hangs where, what it adds up to, and what each reader may see of it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from goals.enums import GoalStatus, ObjectiveLevel
from goals.models import Cycle, Goal, Objective
from goals.selectors.coverage import coverage_by_department, total_of
from goals.selectors.disclosure import for_reader
from goals.selectors.progress import with_progress
from goals.selectors.tree import Node, objective_for, objective_tree
from people.models import Department, Employee
from people.services.reporting_lines import rebuild_reporting_lines
from tests.cast import DepartmentFactory, EmployeeFactory, Person
from tests.goals.structure.conftest import MakeGoal, MakeObjective

pytestmark = pytest.mark.usefixtures("harbor_context")

ORGANIZATION, DEPARTMENT, TEAM, PERSON = ObjectiveLevel


def node_of(roots: list[Node], objective: Objective) -> Node:
    return next(node for root in roots for node in root.walk() if node.objective == objective)


def reported(value: int) -> dict[str, Decimal]:
    return {"current_value": Decimal(value)}


def test_progress_is_the_mean_of_agreed_goals_by_weight_and_rolls_up(
    cycle: Cycle, hana: Person, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    team = make_objective(cycle, TEAM, owner=bob.employee, parent=top)
    make_goal(alice, cycle, objective=team, weight=3, **reported(80))
    make_goal(alice, cycle, objective=team, weight=1, **reported(40))
    make_goal(bob, cycle, objective=top, weight=4)
    make_goal(bob, cycle, objective=top, status=GoalStatus.PROPOSED)

    roots = objective_tree(cycle, hana.member)

    assert (node_of(roots, team).progress, node_of(roots, top).progress) == (70.0, 35.0)
    assert (node_of(roots, team).goal_count, node_of(roots, top).goal_count) == (2, 4)


def test_an_objective_without_agreed_goals_has_no_progress(
    cycle: Cycle, hana: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    make_goal(alice, cycle, objective=top, status=GoalStatus.DRAFT)
    make_goal(alice, cycle, objective=top, status=GoalStatus.CANCELLED)

    [node] = objective_tree(cycle, hana.member)

    assert (node.progress, node.goal_count, node.is_withheld) == (None, 0, False)


def test_a_reader_sees_their_own_goals_and_how_many_others_there_are(
    cycle: Cycle, alice: Person, bob: Person, carol: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    own = make_goal(alice, cycle, objective=top)
    make_goal(bob, cycle, objective=top)
    make_goal(carol, cycle, objective=top)

    [node] = objective_tree(cycle, alice.member)

    assert [goal.pk for goal in node.goals] == [own.pk]
    assert (node.goal_count, node.goals_not_listed) == (3, 2)


def colleagues(bob: Person, number: int) -> list[Employee]:
    made = [EmployeeFactory.create(manager=bob.employee) for _number in range(number)]
    rebuild_reporting_lines()
    return made


def test_a_mean_of_fewer_than_five_others_is_withheld(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    make_goal(alice, cycle, objective=top, **reported(10))
    people = colleagues(bob, 5)
    for person in people[:4]:
        make_goal(person, cycle, objective=top, **reported(50))
    [few] = objective_tree(cycle, alice.member)
    make_goal(people[4], cycle, objective=top, **reported(50))
    [enough] = objective_tree(cycle, alice.member)

    assert (few.is_withheld, few.progress) == (True, None)
    assert enough.progress == pytest.approx(260 / 6)
    assert objective_tree(cycle, bob.member)[0].progress == pytest.approx(260 / 6)


def test_nobody_is_worked_out_by_taking_a_shown_mean_from_the_one_above(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    team = make_objective(cycle, TEAM, owner=bob.employee, parent=top)
    people = colleagues(bob, 6)
    for person in people[:5]:
        make_goal(person, cycle, objective=team, **reported(50))
    make_goal(people[5], cycle, objective=top, **reported(20))

    roots = objective_tree(cycle, alice.member)

    assert node_of(roots, team).progress == 50.0
    assert node_of(roots, top).is_withheld is True


def test_a_persons_objective_is_open_to_those_who_may_read_their_goals(
    cycle: Cycle, alice: Person, bob: Person, eve: Person, adam: Person, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    own = make_objective(cycle, PERSON, owner=alice.employee, parent=top)

    seen = [
        [node.objective for node in objective_tree(cycle, who.member)[0].visible_children]
        for who in (alice, bob, eve, adam)
    ]

    assert seen == [[own], [own], [], []]
    with pytest.raises(Http404):
        objective_for(eve.member, own.pk)


def test_what_hangs_on_a_closed_objective_still_counts(
    cycle: Cycle, eve: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    own = make_objective(cycle, PERSON, owner=alice.employee, parent=top)
    make_goal(alice, cycle, objective=own)

    [node] = objective_tree(cycle, eve.member)

    assert (node.goal_count, node.goals_not_listed, node.is_leaf, node.is_withheld) == (1, 1, True, True)


def test_a_department_keeps_its_objectives_and_what_they_serve(
    cycle: Cycle, hana: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    operations, sales = Department.objects.get(), DepartmentFactory.create(name="Sales")
    top, unrelated = make_objective(cycle), make_objective(cycle, title="Unrelated")
    middle = make_objective(cycle, DEPARTMENT, department=sales, parent=top)
    make_goal(alice, cycle, objective=unrelated)

    of_sales = objective_tree(cycle, hana.member, department=sales)
    of_operations = objective_tree(cycle, hana.member, department=operations)

    assert [node.objective for root in of_sales for node in root.walk()] == [top, middle]
    assert [root.objective for root in of_operations] == [unrelated]


def test_the_tree_costs_as_many_statements_at_one_objective_as_at_many(
    cycle: Cycle, hana: Person, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    counts = []
    top = make_objective(cycle)
    for number in (1, 6):
        for _count in range(number):
            team = make_objective(cycle, TEAM, owner=bob.employee, parent=top)
            make_goal(alice, cycle, objective=team)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            roots = objective_tree(cycle, hana.member)
            [str(goal.employee) for root in roots for node in root.walk() for goal in node.goals]
        counts.append(len(captured))

    assert counts == [3, 3]


@pytest.mark.parametrize(
    ("facts", "reached"),
    [
        ({"baseline": 20, "target": 40, "current_value": 25}, 25.0),
        ({"baseline": 40, "target": 20, "current_value": 25, "direction": "lower"}, 75.0),
        ({"baseline": 20, "target": 40, "current_value": 10}, 0.0),
        ({"baseline": 20, "target": 40, "current_value": 50}, 150.0),
        ({"baseline": 20, "target": 40}, None),
        ({"baseline": 20, "target": 20, "current_value": 20}, 100.0),
        ({"baseline": 20, "target": 20, "current_value": 19}, 0.0),
        ({"baseline": 2, "target": 2, "current_value": 1, "direction": "lower"}, 100.0),
    ],
)
def test_progress_in_the_database(
    facts: dict[str, int], reached: float | None, cycle: Cycle, alice: Person, make_goal: MakeGoal
) -> None:
    goal = make_goal(alice, cycle, **facts)

    assert with_progress(Goal.objects.filter(pk=goal.pk)).get().reached == reached


def test_progress_of_milestones_is_the_share_done(cycle: Cycle, alice: Person, make_goal: MakeGoal) -> None:
    goal = make_goal(alice, cycle, measure="milestones", baseline=None, target=None)
    goal.steps.create(title="First", done_on=goal.starts_on)
    goal.steps.create(title="Second")

    assert with_progress(Goal.objects.filter(pk=goal.pk)).get().reached == 50.0


def test_coverage_adds_up_to_what_is_counted_alone(
    cycle: Cycle, alice: Person, bob: Person, carol: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    sales = DepartmentFactory.create(name="Sales")
    Employee.objects.filter(pk=bob.employee.pk).update(department=sales)
    Employee.objects.filter(pk=carol.employee.pk).update(department=None)
    top = make_objective(cycle)
    make_goal(alice, cycle, objective=top)
    make_goal(alice, cycle)
    make_goal(bob, cycle, status=GoalStatus.PROPOSED)
    make_goal(carol, cycle, status=GoalStatus.COMPLETED)
    make_goal(alice, cycle, status=GoalStatus.DRAFT)

    parts = coverage_by_department(cycle)
    total = total_of(parts)

    assert [(part.name, part.people, part.goals, part.unaligned) for part in parts] == [
        ("Operations", 1, 2, 1),
        ("Sales", 1, 1, 1),
        ("No department", 0, 1, 1),
    ]
    assert (total.people, total.proposed, total.agreed, total.goals, total.unaligned) == (2, 2, 1, 4, 3)
    assert (total.unaligned_share, total.proposed_share, total.agreed_share) == (75, 100, 50)
    assert total.completed == 1


def test_an_executive_sees_no_department_under_five_and_none_it_could_be_worked_out_from(
    cycle: Cycle, eve: Person, hana: Person, bob: Person
) -> None:
    for name, number in (("Sales", 3), ("Finance", 6), ("Legal", 9), ("Support", 12)):
        department = DepartmentFactory.create(name=name)
        for _number in range(number):
            EmployeeFactory.create(manager=bob.employee, department=department)
    parts = coverage_by_department(cycle)

    shown = for_reader(eve.member, parts)

    assert [part.name for part in shown.rows] == ["Finance", "Legal", "Support"]
    assert shown.left_out == 2
    assert [part.name for part in for_reader(hana.member, parts).rows] == [part.name for part in parts]
