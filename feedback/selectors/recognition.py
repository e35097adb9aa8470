"""Recognition as a member may see it: never that of people who have left, or who do not want to appear."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404

from feedback.models import OrganizationValue, Recognition, RecognitionOptOut, RecognitionPolicy, TeamWall
from feedback.recognition_rules import can_read_wall
from goals.models import Goal
from goals.selectors.goals import goals_visible_to
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by


def recognition_visible_to(member: Membership) -> QuerySet[Recognition]:
    """Return the recognition the member may read, latest first.

    What they gave, that of the people they follow, and, where the team has a wall, that of their teammates and of
    those who report to them. Whoever does not want to appear appears to nobody, themself included.
    """
    if not member.is_active:
        return Recognition.objects.none()
    read = Q(Exists(employees_followed_by(member).filter(pk=OuterRef("receiver"))))
    own = employee_of(member)
    if own is not None:
        read |= Q(author=own)
        if own.manager_id is not None:
            read |= Q(Q(receiver__manager=own.manager_id), Q(_wall_is_open("receiver__manager")))
    return _standing().filter(read)


def recognition_on_wall(member: Membership, manager: Employee) -> QuerySet[Recognition]:
    """Return what the wall of the manager's team shows the member; nothing while it is closed."""
    shown = recognition_visible_to(member).filter(Q(_wall_is_open("receiver__manager")), receiver__manager=manager)
    return with_recognition_facts(shown)


def recognition_of(member: Membership, employee: Employee) -> QuerySet[Recognition]:
    """Return the employee's recognition the member may read."""
    return with_recognition_facts(recognition_visible_to(member).filter(receiver=employee))


def with_recognition_facts(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    """Join what a line of the wall shows."""
    return rows.select_related("author", "receiver", "value", "goal")


def recognition_for(member: Membership, recognition_id: int) -> Recognition:
    """Return one recognition the member may read, or raise Http404."""
    found = with_recognition_facts(recognition_visible_to(member)).filter(pk=recognition_id).first()
    if found is None:
        raise Http404
    return found


def goals_shown(member: Membership, rows: list[Recognition]) -> set[int]:
    """Return the goals among those named that the member may read; the others are not named to them."""
    named = {row.goal_id for row in rows if row.goal_id}
    return set(goals_visible_to(member).filter(pk__in=named).values_list("pk", flat=True)) if named else set()


def wall_manager_for(member: Membership, manager_id: int) -> Employee:
    """Return the manager whose team's wall the member may read, else Http404."""
    manager = Employee.objects.select_related("organization").filter(pk=manager_id).first()
    if manager is None or not has_team(manager) or not can_read_wall(member, manager):
        raise Http404
    return manager


def has_team(manager: Employee) -> bool:
    """Return whether anybody who works here reports to the manager directly."""
    return Employee.objects.filter(manager=manager).exclude(status=EmployeeStatus.LEFT).exists()


def own_walls(member: Membership) -> list[Employee]:
    """Return whose walls are the member's own: of the team they lead, and of the team they are in."""
    own = employee_of(member)
    if own is None:
        return []
    reports = Employee.objects.filter(manager=OuterRef("pk")).exclude(status=EmployeeStatus.LEFT)
    walls = Employee.objects.filter(Exists(reports), pk__in=[own.pk, own.manager_id or 0])
    return sorted(walls, key=lambda manager: manager.pk != own.pk)


def wall_is_open(manager: Employee) -> bool:
    """Return whether the manager's team has a wall: by the manager's decision, else by that for all teams."""
    return Employee.objects.filter(Q(_wall_is_open("pk")), pk=manager.pk).exists()


def walls_open_for_all() -> bool:
    """Return whether every team has a wall unless its manager closes it."""
    return RecognitionPolicy.objects.filter(walls_open=True).exists()


def is_opted_out(employee: Employee) -> bool:
    """Return whether the employee does not want to appear in recognition."""
    return RecognitionOptOut.objects.filter(employee=employee).exists()


def values_offered() -> QuerySet[OrganizationValue]:
    """Return the values recognition can name today."""
    return OrganizationValue.objects.filter(is_retired=False)


def goals_to_recognize(member: Membership, receiver: Employee) -> QuerySet[Goal]:
    """Return the receiver's goals the member may read and so may name."""
    return goals_visible_to(member).filter(employee=receiver)


def _standing() -> QuerySet[Recognition]:
    """Return what nobody has taken off, of people who work here and do not mind."""
    unwilling = RecognitionOptOut.objects.filter(employee=OuterRef("receiver"))
    return Recognition.objects.filter(~Exists(unwilling), withdrawn_at__isnull=True).exclude(
        receiver__status=EmployeeStatus.LEFT
    )


def _wall_is_open(manager: str) -> Combinable | Q:
    decided = TeamWall.objects.filter(manager=OuterRef(manager))
    for_all = RecognitionPolicy.objects.filter(walls_open=True)
    return Q(Exists(decided.filter(is_open=True))) | Q(Q(Exists(for_all)), ~Q(Exists(decided.filter(is_open=False))))
