"""A real SMTP server that keeps what it is sent."""

import email
import email.policy
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django.fixtures import Settings

from pipcycle.local.valkey import free_port
from pipcycle.mail import mailer_from_url


@dataclass
class Mailbox:
    """The address of the server and the messages it took, oldest first."""

    host: str
    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address in the form ``EMAIL_URL`` takes."""
        return f"smtp://{self.host}:{self.port}"

    def wait_for(self, count: int, *, seconds: float = 20.0) -> list[EmailMessage]:
        """Return the messages once there are this many; fail when they do not come."""
        deadline = time.monotonic() + seconds
        while len(self.messages) < count:
            if time.monotonic() > deadline:
                pytest.fail(f"{len(self.messages)} of {count} messages came in {seconds} s")
            time.sleep(0.02)
        return list(self.messages)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep one message."""
        self.recipients.append(list(envelope.rcpt_tos))
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def smtp_server(settings: Settings) -> Iterator[Mailbox]:
    """Run an SMTP server on a free port and point the application of this process at it."""
    mailbox = Mailbox(host="127.0.0.1", port=free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    settings.MAILERS = {"default": mailer_from_url(mailbox.url, folder=Path("unused"))}
    try:
        yield mailbox
    finally:
        controller.stop()
