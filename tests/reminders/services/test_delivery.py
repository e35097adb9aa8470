"""Delivery over real SMTP."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from django_rls_tenants import admin_context, tenant_context
from pytest_django.fixtures import Settings

from people.models import Organization
from pipcycle.local.valkey import free_port
from pipcycle.mail import mailer_from_url
from reminders.enums import MessageStatus
from reminders.models import OutboxMessage
from reminders.services.delivery import (
    BACKOFF_MINUTES,
    MAX_ATTEMPTS,
    DeliveryResult,
    claim_messages,
    deliver_messages,
)
from reminders.services.outbox import message_id_for
from tests.support.mail import Mailbox


def write_messages(organization: Organization, count: int, **fields: Any) -> list[OutboxMessage]:
    """Put messages into the outbox of an organization."""
    with tenant_context(organization.pk):
        return OutboxMessage.objects.bulk_create(
            OutboxMessage(
                **{
                    "key": f"key:{number}",
                    "recipient": f"person{number}@harbor.example",
                    "subject": f"Message {number} · Harbor",
                    "text_body": f"Text {number}\n",
                    "html_body": f"<p>HTML {number}</p>",
                    "message_id": message_id_for(organization_id=organization.pk, key=f"key:{number}"),
                    **fields,
                }
            )
            for number in range(count)
        )


def read_again(message: OutboxMessage) -> OutboxMessage:
    with tenant_context(message.organization_id):
        return OutboxMessage.objects.get(pk=message.pk)


class RefusingMailbox(Mailbox):
    """Takes no mail for ``nobody@…``."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Refuse one address."""
        if address.startswith("nobody@"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def refusing_server(settings: Settings) -> Iterator[Mailbox]:
    """Run an SMTP server that refuses one address."""
    mailbox = RefusingMailbox(host="127.0.0.1", port=free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    settings.MAILERS = {"default": mailer_from_url(mailbox.url, folder=Path("unused"))}
    try:
        yield mailbox
    finally:
        controller.stop()


def test_a_message_arrives_as_it_was_written(harbor: Organization, smtp_server: Mailbox) -> None:
    [message] = write_messages(harbor, 1)

    assert deliver_messages() == DeliveryResult(sent=1)
    [mail] = smtp_server.messages
    assert mail["To"] == "person0@harbor.example"
    assert mail["From"] == django_settings.DEFAULT_FROM_EMAIL
    assert mail["Subject"] == "Message 0 · Harbor"
    assert mail["Message-ID"] == message.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), text.get_content().strip()) == ("text/plain", "Text 0")
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", "<p>HTML 0</p>")


def test_a_sent_message_is_not_sent_again(harbor: Organization, smtp_server: Mailbox) -> None:
    [message] = write_messages(harbor, 1)
    deliver_messages()

    assert deliver_messages() == DeliveryResult()
    sent = read_again(message)
    assert (sent.status, sent.attempts, sent.leased_until) == (MessageStatus.SENT, 1, None)
    assert sent.sent_at is not None
    assert len(smtp_server.messages) == 1


def test_all_organizations_are_served_in_batches(
    harbor: Organization, alder: Organization, smtp_server: Mailbox
) -> None:
    write_messages(harbor, 60)
    write_messages(alder, 60)

    assert deliver_messages() == DeliveryResult(sent=120)
    assert len({mail["Message-ID"] for mail in smtp_server.messages}) == 120


def test_an_inactive_organization_sends_nothing(harbor: Organization, smtp_server: Mailbox) -> None:
    write_messages(harbor, 1)
    harbor.is_active = False
    harbor.save()

    assert deliver_messages() == DeliveryResult()


def test_a_message_that_is_not_due_waits(harbor: Organization, smtp_server: Mailbox) -> None:
    write_messages(harbor, 1, next_attempt_at=timezone.now() + datetime.timedelta(minutes=1))

    assert deliver_messages() == DeliveryResult()


def test_a_refused_message_is_put_off_and_the_others_arrive(harbor: Organization, refusing_server: Mailbox) -> None:
    [refused] = write_messages(harbor, 1, key="refused", recipient="nobody@harbor.example")
    write_messages(harbor, 3)
    before = timezone.now()

    assert deliver_messages() == DeliveryResult(sent=3, failed=1)
    put_off = read_again(refused)
    assert (put_off.status, put_off.attempts) == (MessageStatus.PENDING, 1)
    assert before + datetime.timedelta(minutes=1) <= put_off.next_attempt_at
    assert "550" in put_off.last_error
    assert deliver_messages() == DeliveryResult()


def test_the_pauses_grow_and_the_last_attempt_gives_up(harbor: Organization, refusing_server: Mailbox) -> None:
    [message] = write_messages(harbor, 1, recipient="nobody@harbor.example")
    pauses = []
    for _attempt in range(MAX_ATTEMPTS):
        with tenant_context(harbor.pk):
            OutboxMessage.objects.update(next_attempt_at=timezone.now())
        before = timezone.now()
        assert deliver_messages() == DeliveryResult(failed=1)
        pauses.append(round((read_again(message).next_attempt_at - before).total_seconds() / 60))

    assert pauses == [*BACKOFF_MINUTES, 0]
    given_up = read_again(message)
    assert (given_up.status, given_up.attempts) == (MessageStatus.FAILED, MAX_ATTEMPTS)
    assert deliver_messages() == DeliveryResult()


def test_an_impossible_address_fails_alone(harbor: Organization, smtp_server: Mailbox) -> None:
    [impossible] = write_messages(harbor, 1, key="impossible", recipient="müller@harbor.example")
    write_messages(harbor, 2)

    assert deliver_messages() == DeliveryResult(sent=2, failed=1)
    assert read_again(impossible).last_error.startswith("ValueError")


def test_a_server_out_of_reach_costs_no_attempt(harbor: Organization, settings: Settings) -> None:
    settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{free_port()}", folder=Path("unused"))}
    messages = write_messages(harbor, 3)

    assert deliver_messages() == DeliveryResult(released=3)
    waiting = read_again(messages[0])
    assert (waiting.status, waiting.attempts, waiting.leased_until) == (MessageStatus.PENDING, 0, None)
    assert waiting.next_attempt_at > timezone.now()


def test_a_claim_is_taken_over_only_after_its_lease(harbor: Organization, smtp_server: Mailbox) -> None:
    write_messages(harbor, 2)
    now = timezone.now()
    lease = datetime.timedelta(seconds=django_settings.MAIL_LEASE_SECONDS)
    with admin_context():
        assert len(claim_messages(now=now)) == 2
        assert claim_messages(now=now + lease - datetime.timedelta(seconds=1)) == []
        taken_over = claim_messages(now=now + lease)
    assert [message.attempts for message in taken_over] == [2, 2]


def test_a_message_no_worker_survives_is_given_up(harbor: Organization, smtp_server: Mailbox) -> None:
    [message] = write_messages(
        harbor,
        1,
        status=MessageStatus.SENDING,
        attempts=MAX_ATTEMPTS,
        leased_until=timezone.now(),
        next_attempt_at=timezone.now(),
    )

    assert deliver_messages() == DeliveryResult()
    assert read_again(message).status == MessageStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_never_claim_the_same_message(harbor: Organization) -> None:
    write_messages(harbor, 200)
    start = threading.Barrier(4)
    claimed: list[list[int]] = []

    def claim() -> None:
        try:
            start.wait(10)
            with admin_context():
                claimed.extend([message.pk for message in claim_messages(limit=30)] for _round in range(2))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    everything = [number for batch in claimed for number in batch]
    assert len(claimed) == 8
    assert len(everything) == 200
    assert len(set(everything)) == 200
