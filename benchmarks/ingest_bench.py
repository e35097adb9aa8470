"""Taking observations in: rows a second against a raw COPY of the same rows, and the memory five million take."""

import csv
import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.harness import report, services
from benchmarks.import_bench import open_organization, peak_megabytes

EMPLOYEES = 2_000
METRICS = 5
DAYS = 30
LEAST_SHARE_OF_COPY = 0.6
FEW_ROWS, MANY_ROWS = 500_000, 5_000_000
MOST_GROWTH = 1.3
FIRST_DAY = datetime.date(2024, 1, 1)
HEADINGS = ("metric", "employee", "date", "value", "unit")

_BARE_TABLE = """
CREATE TABLE bare_observation (
    LIKE metrics_observation INCLUDING DEFAULTS, PRIMARY KEY (organization_id, series_id, starts_on)
);
INSERT INTO bare_observation SELECT * FROM metrics_observation ORDER BY series_id, starts_on;
CREATE INDEX ON bare_observation USING brin (batch_id);
ALTER TABLE bare_observation ADD FOREIGN KEY (organization_id, series_id)
    REFERENCES metrics_series (organization_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE bare_observation ADD FOREIGN KEY (organization_id, batch_id)
    REFERENCES metrics_observationbatch (organization_id, id) DEFERRABLE INITIALLY DEFERRED
"""


def write_file(path: Path, *, employees: int, metrics: int, days: int, start: int = 0) -> int:
    """Write a long file, a day after the other as a system would export it; return how many rows it has."""
    rows = 0
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for day in range(start, start + days):
            text = (FIRST_DAY + datetime.timedelta(days=day)).isoformat()
            for metric in range(metrics):
                writer.writerows(
                    (f"metric-{metric}", f"N{number}", text, f"{(number * 7 + day * 13 + metric) % 1000 / 10}", "")
                    for number in range(employees)
                )
            rows += metrics * employees
    return rows


def read_file(path: Path) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Yield the rows of the file as plain tuples of text, numbered by line."""
    with path.open(newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        for line, (metric, employee, day, value, unit) in zip(count(2), reader):
            yield line, metric, employee, day, value, unit


def prepare(employees: int, metrics: int) -> None:
    """Make the people and the metrics of the file in the open organization."""
    from metrics.enums import Cadence
    from metrics.models import Metric
    from people.models import Employee

    Employee.objects.bulk_create(
        [
            Employee(number=f"N{number}", given_name="Given", family_name=f"Family{number}", hired_on=FIRST_DAY)
            for number in range(employees)
        ],
        batch_size=5000,
    )
    Metric.objects.bulk_create(
        [
            Metric(
                key=f"metric-{number}", name=f"Metric {number}", cadence=Cadence.DAY, allowed_min=0, allowed_max=1000
            )
            for number in range(metrics)
        ]
    )


def make_bare_table() -> None:
    """Make a table with the same columns, rows, keys, index and references, and no row-level security."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_BARE_TABLE)


def seconds_of_copy(path: Path) -> float:
    """Return how long a raw COPY of the same observations takes, references checked."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        start = time.perf_counter()
        with (
            path.open("rb") as stream,
            cursor.copy(
                "COPY bare_observation (organization_id, series_id, starts_on, value, batch_id) FROM STDIN"
            ) as copy,
        ):
            while data := stream.read(1 << 20):
                copy.write(data)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        passed = time.perf_counter() - start
        transaction.set_rollback(True)
    return passed


def write_bare_rows(source: Path, target: Path) -> None:
    """Write the rows as the raw COPY takes them: keys instead of words, in the order of the file."""
    from metrics.models import ObservationBatch, Series
    from pipcycle.tenancy.models import current_organization_id

    organization, batch = current_organization_id(), ObservationBatch.objects.get().pk
    series = {
        (metric, number): key
        for key, metric, number in Series.objects.values_list("pk", "metric__key", "employee__number")
    }
    with target.open("w") as stream:
        stream.writelines(
            f"{organization}\t{series[metric, number]}\t{day}\t{value}\t{batch}\n"
            for _line, metric, number, day, value, _unit in read_file(source)
        )


def seconds_of_ingest(path: Path, *, is_kept: bool) -> float:
    """Return how long the file takes on the way an upload takes, weeks, months and facts of the series included."""
    from django.db import connection, transaction

    from metrics.enums import BatchKind
    from metrics.services.observations import record_observations

    with transaction.atomic():
        start = time.perf_counter()
        taken = record_observations(actor=None, kind=BatchKind.FILE, source=path.name, rows=read_file(path))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        passed = time.perf_counter() - start
        if taken.refused_count or taken.rows == 0:
            raise RuntimeError([row.message for row in taken.refused][:3])
        transaction.set_rollback(not is_kept)
    return passed


def measure_speed(directory: Path) -> bool:
    """Print how fast a file is taken in, first, next and again, beside a raw COPY of the same rows."""
    from django_rls_tenants import tenant_context

    first, following, bare = directory / "first.csv", directory / "next.csv", directory / "bare"
    write_file(first, employees=EMPLOYEES, metrics=METRICS, days=DAYS)
    rows = write_file(following, employees=EMPLOYEES, metrics=METRICS, days=DAYS, start=DAYS)
    times: dict[str, list[float]] = {"first": [], "copy": [], "next": [], "again": []}
    with tenant_context(open_organization("speed")):
        prepare(EMPLOYEES, METRICS)
        times["first"] = [seconds_of_ingest(first, is_kept=False) for _ in range(2)]
        seconds_of_ingest(first, is_kept=True)
        write_bare_rows(following, bare)
        make_bare_table()
        for _ in range(5):  # one after the other, so that what else the machine does weighs on both
            times["copy"].append(seconds_of_copy(bare))
            times["next"].append(seconds_of_ingest(following, is_kept=False))
        times["again"] = [seconds_of_ingest(first, is_kept=False) for _ in range(2)]
    copied = median(times["copy"])
    report("ingest_raw_copy", rows / copied, "rows/s", lower_is_better=False)
    kept = True
    for name, limit in (("first", None), ("again", None), ("next", LEAST_SHARE_OF_COPY)):
        passed = median(times[name])
        kept &= report(f"ingest_{name}", rows / passed, "rows/s", ratio=copied / passed, limit=limit,
                       against="raw COPY of as many rows into an identical table with its keys, index and references",
                       lower_is_better=False)  # fmt: skip
    return kept


def measure_memory(directory: Path) -> bool:
    """Print the peak memory of the process that takes five million rows in, beside that of a tenth of them."""
    peaks = []
    for rows in (FEW_ROWS, MANY_ROWS):
        path = directory / f"{rows}.csv"
        write_file(path, employees=EMPLOYEES, metrics=METRICS, days=rows // (EMPLOYEES * METRICS))
        finished = subprocess.run(
            [sys.executable, "-m", "benchmarks.ingest_bench", "--memory", path],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        path.unlink()
        peak, seconds = (float(word) for word in finished.stdout.split())
        sys.stderr.write(f"{rows} rows taken in within {seconds:.1f} s, {peak:.0f} MB at most\n")
        peaks.append(peak)
    return report("ingest_memory_of_5_million_rows", peaks[1], "MB", ratio=peaks[1] / peaks[0],
                  against=f"the same process with {FEW_ROWS} rows", limit=MOST_GROWTH)  # fmt: skip


def take_in(path: Path) -> None:
    """Take the file in, in this process; print the most memory it held and the seconds."""
    import django

    django.setup()
    from django_rls_tenants import tenant_context

    with tenant_context(open_organization(f"memory-{path.stem}")):
        prepare(EMPLOYEES, METRICS)
        seconds = seconds_of_ingest(path, is_kept=True)
    sys.stdout.write(f"{peak_megabytes()} {seconds}\n")


def main() -> int:
    """Measure; return 1 if a limit is broken."""
    if "--memory" in sys.argv:
        take_in(Path(sys.argv[-1]))
        return 0
    with services(), tempfile.TemporaryDirectory() as directory:
        kept = measure_speed(Path(directory))
        if not os.environ.get("ONLY_SPEED"):
            kept &= measure_memory(Path(directory))
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
