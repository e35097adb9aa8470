"""The processes of PIPCycle, named once: ``make run`` starts them and docker-compose.yml describes the same ones.

Where they listen and how many there are comes from the environment, so the commands are equal everywhere.
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
    ("python", "-m", "granian", "--interface", "wsgi", "--no-ws", "pipcycle.wsgi:application"),
    "answers requests",
)
WORKER = Program(
    "worker",
    ("python", "-m", "celery", "-A", "pipcycle", "worker", "--loglevel=INFO"),
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
