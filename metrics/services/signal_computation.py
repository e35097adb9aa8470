"""Limits and signals of the series that have changed (docs/adr/0012-signals.md).

A series whose limits are locked and that only got newer points is judged by its last eight points and the new ones;
any other is read whole. Rows are locked in small batches, each a transaction of its own: a worker that dies leaves its
batch stale, and two workers never take the same series.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics import xmr
from metrics.enums import Direction, SignalKind, SignalStatus
from metrics.models import Observation, Series, SeriesPhase, Signal
from metrics.services.signal_duties import owe_review, review_is_void

BATCH_SIZE = 100
OPEN_WITHIN = datetime.timedelta(days=60)
"""A pattern that was complete longer ago is drawn in the chart, and asks nobody for anything."""

_FEW_NEW = 4

#: What a signal needs to know of its series; read only where something was found.
_PEOPLE = ("metric", "employee__location", "employee__manager__location", "organization")

Points = list[tuple[datetime.date, float]]


class Found(NamedTuple):
    """A pattern with its days and the limits it was judged by."""

    kind: SignalKind
    starts_on: datetime.date
    ends_on: datetime.date
    value: float
    side: int
    limits: xmr.Limits


@dataclass(frozen=True)
class Reading:
    """What reading one series came to; ``is_whole`` when every pattern it has is among the found ones."""

    series: Series
    limits: xmr.Limits | None
    through: datetime.date | None
    found: list[Found]
    is_whole: bool


def compute_stale_series(*, limit: int | None = None) -> int:
    """Bring the limits and signals of stale series up to date, at most ``limit`` of them; return how many."""
    done = 0
    while limit is None or done < limit:
        wanted = BATCH_SIZE if limit is None else min(BATCH_SIZE, limit - done)
        with transaction.atomic():
            batch = _claim(Series.objects.filter(is_stale=True).order_by("pk"), wanted)
            _compute(batch)
        done += len(batch)
        if len(batch) < wanted:
            break
    return done


def compute_series(series: Series) -> None:
    """Bring one series up to date at once, read whole, in the caller's transaction."""
    with transaction.atomic():
        Series.objects.filter(pk=series.pk).update(is_stale=True, stale_from=None)
        _compute(_claim(Series.objects.filter(pk=series.pk), 1, skip_locked=False))
    series.refresh_from_db()


def _claim(rows: models.QuerySet[Series], count: int, *, skip_locked: bool = True) -> list[Series]:
    return list(rows.select_for_update(skip_locked=skip_locked, no_key=True)[:count])


def _compute(batch: Sequence[Series]) -> None:
    if not batch:
        return
    phases = _phases_of(batch)
    short = [series for series in batch if _only_grew(series, phases[series.pk])]
    whole = [series for series in batch if series not in short]
    readings = [_read_new(series, phases[series.pk]) for series in short]
    readings += _read_whole(whole, phases)
    _write_signals(readings)
    _write_limits(readings)


def _phases_of(batch: Sequence[Series]) -> dict[int, list[datetime.date]]:
    phases: dict[int, list[datetime.date]] = defaultdict(list)
    rows = SeriesPhase.objects.filter(series__in=batch).order_by("starts_on").values_list("series_id", "starts_on")
    for series_id, starts_on in rows:
        phases[series_id].append(starts_on)
    return phases


def _only_grew(series: Series, phases: Sequence[datetime.date]) -> bool:
    """Return whether the series is known to have got nothing but newer points, in a phase whose limits are locked."""
    through = series.computed_through
    if through is None or series.stale_from is None or series.limit_points < xmr.LOCKING_POINTS:
        return False
    return series.stale_from > through and all(day <= through for day in phases)


def _read_new(series: Series, phases: Sequence[datetime.date]) -> Reading:
    """Judge the points since the last computation by the locked limits."""
    limits = _limits_of(series)
    context, new = _latest_points(series, since=phases[-1] if phases else None)
    all_points = [*context, *new]
    patterns = xmr.judge(limits, _values(context), _values(new))
    found = [_found(pattern, all_points, limits, offset=len(context)) for pattern in patterns]
    through = new[-1][0] if new else series.computed_through
    return Reading(series, limits, through, found, is_whole=False)


def _latest_points(series: Series, *, since: datetime.date | None) -> tuple[Points, Points]:
    """Return the points that were computed last and those that are new; usually one statement holds them all."""
    points = Observation.objects.filter(series=series).values_list("starts_on", "value")
    if since is not None:
        points = points.filter(starts_on__gte=since)
    through = series.computed_through or datetime.date.min
    latest: Points = list(points.order_by("-starts_on")[: xmr.CONTEXT_POINTS + _FEW_NEW])[::-1]
    new = [point for point in latest if point[0] > through]
    if len(new) <= _FEW_NEW:
        return [point for point in latest if point[0] <= through][-xmr.CONTEXT_POINTS :], new
    new = list(points.filter(starts_on__gt=through).order_by("starts_on"))
    context = list(points.filter(starts_on__lte=through).order_by("-starts_on")[: xmr.CONTEXT_POINTS])
    return context[::-1], new


def _read_whole(batch: list[Series], phases: dict[int, list[datetime.date]]) -> Iterable[Reading]:
    prefetch_related_objects(batch, "metric")
    rows = (
        Observation.objects.filter(series__in=batch)
        .order_by("series_id", "starts_on")
        .values_list("series_id", "starts_on", "value")
    )
    points_of: dict[int, Points] = {
        key: [(day, value) for _series_id, day, value in group]
        for key, group in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0))
    }
    for series in batch:
        yield _analyse(series, points_of.get(series.pk, []), phases[series.pk])


def _analyse(series: Series, points: Points, phases: Sequence[datetime.date]) -> Reading:
    days = [day for day, _value in points]
    analysis = xmr.analyse(days, _values(points), phases, decimals=series.metric.decimals)
    found = []
    for pattern in analysis.patterns:
        phase = next(phase for phase in analysis.phases if phase.start <= pattern.start < phase.end)
        if phase.limits is not None:
            found.append(_found(pattern, points, phase.limits))
    limits = analysis.phases[-1].limits if analysis.phases else None
    return Reading(series, limits, points[-1][0] if points else None, found, is_whole=True)


def _found(pattern: xmr.Pattern, points: Points, limits: xmr.Limits, *, offset: int = 0) -> Found:
    (starts_on, _first), (ends_on, value) = points[pattern.start + offset], points[pattern.end + offset]
    return Found(pattern.kind, starts_on, ends_on, value, pattern.side, limits)


def _values(points: Points) -> list[float]:
    return [value for _day, value in points]


def _limits_of(series: Series) -> xmr.Limits:
    return xmr.Limits(
        series.centre or 0.0, series.mean_range or 0.0, series.lower or 0.0, series.upper or 0.0, series.limit_points
    )


# --- Writing ---------------------------------------------------------------------------------------------------------


def _write_limits(readings: Sequence[Reading]) -> None:
    columns = ["centre", "mean_range", "lower", "upper", "limit_points", "computed_through", "is_stale", "stale_from"]
    for reading in readings:
        series, limits = reading.series, reading.limits
        series.centre = limits.centre if limits else None
        series.mean_range = limits.mean_range if limits else None
        series.lower = limits.lower if limits else None
        series.upper = limits.upper if limits else None
        series.limit_points = limits.points if limits else 0
        series.computed_through = reading.through
        series.is_stale, series.stale_from = False, None
    if len(readings) == 1:
        readings[0].series.save(update_fields=columns)
    else:
        Series.objects.bulk_update([reading.series for reading in readings], columns)


def _write_signals(readings: Sequence[Reading]) -> None:
    """Open what is new, refresh what stands, withdraw what is gone, reopen what is back."""
    readings = [reading for reading in readings if reading.found or reading.is_whole]
    if not readings:
        return
    standing: dict[int, dict[tuple[str, datetime.date], Signal]] = defaultdict(dict)
    prefetch_related_objects([reading.series for reading in readings], *_PEOPLE)
    signals = Signal.objects.select_for_update(of=("self",), no_key=True).filter(
        series__in=[reading.series for reading in readings]
    )
    for signal in signals:
        standing[signal.series_id][signal.kind, signal.ends_on] = signal
    opened: list[Signal] = []
    for reading in readings:
        known = standing[reading.series.pk]
        if not reading.series.metric.is_watched:
            _withdraw_open(known.values(), reason=_("Signals of this metric are not looked for any more."))
            continue
        opened += _signals_to_open(reading, known)
        if reading.is_whole:
            _withdraw_missing(reading, known)
    Signal.objects.bulk_create([signal for signal in opened if signal.pk is None])
    for signal in opened:
        owe_review(signal)


def _signals_to_open(reading: Reading, known: dict[tuple[str, datetime.date], Signal]) -> list[Signal]:
    """Return the signals that ask for somebody: those never seen, not saved yet, and those that are back."""
    since = timezone.localdate() - OPEN_WITHIN
    opened = []
    for found in reading.found:
        signal = known.get((found.kind, found.ends_on))
        is_recent = found.ends_on >= since and not reading.series.employee.has_left
        if signal is None and is_recent:
            facts = _facts(reading, found)
            opened.append(Signal(series=reading.series, kind=found.kind, ends_on=found.ends_on, **facts))
        elif signal is not None and signal.status == SignalStatus.WITHDRAWN and is_recent:
            _reopen(signal, reading, found)
            opened.append(signal)
        elif signal is not None and signal.status == SignalStatus.OPEN:
            _refresh(signal, _facts(reading, found))
    return opened


def _facts(reading: Reading, found: Found) -> dict[str, Any]:
    is_up_better = reading.series.metric.direction == Direction.HIGHER
    return {
        "starts_on": found.starts_on,
        "value": found.value,
        "centre": found.limits.centre,
        "lower": found.limits.lower,
        "upper": found.limits.upper,
        "is_improvement": (found.side > 0) == is_up_better,
    }


def _refresh(signal: Signal, facts: dict[str, Any]) -> None:
    """Let an open signal say what the figures say now; trial limits still move."""
    changed = [name for name, value in facts.items() if getattr(signal, name) != value]
    for name in changed:
        setattr(signal, name, facts[name])
    if changed:
        signal.save(update_fields=changed)


def _reopen(signal: Signal, reading: Reading, found: Found) -> None:
    """Ask afresh about a pattern that is back; what was said of it before is in the history."""
    facts: dict[str, Any] = {
        **_facts(reading, found),
        "status": SignalStatus.OPEN,
        "cause": "",
        "note": "",
        "decided_at": None,
        "decided_by": None,
        "opened_at": timezone.now(),
    }
    for name, value in facts.items():
        setattr(signal, name, value)
    signal.series = reading.series
    signal.save(update_fields=[*facts])


def _withdraw_open(known: Iterable[Signal], *, reason: Any) -> None:
    """Ask no further about open signals; what was said of others stays."""
    gone = [signal for signal in known if signal.status == SignalStatus.OPEN]
    _withdraw(gone, reason)


def _withdraw_missing(reading: Reading, known: dict[tuple[str, datetime.date], Signal]) -> None:
    there = {(found.kind, found.ends_on) for found in reading.found}
    gone = [signal for key, signal in known.items() if key not in there and signal.status != SignalStatus.WITHDRAWN]
    _withdraw(gone, _("The figures no longer show this pattern."))


def _withdraw(gone: Sequence[Signal], reason: Any) -> None:
    for signal in gone:
        signal.status = SignalStatus.WITHDRAWN
        signal.save(update_fields=["status"])
    review_is_void(gone, reason=reason)
