"""What a page costs: its time against its own SQL run bare plus an empty page, and how many statements it sends."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.harness import median_seconds, report, services

EMPLOYEES = int(os.environ.get("BENCH_EMPLOYEES", "1000"))
LIMIT = 2.5


def main() -> int:
    """Measure the pages of HR, manager and employee; return the number of broken limits."""
    with services():
        from django.core.management import call_command

        with Path(os.devnull).open("w") as silence:
            call_command("seed_demo", employees=EMPLOYEES, stdout=silence)
        _analyze()
        return _measure()


def _analyze() -> None:
    """Let the planner know its tables, as autovacuum would within a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure() -> int:
    broken = 0
    for person in ("hr", "manager", "employee"):
        client = _signed_in(f"{person}@harbor.example")
        empty = median_seconds(_getter(client, "/o/harbor/search/"), repeats=25)
        for name, path in _pages(client, person).items():
            statements = _statements(client, path)
            page = median_seconds(_getter(client, path), repeats=25)
            bare = median_seconds(partial(_run_bare, statements), repeats=25)
            kept = report(
                f"page.{person}.{name}", page * 1000, "ms",
                ratio=page / (bare + empty), against="its SQL run bare + an empty page", limit=LIMIT,
            )  # fmt: skip
            report(f"queries.{person}.{name}", len(statements), "statements")
            broken += not kept
    return broken


def _signed_in(email: str) -> Any:
    from django.test import Client

    from people.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=email))
    return client


def _pages(client: Any, person: str) -> dict[str, str]:
    import re

    listed = client.get("/o/harbor/plans/").content.decode()
    plan = re.search(r"/o/harbor/plans/(\d+)/", listed)
    pages = {"home": "/o/harbor/", "plans": "/o/harbor/plans/"}
    if person != "employee":
        pages["people"] = "/o/harbor/people/"
    if plan is not None:
        pages["plan"] = plan[0]
    return pages


def _getter(client: Any, path: str) -> Callable[[], None]:
    def get() -> None:
        response = client.get(path)
        if response.status_code != 200:
            message = f"{path} answered {response.status_code}"
            raise RuntimeError(message)

    return get


def _statements(client: Any, path: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"] for query in captured.captured_queries]


def _run_bare(statements: list[str]) -> None:
    """Run the page's statements as they were sent, transaction frames included, on a connection of their own kind."""
    from django.db import connection

    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.encode(), prepare=False)
            if cursor.description is not None:
                cursor.fetchall()


if __name__ == "__main__":
    raise SystemExit(main())
