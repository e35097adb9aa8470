"""Objectives: who writes them, what they may serve, and that the tree stays a tree."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.enums import ObjectiveLevel
from goals.models import Cycle, Goal, Objective
from goals.services.cycles import archive_cycle
from goals.services.objectives import change_objective, create_objective, move_objective, remove_objective
from people.enums import Role
from people.models import Department, PartnerScope
from pipcycle.errors import DomainError
from tests.cast import DepartmentFactory, Person, make_person
from tests.goals.structure.conftest import MakeGoal, MakeObjective, OpenCycle

pytestmark = pytest.mark.usefixtures("harbor_context")

ORGANIZATION, DEPARTMENT, TEAM, PERSON = ObjectiveLevel


def test_hr_writes_objectives_of_every_level(cycle: Cycle, hana: Person, alice: Person, bob: Person) -> None:
    department = Department.objects.get()
    top = create_objective(actor=hana.member, cycle=cycle, level=ORGANIZATION, title=" Customers stay ")
    middle = create_objective(
        actor=hana.member, cycle=cycle, level=DEPARTMENT, title="Fast answers", department=department, parent=top
    )
    team = create_objective(
        actor=hana.member, cycle=cycle, level=TEAM, title="No queue", owner=bob.employee, parent=middle
    )
    own = create_objective(
        actor=hana.member, cycle=cycle, level=PERSON, title="First answers", owner=alice.employee, parent=team
    )

    chain = [own, own.parent, team.parent, middle.parent]
    assert [one.title for one in chain if one] == ["First answers", "No queue", "Fast answers", "Customers stay"]


@pytest.mark.parametrize(
    ("who", "level", "of", "is_allowed"),
    [
        ("alice", PERSON, "alice", True),
        ("alice", TEAM, "alice", False),
        ("alice", PERSON, "bob", False),
        ("bob", TEAM, "bob", True),
        ("bob", PERSON, "alice", True),
        ("bob", TEAM, "carol", False),
        ("bob", ORGANIZATION, "bob", False),
        ("carol", TEAM, "bob", True),
        ("eve", ORGANIZATION, "eve", False),
        ("ines", PERSON, "alice", False),
        ("adam", ORGANIZATION, "adam", True),
    ],
)
def test_each_writes_where_they_lead(  # the table of the test
    who: str, level: ObjectiveLevel, of: str, is_allowed: bool, cycle: Cycle, request: pytest.FixtureRequest
) -> None:
    actor, owner = request.getfixturevalue(who), request.getfixturevalue(of)

    try:
        create_objective(actor=actor.member, cycle=cycle, level=level, title="T", owner=owner.employee)
        was_allowed = True
    except PermissionDenied:
        was_allowed = False

    assert was_allowed is is_allowed


def test_hr_partner_of_a_department_writes_for_it_and_for_no_other(cycle: Cycle, alice: Person) -> None:
    hugo = make_person(alice.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,))
    own, other = Department.objects.get(), DepartmentFactory.create(name="Sales")
    PartnerScope.objects.create(membership=hugo.member, department=own)

    made = create_objective(actor=hugo.member, cycle=cycle, level=DEPARTMENT, title="T", department=own)
    with pytest.raises(PermissionDenied):
        create_objective(actor=hugo.member, cycle=cycle, level=DEPARTMENT, title="T", department=other)
    with pytest.raises(PermissionDenied):
        create_objective(actor=hugo.member, cycle=cycle, level=ORGANIZATION, title="T")

    assert made.department == own


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": " "}, "Say in one line what is to be reached."),
        ({"level": DEPARTMENT}, "Choose the department whose objective it is."),
        ({"level": TEAM}, "Choose who leads it: the manager of the team, or the person."),
    ],
)
def test_an_objective_that_says_too_little_is_refused(
    changed: dict[str, object], message: str, cycle: Cycle, hana: Person
) -> None:
    with pytest.raises(DomainError) as refused:
        create_objective(actor=hana.member, cycle=cycle, **{"level": ORGANIZATION, "title": "T", **changed})  # type: ignore[arg-type]  # facts of the table

    assert str(refused.value) == message


def test_a_parent_is_of_a_higher_level(cycle: Cycle, hana: Person, bob: Person, make_objective: MakeObjective) -> None:
    team = make_objective(cycle, TEAM, owner=bob.employee)
    other = make_objective(cycle, TEAM, owner=bob.employee, title="Other")

    with pytest.raises(DomainError, match="Choose one of a higher level"):
        move_objective(actor=hana.member, objective=team, parent=other)


def test_a_parent_is_of_the_same_cycle(
    cycle: Cycle, hana: Person, bob: Person, open_one: OpenCycle, make_objective: MakeObjective
) -> None:
    foreign = make_objective(open_one(name="Other"))
    team = make_objective(cycle, TEAM, owner=bob.employee)

    with pytest.raises(DomainError, match="one of the same cycle"):
        move_objective(actor=hana.member, objective=team, parent=foreign)


def test_the_database_refuses_a_parent_of_no_higher_level(
    cycle: Cycle, bob: Person, make_objective: MakeObjective
) -> None:
    team = make_objective(cycle, TEAM, owner=bob.employee)
    own = make_objective(cycle, PERSON, owner=bob.employee, parent=team)

    with pytest.raises(IntegrityError, match="one of a higher level"), transaction.atomic():
        Objective.objects.filter(pk=team.pk).update(parent=own)
    with pytest.raises(IntegrityError, match="is of a lower level"), transaction.atomic():
        Objective.objects.filter(pk=team.pk).update(level=PERSON)


def test_a_manager_moves_no_objective_out_of_their_hands(
    cycle: Cycle, bob: Person, carol: Person, make_objective: MakeObjective
) -> None:
    team = make_objective(cycle, TEAM, owner=bob.employee)

    with pytest.raises(PermissionDenied):
        change_objective(actor=bob.member, objective=team, title="T", owner=carol.employee)


def test_removing_hands_what_served_it_to_the_objective_above(
    cycle: Cycle, hana: Person, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    team = make_objective(cycle, TEAM, owner=bob.employee, parent=top)
    own = make_objective(cycle, PERSON, owner=alice.employee, parent=team)
    goal = make_goal(alice, cycle, objective=team)

    remove_objective(actor=hana.member, objective=team)

    own.refresh_from_db()
    goal.refresh_from_db()
    assert (own.parent, goal.objective) == (top, top)
    assert Objective.objects.filter(title=team.title).count() == 2


def test_a_goal_of_a_removed_top_objective_serves_none(
    cycle: Cycle, hana: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    top = make_objective(cycle)
    goal = make_goal(alice, cycle, objective=top)

    remove_objective(actor=hana.member, objective=top)

    assert Goal.objects.get(pk=goal.pk).objective is None


def test_an_archived_cycle_keeps_its_objectives(cycle: Cycle, hana: Person, make_objective: MakeObjective) -> None:
    top = make_objective(cycle)
    archive_cycle(actor=hana.member, cycle=cycle)

    with pytest.raises(DomainError, match="is archived, so its objectives are only read"):
        remove_objective(actor=hana.member, objective=top)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7)), max_size=12))
def test_no_series_of_moves_makes_a_circle(
    moves: list[tuple[int, int]], cycle: Cycle, hana: Person, bob: Person
) -> None:
    levels = [ORGANIZATION, ORGANIZATION, DEPARTMENT, DEPARTMENT, TEAM, TEAM, PERSON, PERSON]
    department = Department.objects.get()
    nodes = [
        Objective.objects.create(cycle=cycle, level=level, title=level, department=department, owner=bob.employee)
        for level in levels
    ]
    for which, under in moves:
        parent = None if under < 0 else nodes[under]
        try:
            with transaction.atomic():
                move_objective(actor=hana.member, objective=nodes[which], parent=parent)
        except DomainError:
            nodes[which].refresh_from_db()
    parents = dict(Objective.objects.filter(pk__in=[node.pk for node in nodes]).values_list("pk", "parent"))

    for node in nodes:
        seen, above = [node.pk], parents[node.pk]
        while above is not None:
            assert above not in seen
            seen.append(above)
            above = parents[above]
        assert len(seen) <= len(ObjectiveLevel)
