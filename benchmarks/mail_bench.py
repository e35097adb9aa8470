"""Delivery from the outbox against a bare ``smtplib`` loop, to the same SMTP server in a process of its own."""

import email.message
import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from benchmarks.harness import report, services

MAILS = int(os.environ.get("BENCH_MAILS", "100"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "9"))
LIMIT = 0.8

SINK = """
import logging, signal, sys
from aiosmtpd.controller import Controller
logging.disable(logging.CRITICAL)
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
controller = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
signal.pause()
"""


@contextmanager
def mail_sink() -> Iterator[int]:
    """Run an SMTP server that takes everything and keeps nothing; yield its port."""
    from pipcycle.local.valkey import free_port

    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SINK, str(port)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait()


def bare_loop(port: int, bodies: tuple[str, str]) -> float:
    """Send the same mails over one connection with nothing but the standard library; return the seconds."""
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for number in range(MAILS):
            mail = email.message.EmailMessage()
            mail["Subject"] = "1 thing needs you today · Harbor"
            mail["From"] = "PIPCycle <no-reply@pipcycle.example>"
            mail["To"] = f"person{number}@harbor.example"
            mail["Date"] = datetime.now(UTC)
            mail["Message-ID"] = f"<{number:040}@pipcycle.example>"
            mail["Auto-Submitted"] = "auto-generated"
            mail["X-Auto-Response-Suppress"] = "All"
            mail.set_content(bodies[0])
            mail.add_alternative(bodies[1], subtype="html")
            connection.send_message(mail)
    return time.perf_counter() - started


def outbox(organization_id: int, bodies: tuple[str, str], round_number: int) -> float:
    """Send as many mails from the outbox, each claimed, sent and recorded on its own; return the seconds."""
    from django_rls_tenants import tenant_context

    from reminders.models import OutboxMessage
    from reminders.services.delivery import deliver_messages
    from reminders.services.outbox import message_id_for

    with tenant_context(organization_id):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                key=(key := f"bench:{round_number}:{number}"),
                recipient=f"person{number}@harbor.example",
                subject="1 thing needs you today · Harbor",
                text_body=bodies[0],
                html_body=bodies[1],
                message_id=message_id_for(organization_id=organization_id, key=key),
            )
            for number in range(MAILS)
        )
    started = time.perf_counter()
    result = deliver_messages(run_seconds=120)
    seconds = time.perf_counter() - started
    assert result.sent == MAILS
    return seconds


def digest_bodies() -> tuple[str, str]:
    """Return the two parts of a real digest."""
    from people.models import Organization
    from reminders.digest import DigestLine, compose_digest

    today = date(2027, 3, 3)
    line = DigestLine("Acknowledge the plan", today, "Due today", "https://portal.example/o/harbor/plans/1/")
    composed = compose_digest([line] * 3, today=today, organization=Organization(name="Harbor", slug="harbor"))
    return composed.text_body, composed.html_body


def main() -> int:
    """Measure both in turns and report; return 1 if the ratio misses its limit."""
    with mail_sink() as port:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        with services():
            from people.models import Organization

            organization = Organization.objects.create(name="Harbor", slug="harbor")
            bodies = digest_bodies()
            bare_loop(port, bodies)
            outbox(organization.pk, bodies, 0)
            pairs = [
                (bare_loop(port, bodies), outbox(organization.pk, bodies, number)) for number in range(1, ROUNDS + 1)
            ]
    bare = MAILS / statistics.median(pair[0] for pair in pairs)
    delivered = MAILS / statistics.median(pair[1] for pair in pairs)
    kept = report(
        "reminder delivery",
        delivered,
        "mails/s",
        ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
        against=f"a bare smtplib loop to the same server, {bare:.0f} mails/s",
        limit=LIMIT,
        lower_is_better=False,
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
