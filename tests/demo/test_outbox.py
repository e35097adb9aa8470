"""The demo's outbox page."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django.fixtures import Settings

from pipcycle.mail import MailFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(settings: Settings, tmp_path: Path) -> str:
    """Send one mail into the folder and return the name of its file."""
    settings.VAR_DIR = tmp_path
    mail = EmailMultiAlternatives("Two things need you", "In words", "from@pipcycle.example", ["alice@harbor.example"])
    mail.attach_alternative("<p>In <b>colour</b></p>", "text/html")
    MailFolder(folder=str(tmp_path / "mail")).send_messages([mail])
    return next((tmp_path / "mail").iterdir()).stem


def test_the_outbox_lists_what_was_sent(client: Client, name: str) -> None:
    page = client.get("/demo/outbox/").content.decode()

    assert "Two things need you" in page
    assert "alice@harbor.example" in page
    assert f"/demo/outbox/{name}/" in page


def test_a_mail_is_shown_in_a_closed_frame_with_its_text(client: Client, name: str) -> None:
    page = client.get(f"/demo/outbox/{name}/")
    part = client.get(f"/demo/outbox/{name}/html/")

    assert "In words" in page.content.decode()
    assert "sandbox" in page.content.decode()
    assert part.content.decode().strip() == "<p>In <b>colour</b></p>"
    assert "script-src" not in part["Content-Security-Policy"]
    assert "default-src 'none'" in part["Content-Security-Policy"]


def test_an_empty_outbox_says_when_mail_comes(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path

    assert "Nothing was sent yet" in client.get("/demo/outbox/").content.decode()


@pytest.mark.parametrize("path", ["", "some-mail/", "some-mail/html/"])
def test_there_is_no_outbox_outside_a_demo(client: Client, settings: Settings, path: str) -> None:
    settings.DEMO = False

    assert client.get(f"/demo/outbox/{path}").status_code == 404


@pytest.mark.parametrize("path", ["no-such-mail/", "no-such-mail/html/"])
def test_a_mail_that_is_not_there_is_not_found(client: Client, settings: Settings, tmp_path: Path, path: str) -> None:
    settings.VAR_DIR = tmp_path

    assert client.get(f"/demo/outbox/{path}").status_code == 404


def test_the_outbox_is_only_read(client: Client) -> None:
    assert client.post("/demo/outbox/").status_code == 405
