"""Bringing the application of a trial run up to date: schema, static files, demo organizations."""

from collections.abc import Callable

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def prepare_application(say: Callable[[str], None]) -> None:
    """Migrate, collect static files and seed the demo; each step keeps what is there."""
    django.setup()
    say("Bringing the database up to date ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO:
        say("Making the demo organizations, unless they are there ...")
        call_command("seed_demo", verbosity=0)
    connection.close()
