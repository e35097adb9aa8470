"""Goals as a member may see them; every answer is one indexed query."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from goals.enums import BEFORE_AGREEMENT, GoalStatus, RevisionStatus, Visibility
from goals.models import Evidence, Goal, GoalRevision, GoalUpdate
from goals.rules import side_towards
from people.models import Employee, Membership, ReportingLine
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
    hidden_draft = Q(status=GoalStatus.DRAFT, proposed_at__isnull=True) & ~_begun_by_the_side_of(own)
    shown = Q(visibility=Visibility.ORGANIZATION)
    if own is not None:
        colleagues = Employee.objects.filter(pk=OuterRef("employee"), manager__isnull=False, manager=own.manager_id)
        shown |= Q(Q(visibility=Visibility.TEAM), Q(Exists(colleagues)))
    agreed = ~Q(status__in=[*sorted(BEFORE_AGREEMENT), GoalStatus.CANCELLED])
    return Goal.objects.filter((followed & ~hidden_draft) | (shown & agreed))


def _begun_by_the_side_of(own: Employee | None) -> Q:
    """Return the condition "begun by the reader's side": their own goal by themself, one below them by a manager.

    Before it was first proposed, a draft is nobody else's business: HR reads it with the other side, not before.
    """
    if own is None:
        return Q(pk__in=[])
    by_employee = Q(Exists(Membership.objects.filter(pk=OuterRef("created_by"), employee=OuterRef("employee"))))
    is_below = Q(Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))))
    return (Q(employee=own) & by_employee) | (~Q(employee=own) & is_below & ~by_employee)


def with_page_facts(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Add what the page of a goal shows besides its own columns."""
    return goals.select_related(
        "organization", "employee__manager", "employee__location", "employee__organization", "cycle", "objective",
        "responsibility", "metric", "signal", "proposed_by__user", "accepted_by__user", "completed_by__user",
    )  # fmt: skip


def goal_for(member: Membership, goal_id: int) -> Goal:
    """Return one goal the member may read, with what its page shows, or raise Http404.

    The side the member stands on is looked up once and kept with the goal for the rules.
    """
    goal = with_page_facts(goals_visible_to(member)).filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    goal.__dict__["known_sides"] = {member.pk: side_towards(member, goal.employee)}
    return goal


def reads_record(member: Membership, goal: Goal) -> bool:
    """Return whether the member may read what was said of a goal, and not only what it is and how far it has come.

    Colleagues a goal is shown to see its face; its updates, feedback, evidence and changes stay with its people.
    """
    return employees_followed_by(member).filter(pk=goal.employee_id).exists()


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
    """Return a file of the record of a goal the member may read, with its content, or raise Http404."""
    read = goals_visible_to(member).filter(employee__in=employees_followed_by(member))
    evidence = Evidence.objects.filter(pk=evidence_id, goal__in=read).first()
    if evidence is None:
        raise Http404
    return evidence


def pending_revision(goal: Goal) -> GoalRevision | None:
    """Return the revision that waits for an answer, if there is one."""
    revision = revisions_of(goal).filter(status=RevisionStatus.PENDING).first()
    if revision is not None:
        revision.goal = goal
    return revision
