"""What every benchmark shares: services of its own, honest timing, one JSON line a figure."""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def report(
    name: str,
    value: float,
    unit: str,
    *,
    ratio: float | None = None,
    against: str = "",
    limit: float | None = None,
    lower_is_better: bool = True,
) -> bool:
    """Print one figure; return whether its ratio (or, without one, its value) keeps the limit."""
    measured = value if ratio is None else ratio
    kept = limit is None or (measured <= limit if lower_is_better else measured >= limit)
    line = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "ratio": None if ratio is None else round(ratio, 3),
        "against": against,
        "limit": limit,
        "lower_is_better": lower_is_better,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    if not kept:
        sys.stderr.write(f"{name}: {measured:.3f} does not keep the limit {limit}\n")
    return kept


def median_seconds(run: Callable[[], object], *, repeats: int = 15, warm_up: int = 3) -> float:
    """Return the median time of one call in seconds, after a few calls that do not count."""
    for _ in range(warm_up):
        run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@contextmanager
def services() -> Iterator[None]:
    """Start a PostgreSQL and a Valkey of this benchmark's own, migrate, and set Django up inside them."""
    from pipcycle.local.postgres import PostgresServer
    from pipcycle.local.valkey import ValkeyServer

    # The directory that holds it is world-readable, so no private folder is opened for the server's account.
    home = Path(tempfile.mkdtemp(prefix="pipcycle-bench-", dir=tempfile.gettempdir()))
    home.chmod(0o755)
    postgres = PostgresServer(home / "postgres", home / "postgres.log")
    valkey = ValkeyServer(home / "valkey", home / "valkey.log", keeps_data=False)
    try:
        postgres.start()
        valkey.start()
        postgres.wait()
        valkey.wait()
        postgres.ensure_application_role()
        postgres.ensure_database()
        os.environ.update(
            DATABASE_URL=postgres.url(),
            CELERY_BROKER_URL=valkey.url(0),
            CACHE_URL=valkey.url(1),
            SECRET_KEY="benchmark",  # noqa: S106  # of a database that lives a minute
            DEBUG="0",
            PIPCYCLE_DEMO="1",
            HTTPS_ONLY="0",
            PIPCYCLE_VAR=str(home),
            LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="pipcycle.settings",
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(home, ignore_errors=True)
