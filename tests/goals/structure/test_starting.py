"""Many goals at once: copied forward, or started from a template."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django_rls_tenants import tenant_context

from goals.enums import GoalStatus
from goals.models import Cycle, Goal, GoalTemplate
from goals.presets import PRESETS
from goals.selectors.starting import copies_of, starts_from
from goals.services.cycles import freeze_cycle
from goals.services.starting import copy_goals_forward, create_goals_from_template
from goals.services.templates import add_presets, delete_template, save_template
from metrics.models import Metric, Series
from people.models import Employee
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from tests.cast import EmployeeFactory, Person
from tests.goals.structure.conftest import ENDS, STARTS, MakeGoal, MakeObjective, OpenCycle

pytestmark = pytest.mark.usefixtures("harbor_context")

NEXT_STARTS, NEXT_ENDS = datetime.date(2027, 7, 1), datetime.date(2027, 12, 31)


@pytest.fixture
def following(open_one: OpenCycle) -> Cycle:
    """The second half of 2027."""
    return open_one(
        name="2027, second half", starts_on=NEXT_STARTS, ends_on=NEXT_ENDS, propose_by=datetime.date(2027, 7, 31)
    )


def copied(actor: Person, goals: list[Goal], cycle: Cycle) -> tuple[list[Goal], list[Goal]]:
    report = copy_goals_forward(actor=actor.member, goals=goals, cycle=cycle, starts_on=NEXT_STARTS, due_on=NEXT_ENDS)
    return list(report.created), list(report.already)


def test_a_copy_is_a_draft_that_begins_where_the_goal_stands(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal, make_objective: MakeObjective
) -> None:
    objective, alike = make_objective(cycle), make_objective(following)
    goal = make_goal(alice, cycle, current_value=Decimal(60), weight=3, why="It counts.", objective=objective)

    [copy], already = copied(bob, [goal], following)

    copy.refresh_from_db()
    assert already == []
    assert (copy.status, copy.cycle, copy.baseline, copy.target, copy.current_value) == (
        GoalStatus.DRAFT,
        following,
        Decimal(60),
        Decimal(100),
        None,
    )
    assert (copy.starts_on, copy.due_on, copy.weight, copy.why) == (NEXT_STARTS, NEXT_ENDS, 3, "It counts.")
    assert (copy.copied_from, copy.objective, copy.employee) == (goal, alike, alice.employee)
    assert copy.transitions.get().reason == "Copied from “Answer within a day”, due on 2027-06-30."


def test_copying_twice_doubles_nothing_and_tells(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal
) -> None:
    first, second = make_goal(alice, cycle), make_goal(alice, cycle, title="Other")
    copied(bob, [first], following)

    created, already = copied(alice, [first, second], following)

    assert ([goal.title for goal in created], [goal.title for goal in already]) == (["Other"], ["Answer within a day"])
    assert Goal.objects.filter(cycle=following).count() == 2


def test_a_cancelled_copy_is_made_again(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal
) -> None:
    goal = make_goal(alice, cycle)
    [copy], _already = copied(bob, [goal], following)
    Goal.objects.filter(pk=copy.pk).update(status=GoalStatus.CANCELLED, ended_reason="No.")

    created, already = copied(bob, [goal], following)

    assert (len(created), len(already)) == (1, 0)


def test_open_milestones_move_with_the_due_date(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal
) -> None:
    goal = make_goal(alice, cycle, measure="milestones", baseline=None, target=None)
    goal.steps.create(title="Done", done_on=STARTS, position=0)
    goal.steps.create(title="Open", due_on=datetime.date(2027, 6, 20), position=1)

    [copy], _already = copied(bob, [goal], following)

    assert list(copy.steps.values_list("title", "due_on")) == [("Open", datetime.date(2027, 12, 21))]


def test_nobody_copies_goals_of_people_they_do_not_manage(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, hana: Person, make_goal: MakeGoal
) -> None:
    of_bob = make_goal(bob, cycle)

    for stranger in (alice, hana):
        with pytest.raises(PermissionDenied):
            copied(stranger, [of_bob], following)
    assert Goal.objects.filter(cycle=following).count() == 0


@pytest.mark.parametrize("status", [GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.CANCELLED])
def test_what_was_never_agreed_is_not_continued(  # the cast of the test
    status: GoalStatus, cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal
) -> None:
    with pytest.raises(DomainError, match="has never been agreed"):
        copied(bob, [make_goal(alice, cycle, status=status)], following)


def test_goals_are_copied_into_an_open_cycle_only(
    cycle: Cycle, following: Cycle, bob: Person, alice: Person, hana: Person, make_goal: MakeGoal
) -> None:
    goal = make_goal(alice, cycle)
    freeze_cycle(actor=hana.member, cycle=following)

    with pytest.raises(DomainError, match="“2027, second half” is: Frozen"):
        copied(bob, [goal], following)
    with pytest.raises(DomainError, match="is of this cycle already"):
        copied(bob, [goal], cycle)


def test_a_reached_target_is_told_before_copying(
    cycle: Cycle, following: Cycle, alice: Person, make_goal: MakeGoal
) -> None:
    goals = [
        make_goal(alice, cycle, current_value=Decimal(100)),
        make_goal(alice, cycle, current_value=Decimal(3), baseline=9, target=3, direction="lower"),
        make_goal(alice, cycle, current_value=Decimal(60)),
    ]

    assert [copy.is_reached for copy in copies_of(goals, following)] == [True, True, False]


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def test_two_who_copy_the_same_goals_at_once_make_one_copy_each(
    committed: None, cycle: Cycle, following: Cycle, bob: Person, alice: Person, make_goal: MakeGoal
) -> None:
    goals = [make_goal(alice, cycle, title=title) for title in ("One", "Two", "Three")]
    barrier = threading.Barrier(2)
    made: list[int] = []

    def run(person: Person, chosen: list[Goal]) -> None:
        try:
            with tenant_context(person.organization.pk):
                barrier.wait(10)
                made.append(len(copied(person, chosen, following)[0]))
        finally:
            connections["default"].close()

    threads = [
        threading.Thread(target=run, args=[bob, goals]),
        threading.Thread(target=run, args=[alice, list(reversed(goals))]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(made) == [0, 3]
    assert sorted(Goal.objects.filter(cycle=following).values_list("title", flat=True)) == ["One", "Three", "Two"]


def started(actor: Person, template: GoalTemplate, cycle: Cycle, people: dict[Employee, Decimal | None]) -> list[Goal]:
    return create_goals_from_template(
        actor=actor.member, template=template, cycle=cycle, people=people, starts_on=STARTS, due_on=ENDS
    )


def test_a_template_becomes_a_draft_for_each_person_from_their_own_figure(
    template: GoalTemplate, cycle: Cycle, carol: Person, alice: Person, bob: Person
) -> None:
    started(carol, template, cycle, {alice.employee: Decimal(91), bob.employee: None})

    made = Goal.objects.order_by("employee__given_name")
    assert list(made.values_list("employee__given_name", "baseline", "target", "status", "title")) == [
        ("Alice", Decimal(91), Decimal(98), GoalStatus.DRAFT, "Right the first time"),
        ("Bob", None, Decimal(98), GoalStatus.DRAFT, "Right the first time"),
    ]


def test_goals_are_made_for_all_or_for_nobody(
    template: GoalTemplate, cycle: Cycle, bob: Person, alice: Person, carol: Person
) -> None:
    with pytest.raises(PermissionDenied):
        started(bob, template, cycle, {alice.employee: Decimal(1), carol.employee: Decimal(1)})
    with pytest.raises(PermissionDenied):
        started(bob, template, cycle, {bob.employee: Decimal(1)})

    assert Goal.objects.count() == 0


def test_a_proposal_needs_every_figure_of_today(
    template: GoalTemplate, cycle: Cycle, bob: Person, alice: Person
) -> None:
    with pytest.raises(DomainError, match="Say where Alice Archer stands today"):
        create_goals_from_template(
            actor=bob.member,
            template=template,
            cycle=cycle,
            people={alice.employee: None},
            starts_on=STARTS,
            due_on=ENDS,
            is_proposed=True,
        )


def test_two_hundred_people_are_proposed_a_goal_at_once(
    template: GoalTemplate, cycle: Cycle, bob: Person, make_objective: MakeObjective
) -> None:
    people = [EmployeeFactory.create(manager=bob.employee) for _number in range(200)]
    rebuild_reporting_lines()

    made = create_goals_from_template(
        actor=bob.member,
        template=template,
        cycle=cycle,
        people=dict.fromkeys(people, Decimal(80)),
        starts_on=STARTS,
        due_on=ENDS,
        objective=make_objective(cycle),
        is_proposed=True,
    )

    assert Goal.objects.filter(pk__in=[goal.pk for goal in made], status=GoalStatus.PROPOSED).count() == 200


def test_each_person_begins_at_the_last_value_of_the_metric(
    template: GoalTemplate, cycle: Cycle, alice: Person, bob: Person
) -> None:
    metric = Metric.objects.create(name="Accuracy", key="accuracy", unit="%")
    Series.objects.create(metric=metric, employee=alice.employee, last_value=93.5, last_on=STARTS, point_count=1)
    template.metric, template.baseline = metric, Decimal(90)
    template.save()

    starts = starts_from(template, [alice.employee, bob.employee], cycle)

    assert [(start.baseline, start.is_observed, start.observed_on) for start in starts] == [
        (Decimal("93.5"), True, STARTS),
        (Decimal(90), False, None),
    ]


def test_who_has_the_goal_already_is_told(
    template: GoalTemplate, cycle: Cycle, alice: Person, make_goal: MakeGoal
) -> None:
    standing = make_goal(alice, cycle, title=template.title)

    [start] = starts_from(template, [alice.employee], cycle)

    assert start.standing == standing


def test_the_usual_templates_come_once_with_their_metrics(hana: Person) -> None:
    Metric.objects.create(name="Accuracy", key="accuracy", preset_key="accuracy")
    GoalTemplate.objects.create(name="efficiency", title="Ours")

    added = [add_presets(actor=hana.member), add_presets(actor=hana.member)]

    assert added == [len(PRESETS) - 1, 0]
    assert GoalTemplate.objects.get(name="Accuracy").metric is not None
    assert GoalTemplate.objects.get(name="efficiency").title == "Ours"


def test_only_hr_writes_templates(template: GoalTemplate, bob: Person, adam: Person) -> None:
    with pytest.raises(PermissionDenied):
        save_template(actor=bob.member, template=None, facts={"name": "X", "title": "X"})
    with pytest.raises(PermissionDenied):
        delete_template(actor=bob.member, template=template)

    save_template(actor=adam.member, template=template, facts={"title": "Right at once"})
    with pytest.raises(DomainError, match="There is a template called “ACCURACY” already"):
        save_template(actor=adam.member, template=None, facts={"name": "ACCURACY", "title": "X"})

    assert GoalTemplate.objects.get().title == "Right at once"
