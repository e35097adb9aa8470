"""Bringing the application of a trial run up to date: schema and demo organizations."""

from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def prepare_application(say: Callable[[str], None]) -> None:
    """Migrate and seed the demo; both keep what is there."""
    django.setup()
    say("Bringing the database up to date ...")
    call_command("migrate", verbosity=0, interactive=False)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if not settings.WHITENOISE_USE_FINDERS:
        call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO:
        say("Making the demo organizations, unless they are there ...")
        call_command("seed_demo", verbosity=0)
    connection.close()
