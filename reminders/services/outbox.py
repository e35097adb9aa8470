"""Writing to the outbox: a message is a row of the caller's transaction, sent exactly as written."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Employee, Membership
from pipcycle.tenancy.models import current_organization_id
from reminders.enums import MessageStatus
from reminders.models import OutboxMessage
from reminders.rules import can_view_mail

SUBJECT_LENGTH = 200


def message_id_for(*, organization_id: int, key: str) -> str:
    """Return the Message-ID, derived from the key: a repeat of the same message is recognised by every mail client."""
    digest = hashlib.sha256(f"{organization_id}:{key}".encode()).hexdigest()[:40]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"


def write_message(
    *, key: str, recipient: str, employee: Employee | None, subject: str, text_body: str, html_body: str
) -> OutboxMessage | None:
    """Write a message; return None when one with that key already stands in the organization.

    Two transactions that write the same key at once: the second waits for the first and then writes nothing.
    """
    organization_id = current_organization_id()
    if organization_id is None:
        message = "A message is written inside the context of its organization."
        raise ValueError(message)
    if OutboxMessage.objects.filter(key=key).exists():
        return None
    try:
        with transaction.atomic():
            return OutboxMessage.objects.create(
                key=key,
                recipient=recipient,
                employee=employee,
                subject=" ".join(subject.split())[:SUBJECT_LENGTH],
                text_body=text_body,
                html_body=html_body,
                message_id=message_id_for(organization_id=organization_id, key=key),
            )
    except IntegrityError:
        # Another transaction wrote the same key between our look and our write.
        if OutboxMessage.objects.filter(key=key).exists():
            return None
        raise


def retry_given_up(*, actor: Membership) -> int:
    """Put every message that was given up back into the queue with fresh attempts; return how many."""
    if not can_view_mail(actor):
        raise PermissionDenied
    return OutboxMessage.objects.filter(status=MessageStatus.FAILED).update(
        status=MessageStatus.PENDING, attempts=0, next_attempt_at=timezone.now(), leased_until=None
    )
