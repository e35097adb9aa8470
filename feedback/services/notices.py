"""Immediate notices of check-ins: that something has changed and where to read it, never what was said."""

from django.utils.functional import Promise

from feedback.models import CheckInSeries
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from reminders.services.notices import notify


def other_of(series: CheckInSeries, member: Membership) -> Employee:
    """Return the one of the two the member is not."""
    own = employee_of(member)
    other: Employee = series.leader if own is not None and own.pk == series.employee_id else series.employee
    return other


def tell_other(
    series: CheckInSeries, *, event: str, actor: Membership, subject: str | Promise, lines: list[str | Promise]
) -> None:
    """Tell the other of the two; ``event`` makes the notice's key."""
    notify(
        key=f"check-ins:{series.pk}:{event}",
        to=other_of(series, actor),
        subject=subject,
        lines=lines,
        url=series.get_absolute_url(),
    )
