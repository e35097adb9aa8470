"""The only door to obligations for pages: who sees which, ready to be shown without a further query."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.enums import Role
from people.models import Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from reminders.enums import ObligationStatus
from reminders.models import Obligation


def obligations_owed_by(member: Membership) -> QuerySet[Obligation]:
    """Return what the member owes: their own obligations and the queue of each role they hold.

    An HR partner's queue holds the people of the departments they serve, and never the partner's own case.
    """
    employee = employee_of(member)
    owed = Q(owner=employee) if employee is not None else Q(pk__in=[])
    if member.has_role(Role.HR_PARTNER):
        served = Q(employee__isnull=True) | served_by_partner(member, "employee__department")
        owed |= Q(owner_role=Role.HR_PARTNER) & served
    other_roles = [role for role in member.roles if role != Role.HR_PARTNER]
    if member.is_active and other_roles:
        owed |= Q(owner_role__in=other_roles)
    queue = _open_obligations().filter(owed)
    if employee is not None:
        queue = queue.exclude(~Q(owner_role=""), employee=employee)
    return queue


def obligations_overdue_below(member: Membership) -> QuerySet[Obligation]:
    """Return what people below the member owe and have not done in time, by the day of the reader.

    A case about somebody outside the member's reporting line stays out, though its owner is inside: managers see the
    cases of their own people only.
    """
    employee = employee_of(member)
    if employee is None:
        return Obligation.objects.none()
    below = ReportingLine.objects.filter(manager=employee)
    return _open_obligations().filter(
        Q(due_on__lt=timezone.localdate()),
        Exists(below.filter(employee=OuterRef("owner"))),
        Q(employee__isnull=True) | Exists(below.filter(employee=OuterRef("employee"))),
    )


def obligations_about(about_type: str, about_id: int) -> QuerySet[Obligation]:
    """Return every obligation about one object, open and closed, in order of their due dates."""
    return Obligation.objects.select_related("organization", "owner", "employee", "closed_by__user").filter(
        about_type=about_type, about_id=about_id
    )


def _open_obligations() -> QuerySet[Obligation]:
    return Obligation.objects.select_related("organization", "owner", "employee").filter(status=ObligationStatus.OPEN)
