"""Immediate notices: something happened that a person should know today."""

import logging
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.functional import Promise

from people.addresses import absolute_url
from people.models import Employee
from reminders.models import OutboxMessage
from reminders.recipients import address_of
from reminders.services.outbox import write_message

logger = logging.getLogger(__name__)


def notify(
    *,
    key: str,
    to: Employee,
    subject: str | Promise,
    lines: Sequence[str | Promise],
    url: str,
) -> OutboxMessage | None:
    """Write a notice to the outbox in the caller's transaction; a notice of the same key is written once.

    ``url`` is a path of the portal. Neither subject nor lines carry the content of a plan, the subject no name either:
    mail is read on other people's screens. Returns None when the employee has no address.
    """
    address = address_of(to)
    if not address:
        logger.warning("notice without an address: %s", key)
        return None
    context = {
        "subject": str(subject),
        "lines": [str(line) for line in lines],
        "url": absolute_url(url),
        "organization": to.organization,
    }
    message = write_message(
        key=key,
        recipient=address,
        employee=to,
        subject=str(subject),
        text_body=render_to_string("reminders/mail/notice.txt", context),
        html_body=render_to_string("reminders/mail/notice.html", context),
    )
    return message or OutboxMessage.objects.get(key=key)
