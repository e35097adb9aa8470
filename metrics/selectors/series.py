"""One series in a window of time: its values, the limits of each phase, its signals, the leaves (dates only)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from metrics.enums import SignalStatus
from metrics.models import Observation, ObservationCorrection, Series, SeriesPhase, Signal
from metrics.selectors.people import person_for, series_with_facts
from metrics.xmr import LOCKING_POINTS, Limits, limits
from people.models import Employee, Leave, Membership

Pair = tuple[datetime.date, float]


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of the series judged by one set of limits; None means not enough data."""

    starts_on: datetime.date
    ends_on: datetime.date
    limits: Limits | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SeriesWindow:
    """What the chart of a series shows from one day to another."""

    first: datetime.date
    last: datetime.date
    pairs: Sequence[Pair]
    phases: Sequence[Phase]
    signals: Sequence[Signal]
    leaves: Sequence[Leave]
    corrected: frozenset[datetime.date]


def series_for(member: Membership, employee_id: int, metric_id: int) -> Series:
    """Return a series of a person whose figures the member may read, with its facts; Http404 otherwise."""
    employee = person_for(member, employee_id)
    series: Series = get_object_or_404(series_with_facts(employee), metric=metric_id)
    series.employee = employee
    return series


def series_window(series: Series, *, first: datetime.date, last: datetime.date) -> SeriesWindow:
    """Return the series between the days. Six statements, whatever the length."""
    shifts = list(SeriesPhase.objects.filter(series=series).order_by("starts_on"))
    found = Observation.objects.filter(series=series, starts_on__range=(first, last)).order_by("starts_on")
    pairs = list(found.values_list("starts_on", "value"))
    signals = Signal.objects.filter(series=series, starts_on__lte=last, ends_on__gte=first)
    corrections = ObservationCorrection.objects.filter(series=series, starts_on__range=(first, last))
    return SeriesWindow(
        first=first,
        last=last,
        pairs=pairs,
        phases=_phases(series, shifts, pairs, first=first, last=last),
        signals=list(signals.exclude(status=SignalStatus.WITHDRAWN).order_by("starts_on")),
        leaves=leaves_between(series.employee, first, last),
        corrected=frozenset(corrections.values_list("starts_on", flat=True)),
    )


def leaves_between(employee: Employee, first: datetime.date, last: datetime.date) -> list[Leave]:
    """Return the leaves that touch the days; never why (rule 10)."""
    touching = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    return list(Leave.objects.filter(touching, employee=employee, starts_on__lte=last).order_by("starts_on"))


def _phases(
    series: Series, shifts: Sequence[SeriesPhase], pairs: Sequence[Pair], *, first: datetime.date, last: datetime.date
) -> list[Phase]:
    """Return the phases that touch the window; limits come from a phase's first points, wherever the window begins."""
    begins = [(series.first_on or first, "")] + [(shift.starts_on, shift.reason) for shift in shifts]
    ends = [day for day, _reason in begins[1:]]
    phases: list[Phase] = []
    for (starts_on, reason), following in zip(begins, [*ends, None], strict=True):
        ends_on = following - datetime.timedelta(days=1) if following else last
        if ends_on < first or starts_on > last or ends_on < starts_on:
            continue
        values = _first_values(series, pairs, starts_on, ends_on, is_before=starts_on < first)
        found = limits(values, decimals=series.metric.decimals)
        phases.append(Phase(starts_on=starts_on, ends_on=ends_on, limits=found, reason=reason))
    return phases


def _first_values(
    series: Series, pairs: Sequence[Pair], starts_on: datetime.date, ends_on: datetime.date, *, is_before: bool
) -> list[float]:
    if not is_before:
        return [value for day, value in pairs if starts_on <= day <= ends_on][:LOCKING_POINTS]
    rows = Observation.objects.filter(series=series, starts_on__range=(starts_on, ends_on)).order_by("starts_on")
    return list(rows.values_list("value", flat=True)[:LOCKING_POINTS])


def moving_ranges(pairs: Sequence[Pair]) -> list[Pair]:
    """Return how far each value is from the one before."""
    return [(day, abs(value - before)) for (_day, before), (day, value) in pairwise(pairs)]


def observations_of(series: Series) -> QuerySet[Observation]:
    """Return every value, latest first, with where it came from and when it was last corrected."""
    corrections = ObservationCorrection.objects.filter(series=series, starts_on=OuterRef("starts_on"))
    rows: QuerySet[Observation] = (
        Observation.objects.filter(series=series)
        .select_related("batch")
        .annotate(corrected_at=Subquery(corrections.order_by("-made_at").values("made_at")[:1]))
        .order_by("-starts_on")
    )
    return rows


def observation_for(series: Series, day: datetime.date) -> Observation:
    """Return the value of the period that begins on the day; Http404 without one."""
    observation: Observation = get_object_or_404(Observation.objects.filter(series=series), starts_on=day)
    return observation


def corrections_of(series: Series) -> QuerySet[ObservationCorrection]:
    """Return what was corrected, latest first, with who did it."""
    rows = ObservationCorrection.objects.filter(series=series)
    return rows.select_related("new_batch__created_by__user").order_by("-made_at", "-pk")


def signals_of(series: Series) -> QuerySet[Signal]:
    """Return the signals of the series, latest first, without those the data no longer bear out."""
    return Signal.objects.filter(series=series).exclude(status=SignalStatus.WITHDRAWN).order_by("-ends_on", "-pk")
