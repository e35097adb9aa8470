"""Whether pages of figures stay as fast with ten million observations as with a hundred thousand.

One organization, one run: the pages are timed with few observations, the same people are then joined by thousands, and
the same pages are timed again. Rows are written in sets, as the application's role, under the same policies.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness import median_seconds, report, services
from benchmarks.page_bench import _getter, _signed_in, _statements

FEW = int(os.environ.get("BENCH_FEW_OBSERVATIONS", "100000"))
MANY = int(os.environ.get("BENCH_MANY_OBSERVATIONS", "10000000"))
DAYS = 500
METRICS = 6
TEAM = 12
REPEATS = 25
PERSON_LIMIT, TEAM_LIMIT = 1.3, 1.5

ADD_EMPLOYEES = """
INSERT INTO people_employee (organization_id, number, given_name, family_name, email, reported_manager, hired_on,
       leaving_kind, leaving_reason, status, last_rating, updated_at, department_id, job_description_id, location_id)
SELECT organization_id, 'B' || step, 'Given' || step, 'Family' || step, '', '', DATE '2020-01-01',
       '', '', 'active', '', now(), department_id, job_description_id, location_id
  FROM generate_series(1, %(count)s) step
  JOIN LATERAL (SELECT * FROM people_employee
                 WHERE organization_id = %(organization)s AND number NOT LIKE 'B%%' AND status <> 'left'
                 ORDER BY id LIMIT 1 OFFSET step %% 40) like_them ON true
"""
ADD_SERIES = """
INSERT INTO metrics_series (organization_id, metric_id, employee_id, point_count, limit_points, is_stale, changed_at)
SELECT %(organization)s, metric.id, employee.id, 0, 0, false, now()
  FROM (SELECT id FROM people_employee WHERE organization_id = %(organization)s AND status <> 'left'
         ORDER BY (manager_id = %(manager)s) DESC NULLS LAST, id) employee
 CROSS JOIN (SELECT id FROM metrics_metric WHERE organization_id = %(organization)s) metric
 LIMIT %(series)s
ON CONFLICT DO NOTHING
"""
#: A level of its own for each series, and a scatter that needs no random numbers.
ADD_OBSERVATIONS = """
INSERT INTO metrics_observation (organization_id, series_id, starts_on, value, batch_id)
SELECT series.organization_id, series.id, CURRENT_DATE - step, 50 + series.id %% 20 + (step * 7919) %% 11, %(batch)s
  FROM metrics_series series CROSS JOIN generate_series(%(days)s, 1, -1) step
 WHERE series.organization_id = %(organization)s AND series.point_count = 0
 ORDER BY series.id, step DESC
"""
ADD_ROLLUPS = """
INSERT INTO metrics_seriesrollup (organization_id, series_id, grain, starts_on, value, point_count)
SELECT observation.organization_id, series_id, %(grain)s, date_trunc(%(grain)s, starts_on)::date, avg(value), count(*)
  FROM metrics_observation observation
  JOIN metrics_series series ON series.organization_id = observation.organization_id AND series.id = series_id
 WHERE observation.organization_id = %(organization)s AND series.point_count = 0
 GROUP BY 1, 2, 4
"""
STATE_FACTS = """
UPDATE metrics_series SET first_on = CURRENT_DATE - %(days)s, last_on = CURRENT_DATE - 1, last_value = 55,
       point_count = %(days)s, centre = 60, mean_range = 4, lower = 49, upper = 71, limit_points = 12
 WHERE organization_id = %(organization)s AND point_count = 0
"""
REFERENCES = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE conrelid = 'metrics_observation'::regclass AND contype = 'f'
"""


@dataclass
class Stand:
    """What the rows hang on, and the pages to time."""

    organization_id: int
    manager_id: int
    employee_id: int
    batch_id: int

    def pages(self) -> dict[str, tuple[str, str]]:
        """Return each page's reader and address."""
        path = "/o/harbor/metrics"
        return {
            "person": ("manager", f"{path}/people/{self.employee_id}/"),
            "team": ("manager", f"{path}/teams/"),
            "organization": ("executive", f"{path}/organization/"),
        }


def main() -> int:
    """Time the pages with few and with many observations; return the number of broken limits."""
    with services():
        from django.core.management import call_command

        with Path(os.devnull).open("w") as silence:
            call_command("seed_demo", employees=140, stdout=silence)
        stand = _set_up()
        _fill(stand, FEW)
        few = _measure(stand)
        _fill(stand, MANY)
        return _compare(few, _measure(stand))


def _set_up() -> Stand:
    """Give the demo's manager a team of twelve and the organization six daily metrics without any figure."""
    from django_rls_tenants import tenant_context

    from metrics.enums import BatchKind, Cadence
    from metrics.models import Metric, ObservationBatch, Series
    from people.enums import EmployeeStatus
    from people.models import Employee, Organization
    from people.services.reporting_lines import rebuild_reporting_lines

    organization = Organization.objects.get(slug="harbor")
    with tenant_context(organization.pk):
        Series.objects.all().delete()
        Metric.objects.all().delete()
        manager = Employee.objects.get(membership__user__email="manager@harbor.example")
        free = Employee.objects.filter(membership=None, direct_reports=None).exclude(status=EmployeeStatus.LEFT)
        Employee.objects.filter(manager=manager).update(manager=manager.manager)
        team = list(free.exclude(pk=manager.pk).values_list("pk", flat=True)[:TEAM])
        Employee.objects.filter(pk__in=team).update(manager=manager)
        rebuild_reporting_lines()
        for number in range(METRICS):
            Metric.objects.create(key=f"bench-{number}", name=f"Figure {number}", unit="%", cadence=Cadence.DAY)
        batch = ObservationBatch.objects.create(kind=BatchKind.DEMO, source="benchmark")
        return Stand(organization.pk, manager.pk, team[0], batch.pk)


def _fill(stand: Stand, observations: int) -> None:
    """Bring the organization to so many observations, with weeks, months, groups and the facts of the series."""
    from django.db import connection, transaction
    from django_rls_tenants import tenant_context

    from metrics.services.rollups import refresh_group_rollups
    from people.models import Employee

    start = time.perf_counter()
    series = observations // DAYS
    given = {
        "organization": stand.organization_id, "manager": stand.manager_id, "batch": stand.batch_id, "days": DAYS,
        "series": series,
    }  # fmt: skip
    with tenant_context(stand.organization_id), transaction.atomic(), connection.cursor() as cursor:
        missing = -(-series // METRICS) - Employee.objects.exclude(status="left").count()
        if missing > 0:
            cursor.execute(ADD_EMPLOYEES, {**given, "count": missing})
        cursor.execute(ADD_SERIES, given)
        with _without_references(cursor):
            cursor.execute(ADD_OBSERVATIONS, given)
        for grain in ("week", "month"):
            cursor.execute(ADD_ROLLUPS, {**given, "grain": grain})
        cursor.execute(STATE_FACTS, given)
        refresh_group_rollups(organization_id=stand.organization_id)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    report(f"figures.fill.{observations}", time.perf_counter() - start, "s")


@contextmanager
def _without_references(cursor: Any) -> Iterator[None]:
    """Check the foreign keys once at the end instead of row by row."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(REFERENCES)
    references = cursor.fetchall()
    for name, _definition in references:
        cursor.execute(f'ALTER TABLE metrics_observation DROP CONSTRAINT "{name}"')
    yield
    for name, definition in references:
        cursor.execute(f'ALTER TABLE metrics_observation ADD CONSTRAINT "{name}" {definition}')


@dataclass(frozen=True)
class Measured:
    """Median seconds of a page and of an empty one timed in turns with it, and the page's statements."""

    page: float
    empty: float
    statements: int

    @property
    def relative(self) -> float:
        """Return the page in empty pages: what else runs on the machine slows both."""
        return self.page / self.empty


def _measure(stand: Stand) -> dict[str, Measured]:
    measured = {}
    for name, (person, path) in stand.pages().items():
        client = _signed_in(f"{person}@harbor.example")
        statements = len(_statements(client, path))
        page, empty = _getter(client, path), _getter(client, "/o/harbor/search/")
        turns = [
            (median_seconds(page, repeats=1, warm_up=0), median_seconds(empty, repeats=1, warm_up=0))
            for _ in range(REPEATS)
        ]
        pages, empties = zip(*turns, strict=True)
        measured[name] = Measured(statistics.median(pages), statistics.median(empties), statements)
    return measured


def _compare(few: dict[str, Measured], many: dict[str, Measured]) -> int:
    broken = 0
    limits: dict[str, float | None] = {"person": PERSON_LIMIT, "team": TEAM_LIMIT, "organization": None}
    for name, limit in limits.items():
        before, after = few[name], many[name]
        growth = after.relative / before.relative
        against = f"with {FEW} observations {before.page * 1000:.1f} ms, both in empty pages"
        kept = report(f"figures.{name}", after.page * 1000, "ms", ratio=growth, against=against, limit=limit)
        same = report(
            f"figures.{name}.queries", after.statements, "statements",
            ratio=after.statements / before.statements, against=f"with {FEW} observations", limit=1,
        )  # fmt: skip
        broken += (not kept) + (not same)
    return broken


if __name__ == "__main__":
    raise SystemExit(main())
