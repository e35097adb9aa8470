"""Signals: points a second through the whole analysis, and what one new point costs."""

import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.harness import median_seconds, report, services

POINTS, SERIES = 500, 200
POINTS_PER_SECOND = 200_000
NEW_POINT_MILLISECONDS = 5.0
NEW_POINTS = 25


def main() -> int:
    """Report both figures; return 1 when one does not keep its limit."""
    with services():
        kept = [_analysis(), _one_new_point()]
    return 0 if all(kept) else 1


def _values(count: int, seed: int) -> list[float]:
    chance = random.Random(seed)  # figures for a benchmark
    return [chance.gauss(90, 3) for _ in range(count)]


def _analysis() -> bool:
    from metrics.xmr import analyse

    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=day) for day in range(POINTS)]
    many = [_values(POINTS, seed) for seed in range(SERIES)]
    phases = [days[200]]
    seconds = median_seconds(lambda: [analyse(days, values, phases) for values in many], repeats=7)
    return report(
        "signals.analysis",
        POINTS * SERIES / seconds,
        "points/s",
        limit=POINTS_PER_SECOND,
        lower_is_better=False,
    )


def _one_new_point() -> bool:
    from django_rls_tenants import tenant_context

    from people.models import Organization

    organization = Organization.objects.create(name="Bench", slug="bench", country="US", time_zone="UTC")
    with tenant_context(organization.pk):
        add_point, compute = _series()
        times = []
        for _ in range(NEW_POINTS + 3):
            add_point()
            start = time.perf_counter()
            compute()
            times.append(time.perf_counter() - start)
    milliseconds = statistics.median(times[3:]) * 1000
    return report("signals.one_new_point", milliseconds, "ms", limit=NEW_POINT_MILLISECONDS)


def _series() -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Make a series of ``POINTS`` days; return how a point is added and how the computation is run."""
    from metrics.models import Metric, Observation, ObservationBatch, Series
    from metrics.services.signals import compute_stale_series
    from people.models import Employee

    employee = Employee.objects.create(number="1", given_name="A", family_name="B", hired_on=datetime.date(2020, 1, 1))
    metric = Metric.objects.create(key="accuracy", name="Accuracy", cadence="day")
    batch = ObservationBatch.objects.create(kind="demo")
    series = Series.objects.create(metric=metric, employee=employee, is_stale=True)
    first = datetime.date(2024, 1, 1)
    Observation.objects.bulk_create(
        Observation(series=series, starts_on=first + datetime.timedelta(days=day), value=value, batch=batch)
        for day, value in enumerate(_values(POINTS, 1))
    )
    compute_stale_series()
    newer = iter(enumerate(_values(NEW_POINTS + 10, 2), start=POINTS))

    def add_point() -> None:
        day, value = next(newer)
        starts_on = first + datetime.timedelta(days=day)
        Observation.objects.create(series=series, starts_on=starts_on, value=value, batch=batch)
        Series.objects.filter(pk=series.pk).update(is_stale=True, stale_from=starts_on)

    return add_point, compute_stale_series


if __name__ == "__main__":
    sys.exit(main())
