"""One check-in: held, moved, or said not to have taken place; the next one follows in the same transaction."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.check_in_enums import CHECK_IN_TRANSITIONS, Attendance, CheckInStatus
from feedback.check_in_obligations import ABOUT_CHECK_IN, Owed
from feedback.check_in_rules import takes_part
from feedback.models import CheckIn
from feedback.next_date import Proposal
from feedback.services.dates import diaries_of, plan_check_in, proposal_after, require_day_for_both, set_day
from feedback.services.notices import tell_other
from feedback.services.series import lock_active
from people.models import Membership
from pipcycle.errors import DomainError
from reminders.services.obligations import fulfil, withdraw


def record_check_in(
    *, actor: Membership, check_in: CheckIn, held_on: datetime.date, next_on: datetime.date | None = None
) -> CheckIn:
    """Record that the two have met, and plan the next one; return that next check-in.

    Without ``next_on`` the proposed day is taken. Raises PermissionDenied for anybody but the two, DomainError for a
    check-in that is closed or a day to come.
    """
    _require_part(actor, check_in)
    if held_on > timezone.localdate():
        raise DomainError(_("A check-in cannot have been held in the future. Move it to another day instead."))
    with transaction.atomic():
        _lock_planned(check_in)
        _close(check_in, CheckInStatus.HELD, actor, held_on=held_on, attendance=Attendance.BOTH)
        fulfil(kind=Owed.HOLD, about_type=ABOUT_CHECK_IN, about_id=check_in.pk, actor=actor)
        return _plan_next(check_in, after=held_on, next_on=next_on)


def skip_check_in(
    *,
    actor: Membership,
    check_in: CheckIn,
    reason: str = "",
    attendance: Attendance = Attendance.NOBODY,
    next_on: datetime.date | None = None,
) -> CheckIn:
    """Say that a check-in does not take place: why, and who was there all the same. Return the next one.

    It counts as missed. Raises PermissionDenied for anybody but the two, DomainError without a reason where nobody
    came, and for a check-in that is closed.
    """
    _require_part(actor, check_in)
    if not reason.strip() and attendance == Attendance.NOBODY:
        raise DomainError(_("Say in a few words why it did not take place."))
    with transaction.atomic():
        _lock_planned(check_in)
        _close(check_in, CheckInStatus.SKIPPED, actor, skipped_reason=reason.strip()[:300], attendance=attendance)
        withdraw(about_type=ABOUT_CHECK_IN, about_id=check_in.pk, reason=_("The check-in did not take place."))
        return _plan_next(check_in, after=max(check_in.planned_on, timezone.localdate()), next_on=next_on)


def move_check_in(*, actor: Membership, check_in: CheckIn, day: datetime.date) -> CheckIn:
    """Agree on another day for this check-in; the rhythm stays. Raises PermissionDenied or DomainError."""
    _require_part(actor, check_in)
    with transaction.atomic():
        _lock_planned(check_in)
        if day == check_in.planned_on:
            return check_in
        require_day_for_both(check_in.series, day)
        former = date_format(check_in.planned_on, "D j M")
        check_in.chosen_on = day
        set_day(
            check_in, Proposal(day, check_in.wanted_on),
            reason=_("Moved from %(day)s by %(name)s.") % {"day": former, "name": actor},
        )  # fmt: skip
        tell_other(
            check_in.series, event=f"moved:{check_in.pk}:{day}", actor=actor,
            subject=_("A check-in has moved"), lines=[_("The new date stands on the page.")],
        )  # fmt: skip
    return check_in


def _plan_next(check_in: CheckIn, *, after: datetime.date, next_on: datetime.date | None) -> CheckIn:
    series = check_in.series
    proposal = proposal_after(series, check_in, after=after)
    if next_on is None or next_on == proposal.day:
        return plan_check_in(series, wanted_on=proposal.wanted, chosen_on=None, diaries=diaries_of(series))
    require_day_for_both(series, next_on)
    return plan_check_in(series, wanted_on=proposal.wanted, chosen_on=next_on, diaries=diaries_of(series))


def _require_part(actor: Membership, check_in: CheckIn) -> None:
    if not takes_part(actor, check_in.series):
        raise PermissionDenied


def _lock_planned(check_in: CheckIn) -> None:
    """Lock series and check-in. Raises DomainError when somebody has closed it meanwhile; the message says who."""
    lock_active(check_in.series)
    fresh = CheckIn.objects.select_for_update(of=("self",), no_key=True).select_related("closed_by__user")
    fresh = fresh.get(pk=check_in.pk)
    for name in ("status", "planned_on", "wanted_on", "chosen_on"):
        setattr(check_in, name, getattr(fresh, name))
    if CheckInStatus.HELD not in CHECK_IN_TRANSITIONS[CheckInStatus(fresh.status)]:
        raise DomainError(
            _("%(who)s has recorded this check-in already: %(state)s. Reload the page to see it.")
            % {"who": fresh.closed_by or _("Somebody"), "state": fresh.get_status_display().lower()}
        )


def _close(check_in: CheckIn, status: CheckInStatus, actor: Membership, **facts: Any) -> None:
    changes = {"status": status, "closed_by": actor, "closed_at": timezone.now(), **facts}
    for name, value in changes.items():
        setattr(check_in, name, value)
    check_in.save(update_fields=list(changes))
