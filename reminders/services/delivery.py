"""Sending what stands in the outbox: every message on its own, none lost, at most the one in flight repeated.

A batch is claimed under a lease and the claim is committed before anything is sent; each message is then sent and
recorded in a transaction of its own. A worker that dies leaves the rest of its batch to whoever comes after the lease.
This is the one place that reads the outboxes of all organizations together, because one connection serves them all.
"""

import logging
import smtplib
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_rls_tenants import admin_context

from reminders.enums import MessageStatus
from reminders.models import OutboxMessage
from reminders.sent_record import SentRecord

logger = logging.getLogger(__name__)

BATCH_SIZE = 50
RUN_SECONDS = 12.0
"""A run claims no further batch after this, so that the next run of the schedule finds a free worker."""

BACKOFF_MINUTES = (1, 5, 25, 125, 240, 240, 240)
"""The pause after each failed attempt at one message but the last, after which it is given up."""

MAX_ATTEMPTS = len(BACKOFF_MINUTES) + 1

UNREACHABLE_PAUSE = timedelta(minutes=1)
"""The pause when the mail server itself cannot be reached, which is no fault of any message and counts for none."""


@dataclass
class DeliveryResult:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    released: int = 0


def deliver_messages(*, run_seconds: float = RUN_SECONDS) -> DeliveryResult:
    """Send waiting messages until none is due, the time is up or the server is gone."""
    result = DeliveryResult()
    started = time.monotonic()
    mailer: BaseEmailBackend = mailers.default
    try:
        with admin_context():
            while time.monotonic() - started < run_seconds:
                batch = claim_messages()
                if not batch or not _send_batch(batch, mailer, result):
                    break
    finally:
        _close(mailer)
    if result.failed or result.released:
        logger.warning("mail: %s sent, %s failed, %s put back", result.sent, result.failed, result.released)
    return result


def claim_messages(*, limit: int = BATCH_SIZE, now: datetime | None = None) -> Sequence[OutboxMessage]:
    """Take up to ``limit`` due messages for this worker alone, in the admin context; the claim is committed on return.

    Due are those waiting, and those another worker claimed and let its lease run out on.
    """
    moment = now or timezone.now()
    until = moment + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    with transaction.atomic():
        batch = list(
            OutboxMessage.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            .filter(
                status__in=[MessageStatus.PENDING, MessageStatus.SENDING],
                next_attempt_at__lte=moment,
                organization__is_active=True,
            )
            .order_by("next_attempt_at", "id")[:limit]
        )
        _give_up_exhausted(batch)
        batch = [message for message in batch if message.attempts < MAX_ATTEMPTS]
        OutboxMessage.objects.filter(pk__in=[message.pk for message in batch]).update(
            status=MessageStatus.SENDING, leased_until=until, next_attempt_at=until, attempts=F("attempts") + 1
        )
    for message in batch:
        message.attempts += 1
        message.leased_until = until
    return batch


def _give_up_exhausted(batch: Sequence[OutboxMessage]) -> None:
    """Give up messages whose every attempt ended with the worker's own end, lest they end each worker for ever."""
    exhausted = [message.pk for message in batch if message.attempts >= MAX_ATTEMPTS]
    if exhausted:
        logger.error("messages %s: given up, no attempt came to an end", exhausted)
        OutboxMessage.objects.filter(pk__in=exhausted).update(
            status=MessageStatus.FAILED, leased_until=None, last_error="No attempt came to an end."
        )


def compose_message(message: OutboxMessage) -> EmailMultiAlternatives:
    """Return the mail exactly as the outbox has it, marked as automatic so that no absence note answers it."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text_body,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(message.html_body, "text/html")
    return mail


def _send_batch(batch: Sequence[OutboxMessage], mailer: BaseEmailBackend, result: DeliveryResult) -> bool:
    """Send the batch; return whether to go on with another: not if the server is gone.

    A slow server never outlives the lease: what is left at half of it is put back for the next claim.
    """
    claimed = time.monotonic()
    rest: Sequence[OutboxMessage] = []
    pause = timedelta()
    with SentRecord() as record:
        for position, message in enumerate(batch):
            if time.monotonic() - claimed > settings.MAIL_LEASE_SECONDS / 2:
                rest = batch[position:]
                break
            try:
                mailer.open()
            except OSError as error:
                logger.warning("mail server unreachable: %s", type(error).__name__)
                rest, pause = batch[position:], UNREACHABLE_PAUSE
                break
            _send_one(message, mailer, record, result)
    if rest:
        _put_back(rest, result, pause=pause)
    return not pause


def _send_one(message: OutboxMessage, mailer: BaseEmailBackend, record: SentRecord, result: DeliveryResult) -> None:
    try:
        mailer.send_messages([compose_message(message)])
    except Exception as error:  # noqa: BLE001  # whatever is wrong with one message, the others must go out
        result.failed += 1
        record.wait()
        _record_failure(message, error)
        if not isinstance(error, (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError)):
            # The connection itself may be broken: the next message gets a new one.
            _close(mailer)
    else:
        result.sent += 1
        record.hand_over(message.pk)


def _record_failure(message: OutboxMessage, error: Exception) -> None:
    """Put the message off, or give it up after the last attempt."""
    is_last = message.attempts >= MAX_ATTEMPTS
    pause = timedelta(minutes=0 if is_last else BACKOFF_MINUTES[message.attempts - 1])
    logger.warning(
        "message %s: attempt %s failed: %s%s",
        message.pk,
        message.attempts,
        type(error).__name__,
        ", given up" if is_last else "",
    )
    OutboxMessage.objects.filter(pk=message.pk).update(
        status=MessageStatus.FAILED if is_last else MessageStatus.PENDING,
        leased_until=None,
        next_attempt_at=timezone.now() + pause,
        last_error=f"{type(error).__name__}: {error}"[:300],
    )


def _put_back(messages: Sequence[OutboxMessage], result: DeliveryResult, *, pause: timedelta) -> None:
    """Give up the claim on messages that were not tried; they lose no attempt by it."""
    result.released += len(messages)
    OutboxMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        status=MessageStatus.PENDING,
        leased_until=None,
        next_attempt_at=timezone.now() + pause,
        attempts=F("attempts") - 1,
    )


def _close(mailer: BaseEmailBackend) -> None:
    # A connection that broke cannot say goodbye either.
    with suppress(OSError):
        mailer.close()
