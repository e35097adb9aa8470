"""Goals as a member may see them; every answer is one indexed query."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from goals.enums import BEFORE_AGREEMENT, GoalStatus, RevisionStatus, Visibility
from goals.models import Evidence, Goal, GoalRevision, GoalUpdate
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by


def goals_visible_to(member: Membership) -> QuerySet[Goal]:
    """Return the goals the member may read.

    Those of the people the member follows, and agreed goals their owner shows to the team or to everybody. A draft is
    read by the side that writes it, and by nobody else before it is proposed.
    """
    if not member.is_active:
        return Goal.objects.none()
    own = employee_of(member)
    followed = Q(Exists(employees_followed_by(member).filter(pk=OuterRef("employee"))))
    hidden_draft = _draft_of_the_other_side(own)
    shown = Q(visibility=Visibility.ORGANIZATION)
    if own is not None:
        colleagues = Employee.objects.filter(pk=OuterRef("employee"), manager__isnull=False, manager=own.manager_id)
        shown |= Q(Q(visibility=Visibility.TEAM), Q(Exists(colleagues)))
    agreed = ~Q(status__in=[*sorted(BEFORE_AGREEMENT), GoalStatus.CANCELLED])
    return Goal.objects.filter((followed & ~hidden_draft) | (shown & agreed))


def _draft_of_the_other_side(own: Employee | None) -> Q:
    """Return the condition "a draft begun by the other side, which the reader does not know of yet".

    Before it was first proposed a draft belongs to whoever began it: the employee's own, or the managers'.
    """
    unproposed = Q(status=GoalStatus.DRAFT, proposed_at__isnull=True)
    if own is None:
        return unproposed
    by_employee = Q(created_by__employee=F("employee"))
    return unproposed & ((Q(employee=own) & ~by_employee) | (~Q(employee=own) & by_employee))


def with_page_facts(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Add what the page of a goal shows besides its own columns."""
    return goals.select_related(
        "organization", "employee__manager", "employee__location", "employee__organization", "cycle", "objective",
        "responsibility", "metric", "signal", "proposed_by__user", "accepted_by__user", "completed_by__user",
    )  # fmt: skip


def goal_for(member: Membership, goal_id: int) -> Goal:
    """Return one goal the member may read, with what its page shows, or raise Http404."""
    goal = with_page_facts(goals_visible_to(member)).filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    return goal


def goals_of(member: Membership, employee: Employee) -> QuerySet[Goal]:
    """Return the employee's goals the member may read, those that run first, then by due date."""
    return goals_visible_to(member).filter(employee=employee).select_related("organization", "cycle", "metric")


def updates_of(goal: Goal) -> QuerySet[GoalUpdate]:
    """Return the record of the goal, latest first, without the content of files."""
    return GoalUpdate.objects.filter(goal=goal).select_related("author__user", "evidence").defer("evidence__content")


def revisions_of(goal: Goal) -> QuerySet[GoalRevision]:
    """Return the revisions of the goal, latest first."""
    return GoalRevision.objects.filter(goal=goal).select_related("proposed_by__user", "answered_by__user")


def revision_for(goal: Goal, number: int) -> GoalRevision:
    """Return one revision of the goal, or raise Http404."""
    revision = revisions_of(goal).filter(number=number).first()
    if revision is None:
        raise Http404
    revision.goal = goal
    return revision


def evidence_for(member: Membership, evidence_id: int) -> Evidence:
    """Return a file of a goal the member may read, with its content, or raise Http404."""
    evidence = Evidence.objects.filter(pk=evidence_id).filter(goal__in=goals_visible_to(member)).first()
    if evidence is None:
        raise Http404
    return evidence


def pending_revision(goal: Goal) -> GoalRevision | None:
    """Return the revision that waits for an answer, if there is one."""
    revision = revisions_of(goal).filter(status=RevisionStatus.PENDING).first()
    if revision is not None:
        revision.goal = goal
    return revision
