"""Several people at the same moment, each on a connection of their own."""

import threading
import time
from collections.abc import Callable

from django.db import connections
from django_rls_tenants import tenant_context

from pipcycle.errors import DomainError

Act = Callable[[], object]


def at_once(organization_id: int, *acts: Act) -> list[str]:
    """Run the acts in threads of their own; return what came of each, the refusals after what was done.

    What they meet has to be committed: use ``transactional_db``.
    """
    barrier = threading.Barrier(len(acts))
    results: list[str] = []

    def run(act: Act) -> None:
        try:
            with tenant_context(organization_id):
                barrier.wait(10)
                act()
                results.append("done")
        except DomainError as error:
            results.append(str(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(results, key=lambda result: result != "done")


def begin_and_wait(organization_id: int, act: Act) -> Callable[[], None]:
    """Start the act on a connection of its own and return once it waits for a row the caller holds.

    What is returned waits for its end; call it when the row is free again.
    """
    thread = threading.Thread(target=at_once, args=(organization_id, act))
    thread.start()
    ends = time.monotonic() + 10
    while not _is_somebody_waiting():
        assert time.monotonic() < ends, "nothing waits for what the caller holds"
        time.sleep(0.02)
    return lambda: thread.join(30)


def _is_somebody_waiting() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
        )
        return bool(cursor.rowcount == 1)
