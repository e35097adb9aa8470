"""What a change makes of the content, what it asks more for, and its words side by side: pure functions."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pips.amending import AmendmentInput, proposed_content, what_rises
from pips.enums import Direction
from pips.inputs import ExpectationInput, SupportInput
from pips.snapshots import Snapshot, differences, plain_figure
from pips.wordmarks import MOST_WORDS, Piece, marked


def expectation(key: int | None = 1, **columns: Any) -> dict[str, Any]:
    usual = {
        "title": "On time",
        "measure": "",
        "baseline": "55",
        "direction": "at_least",
        "target": "90",
        "unit": "%",
        "data_source": "Tracker",
        "metric_id": None,
        "metric": "",
    }
    return {"id": key, **usual, **columns}


def content(*expectations: dict[str, Any], **more: Any) -> Snapshot:
    usual = {
        "length_days": 90,
        "extension_days": 0,
        "root_cause": "",
        "success_consequence": "Back to normal.",
        "failure_consequence": "HR decides.",
        "concerns": [],
        "expectations": list(expectations) or [expectation()],
        "milestones": [{"id": 5, "day": 90, "goal": "Reached.", "due_on": "2027-04-05"}],
        "support": [{"id": 8, "description": "Half an hour", "owner_id": 2, "owner": "Bob Bailey", "due_day": 7}],
    }
    return {**usual, **more}


ROW = ExpectationInput(
    title="On time", baseline=Decimal("55.00"), target=Decimal("90.00"), unit="%", data_source="Tracker"
)


def test_the_same_typed_again_changes_nothing() -> None:
    change = AmendmentInput(
        expectations=[(1, ROW)],
        support=[(8, SupportInput(description="Half an hour ", owner_id=2, due_day=7))],
        goals={90: "Reached."},
        success_consequence="Back to normal.",
        failure_consequence="HR decides. ",
    )

    before = content()
    after = proposed_content(before, change, owners={2: "Bob Bailey"})

    assert differences(before, after) == []
    assert after == before


def test_the_content_before_is_left_alone() -> None:
    before = content()

    proposed_content(before, AmendmentInput(more_days=14, last_goal="Held."), owners={})

    assert before == content()


def test_more_days_are_added_to_the_end_with_a_review_on_it() -> None:
    before = content(extension_days=30)

    after = proposed_content(before, AmendmentInput(more_days=14, last_goal="Held."), owners={})

    assert after["extension_days"] == 44
    assert after["milestones"][-1] == {"id": None, "day": 134, "goal": "Held.", "due_on": None}


RISES = [
    ({"target": "95"}, "the target of “On time” is harder"),
    ({"target": "85"}, ""),
    ({"target": "90"}, ""),
    ({"unit": "points"}, "“On time” is measured in another way"),
    ({"direction": "at_most"}, "“On time” is measured in another way"),
    ({"measure": "In four weeks", "data_source": "Board", "baseline": "50", "title": "On the day"}, ""),
]


@pytest.mark.parametrize(("columns", "words"), RISES, ids=[str(case[0]) for case in RISES])
def test_what_asks_for_more(columns: dict[str, Any], words: str) -> None:
    assert what_rises(content(), content(expectation(**columns))) == ([words] if words else [])


def test_a_lower_limit_asks_for_more() -> None:
    before = content(expectation(direction="at_most", baseline="7", target="3"))

    assert what_rises(before, content(expectation(direction="at_most", baseline="7", target="2"))) != []
    assert what_rises(before, content(expectation(direction="at_most", baseline="7", target="4"))) == []


def test_a_new_expectation_and_less_support_ask_for_more() -> None:
    after = content(expectation(), expectation(None, title="Few at once"), support=[])

    assert what_rises(content(), after) == [
        "“Few at once” is a new expectation",
        "“Half an hour” is promised no longer",
    ]


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2), st.sampled_from(list(Direction)))
def test_a_target_rises_one_way_or_the_other_or_is_the_same(old: Decimal, new: Decimal, direction: Direction) -> None:
    def with_target(value: Decimal) -> Snapshot:
        return content(expectation(target=plain_figure(value), direction=direction.value))

    there, back = what_rises(with_target(old), with_target(new)), what_rises(with_target(new), with_target(old))

    assert [bool(there), bool(back)].count(True) == (0 if old == new else 1)


def test_typed_rows_are_kept_as_typed() -> None:
    row = replace(ROW, title=" On the day ", target=Decimal("92.50"))

    after = proposed_content(content(), AmendmentInput(expectations=[(1, row), (None, ROW)]), owners={})

    assert [(one["id"], one["title"], one["target"]) for one in after["expectations"]] == [
        (1, "On the day", "92.5"),
        (None, "On time", "90"),
    ]


# --- Words side by side ----------------------------------------------------------------------------------------------


def test_only_the_words_that_differ_are_marked() -> None:
    old, new = marked("Every item has a day.", "Every item has a day and an owner.")

    assert [piece.text for piece in old if piece.is_marked] == ["day."]
    assert [piece.text for piece in new if piece.is_marked] == ["day and an owner."]


def test_texts_that_have_nothing_in_common_are_marked_as_a_whole() -> None:
    assert marked("one two three", "four five six") == (
        [Piece("one two three", is_marked=True)],
        [Piece("four five six", is_marked=True)],
    )


def test_nothing_is_marked_in_nothing_and_a_very_long_text_is_not_compared() -> None:
    assert marked("", "new") == ([], [Piece("new", is_marked=True)])
    long = "word " * MOST_WORDS
    assert marked(long, long + "more") == ([Piece(long, is_marked=True)], [Piece(long + "more", is_marked=True)])


texts = st.text(max_size=30)


@given(st.lists(st.sampled_from(["a", "b ", "\n", "long "]), max_size=12).map("".join), texts)
def test_the_pieces_put_together_are_the_texts(old: str, new: str) -> None:
    left, right = marked(old, new)

    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
