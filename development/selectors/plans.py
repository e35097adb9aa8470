"""Development plans as a member may see them."""

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from development.enums import ENDED, LIVE_ACTIONS, ActionStatus, DevelopmentStatus, Side
from development.models import ActionEvidence, ActionUpdate, DevelopmentAction, DevelopmentMove, DevelopmentPlan
from development.rules import side_towards
from development.selectors.evidence import with_evidence
from people.enums import Role
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner

SHARED = Q(drafted_side=Side.MANAGER) | Q(submitted_at__isnull=False)


def plans_visible_to(member: Membership) -> QuerySet[DevelopmentPlan]:
    """Return the plans the member may read: their own, those of everyone below, those they serve as HR partner.

    What an employee has begun and never submitted is theirs alone. HR partners read no drafts at all.
    """
    if not member.is_active:
        return DevelopmentPlan.objects.none()
    readers = Q(pk__in=[])
    own = employee_of(member)
    if own is not None:
        below = ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))
        readers |= Q(employee=own) | (SHARED & Q(Exists(below)))
    if member.has_role(Role.HR_PARTNER):
        readers |= SHARED & ~Q(status=DevelopmentStatus.DRAFTED) & Q(served_by_partner(member, "employee__department"))
    return DevelopmentPlan.objects.filter(readers)


def plan_for(member: Membership, plan_id: int) -> DevelopmentPlan:
    """Return the plan with everything its page shows, in a fixed number of queries. Raises Http404."""
    plan = (
        plans_visible_to(member)
        .select_related(
            "organization",
            "employee__manager__location",
            "employee__location",
            "employee__job_description",
            "aim",
            "goal",
            "outcome_of",
            "signal__series__metric",
            "approved_by__user",
            "closed_by__user",
        )
        .prefetch_related("gaps__competency", Prefetch("actions", _actions()))
        .filter(pk=plan_id)
        .first()
    )
    if plan is None:
        raise Http404
    plan.employee.organization = plan.organization
    plan.__dict__["known_sides"] = {member.pk: side_towards(member, plan.employee)}
    return plan


def _actions() -> QuerySet[DevelopmentAction]:
    rows = DevelopmentAction.objects.select_related("owner", "gap__competency").order_by("position", "pk")
    return with_evidence(rows)


def action_for(member: Membership, action_id: int) -> DevelopmentAction:
    """Return an action of a plan the member may read, else Http404."""
    visible = plans_visible_to(member).filter(pk=OuterRef("plan"))
    rows = DevelopmentAction.objects.select_related(
        "plan__organization",
        "plan__employee__manager__location",
        "plan__employee__location",
        "owner__location",
        "gap__competency",
    )
    action = with_evidence(rows).filter(Q(Exists(visible)), pk=action_id).first()
    if action is None:
        raise Http404
    plan = action.plan
    plan.employee.organization = plan.organization
    plan.__dict__["known_sides"] = {member.pk: side_towards(member, plan.employee)}
    return action


def evidence_file_for(member: Membership, file_id: int) -> ActionEvidence:
    """Return a file of an action of a plan the member may read, else Http404."""
    visible = plans_visible_to(member).filter(pk=OuterRef("action__plan"))
    found = ActionEvidence.objects.filter(Q(Exists(visible)), pk=file_id).first()
    if found is None:
        raise Http404
    return found


def open_plan_of(employee: Employee) -> DevelopmentPlan | None:
    """Return the plan of the employee that has not ended, whoever may read it; for services and for the employee."""
    return DevelopmentPlan.objects.filter(employee=employee).exclude(status__in=ENDED).first()


def plans_about(member: Membership, employee: Employee) -> QuerySet[DevelopmentPlan]:
    """Return the plans of one employee the member may read, the latest first."""
    return plans_visible_to(member).filter(employee=employee).order_by("-created_at", "-pk")


def with_action_facts(plans: QuerySet[DevelopmentPlan]) -> QuerySet[DevelopmentPlan]:
    """Add how many actions count, how many are done, how many are late, and when the next one is due."""
    is_open = Q(actions__status=ActionStatus.OPEN)
    counted: Any = plans.annotate(
        action_count=Count("actions", filter=Q(actions__status__in=LIVE_ACTIONS)),
        done_count=Count("actions", filter=Q(actions__status=ActionStatus.DONE)),
        late_count=Count(
            "actions",
            filter=is_open & Q(status=DevelopmentStatus.RUNNING, actions__due_on__lt=timezone.localdate()),
        ),
        next_due_on=Min("actions__due_on", filter=is_open),
    )
    rows: QuerySet[DevelopmentPlan] = counted
    return rows


def moves_of(plan: DevelopmentPlan) -> QuerySet[DevelopmentMove]:
    """Return the moves of the plan, latest first."""
    return DevelopmentMove.objects.filter(plan=plan).select_related("actor__user").order_by("-at", "-pk")


def updates_of(plan: DevelopmentPlan) -> QuerySet[ActionUpdate]:
    """Return what was reported of the plan's actions, latest first."""
    return (
        ActionUpdate.objects.filter(action__plan=plan).select_related("action", "author__user").order_by("-at", "-pk")
    )


def open_actions_of(employee: Employee) -> QuerySet[DevelopmentAction]:
    """Return the open actions of running plans the employee sees to, those due first at the top."""
    return (
        DevelopmentAction.objects.filter(
            owner=employee, status=ActionStatus.OPEN, plan__status=DevelopmentStatus.RUNNING
        )
        .select_related("plan__employee", "plan__organization")
        .order_by("due_on", "pk")
    )
