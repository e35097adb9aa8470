"""The planner and the deliverer as they run: a real worker, a real scheduler, a real broker, mail over real SMTP."""

import datetime
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context

from people.models import Location, Organization
from people.working_days import WorkingCalendar
from pipcycle.local.spawn import wait_until
from reminders.enums import MessageStatus
from reminders.models import Obligation, OutboxMessage
from reminders.services.obligations import owe
from reminders.tasks import deliver_messages, plan_reminders
from tests.cast import Person
from tests.reminders.services.test_delivery import write_messages
from tests.support.mail import Mailbox

StartWorker = Callable[..., subprocess.Popen[bytes]]
MAILS = 500


def test_a_worker_killed_amid_500_mails_loses_none(
    monkeypatch: pytest.MonkeyPatch, start_worker: StartWorker, harbor: Organization, smtp_server: Mailbox
) -> None:
    monkeypatch.setenv("MAIL_LEASE_SECONDS", "4")
    expected = {message.message_id for message in write_messages(harbor, MAILS)}
    worker = start_worker()
    deliver_messages.delay()
    smtp_server.wait_for(120, seconds=60)

    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(10)
    time.sleep(0.3)
    at_the_kill = len(smtp_server.messages)
    assert 120 <= at_the_kill < MAILS

    start_worker()

    def is_done() -> bool:
        deliver_messages.delay()  # as the scheduler does
        with tenant_context(harbor.pk):
            return not OutboxMessage.objects.exclude(status=MessageStatus.SENT).exists()

    assert wait_until(is_done, seconds=120, pause=0.5)
    received = Counter(mail["Message-ID"] for mail in smtp_server.messages)
    assert set(received) == expected
    repeated = {message_id: count for message_id, count in received.items() if count > 1}
    assert len(repeated) <= 1
    assert all(count == 2 for count in repeated.values())


def make_it_morning(organization: Organization) -> None:
    """Move the places of work to where it is about noon of a day that is worked there."""
    hours_ahead = 12 - timezone.now().hour
    today = (timezone.now() + datetime.timedelta(hours=hours_ahead)).date()
    country = next(code for code in ("US", "IL", "BN", "IR") if WorkingCalendar(code).is_working_day(today))
    # The names of these zones count hours westwards.
    zone = f"Etc/GMT{-hours_ahead:+d}" if hours_ahead else "UTC"
    with tenant_context(organization.pk):
        Location.objects.update(time_zone=zone, country=country, subdivision="")


def test_scheduler_and_worker_bring_what_is_due_by_mail(
    start_worker: StartWorker, harbor: Organization, alice: Person, smtp_server: Mailbox
) -> None:
    make_it_morning(harbor)
    long_ago = timezone.now() - datetime.timedelta(days=30)
    with tenant_context(harbor.pk):
        owe(
            kind="acknowledge_plan",
            about_type="plan",
            about_id=1,
            due_on=timezone.now().date() - datetime.timedelta(days=1),
            owner=alice.employee,
            employee=alice.employee,
        )
        Obligation.objects.update(due_set_at=long_ago)
    start_worker()
    start_worker("beat")
    plan_reminders.delay()

    [mail] = smtp_server.wait_for(1, seconds=90)
    assert (mail["To"], mail["Subject"]) == ("alice@harbor.example", "1 thing needs you today · Harbor")
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "Acknowledge the plan" in text
    assert "/o/harbor/plans/1/" in html
