"""The only door to disciplinary actions for pages and other rooms."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from people.services.audit import record_access
from pips.models import DisciplinaryAction, DisciplineMove
from pips.obligations import About
from pips.rules import standing_towards


def actions_visible_to(member: Membership) -> QuerySet[DisciplinaryAction]:
    """Return the actions the member may read.

    Those about everyone below them, about those they serve as HR partner, about themself once issued, and the one
    whose appeal they hear. One's own action is one's own and nothing else, whatever else one is.
    """
    actions = DisciplinaryAction.objects.select_related("organization", "employee", "employee__department", "manager")
    if not member.is_active:
        return actions.none()
    own = employee_of(member)
    others = Q(pk__in=[])
    if own is not None:
        others |= Q(Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))))
        others |= Q(appeal__hearer=own)
    if member.has_role(Role.HR_PARTNER):
        others |= served_by_partner(member, "employee__department")
    if own is None:
        return actions.filter(others)
    return actions.filter(Q(employee=own, issued_at__isnull=False) | (~Q(employee=own) & others))


def action_for(member: Membership, action_id: int) -> DisciplinaryAction:
    """Return the action with what its page shows, and record the reading. Raises Http404 if it is not theirs to see."""
    action = (
        actions_visible_to(member)
        .select_related(
            "employee__location",
            "employee__organization",
            "from_plan",
            "created_by__user",
            "approved_by__user",
            "issued_by__user",
            "legal_reviewed_by__user",
            "appeal__hearer",
            "appeal__decided_by__user",
        )
        .prefetch_related(
            Prefetch("moves", DisciplineMove.objects.select_related("actor__user")),
            "plans_after",
        )
        .filter(pk=action_id)
        .first()
    )
    if action is None:
        raise Http404
    action.__dict__["known_standings"] = {member.pk: standing_towards(member, action.employee)}
    record_access(member=member, about_type=About.ACTION, about_id=str(action.pk))
    return action


def actions_about(member: Membership, employee: Employee) -> QuerySet[DisciplinaryAction]:
    """Return the actions about one employee the member may read, newest first."""
    return actions_visible_to(member).filter(employee=employee).order_by("-created_at", "-pk")


def people_to_write_about(member: Membership) -> QuerySet[Employee]:
    """Return the people an action may be begun for: everyone below the member and whom they serve, never themself."""
    own = employee_of(member)
    if not member.is_active:
        return Employee.objects.none()
    reached = Q(pk__in=[])
    if own is not None:
        reached |= Q(Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("pk"))))
    if member.has_role(Role.HR_PARTNER):
        reached |= served_by_partner(member)
    people = Employee.objects.filter(reached).exclude(status=EmployeeStatus.LEFT).select_related("department")
    return people if own is None else people.exclude(pk=own.pk)


def possible_hearers(action: DisciplinaryAction) -> QuerySet[Employee]:
    """Return who may hear the appeal (rule 17): managers and HR partners who had no part in it and can sign in.

    Who wrote, led, approved or issued the action had a part in it; a manager who reports to the employee or to the
    action's manager is not free either.
    """
    leads = Exists(ReportingLine.objects.filter(manager=OuterRef("pk")))
    is_partner = Q(membership__roles__contains=[Role.HR_PARTNER.value])
    depends = Exists(
        ReportingLine.objects.filter(manager__in=[action.employee_id, action.manager_id], employee=OuterRef("pk"))
    )
    part = {action.created_by_id, action.approved_by_id, action.issued_by_id, action.legal_reviewed_by_id} - {None}
    return (
        Employee.objects.filter(membership__is_active=True, membership__user__is_active=True)
        .filter(is_partner | (Q(leads) & ~Q(depends)))
        .exclude(status=EmployeeStatus.LEFT)
        .exclude(pk__in=[action.employee_id, action.manager_id])
        .exclude(membership__in=part)
        .order_by("family_name", "given_name", "pk")
    )
