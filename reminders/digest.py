"""The words of a digest: one mail a person a day, that says what, by when and where, and nothing of anybody's case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.addresses import absolute_url, portal_url
from people.models import Organization
from pipcycle.ui.relative_time import due_words
from reminders.models import Obligation
from reminders.registry import kind_for


@dataclass(frozen=True)
class DigestLine:
    """One obligation as its mail says it."""

    action: str | Promise
    due_on: date
    due: str
    url: str
    is_escalation: bool = False


@dataclass(frozen=True)
class DigestGroup:
    """Lines under one heading."""

    heading: str
    lines: Sequence[DigestLine]
    is_late: bool = False


@dataclass(frozen=True)
class Digest:
    """A digest ready for the outbox."""

    subject: str
    text_body: str
    html_body: str


def line_for(obligation: Obligation, *, today: date, is_escalation: bool) -> DigestLine:
    """Return the line of one obligation for a reader whose day is ``today``; it names nobody.

    What one does oneself is said as an action, what somebody else has not done as a thing.
    """
    kind = kind_for(obligation.kind)
    return DigestLine(
        action=kind.title if is_escalation else kind.action,
        due_on=obligation.due_on,
        due=due_words(obligation.due_on, today),
        url=absolute_url(kind.url(obligation)),
        is_escalation=is_escalation,
    )


def group_lines(lines: Sequence[DigestLine], *, today: date) -> Sequence[DigestGroup]:
    """Return the lines under their headings, the most pressing first; empty groups are left out."""
    own = sorted((line for line in lines if not line.is_escalation), key=lambda line: line.due_on)
    escalated = sorted((line for line in lines if line.is_escalation), key=lambda line: line.due_on)
    groups = [
        DigestGroup(_("Overdue"), [line for line in own if line.due_on < today], is_late=True),
        DigestGroup(_("Today"), [line for line in own if line.due_on == today]),
        DigestGroup(_("Coming up"), [line for line in own if line.due_on > today]),
        DigestGroup(_("Overdue with people you are responsible for"), escalated, is_late=True),
    ]
    return [group for group in groups if group.lines]


def subject_for(lines: Sequence[DigestLine], *, today: date, organization: Organization) -> str:
    """Return the subject: how many things, never which or whose."""
    pressing = sum(1 for line in lines if line.due_on <= today)
    if pressing:
        words = ngettext("%(count)d thing needs you today", "%(count)d things need you today", pressing)
        return f"{words % {'count': pressing}} · {organization.name}"
    words = ngettext("%(count)d thing is coming up", "%(count)d things are coming up", len(lines))
    return f"{words % {'count': len(lines)}} · {organization.name}"


def compose_digest(lines: Sequence[DigestLine], *, today: date, organization: Organization) -> Digest:
    """Return the digest of the lines, in text and HTML."""
    subject = subject_for(lines, today=today, organization=organization)
    context: dict[str, Any] = {
        "subject": subject,
        "day": date_format(today, "l, j F Y"),
        "groups": group_lines(lines, today=today),
        "organization": organization,
        "home": absolute_url(portal_url(organization, "reminders:home")),
    }
    return Digest(
        subject=subject,
        text_body=render_to_string("reminders/mail/digest.txt", context),
        html_body=render_to_string("reminders/mail/digest.html", context),
    )
