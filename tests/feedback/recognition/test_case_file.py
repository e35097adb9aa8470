"""The case file tells of feedback both sides read and of recognition, and of nothing else."""

import pytest

from feedback.note_enums import Readers
from feedback.services.feedback_notes import give_note, show_note
from feedback.services.recognition import set_opted_out
from feedback.timeline import timeline
from tests.cast import Person
from tests.feedback.recognition.conftest import Praise


def told(reader: Person, employee: Person) -> list[tuple[str, str]]:
    """Return titles and words of what the room tells the reader of the employee."""
    events = timeline(reader.member, employee.employee, None, None)
    return [(str(event.title), event.body) for event in events]


@pytest.mark.usefixtures("harbor_context")
def test_a_note_for_the_manager_alone_is_in_nobody_s_case_file_until_it_is_shown(
    alice: Person, bob: Person, dora: Person, hana: Person
) -> None:
    note = give_note(actor=dora.member, about=alice.employee, text="Between us.", readers=Readers.MANAGER)
    assert [told(reader, alice) for reader in (alice, bob, dora, hana)] == [[], [], [], []]

    show_note(actor=dora.member, note=note)

    shown = [("Feedback", "Between us.")]
    assert [told(reader, alice) for reader in (alice, bob, hana)] == [shown, shown, []]


def test_recognition_is_told_unless_the_person_does_not_want_to_appear(
    praise: Praise, alice: Person, bob: Person
) -> None:
    praise()
    recognized = [("Recognition: Ask first", "You asked twice.")]
    assert [told(reader, alice) for reader in (alice, bob)] == [recognized, recognized]

    set_opted_out(actor=alice.member, is_opted_out=True)

    assert [told(reader, alice) for reader in (alice, bob)] == [[], []]
