"""A chart drawn afresh and one from the cache, as the page of a person asks for them."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.harness import median_seconds, report, services

COLD_MS, CACHED_MS = 80.0, 2.0


def main() -> int:
    """Print the figures; 1 when a limit is not kept."""
    with services():
        return int(_measure() > 0)


def _measure() -> int:
    from metrics.charts import NARROW, PAGE, PANEL, render_chart
    from metrics.charts.examples import accuracy_data

    data = accuracy_data()
    before = _resident_mib()
    start = time.perf_counter()
    render_chart(data, sizes=(PANEL,))
    report("chart.first_in_process", (time.perf_counter() - start) * 1000, "ms")
    report("chart.renderer_memory", _resident_mib() - before, "MiB")

    broken = 0
    others = _others(data)
    panel = median_seconds(lambda: render_chart(next(others), sizes=(PANEL,)), repeats=40)
    broken += not report("chart.cold", panel * 1000, "ms", limit=COLD_MS)
    long = _others(_long())
    days = median_seconds(lambda: render_chart(next(long), sizes=(PAGE,)), repeats=20)
    report("chart.cold_two_years_of_days", days * 1000, "ms")
    both = median_seconds(lambda: render_chart(next(others)), repeats=20)
    report("chart.cold_in_two_sizes", both * 1000, "ms")
    for name, known in (("chart.cached", data), ("chart.cached_two_years_of_days", _long())):
        broken += not report(name, median_seconds(_cached(known, NARROW), repeats=60) * 1000, "ms", limit=CACHED_MS)
    return broken


def _cached(data: Any, size: Any) -> Callable[[], object]:
    from metrics.charts import render_chart

    return lambda: render_chart(data, sizes=(size,))


def _others(data: Any) -> Iterator[Any]:
    """Yield the same chart with another first value each time: no two are in the cache."""
    for turn in range(10_000):
        first = data.points[0]._replace(value=data.points[0].value - turn / 1000)
        yield dataclasses.replace(data, points=(first, *data.points[1:]))


def _long() -> Any:
    import datetime

    from metrics.charts import ChartData, ChartPoint
    from metrics.enums import Cadence

    start = datetime.date(2025, 1, 6)
    days = [start + datetime.timedelta(days=number) for number in range(728)]
    points = [ChartPoint(day, 40.0 + day.toordinal() * 7919 % 13) for day in days if day.weekday() < 5]
    return ChartData(title="Items done", unit="items", cadence=Cadence.DAY, points=tuple(points))


def _resident_mib() -> float:
    import pathlib

    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    raise SystemExit(main())
