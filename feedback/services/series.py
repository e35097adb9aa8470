"""A series of check-ins: begun, changed, ended, handed on when the manager changes."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import ActionStatus, CheckInStatus, SeriesStatus
from feedback.check_in_obligations import ABOUT_CHECK_IN
from feedback.check_in_rules import leads, partners_of, takes_part
from feedback.models import ActionItem, AgendaItem, CheckIn, CheckInSeries
from feedback.next_date import Proposal
from feedback.services.dates import plan_check_in, require_day_for_both, set_day
from feedback.services.notices import tell_other
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError
from reminders.services.obligations import withdraw


def start_series(*, actor: Membership, other: Employee, every_weeks: int, first_on: datetime.date) -> CheckInSeries:
    """Begin check-ins of the actor with a manager above, somebody below, or a colleague; plan the first.

    Raises PermissionDenied for anybody else, DomainError for a day that does not suit or a pair that meets already.
    """
    own = employee_of(actor)
    if own is None or not partners_of(actor).filter(pk=other.pk).exists():
        raise PermissionDenied
    leader, employee = (own, other) if leads(own, other) else (other, own)
    with transaction.atomic():
        _require_free_pair(employee, leader)
        series = _begin(employee, leader, every_weeks, actor=actor)
        require_day_for_both(series, first_on)
        plan_check_in(series, wanted_on=first_on, chosen_on=None)
        tell_other(
            series, event="started", actor=actor, subject=_("Regular check-ins begin"),
            lines=[_("Somebody has begun regular check-ins with you. The first date stands on the page.")],
        )  # fmt: skip
    return series


def change_series(
    *, actor: Membership, series: CheckInSeries, every_weeks: int, next_on: datetime.date
) -> CheckInSeries:
    """Change the rhythm and the day it is counted from: the next check-in. Raises PermissionDenied, DomainError."""
    _require_part(actor, series)
    with transaction.atomic():
        lock_active(series)
        planned = CheckIn.objects.select_for_update().get(series=series, status=CheckInStatus.PLANNED)
        if next_on != planned.planned_on:
            require_day_for_both(series, next_on)
        if (series.every_weeks, planned.planned_on) == (every_weeks, next_on):
            return series
        series.every_weeks = every_weeks
        series.save(update_fields=["every_weeks"])
        if next_on != planned.planned_on:
            _replan(series, planned, next_on)
        tell_other(
            series, event=f"changed:{timezone.now():%Y%m%d%H%M%S}", actor=actor,
            subject=_("The rhythm of your check-ins has changed"), lines=[_("The next date stands on the page.")],
        )  # fmt: skip
    return series


def end_series(*, actor: Membership, series: CheckInSeries, reason: str = "") -> CheckInSeries:
    """End the check-ins of the two; what each has said they will do stays theirs to do. Raises PermissionDenied."""
    _require_part(actor, series)
    with transaction.atomic():
        lock_active(series)
        close_series(series, reason=reason.strip(), actor=actor)
        tell_other(
            series, event="ended", actor=actor, subject=_("Your regular check-ins have ended"),
            lines=[_("What was agreed to be done stays on the page until it is done.")],
        )  # fmt: skip
    return series


def hand_on(*, series: CheckInSeries, leader: Employee, actor: Membership | None = None) -> CheckInSeries:
    """End the series and go on with the new leader in the same rhythm; return the series it goes on in.

    What was said stays with the two who said it. Open points of the employee's and open actions of the employee go
    along; so do those the former leader leaves behind in the agenda. A series of the new pair takes them over.
    """
    with transaction.atomic():
        lock_active(series)
        planned = CheckIn.objects.filter(series=series, status=CheckInStatus.PLANNED).first()
        close_series(series, reason=str(_("The manager has changed.")), actor=actor)
        following = CheckInSeries.objects.filter(
            employee=series.employee, leader=leader, status=SeriesStatus.ACTIVE
        ).first()
        if following is None:
            following = _begin(series.employee, leader, series.every_weeks, actor=actor, follows=series)
            wanted = planned.wanted_on if planned else timezone.localdate()
            plan_check_in(following, wanted_on=max(wanted, timezone.localdate()), chosen_on=None)
        _carry_over(series, following)
    return following


def follow_the_people() -> int:
    """Hand on or end the series whose people have changed; return how many. Doing it twice changes nothing.

    A series with the direct manager goes on with the next one; a skip-level or a colleague's series stays with its two.
    Whoever has left meets nobody any more.
    """
    changed = 0
    active = CheckInSeries.objects.select_related(
        "employee__manager", "employee__location", "employee__organization", "leader"
    ).filter(status=SeriesStatus.ACTIVE)
    left = Q(employee__status=EmployeeStatus.LEFT) | Q(leader__status=EmployeeStatus.LEFT)
    for series in active.filter(left | Q(is_with_manager=True)):
        changed += _follow(series)
    return changed


def _follow(series: CheckInSeries) -> bool:
    manager = series.employee.manager
    if series.employee.has_left or (series.leader.has_left and not series.is_with_manager):
        with transaction.atomic():
            lock_active(series)
            close_series(series, reason=str(_("One of the two has left.")), actor=None)
        return True
    if manager is None or manager.pk == series.leader_id or manager.has_left:
        return False
    hand_on(series=series, leader=manager)
    return True


def lock_active(series: CheckInSeries) -> None:
    """Lock the series until the end of the transaction. Raises DomainError when it has ended meanwhile."""
    series.refresh_from_db(
        fields=["status", "every_weeks", "ended_at"],
        from_queryset=CheckInSeries.objects.select_for_update(of=("self",), no_key=True),
    )
    if not series.is_active:
        raise DomainError(_("These check-ins have ended. Reload the page to see how."))


def close_series(series: CheckInSeries, *, reason: str, actor: Membership | None) -> None:
    """End a locked series and withdraw the check-in that was still planned."""
    series.status, series.ended_at = SeriesStatus.ENDED, timezone.now()
    series.ended_by, series.ended_reason = actor, reason[:300]
    series.save(update_fields=["status", "ended_at", "ended_by", "ended_reason"])
    for check_in in CheckIn.objects.select_for_update().filter(series=series, status=CheckInStatus.PLANNED):
        check_in.status, check_in.closed_at, check_in.closed_by = CheckInStatus.CANCELLED, timezone.now(), actor
        check_in.save(update_fields=["status", "closed_at", "closed_by"])
        withdraw(about_type=ABOUT_CHECK_IN, about_id=check_in.pk, reason=_("The check-ins have ended."))


def _begin(
    employee: Employee,
    leader: Employee,
    every_weeks: int,
    *,
    actor: Membership | None,
    follows: CheckInSeries | None = None,
) -> CheckInSeries:
    try:
        with transaction.atomic():
            return CheckInSeries.objects.create(
                employee=employee,
                leader=leader,
                every_weeks=every_weeks,
                is_with_manager=employee.manager_id == leader.pk,
                started_by=actor,
                follows=follows,
            )
    except IntegrityError:  # somebody has begun the same between our look and our write
        raise DomainError(_already_meet(employee, leader)) from None


def _require_free_pair(employee: Employee, leader: Employee) -> None:
    pair = Q(employee=employee, leader=leader) | Q(employee=leader, leader=employee)
    if CheckInSeries.objects.filter(pair, status=SeriesStatus.ACTIVE).exists():
        raise DomainError(_already_meet(employee, leader))


def _already_meet(employee: Employee, leader: Employee) -> str | Promise:
    return _("%(one)s and %(other)s have regular check-ins already. Open them from the list.") % {
        "one": employee.full_name,
        "other": leader.full_name,
    }


def _require_part(actor: Membership, series: CheckInSeries) -> None:
    if not takes_part(actor, series):
        raise PermissionDenied


def _replan(series: CheckInSeries, planned: CheckIn, next_on: datetime.date) -> None:
    planned.wanted_on, planned.chosen_on = next_on, None
    planned.save(update_fields=["wanted_on"])
    set_day(planned, Proposal(next_on, next_on), reason=str(_("The rhythm has changed.")))


def _carry_over(series: CheckInSeries, following: CheckInSeries) -> None:
    """Move what is open from one series to the next; what the former leader was to do stays theirs."""
    last = AgendaItem.objects.filter(series=following).aggregate(last=Max("position"))["last"] or 0
    for place, item in enumerate(AgendaItem.objects.filter(series=series, talked_at__isnull=True), start=1):
        item.series, item.position, item.added_for = following, last + place, None
        item.save(update_fields=["series", "position", "added_for"])
    ActionItem.objects.filter(series=series, status=ActionStatus.OPEN, owner=series.employee).update(series=following)
