"""Two writers in one text: nobody's words are ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.merging import merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "d d"]), max_size=8)
TEXTS = LINES.map("\n".join)


def new_lines(base: str, text: str) -> set[str]:
    """Return the lines of the text that were not in the base."""
    return set(text.split("\n")) - set(base.split("\n"))


def test_changes_in_different_places_go_together() -> None:
    assert merge("one\ntwo\nthree", "one\ntwo\nthree\nfour", "zero\none\ntwo\nthree") == "zero\none\ntwo\nthree\nfour"


def test_a_line_both_have_changed_stays_twice() -> None:
    assert merge("Pay", "Pay: Alice asks", "Pay: Bob answers") == "Pay: Alice asks\nPay: Bob answers"


def test_two_who_begin_an_empty_page_both_stay() -> None:
    assert merge("", "From Alice", "From Bob") == "From Alice\nFrom Bob"


def test_typing_on_after_the_other_has_written_below_repeats_nothing() -> None:
    assert merge("Hello wor", "Hello wor\nAlice was here", "Hello world") == "Hello world\nAlice was here"


def test_line_ends_of_a_form_are_no_change() -> None:
    assert merge("one\r\ntwo", "one\ntwo", "one\r\ntwo\r\nthree") == "one\ntwo\nthree"


@given(base=TEXTS, new=TEXTS)
def test_one_writer_alone_gets_what_was_written(base: str, new: str) -> None:
    assert merge(base, base, new) == new
    assert merge(base, new, base) == new
    assert merge(base, new, new) == new


@given(base=TEXTS, theirs=st.text("xyz\n", max_size=30), mine=st.text("uvw\n", max_size=30))
def test_no_line_of_either_writer_is_lost(base: str, theirs: str, mine: str) -> None:
    merged = set(merge(base, theirs, mine).split("\n"))

    assert new_lines(base, theirs) <= merged
    assert new_lines(base, mine) <= merged


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_nothing_is_invented(base: str, theirs: str, mine: str) -> None:
    merged = merge(base, theirs, mine)

    # Where each has taken out what the other left, nothing is left: a text without a line.
    assert merged == "" or set(merged.split("\n")) <= set(f"{base}\n{theirs}\n{mine}".split("\n"))
