"""Whether pages of figures stay as fast with ten million observations as with a hundred thousand.

One organization in two databases of one server: the second is a copy of the first, in which the same people are then
joined by thousands. The same pages are timed in turns, some rounds here, some there, so that whatever else the machine
does falls on both. Rows are written in sets, as the application's role, under the same policies.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.harness import median_seconds, report, services
from benchmarks.page_bench import _getter, _signed_in, _statements

FEW = int(os.environ.get("BENCH_FEW_OBSERVATIONS", "100000"))
MANY = int(os.environ.get("BENCH_MANY_OBSERVATIONS", "10000000"))
DAYS = 500
METRICS = 6
TEAM = 12
ROUNDS, TURNS = 6, 6
COPY = "pipcycle_few"
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
#: All metrics of a person before the next, the team first: its page shows the same with few and with many.
ADD_SERIES = """
INSERT INTO metrics_series (organization_id, metric_id, employee_id, point_count, limit_points, is_stale, changed_at)
SELECT %(organization)s, metric.id, employee.id, 0, 0, false, now()
  FROM (SELECT id, manager_id FROM people_employee
         WHERE organization_id = %(organization)s AND status <> 'left') employee
 CROSS JOIN (SELECT id FROM metrics_metric WHERE organization_id = %(organization)s AND key LIKE 'bench-%%') metric
 ORDER BY (employee.manager_id = %(manager)s) DESC NULLS LAST, employee.id, metric.id
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
        _copy_database()
        _fill(stand, MANY)
        return _compare(*_measure(stand))


def _set_up() -> Stand:
    """Give the demo's manager a team of twelve and the organization six daily metrics without any figure.

    The demo's own metrics stay, since goals and formulas hang on them, but are out of use and without a figure.
    """
    from django_rls_tenants import tenant_context

    from metrics.enums import BatchKind, Cadence
    from metrics.models import Metric, ObservationBatch, Series
    from people.enums import EmployeeStatus
    from people.models import Employee, Organization
    from people.services.reporting_lines import rebuild_reporting_lines

    organization = Organization.objects.get(slug="harbor")
    with tenant_context(organization.pk):
        Series.objects.all().delete()
        Metric.objects.update(is_active=False)
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


def _copy_database() -> None:
    """Keep what is there now as a database beside the one that goes on growing."""
    import psycopg
    from django.db import connection
    from psycopg import sql

    kept, host = connection.settings_dict, connection.get_connection_params()["host"]
    _leave()
    with psycopg.connect(host=host, dbname="postgres", user="postgres", autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy OWNER {}").format(
                sql.Identifier(COPY), sql.Identifier(kept["NAME"]), sql.Identifier(kept["USER"])
            )
        )


def _leave() -> None:
    """End every connection to the database in use."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend


@contextmanager
def _few() -> Iterator[None]:
    """Stand in the database with few observations."""
    from django.db import connection

    many = connection.settings_dict["NAME"]
    _leave()
    connection.settings_dict["NAME"] = COPY
    try:
        yield
    finally:
        _leave()
        connection.settings_dict["NAME"] = many


@dataclass
class Measured:
    """Seconds of a page and of an empty one timed in turns with it, and the page's statements."""

    statements: int
    pages: list[float] = field(default_factory=list)
    empties: list[float] = field(default_factory=list)

    @property
    def page(self) -> float:
        """Return the median of the page."""
        return statistics.median(self.pages)

    @property
    def relative(self) -> float:
        """Return the page in empty pages: what else runs on the machine slows both."""
        return self.page / statistics.median(self.empties)


def _measure(stand: Stand) -> tuple[dict[str, Measured], dict[str, Measured]]:
    """Return each page with few and with many observations, timed in alternating rounds."""
    few: dict[str, Measured] = {}
    many: dict[str, Measured] = {}
    for name, (person, path) in stand.pages().items():
        for _ in range(ROUNDS):
            with _few():
                _time(few, name, person, path)
            _time(many, name, person, path)
    return few, many


def _time(measured: dict[str, Measured], name: str, person: str, path: str) -> None:
    client = _signed_in(f"{person}@harbor.example")
    statements = len(_statements(client, path))
    one = measured.setdefault(name, Measured(statements))
    page, empty = _getter(client, path), _getter(client, "/o/harbor/search/")
    empty()
    for _ in range(TURNS):
        one.pages.append(median_seconds(page, repeats=1, warm_up=0))
        one.empties.append(median_seconds(empty, repeats=1, warm_up=0))


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
