"""The alignment tree: objectives under objectives, goals under them, and how far they have come.

Everybody may see what the organization, its departments and teams want to reach. Of goals a reader sees those they may
read; of the others only how many there are, and a mean from which no single person's progress can be worked out
(rule 25): neither a group under five nor what remains of a group when the shown ones are taken away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from goals.enums import GoalStatus, ObjectiveLevel
from goals.models import Cycle, Goal, Objective
from goals.selectors.goals import goals_visible_to
from goals.selectors.progress import with_progress
from goals.selectors.structure import PROPOSED_OR_AGREED
from metrics.suppression import SMALLEST_GROUP
from people.models import Department, Membership
from people.rules import is_hr_partner
from people.selectors.employees import employees_followed_by

MOST_GOALS = 300
_AGREED = (GoalStatus.ACTIVE, GoalStatus.COMPLETED)


@dataclass(frozen=True)
class Tally:
    """What the database counts of the goals of one objective; ``unseen`` names up to five people not open."""

    goals: int = 0
    weight: int = 0
    reached: float = 0.0
    unseen: frozenset[int] = frozenset()


@dataclass
class Node:
    """An objective in the tree with what hangs below it. ``progress`` is None where there is none, or none to show."""

    objective: Objective
    is_open: bool
    children: list["Node"] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    own: Tally = Tally()
    goal_count: int = 0
    weight: int = 0
    reached: float = 0.0
    unseen: frozenset[int] = frozenset()
    is_withheld: bool = False

    @property
    def progress(self) -> float | None:
        """Return the mean progress of the agreed goals below, by weight."""
        return None if self.is_withheld or not self.weight else self.reached / self.weight

    @property
    def visible_children(self) -> list["Node"]:
        """Return the objectives below that the reader may see."""
        return [child for child in self.children if child.is_open]

    @property
    def goals_not_listed(self) -> int:
        """Return how many goals hang directly on it, or on objectives not open, without being listed."""
        closed = sum(child.goal_count for child in self.children if not child.is_open)
        return self.own.goals + closed - len(self.goals)

    @property
    def is_leaf(self) -> bool:
        """Return whether nothing is shown below."""
        return not (self.visible_children or self.goals)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def objectives_visible_to(member: Membership) -> QuerySet[Objective]:
    """Return the objectives the member may read.

    Those of the organization, its departments and teams are open to everybody; a person's own are as their goals are.
    """
    if not member.is_active:
        return Objective.objects.none()
    readable: QuerySet[Objective] = _with_openness(Objective.objects.all(), member).filter(is_open_to_reader=True)
    return readable


def objective_for(member: Membership, objective_id: int) -> Objective:
    """Return the objective. Raises Http404 for one the member may not read."""
    found = (
        objectives_visible_to(member)
        .select_related("organization", "cycle", "department", "owner", "parent")
        .filter(pk=objective_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def objective_tree(cycle: Cycle, member: Membership, *, department: Department | None = None) -> list[Node]:
    """Return the top of the tree of the cycle as the member sees it; three statements, however large.

    ``department`` keeps what belongs to the department, what its people's goals serve, and what stands above that.
    """
    objectives = _with_openness(Objective.objects.filter(cycle=cycle), member).select_related("department", "owner")
    nodes = {one.pk: Node(one, is_open=one.is_open_to_reader) for one in objectives}
    goals = Goal.objects.filter(cycle=cycle, objective__isnull=False, status__in=PROPOSED_OR_AGREED)
    if department is not None:
        goals = goals.filter(employee__department=department)
    for key, tally in _tallies(goals, member):
        nodes[key].own = tally
    for goal in _listed(goals, member):
        nodes[goal.objective_id].goals.append(goal)
    roots: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.objective.parent_id or 0)
        (above.children if above else roots).append(node)
    for root in roots:
        _roll_up(root)
    if department is not None:
        roots = [root for root in roots if _keep(root, department)]
    return [root for root in roots if root.is_open]


def _with_openness(objectives: QuerySet[Objective], member: Membership) -> Any:
    followed = Exists(employees_followed_by(member).filter(pk=OuterRef("owner")))
    is_open: Any = ~Q(level=ObjectiveLevel.PERSON) | followed
    if is_hr_partner(member):
        is_open = is_open | Q(owner__isnull=True)
    return objectives.annotate(is_open_to_reader=ExpressionWrapper(is_open, output_field=BooleanField()))


def _tallies(goals: QuerySet[Goal], member: Membership) -> Iterator[tuple[int, Tally]]:
    """Yield what is counted for each objective; a goal nobody has reported on stands where it began."""
    is_agreed = Q(status__in=_AGREED)
    is_seen = Exists(goals_visible_to(member).order_by().filter(pk=OuterRef("pk")))
    rows = (
        with_progress(goals.order_by())
        .annotate(is_seen=is_seen, share=F("weight") * Coalesce("reached", 0.0))
        .values("objective")
        .annotate(
            goal_count=Count("pk"),
            weights=Coalesce(Sum("weight", filter=is_agreed), 0),
            shares=Coalesce(Sum("share", filter=is_agreed), 0.0),
            people=ArrayAgg("employee", distinct=True, filter=is_agreed & Q(is_seen=False)),
        )
        .annotate(few=Func("people", template=f"(%(expressions)s)[1:{SMALLEST_GROUP}]"))
        .values_list("objective", "goal_count", "weights", "shares", "few")
    )
    for objective_id, goal_count, weight, reached, few in rows:
        yield objective_id, Tally(goal_count, weight, reached, frozenset(few or ()))


def _listed(goals: QuerySet[Goal], member: Membership) -> Iterable[Any]:
    visible = goals.filter(pk__in=goals_visible_to(member).order_by().values("pk"))
    return with_progress(visible).select_related("employee").order_by("due_on", "pk")[:MOST_GOALS]


def _roll_up(node: Node) -> None:
    """Add up what is below, and withhold a mean from which somebody could be worked out."""
    node.goal_count, node.weight, node.reached = node.own.goals, node.own.weight, node.own.reached
    unseen = set(node.own.unseen)
    for child in node.children:
        _roll_up(child)
        node.goal_count += child.goal_count
        node.weight += child.weight
        node.reached += child.reached
        if child.is_withheld or not child.is_open:
            unseen |= child.unseen
    node.unseen = frozenset(unseen)
    node.is_withheld = 0 < len(unseen) < SMALLEST_GROUP


def _keep(node: Node, department: Department) -> bool:
    """Drop what has nothing to do with the department; return whether anything is left."""
    node.children = [child for child in node.children if _keep(child, department)]
    objective = node.objective
    owner_department = objective.owner.department_id if objective.owner else None
    is_own = department.pk in (objective.department_id, owner_department)
    return is_own or bool(node.children) or node.own.goals > 0


def ancestors_of(objective: Objective) -> list[Objective]:
    """Return what the objective serves, the highest first: at most three, for levels only go up."""
    above: list[Objective] = []
    parent = objective.parent
    while parent is not None:
        above.insert(0, parent)
        parent = parent.parent
    return above


def children_of(member: Membership, objective: Objective) -> QuerySet[Objective]:
    """Return the objectives that serve this one and the member may read."""
    return objectives_visible_to(member).filter(parent=objective).select_related("department", "owner")


def goals_serving(member: Membership, objective: Objective) -> tuple[list[Goal], int]:
    """Return the goals directly below the objective that the member may read, and how many others there are."""
    goals = Goal.objects.filter(objective=objective, status__in=PROPOSED_OR_AGREED)
    listed = list(_listed(goals, member))
    return listed, goals.count() - len(listed)
