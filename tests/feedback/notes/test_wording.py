"""Help with the words of a note: it points at them, and never stands in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.wording import MOST_SHOWN, remarks_on_note, shown_remarks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your attitude in the call was off.", "words.subjective"),
        ("You never answer in time.", "words.absolute"),
        ("You answer, sometimes.", "words.vague_time"),
        ("I think your anxiety got in the way.", "words.health"),
        ("Since your sick leave the pace is slower.", "words.health"),
    ],
)
def test_words_that_do_not_help_are_pointed_at(text: str, code: str) -> None:
    assert [remark.code for remark in remarks_on_note(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday you summed up the call in three lines; the customer answered within the hour.",
        "Try to send the figures before noon, so that I can read them.",
    ],
)
def test_what_was_seen_and_what_matters_to_goals_only_is_left_alone(text: str) -> None:
    assert remarks_on_note(text) == []


def test_a_language_without_lists_gets_no_remarks() -> None:
    assert remarks_on_note("You never answer.", language="de") == []


@given(st.text(max_size=300))
def test_each_remark_quotes_the_text(text: str) -> None:
    remarks = remarks_on_note(text)

    assert len(remarks) <= MOST_SHOWN
    assert [text[remark.start : remark.end] for remark in remarks] == [remark.excerpt for remark in remarks]


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_words_around_are_those_of_the_text(before: str, after: str) -> None:
    text = f"{before} never {after}"

    for shown in shown_remarks(text):
        assert f"{shown.before}{shown.remark.excerpt}{shown.after}" in text
