"""Two answers for whoever watches: the process is alive; it can serve (docs/operations.md).

Written here rather than taken from ``django-health-check``: three checks, one JSON object, no template, no model.
"""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pipcycle.celery import app

logger = logging.getLogger(__name__)


class NotReadyError(RuntimeError):
    """A part this process needs is not usable."""


def check_database() -> None:
    """Ask the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    """Refuse when the code knows migrations that the database has not had."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        message = f"{len(waiting)} migrations are not applied"
        raise NotReadyError(message)


def check_cache() -> None:
    """Write to the cache and read it back."""
    cache.set("readyz", "1", timeout=10)
    if cache.get("readyz") != "1":
        message = "the cache forgot what it was told"
        raise NotReadyError(message)


def check_broker() -> None:
    """Open a connection to the broker; do not wait for one that is down."""
    with app.connection_for_read(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
    "broker": check_broker,
}


@transaction.non_atomic_requests  # or the database would be asked before us
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked, so a slow database does not restart it."""
    return HttpResponse("alive\n", content_type="text/plain")


@transaction.non_atomic_requests
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve: 200 or 503, with the state of each part and no detail of a failure."""
    states = {name: _state(name, check) for name, check in CHECKS.items()}
    is_ready = all(state == "ok" for state in states.values())
    return JsonResponse({"ready": is_ready, "checks": states}, status=200 if is_ready else 503)


def _state(name: str, check: Callable[[], None]) -> str:
    """Run one check; the log, not the answer, carries what went wrong."""
    try:
        check()
    except Exception:
        logger.exception("readiness check failed: %s", name)
        return "failed"
    return "ok"
