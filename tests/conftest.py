"""The environment of the tests, set before Django is: real services, the application's own settings."""

import gc
import os
import sys

import pytest

# Compiled once, not again by each of the many processes that the tests start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from tests.support.services import TestServices  # noqa: E402  # compiled files come first

SERVICES = TestServices()
os.environ.update(SERVICES.environment())

import django  # noqa: E402  # the environment comes first
from django.conf import settings as django_settings  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

# Signing in many people is not what the tests measure.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

# A busy machine is no failure: properties are judged by what they find, not by how long it took.
hypothesis_settings.register_profile("pipcycle", deadline=None)
hypothesis_settings.load_profile("pipcycle")
# Inherited, it would make the workers of pytest-xdist load the settings before their own environment is set.
del os.environ["DJANGO_SETTINGS_MODULE"]

pytest_plugins = [
    "tests.support.database",
    "tests.support.mail",
    "tests.support.browser",
    "tests.support.static_files",
    "tests.support.worker",
    "tests.cast",
]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the services before any worker needs them; ``--collect-only`` needs none."""
    if SERVICES.is_owner and not session.config.option.collectonly:
        SERVICES.start()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Take what stays until the end (modules, models, tests) out of the garbage collector's rounds."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started, after the last worker has gone."""
    if SERVICES.is_owner:
        SERVICES.stop()


@pytest.fixture(scope="session")
def test_services() -> TestServices:
    """Return the PostgreSQL and Valkey of this run."""
    return SERVICES
