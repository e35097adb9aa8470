"""Cycles: opened, changed, frozen, reopened, archived; and who is asked for goals."""

import datetime
import threading
import time
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django_rls_tenants import tenant_context

from goals.enums import CYCLE_TRANSITIONS, CycleStatus, GoalStatus
from goals.models import Cycle, Goal
from goals.obligations import ABOUT_GOAL
from goals.proposals import ABOUT_CYCLE, PROPOSE_GOALS
from goals.selectors.structure import current_cycle
from goals.services.cycles import archive_cycle, change_cycle, freeze_cycle, keep_proposal, open_cycle, reopen_cycle
from goals.services.goals import accept_goal, propose_goal
from goals.tasks import ask_for_goals
from people.enums import EmployeeStatus
from people.models import Department, Employee, Membership, PartnerScope
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from tests.cast import EmployeeFactory, Person
from tests.goals.structure.conftest import BY, ENDS, STARTS, TODAY, Clock, MakeGoal, MakeObjective, OpenCycle

pytestmark = pytest.mark.usefixtures("harbor_context")

MOVES = {CycleStatus.OPEN: reopen_cycle, CycleStatus.FROZEN: freeze_cycle, CycleStatus.ARCHIVED: archive_cycle}


def owing(cycle: Cycle, status: ObligationStatus = ObligationStatus.OPEN) -> dict[str, datetime.date]:
    """Return who owes goals in the cycle, by given name, and when."""
    owed = Obligation.objects.filter(kind=PROPOSE_GOALS, about_type=ABOUT_CYCLE, about_id=cycle.pk, status=status)
    return dict(owed.values_list("owner__given_name", "due_on"))


def facts(**changed: object) -> dict[str, object]:
    return {
        "name": "2027, first half",
        "kind": "half",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "propose_by": BY,
        "update_every_weeks": 4,
        **changed,
    }


def test_opening_a_cycle_asks_everybody_who_has_a_manager(cycle: Cycle, carol: Person) -> None:
    assert owing(cycle) == {"Alice": BY, "Bob": BY}
    assert Obligation.objects.filter(owner=carol.employee).count() == 0


def test_nobody_who_has_left_is_asked(open_one: OpenCycle, alice: Person, bob: Person) -> None:
    Employee.objects.filter(pk=alice.employee.pk).update(status=EmployeeStatus.LEFT, left_on=TODAY)

    assert owing(open_one()) == {"Bob": BY}


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "eve", "ines"])
def test_only_hr_opens_a_cycle(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        open_cycle(actor=request.getfixturevalue(who).member, **facts())  # type: ignore[arg-type]  # facts of a cycle


def test_hr_partner_of_one_department_opens_none(hana: Person) -> None:
    PartnerScope.objects.create(membership=hana.member, department=Department.objects.get())

    with pytest.raises(PermissionDenied):
        open_cycle(actor=hana.member, **facts())  # type: ignore[arg-type]  # likewise


def test_hr_admin_opens_one(adam: Person) -> None:
    assert open_cycle(actor=adam.member, **facts()).status == CycleStatus.OPEN  # type: ignore[arg-type]  # likewise


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": "  "}, "Give the cycle a name, such as “2027, first half”."),
        ({"ends_on": STARTS}, "The last day of a cycle comes after its first."),
        ({"propose_by": ENDS + datetime.timedelta(days=1)}, "Goals are proposed before the cycle ends."),
        (
            {"propose_by": TODAY - datetime.timedelta(days=1)},
            "Choose a day still to come by which goals are proposed, so that everybody has a chance.",
        ),
        ({"update_every_weeks": 0}, "Between two updates lie 1 to 26 weeks."),
    ],
)
def test_a_cycle_that_makes_no_sense_is_refused(changed: dict[str, object], message: str, hana: Person) -> None:
    with pytest.raises(DomainError) as refused:
        open_cycle(actor=hana.member, **facts(**changed))  # type: ignore[arg-type]  # likewise

    assert str(refused.value) == message
    assert Cycle.objects.count() == 0


def test_a_name_is_used_once_whatever_its_case(cycle: Cycle, hana: Person) -> None:
    with pytest.raises(DomainError, match="There is a cycle called “2027, FIRST half” already"):
        open_cycle(actor=hana.member, **facts(name="2027, FIRST half"))  # type: ignore[arg-type]  # likewise

    assert Cycle.objects.count() == 1


def test_another_date_moves_what_is_owed_and_says_why(cycle: Cycle, hana: Person) -> None:
    later = BY + datetime.timedelta(days=7)

    change_cycle(actor=hana.member, cycle=cycle, **facts(propose_by=later))  # type: ignore[arg-type]  # likewise

    assert owing(cycle) == {"Alice": later, "Bob": later}
    reasons = set(Obligation.objects.values_list("moved_reason", flat=True))
    assert reasons == {"The date of the cycle moved from 29 January 2027 to 5 February 2027."}


def test_a_date_that_comes_nearer_leaves_late_joiners_their_two_weeks(
    cycle: Cycle, hana: Person, bob: Person, clock: Clock
) -> None:
    joined = datetime.date(2027, 1, 25)
    clock.to(joined)
    EmployeeFactory.create(given_name="Nina", manager=bob.employee, hired_on=joined)
    ask_for_goals()

    nearer = datetime.date(2027, 1, 27)
    change_cycle(actor=hana.member, cycle=cycle, **facts(propose_by=nearer))  # type: ignore[arg-type]  # likewise

    assert owing(cycle) == {"Alice": nearer, "Bob": nearer, "Nina": datetime.date(2027, 2, 8)}


def test_an_archived_cycle_is_not_changed(cycle: Cycle, hana: Person) -> None:
    archive_cycle(actor=hana.member, cycle=cycle)

    with pytest.raises(DomainError, match="An archived cycle is only read"):
        change_cycle(actor=hana.member, cycle=cycle, **facts(name="Other"))  # type: ignore[arg-type]  # likewise


def test_freezing_asks_nobody_any_more_and_reopening_asks_again_with_time(
    cycle: Cycle, hana: Person, clock: Clock
) -> None:
    freeze_cycle(actor=hana.member, cycle=cycle)
    frozen = owing(cycle)
    clock.to(datetime.date(2027, 1, 28))
    reopen_cycle(actor=hana.member, cycle=cycle)

    assert frozen == {}
    assert owing(cycle, ObligationStatus.WITHDRAWN) == {"Alice": BY, "Bob": BY}
    assert owing(cycle) == dict.fromkeys(["Alice", "Bob"], datetime.date(2027, 2, 11))


@pytest.mark.parametrize(("source", "target"), list(product(CycleStatus, CycleStatus)))
def test_each_move_is_on_the_table_or_refused_by_service_and_database(
    source: CycleStatus, target: CycleStatus, open_one: OpenCycle, hana: Person
) -> None:
    cycle = open_one()
    if source != CycleStatus.OPEN:
        MOVES[source](actor=hana.member, cycle=cycle)
    is_on_table = target in CYCLE_TRANSITIONS[source]

    if is_on_table:
        MOVES[target](actor=hana.member, cycle=cycle)
    else:
        with pytest.raises(DomainError, match="Reload the page"):
            MOVES[target](actor=hana.member, cycle=cycle)

    assert Cycle.objects.get().status == (target if is_on_table else source)
    if not is_on_table and source != target:
        with pytest.raises(DatabaseError), transaction.atomic():
            Cycle.objects.filter(pk=cycle.pk).update(status=target)


def test_whoever_has_proposed_is_not_asked_again(cycle: Cycle, alice: Person, hana: Person) -> None:
    kept = keep_proposal(actor=alice.member, cycle=cycle, employee=alice.employee)
    freeze_cycle(actor=hana.member, cycle=cycle)
    reopen_cycle(actor=hana.member, cycle=cycle)

    assert kept == 1
    assert list(owing(cycle)) == ["Bob"]


def test_late_joiners_are_asked_by_the_calendar_once(cycle: Cycle, bob: Person, clock: Clock) -> None:
    EmployeeFactory.create(given_name="Nina", manager=bob.employee)
    clock.to(datetime.date(2027, 3, 1))

    asked = [ask_for_goals(), ask_for_goals()]

    assert asked == [1, 0]
    assert owing(cycle)["Nina"] == datetime.date(2027, 3, 15)


def test_the_calendar_asks_nobody_who_has_a_goal_or_in_a_frozen_cycle(
    cycle: Cycle, bob: Person, hana: Person, make_goal: MakeGoal
) -> None:
    with_goal = EmployeeFactory.create(given_name="Nina", manager=bob.employee)
    make_goal(with_goal, cycle, status=GoalStatus.PROPOSED)
    asked_open = ask_for_goals()
    freeze_cycle(actor=hana.member, cycle=cycle)
    EmployeeFactory.create(given_name="Olga", manager=bob.employee)

    assert (asked_open, ask_for_goals()) == (0, 0)


def test_the_current_cycle_is_the_one_of_today_then_the_next_then_the_last(open_one: OpenCycle, clock: Clock) -> None:
    assert current_cycle() is None
    year = open_one(name="2027", ends_on=datetime.date(2027, 12, 31))
    quarter = open_one(name="2027 Q2", starts_on=datetime.date(2027, 4, 1), ends_on=ENDS)

    on = [current_cycle(datetime.date(*day)) for day in ((2026, 12, 1), (2027, 2, 1), (2027, 5, 1), (2028, 2, 1))]

    assert on == [year, year, quarter, quarter]


def test_ten_thousand_people_are_asked_in_seconds(open_one: OpenCycle, bob: Person) -> None:
    Employee.objects.bulk_create(
        Employee(number=f"X{number}", given_name="X", family_name=str(number), manager=bob.employee)
        for number in range(10_000)
    )

    started = time.monotonic()
    cycle = open_one()

    assert Obligation.objects.filter(about_id=cycle.pk).count() == 10_001
    assert time.monotonic() - started < 30


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def test_two_who_open_the_same_cycle_at_once_open_one(
    committed: None, hana: Person, adam: Person, alice: Person
) -> None:
    barrier = threading.Barrier(2)
    results: list[str] = []

    def run(member: Membership) -> None:
        try:
            with tenant_context(member.organization_id):
                barrier.wait(10)
                open_cycle(actor=member, **facts())  # type: ignore[arg-type]  # likewise
                results.append("opened")
        except DomainError as refused:
            results.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[person.member]) for person in (hana, adam)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(results) == [
        "There is a cycle called “2027, first half” already. Open that one, or give this one another name.",
        "opened",
    ]
    assert owing(Cycle.objects.get()) == {"Alice": BY, "Bob": BY}


def test_hr_partner_of_the_other_organization_changes_nothing(cycle: Cycle, mallory: Person) -> None:
    with tenant_context(mallory.organization.pk):
        assert Cycle.objects.filter(pk=cycle.pk).exists() is False


def owed_for(goal: Goal) -> list[tuple[str, str]]:
    """Return what is owed for the goal, and by whom."""
    owed = Obligation.objects.filter(about_type=ABOUT_GOAL, about_id=goal.pk, status=ObligationStatus.OPEN)
    return sorted(owed.values_list("kind", "owner__given_name"))


def test_answers_rest_in_a_frozen_cycle_and_updates_too_in_an_archived_one(
    cycle: Cycle, hana: Person, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    objective = make_objective(cycle)
    proposed = make_goal(alice, cycle, status=GoalStatus.DRAFT, objective=objective, created_by=alice.member)
    propose_goal(actor=alice.member, goal=proposed)
    active = make_goal(alice, cycle, status=GoalStatus.DRAFT, objective=objective, created_by=alice.member)
    propose_goal(actor=alice.member, goal=active)
    accept_goal(actor=bob.member, goal=active)
    seen = []
    for move in (freeze_cycle, reopen_cycle, archive_cycle, reopen_cycle):
        move(actor=hana.member, cycle=cycle)
        seen.append((owed_for(proposed), owed_for(active)))

    answer, update = [("accept_goal", "Bob")], [("update_goal", "Alice")]
    assert seen == [([], update), (answer, update), ([], []), (answer, update)]
