"""The processes of PIPCycle, named once: ``make run`` starts them and docker-compose.yml describes the same ones.

Where the web server listens and how many workers it has comes from the environment (``GRANIAN_HOST``, ``GRANIAN_PORT``,
``GRANIAN_WORKERS``), so the commands are equal everywhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """One long-running process: its name, its command, and what it is for."""

    name: str
    command: tuple[str, ...]
    purpose: str


WEB = Program(
    "web",
    (
        *("python", "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--blocking-threads", "4", "--respawn-failed-workers", "pipcycle.wsgi:application"),
    ),
    "answers requests",
)
WORKER = Program(
    "worker",
    ("python", "-m", "celery", "-A", "pipcycle", "worker", "--loglevel=INFO", "--concurrency=2"),
    "carries out tasks",
)
BEAT = Program(
    "beat",
    (
        *("python", "-m", "celery", "-A", "pipcycle", "beat", "--loglevel=INFO"),
        *("--scheduler=celery.beat:Scheduler", "--enable-remote-control"),
    ),
    "plans tasks; exactly one may run",
)

PROGRAMS = (WEB, WORKER, BEAT)
SERVICES = ("postgres", "valkey")
