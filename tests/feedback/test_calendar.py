"""Check-ins in the calendars of the two, and of nobody else."""

from feedback.models import CheckIn
from reminders.calendar.feed import entries_of
from tests.cast import Person
from tests.feedback.conftest import NEXT_WEEK


def test_both_find_their_check_in_once(check_in: CheckIn, alice: Person, bob: Person, carol: Person) -> None:
    for person in (alice, bob):
        assert [(entry.day, str(entry.title)) for entry in entries_of(person.member)] == [(NEXT_WEEK, "Check-in")]
    assert entries_of(carol.member) == []
    assert entries_of(alice.member)[0].url == check_in.get_absolute_url()
