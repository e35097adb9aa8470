"""Exit interviews: those a reader may open, and what many of them say together."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from metrics.suppression import SMALLEST_GROUP, hidden_groups
from people.models import Employee, Membership, ReportingLine
from people.rules import is_hr_partner
from people.selectors.accounts import employee_of
from people.selectors.employees import served_by_partner
from reviews.models import ExitInterview
from reviews.pulse_enums import ExitReason, ExitStatus, WouldReturn
from reviews.pulse_figures import enps_of

_HALF = 6


def exits_visible_to(member: Membership) -> QuerySet[ExitInterview]:
    """Return the interviews the member may open: their own, and as an HR partner those of the people they serve.

    None of anybody they manage, or managed when that person left.
    """
    if not member.is_active:
        return ExitInterview.objects.none()
    own = employee_of(member)
    served = Q(pk__in=[])
    if is_hr_partner(member):
        served = Q(Exists(Employee.objects.filter(served_by_partner(member), pk=OuterRef("employee"))))
    if own is None:
        return ExitInterview.objects.filter(served)
    below = ReportingLine.objects.filter(manager=own, employee=OuterRef("employee"))
    hidden = Q(hidden_from__contains=[own.pk]) | Exists(below)
    return ExitInterview.objects.filter(Q(employee=own) | (served & ~hidden))


def exit_for(member: Membership, exit_id: int) -> ExitInterview:
    """Return one interview the member may open, or raise Http404."""
    rows = exits_visible_to(member).select_related("organization", "employee__department", "conducted_by__user")
    interview = rows.filter(pk=exit_id).first()
    if interview is None:
        raise Http404
    return interview


def exits_of_others(member: Membership) -> QuerySet[ExitInterview]:
    """Return the interviews an HR partner reads, the latest first."""
    own = employee_of(member)
    rows = exits_visible_to(member).exclude(employee=own) if own is not None else exits_visible_to(member)
    return rows.order_by("-left_on", "-pk")


def with_people(interviews: QuerySet[ExitInterview]) -> QuerySet[ExitInterview]:
    """Return the interviews with their leavers and where they worked."""
    return interviews.select_related("employee__department")


@dataclass(frozen=True, kw_only=True)
class Themes:
    """What was said in half a year: counts of reasons that hide nobody, and the rest together."""

    starts_on: datetime.date
    ends_on: datetime.date
    people: int
    reasons: Sequence[tuple[str, int]]
    other_reasons: int
    recommends: int | None
    would_return: int


def themes_by_period(*, today: datetime.date | None = None) -> list[Themes]:
    """Return the half-years that are over and in which five people or more answered, the latest first.

    A half-year that still runs is left out: with each new answer, subtraction would tell what it said. An interview
    counts where it was answered, so a half-year that is over never changes.
    """
    now = half_year_of(today or timezone.localdate())
    answered = ExitInterview.objects.filter(status=ExitStatus.ANSWERED, answered_on__lt=now)
    periods: dict[datetime.date, list[ExitInterview]] = {}
    for one in answered.order_by("-answered_on").only("answered_on", "reason", "would_return", "recommends"):
        assert one.answered_on is not None  # noqa: S101  # a constraint says so
        periods.setdefault(half_year_of(one.answered_on), []).append(one)
    return [_themes(start, said) for start, said in periods.items() if len(said) >= SMALLEST_GROUP]


def half_year_of(day: datetime.date) -> datetime.date:
    """Return the first day of the half-year."""
    return day.replace(month=1 if day.month <= _HALF else _HALF + 1, day=1)


def _themes(starts_on: datetime.date, said: Sequence[ExitInterview]) -> Themes:
    counts = Counter(one.reason for one in said)
    hidden = hidden_groups(counts)
    shown = [(str(ExitReason(key).label), number) for key, number in counts.most_common() if key not in hidden]
    end = starts_on.replace(month=starts_on.month + _HALF - 1, day=28) + datetime.timedelta(days=4)
    return Themes(
        starts_on=starts_on,
        ends_on=end.replace(day=1) - datetime.timedelta(days=1),
        people=len(said),
        reasons=shown,
        other_reasons=len(said) - sum(number for _reason, number in shown),
        recommends=enps_of([one.recommends for one in said if one.recommends is not None]),
        would_return=round(100 * sum(one.would_return == WouldReturn.YES for one in said) / len(said)),
    )
