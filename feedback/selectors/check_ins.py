"""Check-ins as a member may see them: the two of a series everything, whoever follows the employee only the dates."""

import datetime

from django.db.models import Count, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from feedback.check_in_enums import ActionStatus, CheckInStatus, SeriesStatus
from feedback.models import ActionItem, AgendaItem, CheckIn, CheckInSeries
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by

#: How far back a check-in that did not take place counts.
COUNTED_WITHIN = datetime.timedelta(days=180)
_PEOPLE = (
    "organization",
    "employee__location", "employee__organization", "employee__manager",
    "leader__location", "leader__organization",
)  # fmt: skip


def series_of(member: Membership) -> QuerySet[CheckInSeries]:
    """Return the series the member takes part in."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return CheckInSeries.objects.none()
    return CheckInSeries.objects.filter(Q(employee=own) | Q(leader=own))


def series_visible_to(member: Membership) -> QuerySet[CheckInSeries]:
    """Return the series whose dates the member may see: their own, and those of the people they follow."""
    if not member.is_active:
        return CheckInSeries.objects.none()
    visible = Q(Exists(employees_followed_by(member).filter(pk=OuterRef("employee"))))
    own = employee_of(member)
    if own is not None:
        visible |= Q(leader=own) | Q(employee=own)
    return CheckInSeries.objects.filter(visible)


def series_for(member: Membership, series_id: int) -> CheckInSeries:
    """Return one series whose dates the member may see, or raise Http404."""
    series = series_visible_to(member).select_related(*_PEOPLE, "follows").filter(pk=series_id).first()
    if series is None:
        raise Http404
    return series


def own_series_for(member: Membership, series_id: int) -> CheckInSeries:
    """Return one series the member takes part in, or raise Http404."""
    series = series_of(member).select_related(*_PEOPLE).filter(pk=series_id).first()
    if series is None:
        raise Http404
    return series


def check_in_for(member: Membership, check_in_id: int) -> CheckIn:
    """Return one check-in of the member's own, or raise Http404: nobody else reads what is said."""
    check_in = (
        CheckIn.objects.select_related(
            *(f"series__{name}" for name in _PEOPLE), "organization", "notes_by__user", "closed_by__user"
        )
        .filter(pk=check_in_id, series__in=series_of(member))
        .first()
    )
    if check_in is None:
        raise Http404
    return check_in


def agenda_item_for(member: Membership, item_id: int) -> AgendaItem:
    """Return a point of an agenda of the member's own, or raise Http404."""
    items = AgendaItem.objects.select_related("series__organization", "series__employee", "series__leader")
    item = items.filter(pk=item_id, series__in=series_of(member)).first()
    if item is None:
        raise Http404
    return item


def action_for(member: Membership, action_id: int) -> ActionItem:
    """Return an action item of a series of the member's own, or raise Http404."""
    actions = ActionItem.objects.select_related("owner", "closed_by__user", *(f"series__{name}" for name in _PEOPLE))
    action = actions.filter(pk=action_id, series__in=series_of(member)).first()
    if action is None:
        raise Http404
    return action


def with_rhythm(series: QuerySet[CheckInSeries]) -> QuerySet[CheckInSeries]:
    """Add when the two meet next (``next_on``) and have met last (``last_on``), what was missed, what is open."""
    check_ins = CheckIn.objects.filter(series=OuterRef("pk"))
    planned = check_ins.filter(status=CheckInStatus.PLANNED)
    since = timezone.localdate() - COUNTED_WITHIN
    counted = check_ins.filter(status=CheckInStatus.SKIPPED, planned_on__gte=since)
    open_actions = ActionItem.objects.filter(series=OuterRef("pk"), status=ActionStatus.OPEN)
    open_points = AgendaItem.objects.filter(series=OuterRef("pk"), talked_at__isnull=True)
    annotated: QuerySet[CheckInSeries] = series.annotate(
        next_id=Subquery(planned.values("pk")[:1]),
        next_on=Subquery(planned.values("planned_on")[:1], output_field=DateField()),
        last_on=Subquery(
            check_ins.filter(status=CheckInStatus.HELD).order_by("-held_on").values("held_on")[:1],
            output_field=DateField(),
        ),
        not_held=_count(counted),
        open_actions=_count(open_actions),
        open_points=_count(open_points),
    )
    return annotated


def _count(rows: QuerySet[CheckIn] | QuerySet[ActionItem] | QuerySet[AgendaItem]) -> Coalesce:
    counted = rows.order_by().values("series").annotate(all=Count("pk")).values("all")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def missed_by(member: Membership) -> QuerySet[CheckIn]:
    """Return the check-ins the member leads whose day has passed and that nobody has recorded, the oldest first."""
    own = employee_of(member)
    if own is None:
        return CheckIn.objects.none()
    return (
        CheckIn.objects.select_related("organization", "series__employee", "series__leader")
        .filter(series__leader=own, status=CheckInStatus.PLANNED, planned_on__lt=timezone.localdate())
        .order_by("planned_on", "pk")
    )


def coming_up(member: Membership, *, days: int) -> QuerySet[CheckIn]:
    """Return the check-ins of the member in the next days, the next first."""
    today = timezone.localdate()
    soon = CheckIn.objects.select_related("organization", "series__employee", "series__leader").filter(
        series__in=series_of(member),
        status=CheckInStatus.PLANNED,
        planned_on__range=(today, today + datetime.timedelta(days=days)),
    )
    counted: QuerySet[CheckIn] = soon.annotate(
        open_points=Count("series__agenda", filter=Q(series__agenda__talked_at__isnull=True))
    )
    return counted.order_by("planned_on", "pk")


def reports_without_check_ins(member: Membership) -> QuerySet[Employee]:
    """Return who reports to the member directly and has no regular check-ins with them."""
    own = employee_of(member)
    if own is None:
        return Employee.objects.none()
    pair = CheckInSeries.objects.filter(status=SeriesStatus.ACTIVE, leader=own, employee=OuterRef("pk"))
    return Employee.objects.filter(~Exists(pair), manager=own).exclude(status=EmployeeStatus.LEFT)


def check_ins_of(series: CheckInSeries) -> QuerySet[CheckIn]:
    """Return the check-ins of the series that are over, the latest first."""
    over = CheckIn.objects.select_related("organization", "closed_by__user").filter(series=series)
    return over.exclude(status__in=[CheckInStatus.PLANNED, CheckInStatus.CANCELLED]).order_by(
        F("held_on").desc(nulls_last=True), "-planned_on", "-pk"
    )


def planned_check_in(series: CheckInSeries) -> CheckIn | None:
    """Return the check-in that is still to be held, or None in a series that has ended."""
    planned = CheckIn.objects.select_related("organization").filter(series=series, status=CheckInStatus.PLANNED).first()
    if planned is not None:
        planned.series = series
    return planned


def open_agenda(series: CheckInSeries) -> QuerySet[AgendaItem]:
    """Return the points nobody has talked about yet, in order."""
    items = AgendaItem.objects.select_related("added_by__user", "added_by__employee")
    return items.filter(series=series, talked_at__isnull=True).order_by("position", "pk")


def talked_in(check_in: CheckIn) -> QuerySet[AgendaItem]:
    """Return what was talked about in the check-in."""
    items = AgendaItem.objects.select_related("added_by__user", "added_by__employee")
    return items.filter(talked_in=check_in).order_by("talked_at", "pk")


def open_actions(series: CheckInSeries) -> QuerySet[ActionItem]:
    """Return what is still to be done, the most pressing first."""
    return (
        ActionItem.objects.select_related("owner")
        .filter(series=series, status=ActionStatus.OPEN)
        .order_by("due_on", "pk")
    )


def closed_actions(series: CheckInSeries) -> QuerySet[ActionItem]:
    """Return what is done or given up, the latest first."""
    actions = ActionItem.objects.select_related("owner").filter(series=series)
    return actions.exclude(status=ActionStatus.OPEN).order_by("-closed_on", "-pk")
