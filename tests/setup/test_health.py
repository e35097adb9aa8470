"""The two answers for whoever watches the process."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from pipcycle.celery import app
from pipcycle.local.valkey import free_port

FINE = {"database": "ok", "migrations": "ok", "cache": "ok", "broker": "ok"}


def test_healthz_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_readyz_names_each_part(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "checks": FINE})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_refuses_while_migrations_wait(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]) == (503, {**FINE, "migrations": "failed"})


@pytest.mark.django_db
def test_readyz_refuses_without_a_broker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setitem(app.conf, "broker_read_url", f"redis://127.0.0.1:{free_port()}/0")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]) == (503, {**FINE, "broker": "failed"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_takes_no_posts(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_model_changes_have_their_migrations() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
