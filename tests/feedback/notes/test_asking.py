"""Asking for feedback: who may ask whom about whom, what is owed, and how a question ends."""

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone
from django_rls_tenants import tenant_context

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import Readers, RequestStatus
from feedback.note_obligations import ABOUT_REQUEST, ANSWER
from feedback.selectors.notes import notes_visible_to, requests_visible_to
from feedback.services.feedback_notes import answer_request
from feedback.services.requests import ask_for_feedback, decline_request, withdraw_request
from feedback.tasks import end_questions
from people.enums import LeavingKind
from people.models import Employee, Organization
from people.services.employees import end_employment
from pipcycle.errors import DomainError
from reminders.models import Obligation, OutboxMessage
from tests.cast import EmployeeFactory, Person

Ask = Callable[..., FeedbackRequest]
QUESTION = "What should I keep doing in our weekly review?"


@pytest.fixture
def ask(harbor_context: Organization, alice: Person, dora: Person) -> Ask:
    """Return a function by which Alice asks Dora about herself, unless told otherwise."""

    def send(actor: Person = alice, **changes: Any) -> FeedbackRequest:
        facts: dict[str, Any] = {
            "asked": dora.employee,
            "about": alice.employee,
            "question": QUESTION,
            "due_on": timezone.localdate() + datetime.timedelta(days=7),
            **changes,
        }
        return ask_for_feedback(actor=actor.member, **facts)

    return send


def owed(request: FeedbackRequest) -> list[tuple[str, Employee | None]]:
    """Return what is owed about the question, with its state and owner."""
    rows = Obligation.objects.filter(kind=ANSWER, about_type=ABOUT_REQUEST, about_id=request.pk)
    return [(row.status, row.owner) for row in rows]


def test_who_is_asked_owes_an_answer_on_a_day_they_work(ask: Ask, dora: Person) -> None:
    saturday = timezone.localdate() + datetime.timedelta(days=(5 - timezone.localdate().weekday()) % 7 + 7)

    request = ask(due_on=saturday)

    assert owed(request) == [("open", dora.employee)]
    assert request.due_on > saturday
    assert Obligation.objects.get(about_id=request.pk, kind=ANSWER).due_on == request.due_on


def test_mail_says_that_somebody_asks_and_not_what_or_about_whom(ask: Ask, dora: Person) -> None:
    ask()

    mail = OutboxMessage.objects.get()
    assert mail.recipient == dora.email
    assert mail.subject == "You are asked for feedback"
    assert not [word for word in ("Alice", "weekly review") if word in mail.subject + mail.text_body + mail.html_body]


def test_a_manager_asks_about_somebody_below_and_nobody_else_does(ask: Ask, bob: Person, carol: Person) -> None:
    assert ask(bob).asked_by == bob.employee
    assert ask(carol).asked_by == carol.employee
    with pytest.raises(PermissionDenied):
        ask(bob, about=carol.employee)


@pytest.mark.parametrize("who", ["hana", "adam", "eve", "ines", "dora"])
def test_no_role_may_ask_about_others(who: str, ask: Ask, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        ask(request.getfixturevalue(who))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"question": "  "}, "Ask something that can be answered"),
        ({"due_on": datetime.date(2020, 1, 1)}, "from today on"),
        ({"due_on": datetime.date(2199, 1, 1)}, "at most 90 days"),
    ],
)
def test_a_question_nobody_could_answer_is_refused(changes: dict[str, Any], words: str, ask: Ask) -> None:
    with pytest.raises(DomainError, match=words):
        ask(**changes)
    assert not FeedbackRequest.objects.exists()


def test_nobody_is_asked_about_themself_or_without_a_sign_in(ask: Ask, alice: Person, bob: Person) -> None:
    with pytest.raises(DomainError, match="other than yourself"):
        ask(asked=alice.employee)
    with pytest.raises(DomainError, match="other than yourself"):
        ask(bob, asked=alice.employee)
    with pytest.raises(DomainError, match="has no sign-in"):
        ask(asked=EmployeeFactory.create())


def test_an_answer_is_a_note_that_who_asked_reads(ask: Ask, dora: Person, carol: Person, alice: Person) -> None:
    request = ask(carol)

    note = answer_request(actor=dora.member, request=request, text="She asks first.", readers=Readers.MANAGER)

    assert (note.about, note.manager, note.request) == (alice.employee, carol.employee, request)
    assert list(notes_visible_to(carol.member)) == [note]
    assert not notes_visible_to(alice.member).exists()
    assert owed(request) == [("fulfilled", dora.employee)]
    assert request.status == RequestStatus.ANSWERED


def test_who_asked_cannot_be_left_out(ask: Ask, dora: Person, carol: Person) -> None:
    with pytest.raises(DomainError, match="among those offered"):
        answer_request(actor=dora.member, request=ask(carol), text="She asks.", readers=Readers.RECEIVER)
    with pytest.raises(DomainError, match="among those offered"):
        answer_request(actor=dora.member, request=ask(), text="You ask.", readers=Readers.MANAGER)
    assert not FeedbackNote.objects.exists()
    assert set(FeedbackRequest.objects.values_list("status", flat=True)) == {RequestStatus.OPEN}


def test_declining_needs_no_reason_and_is_told(ask: Ask, dora: Person, alice: Person) -> None:
    request = ask()

    decline_request(actor=dora.member, request=request)

    assert (request.status, request.reason) == (RequestStatus.DECLINED, "")
    assert owed(request) == [("fulfilled", dora.employee)]
    assert OutboxMessage.objects.filter(recipient=alice.email).count() == 1


def test_a_question_taken_back_is_owed_no_more(ask: Ask, alice: Person, dora: Person) -> None:
    request = ask()

    withdraw_request(actor=alice.member, request=request)

    assert owed(request) == [("withdrawn", dora.employee)]
    with pytest.raises(DomainError, match="closed already: taken back"):
        answer_request(actor=dora.member, request=request, text="Too late.", readers=Readers.RECEIVER)


def test_only_who_is_asked_answers_and_only_who_asked_takes_back(ask: Ask, alice: Person, dora: Person) -> None:
    request = ask()

    with pytest.raises(PermissionDenied):
        answer_request(actor=alice.member, request=request, text="Myself.", readers=Readers.RECEIVER)
    with pytest.raises(PermissionDenied):
        decline_request(actor=alice.member, request=request)
    with pytest.raises(PermissionDenied):
        withdraw_request(actor=dora.member, request=request)


@pytest.mark.parametrize(
    ("who", "count"), [("alice", 1), ("dora", 1), ("bob", 0), ("carol", 0), ("hana", 0), ("adam", 0), ("ines", 0)]
)
def test_a_question_is_between_two(who: str, count: int, ask: Ask, request: pytest.FixtureRequest) -> None:
    ask()

    assert requests_visible_to(request.getfixturevalue(who).member).count() == count


@pytest.mark.parametrize("who", ["alice", "dora"])
def test_what_people_who_have_left_asked_or_are_asked_ends(
    who: str, ask: Ask, dora: Person, harbor: Organization, request: pytest.FixtureRequest
) -> None:
    asked, leaver = ask(), request.getfixturevalue(who).employee
    assert end_questions() == 0
    end_employment(actor=None, employee=leaver, left_on=datetime.date(2026, 1, 5), kind=LeavingKind.OTHER)

    assert end_questions() == 1

    with tenant_context(harbor.pk):
        asked.refresh_from_db()
        assert (asked.status, owed(asked)) == (RequestStatus.WITHDRAWN, [("withdrawn", dora.employee)])
    assert end_questions() == 0


@pytest.mark.usefixtures("transactional_db")
def test_a_question_is_answered_once_even_from_two_tabs(ask: Ask, dora: Person, harbor: Organization) -> None:
    request = ask()
    refusals = answer_at_once(request, dora, harbor)

    assert FeedbackNote.objects.filter(request=request).count() == 1
    assert [str(refusal) for refusal in refusals] == ["This question is closed already: answered."]


def answer_at_once(request: FeedbackRequest, dora: Person, harbor: Organization) -> list[DomainError]:
    """Answer from two threads at the same moment; return what was refused."""
    start, refusals = threading.Barrier(2), list[DomainError]()

    def answer() -> None:
        try:
            with tenant_context(harbor.pk):
                own = FeedbackRequest.objects.select_related("about", "asked_by").get(pk=request.pk)
                start.wait(10)
                answer_request(actor=dora.member, request=own, text="It helps.", readers=Readers.RECEIVER)
        except DomainError as refusal:
            refusals.append(refusal)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refusals
