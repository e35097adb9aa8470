"""The services the tests stand on are the real ones, and the application's role has no way past the policies."""

import subprocess
import time

import pytest
from celery import current_app
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection
from playwright.sync_api import Page

from tests.support.mail import Mailbox

pytestmark = pytest.mark.django_db


def test_database_role_is_unprivileged() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("pipcycle", False, False, False)


def test_database_is_postgresql_18_and_migrated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, to_regclass('people_organization')")
        assert cursor.fetchone() == (18, "people_organization")


def test_cache_keeps_a_value() -> None:
    cache.set("colour", "teal")
    assert cache.get("colour") == "teal"


def test_cache_starts_empty() -> None:
    assert cache.get("colour") is None


def test_mail_arrives_over_smtp(smtp_server: Mailbox) -> None:
    send_mail("A subject", "A body", None, ["alice@harbor.example"])
    message = smtp_server.wait_for(1)[0]
    assert (message["Subject"], message.get_content().strip()) == ("A subject", "A body")
    assert smtp_server.recipients == [["alice@harbor.example"]]


@pytest.mark.django_db(transaction=True)
def test_worker_answers(worker: subprocess.Popen[bytes]) -> None:
    replies = current_app.control.ping(timeout=5)
    assert [list(reply.values()) for reply in replies] == [[{"ok": "pong"}]]


@pytest.mark.django_db(transaction=True)
def test_browser_opens_a_page(page: Page, live_server: object) -> None:
    response = page.goto(f"{live_server}/healthz")
    assert response is not None
    assert (response.status, page.locator("body").inner_text().strip()) == (200, "alive")


def test_services_answer_quickly() -> None:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert time.perf_counter() - started < 1
