"""What other rooms show of check-ins: sections of home and profile, results of the search."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.check_in_enums import SeriesStatus
from feedback.check_in_rules import partners_of
from feedback.models import CheckInSeries
from feedback.selectors.check_ins import (
    coming_up,
    missed_by,
    reports_without_check_ins,
    series_of,
    series_visible_to,
    with_rhythm,
)
from feedback.services.notices import other_of
from people.addresses import portal_url
from people.models import Employee, Membership
from people.rules import is_manager, is_self
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pipcycle.ui import search

DAYS_AHEAD = 14
MOST_ON_HOME = 8


def meets_regularly(member: Membership) -> bool:
    """Return whether the home page shows check-ins: to whoever takes part in some, and to managers."""
    return is_manager(member) or series_of(member).filter(status=SeriesStatus.ACTIVE).exists()


def home_context(member: Membership) -> dict[str, Any]:
    """Return what was missed, what comes up, and who reports to the member without any."""
    coming = [
        {"check_in": check_in, "other": other_of(check_in.series, member)}
        for check_in in coming_up(member, days=DAYS_AHEAD)[:MOST_ON_HOME]
    ]
    return {
        "missed": list(missed_by(member)[:MOST_ON_HOME]),
        "coming": coming,
        "without": list(reports_without_check_ins(member)) if is_manager(member) else [],
    }


def sees_check_ins_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows when the employee has check-ins: to themself and whoever follows them."""
    return employees_followed_by(member).filter(pk=employee.pk).exists()


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the series about the employee, and on one's own profile also those one leads; dates alone."""
    series = series_visible_to(member).filter(status=SeriesStatus.ACTIVE)
    about = Q(employee=employee)
    if is_self(member, employee):
        about |= Q(leader=employee)
    today = timezone.localdate()
    found = with_rhythm(series.filter(about)).select_related("employee", "leader").order_by("next_on", "pk")
    rows = [
        {
            "series": one,
            "with": one.leader if one.employee_id == employee.pk else one.employee,
            "is_late": one.next_on is not None and one.next_on < today,
        }
        for one in found
    ]
    return {"rows": rows, "can_start": _can_start(member, employee, found)}


def _can_start(member: Membership, employee: Employee, found: Iterable[CheckInSeries]) -> bool:
    own = employee_of(member)
    if own is None or own.pk == employee.pk or any(own.pk in (one.employee_id, one.leader_id) for one in found):
        return False
    return partners_of(member).filter(pk=employee.pk).exists()


def find_check_ins(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the member's own series in whose names every word is found; what was said is never searched."""
    series = series_of(member).filter(status=SeriesStatus.ACTIVE)
    for word in words.split():
        found = Q()
        for side in ("employee", "leader"):
            found |= Q(**{f"{side}__given_name__icontains": word}) | Q(**{f"{side}__family_name__icontains": word})
        series = series.filter(found)
    for one in series.select_related("employee", "leader").order_by("pk")[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=_("Check-ins with %(name)s") % {"name": other_of(one, member).full_name},
            url=portal_url(member.organization, "feedback:series", series_id=one.pk),
            note=one.get_every_weeks_display(),
            icon="messages-square",
        )
