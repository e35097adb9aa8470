"""The only door to obligations and messages for pages: who sees which, ready to be shown without a further query."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership, Organization, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from reminders.calendar.address import hash_of
from reminders.enums import MessageStatus, ObligationStatus
from reminders.models import CalendarAddress, Obligation, OutboxMessage
from reminders.registry import registered_kinds
from reminders.rules import can_view_mail


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


def open_obligations_of(employee: Employee) -> QuerySet[Obligation]:
    """Return what the employee owes in person, and no queue of a role, in order of the due dates."""
    return _open_obligations().filter(owner=employee).order_by("due_on", "pk")


def own_obligation(member: Membership, obligation_id: int) -> Obligation | None:
    """Return what the member owes or owed in person, or None."""
    own = employee_of(member)
    obligations = Obligation.objects.select_related("organization", "owner", "employee")
    return obligations.filter(pk=obligation_id, owner=own).first() if own is not None else None


def address_of(member: Membership) -> CalendarAddress | None:
    """Return the address of the member's calendar, or None."""
    return CalendarAddress.objects.filter(member=member).first()


def address_with(secret: str) -> CalendarAddress | None:
    """Return the address with that secret, in the open tenant context.

    None for one that is revoked, and for one whose member may not sign in any more.
    """
    addresses = CalendarAddress.objects.select_related("member__organization", "member__user", "member__employee")
    found = addresses.filter(secret_hash=hash_of(secret), member__is_active=True, member__user__is_active=True)
    return found.first()


def is_open_organization(organization_id: int) -> bool:
    """Return whether there is such an organization and it is active."""
    return Organization.objects.filter(pk=organization_id, is_active=True).exists()


def obligations_overdue_below(member: Membership) -> QuerySet[Obligation]:
    """Return what people below the member owe and have not done in time, by the day of the reader.

    A case about somebody outside the member's reporting line stays out, though its owner is inside: managers see the
    cases of their own people only. Some kinds are their owner's own business for a while, or for good.
    """
    employee = employee_of(member)
    if employee is None:
        return Obligation.objects.none()
    below = ReportingLine.objects.filter(manager=employee)
    today = timezone.localdate()
    return _open_obligations().filter(
        Q(due_on__lt=today) & ~_still_of_their_owner_alone(today),
        Exists(below.filter(employee=OuterRef("owner"))),
        Q(employee__isnull=True) | Exists(below.filter(employee=OuterRef("employee"))),
    )


def _still_of_their_owner_alone(today: date) -> Q:
    hidden = Q(pk__in=[])
    for kind in registered_kinds():
        if kind.shown_above_after_days is None:
            hidden |= Q(kind=kind.key)
        elif kind.shown_above_after_days > 0:
            hidden |= Q(kind=kind.key, due_on__gte=today - timedelta(days=kind.shown_above_after_days))
    return hidden


def obligations_about(about_type: str, about_id: int) -> QuerySet[Obligation]:
    """Return every obligation about one object, open and closed, in order of their due dates."""
    return Obligation.objects.select_related("organization", "owner", "employee", "closed_by__user").filter(
        about_type=about_type, about_id=about_id
    )


def _open_obligations() -> QuerySet[Obligation]:
    return Obligation.objects.select_related("organization", "owner", "employee").filter(status=ObligationStatus.OPEN)


def messages_in_trouble(member: Membership) -> QuerySet[OutboxMessage]:
    """Return the messages that were given up or have failed at least once, newest first; none unless HR admin."""
    if not can_view_mail(member):
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.select_related("employee").filter(
        Q(status=MessageStatus.FAILED) | (~Q(last_error="") & ~Q(status=MessageStatus.SENT))
    )


def mail_counts(member: Membership, *, since: datetime) -> dict[str, int]:
    """Return how many messages wait, were sent since then, and were given up; zeros unless HR admin."""
    messages = OutboxMessage.objects.all() if can_view_mail(member) else OutboxMessage.objects.none()
    counts: dict[str, int] = messages.aggregate(
        waiting=Count("pk", filter=Q(status__in=[MessageStatus.PENDING, MessageStatus.SENDING])),
        sent=Count("pk", filter=Q(status=MessageStatus.SENT, sent_at__gte=since)),
        given_up=Count("pk", filter=Q(status=MessageStatus.FAILED)),
    )
    return counts


def owners_without_address(member: Membership) -> QuerySet[Employee]:
    """Return the employees who owe something and cannot be reached by mail; none unless HR admin."""
    if not can_view_mail(member):
        return Employee.objects.none()
    owes = Obligation.objects.filter(owner=OuterRef("pk"), status=ObligationStatus.OPEN)
    return (
        Employee.objects.filter(Exists(owes), email="")
        .exclude(status=EmployeeStatus.LEFT)
        .exclude(membership__is_active=True)
    )
