"""The only door to plans for pages and other rooms."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from people.services.audit import record_access
from pips.enums import ENDED, RUNNING, AppealStatus, PlanStatus, SupportAnswer
from pips.models import (
    Amendment,
    Appeal,
    Expectation,
    FollowUp,
    LeaveProposal,
    Milestone,
    MilestoneReading,
    Plan,
    PlanCheckIn,
    PlanCompanion,
    PlanNote,
    PlanTransition,
    SlippedExpectation,
    SupportCommitment,
)
from pips.obligations import About
from pips.rules import is_support_owner, standing_in


def plans_visible_to(member: Membership) -> QuerySet[Plan]:
    """Return the plans the member may read: by their standing, and those they were asked into (rule 17)."""
    return _plans_of(member, _asked_into(member))


def plans_by_standing(member: Membership) -> QuerySet[Plan]:
    """Return the plans of everyone below the member, of those they serve as HR partner, and their own.

    One's own plan is seen once it is issued, whatever else one is; nobody else sees it (DESIGN.md, "Roles and access").
    """
    return _plans_of(member, Q(pk__in=[]))


def _asked_into(member: Membership) -> Q:
    companions = PlanCompanion.objects.filter(plan=OuterRef("pk"), member=member, revoked_at__isnull=True)
    appeals = Appeal.objects.filter(plan=OuterRef("pk"), reviewer=member, status=AppealStatus.ASSIGNED)
    return Q(issued_at__isnull=False) & ((Q(Exists(companions)) & ~Q(status=PlanStatus.CLOSED)) | Q(Exists(appeals)))


def _plans_of(member: Membership, others: Q) -> QuerySet[Plan]:
    plans = Plan.objects.select_related("organization", "employee", "employee__department", "manager")
    if not member.is_active:
        return plans.none()
    own = employee_of(member)
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
            "decision",
            "previous_plan",
            "from_action",
        )
        .prefetch_related(
            "concerns",
            Prefetch("expectations", Expectation.objects.select_related("result")),
            Prefetch("slipped_expectations", SlippedExpectation.objects.select_related("expectation")),
            "actions_after",
            Prefetch("milestones", Milestone.objects.select_related("manager_recorded_by__user")),
            Prefetch("milestones__readings", MilestoneReading.objects.select_related("expectation")),
            "check_ins",
            Prefetch("support_commitments", SupportCommitment.objects.select_related("owner")),
            "follow_ups",
            Prefetch("amendments", Amendment.objects.select_related("proposed_by__user", "decided_by__user")),
            Prefetch("leave_proposals", LeaveProposal.objects.select_related("decided_by__user")),
            Prefetch("notes", PlanNote.objects.select_related("author__user")),
            Prefetch("transitions", PlanTransition.objects.select_related("actor__user")),
        )
        .filter(pk=plan_id)
        .first()
    )
    if plan is None:
        raise Http404
    plan.__dict__["known_standings"] = {member.pk: standing_in(member, plan)}
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
    """Return the plan a part of it belongs to (see ``pips.obligations.About``), or None; it tells no more."""
    parts: dict[str, QuerySet[Any]] = {
        About.MILESTONE: Milestone.objects.all(),
        About.CHECK_IN: PlanCheckIn.objects.all(),
        About.SUPPORT: SupportCommitment.objects.all(),
        About.FOLLOW_UP: FollowUp.objects.all(),
        About.AMENDMENT: Amendment.objects.all(),
        About.LEAVE_PROPOSAL: LeaveProposal.objects.all(),
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


def plans_to_copy(member: Membership) -> QuerySet[Plan]:
    """Return the plans a manager may begin another one like: of everyone below them, the latest first."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return Plan.objects.none()
    below = ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))
    return Plan.objects.select_related("employee").filter(Exists(below)).order_by("-created_at", "-pk")


def plans_about(member: Membership, employee: Employee) -> QuerySet[Plan]:
    """Return the plans of one employee the member may read by their standing, newest first; a guest reads one page."""
    return plans_by_standing(member).filter(employee=employee).order_by("-created_at", "-pk")


def running_plans_visible_to(member: Membership) -> QuerySet[Plan]:
    """Return the plans of others that are not ended and the member may read, those that end first at the top."""
    own = employee_of(member)
    plans = plans_by_standing(member).exclude(status__in=ENDED)
    if own is not None:
        plans = plans.exclude(employee=own)
    return plans.order_by("ends_on", "pk")


def late_support(member: Membership) -> QuerySet[SupportCommitment]:
    """Return the promises in running plans of others that are overdue, or did not arrive, and HR has not resolved."""
    today = timezone.localdate()
    overdue = Q(delivered_on__isnull=True, due_on__lt=today) | Q(answer=SupportAnswer.NOT_RECEIVED)
    return (
        SupportCommitment.objects.filter(overdue, resolved_at__isnull=True)
        .filter(plan__in=running_plans_visible_to(member).filter(status__in=RUNNING).order_by().values("pk"))
        .select_related("plan__employee", "plan__organization", "owner")
        .order_by("due_on", "pk")
    )


def check_ins_of_running_plans(employee_ids: Collection[int]) -> QuerySet[PlanCheckIn, dict[str, Any]]:
    """Return for each of the employees on a running plan when the last check-in was held and the next one is due."""
    check_ins = PlanCheckIn.objects.filter(plan__employee__in=employee_ids, plan__status__in=RUNNING)
    by_employee = check_ins.order_by().values("plan__employee")
    found: QuerySet[PlanCheckIn, dict[str, Any]] = by_employee.annotate(
        last_held=Max("held_on"), next_due=Min("due_on", filter=Q(held_on__isnull=True))
    )
    return found
