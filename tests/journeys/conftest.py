"""Visitors with a browser of their own; every page they open is walked by axe and its console kept."""

import datetime
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django_rls_tenants import tenant_context
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from documents.enums import AcknowledgementKind
from people.models import Organization, User
from pips.inputs import ConcernInput
from pips.models import Plan
from pips.services.plan import acknowledge_plan
from pips.services.progress import deliver_support
from pips.tasks import refresh_organization
from reminders.tasks import deliver_messages
from tests.cast import PASSWORD, Person
from tests.pips.conftest import Clock, Stage
from tests.support.mail import Mailbox
from tests.ui.axe import violations

CONCERN = ConcernInput(
    occurred_on=datetime.date(2026, 5, 5),
    description="The April figures came eight days late.",
    standard="Figures are delivered on the agreed day.",
)

#: A Monday morning in Boston that lies in the past: mail from then on is due at once in the worker's real time.
FIRST_DAY = datetime.datetime(2026, 6, 1, 15, 0, tzinfo=datetime.UTC)


@dataclass
class Visitor:
    """A person at a browser."""

    page: Page
    address: str
    person: Person | None = None
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def sign_in(self) -> None:
        """Sign in through the form."""
        assert self.person is not None
        self.page.goto(f"{self.address}/accounts/login/")
        self.look()
        self.page.get_by_label("E-mail").fill(self.person.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def open(self, path: str, *, status: int = 200) -> None:
        """Open an address of the product, signing in again when the session has ended, and look the page over."""
        response = self.page.goto(f"{self.address}{path}")
        if self.person is not None and "/accounts/login/" in self.page.url:
            self.sign_in()
            response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        assert response.status == status
        self._forgive(status)
        self.look()

    def follow(self, link: str | Locator) -> None:
        """Follow a link of the page, by its words, and look the page over."""
        target = self.page.get_by_role("link", name=link, exact=True).first if isinstance(link, str) else link
        target.click()
        self.page.wait_for_load_state()
        self.look()

    def press(self, button: str, *, status: int = 200) -> None:
        """Press a button of the page's main part, by its words, and look the next page over."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_load_state()
        self._forgive(status)
        self.look()

    def _forgive(self, status: int) -> None:
        """Forget the browser's own line about a status that was meant."""
        if status != 200:
            self.said = [line for line in self.said if f"status of {status}" not in line]

    def look(self) -> None:
        """Fail on anything axe finds and on anything the page said to the console."""
        self.page.wait_for_load_state()  # a page that follows an import loads itself again, first without its styles
        assert violations(self.page) == []
        assert [line for line in self.said if line.startswith(("error", "warning"))] == []

    def sees(self, words: str) -> None:
        """Fail unless the words stand in the main part of the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def sees_not(self, words: str) -> None:
        """Fail if the words stand in the main part of the page."""
        expect(self.page.locator("main")).not_to_contain_text(words)


class PastStage(Stage):
    """The maker of plans, in the summer of the journeys; the calendar's task runs whenever the clock is moved."""

    def content(self) -> dict[str, Any]:
        """Return a complete draft whose example lies before the first day."""
        return {**super().content(), "starts_on": None, "concerns": [CONCERN]}

    def to(self, day: datetime.date) -> None:
        """Move the clock to noon of that day and let the schedule do its work."""
        self.clock.to(day)
        refresh_organization(self.alice.organization.pk)

    def active(self) -> Plan:
        """Return an acknowledged plan on the day of its start."""
        plan = self.issued()
        acknowledge_plan(actor=self.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
        assert plan.starts_on is not None
        self.to(plan.starts_on)
        plan.refresh_from_db()
        return plan

    def deliver(self, plan: Plan) -> None:
        """Deliver all promised support on the day of the start."""
        assert plan.starts_on is not None
        for commitment in plan.support_commitments.all():
            deliver_support(actor=self.bob.member, commitment=commitment, delivered_on=plan.starts_on, note="Done.")


type Welcome = Callable[[Person | None], Visitor]


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Monday 1 June 2026, ticking."""
    with time_machine.travel(FIRST_DAY, tick=True) as traveller:
        yield Clock(traveller)


@pytest.fixture
def running(live_server: LiveServer, worker: subprocess.Popen[bytes]) -> LiveServer:
    """The web server with a real worker beside it."""
    assert worker.poll() is None
    return live_server


@pytest.fixture
def welcome(running: LiveServer, browser: Browser) -> Iterator[Welcome]:
    """Return a function that gives a person a browser and signs them in; None stays a stranger."""
    contexts = []

    def invite(person: Person | None) -> Visitor:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
        contexts.append(context)
        context.set_default_timeout(30_000)
        visitor = Visitor(context.new_page(), running.url, person)
        if person is not None:
            User.objects.filter(pk=person.user.pk).update(password=make_password(PASSWORD))
            visitor.sign_in()
        return visitor

    yield invite
    for context in contexts:
        context.close()


@pytest.fixture
def stage(
    running: LiveServer, harbor: Organization, alice: Person, bob: Person, hana: Person, clock: Clock
) -> Iterator[PastStage]:
    """The other people of a journey, acting through the services."""
    with tenant_context(harbor.pk):
        yield PastStage(alice, bob, hana, clock)


@pytest.fixture
def link_in_mail(smtp_server: Mailbox) -> Callable[[Person, str], str]:
    """Return a function that waits for a person's mail and returns the path of the link in it."""

    def find(person: Person, subject: str) -> str:
        deliver_messages.delay()
        mail = _wait_for_mail(smtp_server, person.email, subject)
        body = mail.get_body(preferencelist=("plain",))
        assert body is not None
        found = re.search(r"https?://[^/\s]+(/\S+)", str(body.get_content()))
        assert found is not None
        return found[1]

    return find


def _wait_for_mail(mailbox: Mailbox, address: str, subject: str) -> EmailMessage:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mail in mailbox.messages:
            if address in str(mail["To"]) and subject in str(mail["Subject"]):
                return mail
        time.sleep(0.1)
    pytest.fail(f"no mail about “{subject}” came to {address}: {[str(mail['Subject']) for mail in mailbox.messages]}")
