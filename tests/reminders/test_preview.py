"""``reminders_preview``."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people.models import Leave, Organization
from reminders.models import Obligation, OutboxMessage, Reminder
from tests.cast import Person, make_person
from tests.reminders.conftest import TODAY, OweAnswer

pytestmark = pytest.mark.usefixtures("harbor_context")


def preview(at: str) -> list[str]:
    Obligation.objects.update(due_set_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    out = StringIO()
    call_command("reminders_preview", "harbor", at=at, stdout=out)
    return out.getvalue().splitlines()


def test_it_says_what_to_whom_and_why(alice: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)

    assert preview("2027-02-24T13:00:00Z") == [
        "Harbor at 2027-02-24 13:00 UTC: 1 digests",
        "",
        "alice@harbor.example  (local time Wed 2027-02-24 08:00, America/New_York)",
        "  Answer the check-in: thing 1, due Wed 2027-03-03, step -7 planned for Wed 2027-02-24 [own]",
    ]


def test_it_names_the_days_it_skipped(alice: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice, due_on=datetime.date(2027, 4, 18))
    Leave.objects.create(
        employee=alice.employee, starts_on=datetime.date(2027, 4, 20), ends_on=datetime.date(2027, 4, 20)
    )

    assert preview("2027-04-21T12:00")[-2] == (
        "  Answer the check-in: thing 1, due Sun 2027-04-18, step +0 planned for Sun 2027-04-18, "
        "moved to Wed 2027-04-21 (Sun 18 Apr weekend; Mon 19 Apr Patriots' Day; Tue 20 Apr on leave) [own]"
    )


def test_it_marks_escalations_and_queues(
    alice: Person, bob: Person, hana: Person, owe_answer: OweAnswer, owe_review: OweAnswer
) -> None:
    owe_answer(alice, due_on=TODAY - datetime.timedelta(days=5))
    owe_review(alice)

    lines = preview("2027-03-03T13:00:00Z")
    assert [line.rsplit("[", 1)[1] for line in lines if line.endswith("]")] == [
        *["own]"] * 4,
        "escalation]",
        *["queue of hr_partner]"] * 2,
    ]


def test_it_counts_what_reaches_nobody(harbor: Organization, owe_answer: OweAnswer) -> None:
    nora = make_person(harbor, "Nora", "North")
    owe_answer(nora)
    nora.employee.email = ""
    nora.employee.save()
    nora.member.is_active = False
    nora.member.save()

    assert preview("2027-03-03T13:00:00Z")[-1] == "Obligations that reach nobody by mail: 1"


def test_it_writes_nothing(alice: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)
    preview("2027-03-03T13:00:00Z")

    assert not OutboxMessage.objects.exists()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(("organization", "at"), [("nowhere", "2027-03-03T13:00:00Z"), ("harbor", "next Tuesday")])
def test_a_mistake_is_answered_in_one_line(organization: str, at: str) -> None:
    with pytest.raises(CommandError, match=r"^[^\n]+$"):
        call_command("reminders_preview", organization, at=at)
