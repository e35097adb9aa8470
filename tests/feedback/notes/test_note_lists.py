"""The lists of feedback: whose notes each part shows, narrowed, ordered, remembered, downloaded."""

import csv
import io
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from feedback.models import FeedbackRequest
from feedback.note_enums import Readers
from feedback.services.feedback_notes import withdraw_note
from people.models import AccessRecord
from tests.cast import Person, make_person
from tests.feedback.notes.conftest import FEEDBACK, ClientOf, GiveNote


def shown(page: Any) -> list[str]:
    """Return the words of the notes in a list."""
    return [note.text for note in page.context["page"]]


def test_each_part_shows_its_own(browse: ClientOf, give: GiveNote, alice: Person, bob: Person, dora: Person) -> None:
    give(text="To Alice.")
    give(Readers.BOTH, text="To both.")
    give(author=alice, about=dora, text="To Dora.")

    assert shown(browse(alice).get(f"{FEEDBACK}?tab=received")) == ["To both.", "To Alice."]
    assert shown(browse(alice).get(f"{FEEDBACK}?tab=given")) == ["To Dora."]
    assert shown(browse(bob).get(f"{FEEDBACK}?tab=people")) == ["To both."]
    assert shown(browse(dora).get(FEEDBACK)) == ["To Dora."]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("q=both", ["To both."]),
        ("q=dora", ["To both.", "To Alice."]),
        ("q=nothing", []),
        ("q=%00both%00", ["To both."]),
        ("sort=date", ["To Alice.", "To both."]),
        ("sort=-date", ["To both.", "To Alice."]),
        ("sort=author", ["To both.", "To Alice."]),
        ("sort=nonsense", ["To both.", "To Alice."]),
        ("tab=people", ["To both.", "To Alice."]),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    query: str, texts: list[str], browse: ClientOf, give: GiveNote, alice: Person
) -> None:
    give(text="To Alice.")
    give(Readers.BOTH, text="To both.")

    assert shown(browse(alice).get(f"{FEEDBACK}?{query}")) == texts


def test_the_part_left_last_is_remembered(browse: ClientOf, alice: Person) -> None:
    client = browse(alice)
    client.get(f"{FEEDBACK}?tab=given")

    assert client.get(FEEDBACK).headers["Location"] == f"{FEEDBACK}?tab=given"
    assert client.get(f"{FEEDBACK}?reset=1").status_code == 200
    assert client.get(FEEDBACK).status_code == 200


def test_htmx_gets_the_results_alone(browse: ClientOf, give: GiveNote, alice: Person) -> None:
    give(text="To Alice.")

    part = browse(alice).get(f"{FEEDBACK}?q=to", headers={"HX-Request": "true"}).text

    assert "To Alice." in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("received", "Most people say nothing until they are asked"),
        ("given", "A note takes five minutes"),
        ("asked", "A narrow question gets a useful answer"),
        ("people", "their authors chose you as a reader"),
    ],
)
def test_an_empty_part_teaches_the_next_step(
    tab: str, words: str, browse: ClientOf, bob: Person, alice: Person
) -> None:
    assert words in browse(bob).get(f"{FEEDBACK}?tab={tab}").text


def test_the_receiver_is_told_of_notes_they_do_not_read(browse: ClientOf, give: GiveNote, alice: Person) -> None:
    give(Readers.MANAGER, text="Between us.")

    text = browse(alice).get(f"{FEEDBACK}?tab=received").text

    assert "1 note about you was written to your manager only" in text
    assert "Between us." not in text
    assert "Dora" not in text


def rows(answer: Any) -> list[list[str]]:
    """Return the rows of a CSV file."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_one_s_own_notes_are_downloaded_without_withdrawn_words(
    browse: ClientOf, give: GiveNote, alice: Person, dora: Person
) -> None:
    give(text="=1+1 is what you said.")
    withdraw_note(actor=dora.member, note=give(text="A mistake."))

    _heading, withdrawn, kept = rows(browse(alice).get(f"{FEEDBACK}export/?tab=received"))

    assert (kept[1], kept[5]) == ("Dora Dale", "'=1+1 is what you said.")
    assert withdrawn[5] == "Withdrawn"
    assert AccessRecord.objects.filter(about_type="feedback", action="export").count() == 1


def test_questions_are_downloaded(browse: ClientOf, question: FeedbackRequest, alice: Person) -> None:
    _heading, row = rows(browse(alice).get(f"{FEEDBACK}export/?tab=asked"))

    assert row[1:5] == ["Alice Archer", "Dora Dale", "Alice Archer", question.question]


LIST_QUERIES = 11


@pytest.mark.parametrize("tab", ["given", "people"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_at_one_and_at_three_rows(
    count: int,
    tab: str,
    browse: ClientOf,
    give: GiveNote,
    alice: Person,
    bob: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        give(Readers.BOTH, author=make_person(alice.organization, f"Pal{number}", "Park", manager=bob))
        give(author=bob)
    client = browse(bob)
    client.get(f"{FEEDBACK}?tab={tab}")

    with django_assert_num_queries(LIST_QUERIES):
        assert len(shown(client.get(f"{FEEDBACK}?tab={tab}"))) == count
