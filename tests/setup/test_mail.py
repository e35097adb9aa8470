"""Where mail goes follows from one address."""

import email
import email.policy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, send_mail
from pytest_django.fixtures import Settings

from pipcycle.mail import mailer_from_url

SMTP = {
    "host": "mail.example",
    "port": 25,
    "username": "",
    "password": "",
    "use_tls": False,
    "use_ssl": False,
    "timeout": 20,
}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://mail.example", {}),
        ("smtp://mail.example:1025", {"port": 1025}),
        ("smtp+tls://mail.example", {"port": 587, "use_tls": True}),
        ("smtps://mail.example", {"port": 465, "use_ssl": True}),
        ("smtp://hr%40a.example:p%2Fw@mail.example", {"username": "hr@a.example", "password": "p/w"}),
    ],
)
def test_smtp_address_is_read(url: str, options: dict[str, Any], tmp_path: Path) -> None:
    mailer = mailer_from_url(url, folder=tmp_path)
    assert mailer["OPTIONS"] == {**SMTP, **options}


@pytest.mark.parametrize("url", ["", "mail.example", "smtp://", "http://mail.example"])
def test_other_address_stops_the_start_without_repeating_a_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must look like"):
        mailer_from_url(url, folder=tmp_path)


def test_folder_takes_one_file_a_message(settings: Settings, tmp_path: Path) -> None:
    settings.MAILERS = {"default": mailer_from_url("folder://", folder=tmp_path / "mail")}
    send_mail("First", "One", None, ["alice@harbor.example"])
    EmailMessage("Second", "Two", None, ["bob@harbor.example"]).send()
    paths = sorted((tmp_path / "mail").iterdir())
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
    assert [(message["Subject"], message["To"]) for message in messages] == [
        ("First", "alice@harbor.example"),
        ("Second", "bob@harbor.example"),
    ]
    assert {path.suffix for path in paths} == {".eml"}
