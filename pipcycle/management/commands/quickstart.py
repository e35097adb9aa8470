"""``manage.py quickstart``: the same as ``make run``, for those without make."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from pipcycle.local.run import TrialRun


class Command(BaseCommand):
    """Run everything a person needs to try PIPCycle, until Ctrl-C."""

    help = str(_("Migrate, seed the demo and run the web server, a worker and the scheduler until Ctrl-C."))
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port of the web server."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Hand over to the trial run."""
        sys.exit(TrialRun(options["port"]).run())
