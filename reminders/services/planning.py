"""Planning reminders: what is due now becomes one digest a person a day in the outbox.

Safe to run at any time, any number of times, by several planners at once, and after any pause: the key of a digest and
the key of a reminder step are unique in the database, and both are written in one transaction.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Organization
from reminders.digest import compose_digest, line_for
from reminders.due import DueDigest, DueStep, due_reminders
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage, Reminder
from reminders.services.outbox import write_message

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PlanningResult:
    """What one run wrote; ``unreachable`` counts obligations whose reminders reach nobody."""

    digests: int
    steps: int
    unreachable: int


def digest_key(digest: DueDigest, today: date) -> str:
    """Return the key of a person's digest of a day."""
    return f"digest:{digest.recipient.key}:{today.isoformat()}"


def plan_reminders(*, organization: Organization, now: datetime | None = None) -> PlanningResult:
    """Write the digests that are due in the organization whose context is open.

    A digest that cannot be written is logged and does not hold up the others; the next run tries it again.
    """
    moment = now or timezone.now()
    due = due_reminders(organization, moment)
    digests = steps = 0
    for digest in due.digests:
        try:
            written = _write_digest(digest, organization, moment)
        except IntegrityError:
            logger.info("organization %s: another planner was first with a digest", organization.pk)
            continue
        except Exception:
            logger.exception("organization %s: a digest could not be written", organization.pk)
            continue
        digests += bool(written)
        steps += written
    if due.unreachable:
        logger.warning("organization %s: %s obligations reach nobody by mail", organization.pk, due.unreachable)
    return PlanningResult(digests, steps, due.unreachable)


def _write_digest(digest: DueDigest, organization: Organization, now: datetime) -> int:
    """Write one digest with its reminder steps; return how many, 0 where the day's digest stands already."""
    today = digest.recipient.timetable.local_date(now)
    with transaction.atomic():
        steps = _still_owed(digest)
        if not steps:
            return 0
        message = _write_message(digest, steps, organization, today)
        if message is None:
            return 0
        Reminder.objects.bulk_create(
            Reminder(
                obligation=step.obligation,
                due_on=step.obligation.due_on,
                offset_days=step.offset,
                recipient=digest.recipient.address,
                is_escalation=step.is_escalation,
                message=message,
                planned_at=now,
            )
            for step in steps
        )
        return len(steps)


def _still_owed(digest: DueDigest) -> list[DueStep]:
    """Return the steps whose obligation is unchanged, and keep it so until the digest is written."""
    wanted = {step.obligation.pk for step in digest.steps}
    unchanged = set(
        Obligation.objects.select_for_update(no_key=True)
        .filter(pk__in=wanted, status=ObligationStatus.OPEN)
        .order_by("pk")
        .values_list("pk", "due_on")
    )
    return [step for step in digest.steps if (step.obligation.pk, step.obligation.due_on) in unchanged]


def _write_message(
    digest: DueDigest, steps: list[DueStep], organization: Organization, today: date
) -> OutboxMessage | None:
    by_obligation: dict[int, DueStep] = {}
    for step in steps:
        by_obligation.setdefault(step.obligation.pk, step)
    lines = [
        line_for(step.obligation, today=today, is_escalation=step.is_escalation) for step in by_obligation.values()
    ]
    composed = compose_digest(lines, today=today, organization=organization)
    return write_message(
        key=digest_key(digest, today),
        recipient=digest.recipient.address,
        employee=digest.recipient.employee,
        subject=composed.subject,
        text_body=composed.text_body,
        html_body=composed.html_body,
    )
