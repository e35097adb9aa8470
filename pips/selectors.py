"""The only door to plans for pages and other rooms."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from people.services.audit import record_access
from pips.enums import ENDED, RUNNING
from pips.models import (
    FollowUp,
    Milestone,
    MilestoneReading,
    Plan,
    PlanCheckIn,
    PlanNote,
    PlanTransition,
    SupportCommitment,
)
from pips.obligations import About
from pips.rules import is_support_owner, standing_towards


def plans_visible_to(member: Membership) -> QuerySet[Plan]:
    """Return the plans the member may read: of everyone below them, of those they serve as HR partner, and their own.

    One's own plan is seen once it is issued, whatever else one is; nobody else sees it (DESIGN.md, "Roles and access").
    """
    plans = Plan.objects.select_related("organization", "employee", "employee__department", "manager")
    if not member.is_active:
        return plans.none()
    own = employee_of(member)
    others = Q(pk__in=[])
    if own is not None:
        others |= Q(Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))))
    if member.has_role(Role.HR_PARTNER):
        others |= served_by_partner(member, "employee__department")
    if own is None:
        return plans.filter(others)
    return plans.filter(Q(employee=own, issued_at__isnull=False) | (~Q(employee=own) & others))


def plan_for(member: Membership, plan_id: int) -> Plan:
    """Return the plan with everything its page shows, in a fixed number of queries, and record the reading.

    What the member is to the plan is looked up once and kept with it for the rules. Raises Http404 when the member may
    not see it.
    """
    plan = (
        plans_visible_to(member)
        .select_related(
            "employee__location",
            "employee__organization",
            "manager__location",
            "job_description",
            "created_by__user",
            "approved_by__user",
            "decided_by__user",
        )
        .prefetch_related(
            "concerns",
            "expectations",
            Prefetch("milestones", Milestone.objects.select_related("manager_recorded_by__user")),
            Prefetch("milestones__readings", MilestoneReading.objects.select_related("expectation")),
            "check_ins",
            Prefetch("support_commitments", SupportCommitment.objects.select_related("owner")),
            "follow_ups",
            Prefetch("notes", PlanNote.objects.select_related("author__user")),
            Prefetch("transitions", PlanTransition.objects.select_related("actor__user")),
        )
        .filter(pk=plan_id)
        .first()
    )
    if plan is None:
        raise Http404
    plan.__dict__["known_standings"] = {member.pk: standing_towards(member, plan.employee)}
    record_access(member=member, about_type=About.PLAN, about_id=str(plan.pk))
    return plan


def support_commitment_for(member: Membership, commitment_id: int) -> SupportCommitment:
    """Return a piece of promised support for whoever promised it or may read its plan.

    Whoever promised support sees that promise and nothing else of the plan. Raises Http404 for anybody else.
    """
    commitment = (
        SupportCommitment.objects.select_related(
            "plan__employee__location", "plan__employee__organization", "plan__manager", "owner"
        )
        .filter(pk=commitment_id)
        .first()
    )
    if commitment is None:
        raise Http404
    if is_support_owner(member, commitment) and commitment.plan.issued_at is not None:
        return commitment
    if plans_visible_to(member).filter(pk=commitment.plan_id).exists():
        return commitment
    raise Http404


def plan_of_part(about_type: str, part_id: int) -> int | None:
    """Return the plan a milestone, check-in, support commitment or follow-up belongs to, or None; it tells no more."""
    parts: dict[str, QuerySet[Any]] = {
        About.MILESTONE: Milestone.objects.all(),
        About.CHECK_IN: PlanCheckIn.objects.all(),
        About.SUPPORT: SupportCommitment.objects.all(),
        About.FOLLOW_UP: FollowUp.objects.all(),
    }
    if about_type not in parts:
        return None
    return parts[about_type].filter(pk=part_id).values_list("plan_id", flat=True).first()


def employees_without_open_plan(member: Membership) -> QuerySet[Employee]:
    """Return the people a manager may draft a plan for now: everyone below them who is employed and has none open."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return Employee.objects.none()
    below = ReportingLine.objects.filter(manager=own, employee=OuterRef("pk"))
    open_plans = Plan.objects.filter(employee=OuterRef("pk")).exclude(status__in=ENDED)
    return (
        Employee.objects.select_related("job_description", "department")
        .filter(Exists(below), ~Exists(open_plans))
        .exclude(status=EmployeeStatus.LEFT)
    )


def plans_about(member: Membership, employee: Employee) -> QuerySet[Plan]:
    """Return the plans of one employee the member may read, newest first."""
    return plans_visible_to(member).filter(employee=employee).order_by("-created_at", "-pk")


def running_plans_visible_to(member: Membership) -> QuerySet[Plan]:
    """Return the plans of others that are not ended and the member may read, those that end first at the top."""
    own = employee_of(member)
    plans = plans_visible_to(member).exclude(status__in=ENDED)
    if own is not None:
        plans = plans.exclude(employee=own)
    return plans.order_by("ends_on", "pk")


def check_ins_of_running_plans(employee_ids: Collection[int]) -> QuerySet[PlanCheckIn, dict[str, Any]]:
    """Return for each of the employees on a running plan when the last check-in was held and the next one is due."""
    check_ins = PlanCheckIn.objects.filter(plan__employee__in=employee_ids, plan__status__in=RUNNING)
    by_employee = check_ins.order_by().values("plan__employee")
    found: QuerySet[PlanCheckIn, dict[str, Any]] = by_employee.annotate(
        last_held=Max("held_on"), next_due=Min("due_on", filter=Q(held_on__isnull=True))
    )
    return found
