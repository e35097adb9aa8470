"""Several people at the same moment, each on a connection of their own."""

import threading
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
