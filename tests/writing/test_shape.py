"""What a text is made of."""

import pytest

from pipcycle.writing.shape import has_figure, names_a_measure, names_an_action, word_count


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("Close cases", 2), ("Don’t", 2), ("a  b\nc", 3), ("🙂", 0), ("日本", 1)]
)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(("text", "has"), [("12%", True), ("twelve", False), ("", False), ("٣", True)])
def test_a_figure_is_a_digit_of_any_script(text: str, has: bool) -> None:
    assert has_figure(text) is has


@pytest.mark.parametrize(
    ("text", "has"),
    [("Publish the handbook", True), ("Handbook published", True), ("Customer satisfaction", False), ("", False)],
)
def test_an_action_is_found_in_any_form(text: str, has: bool) -> None:
    assert names_an_action(text) is has


@pytest.mark.parametrize(
    ("text", "has"),
    [("Signed by HR", True), ("3 cases", True), ("two audits passed", True), ("A calmer warehouse", False)],
)
def test_a_measure_is_a_figure_or_a_word_for_one(text: str, has: bool) -> None:
    assert names_a_measure(text) is has


def test_a_language_without_lists_is_given_the_benefit_of_the_doubt() -> None:
    for language in ("de", "fr"):
        assert names_an_action("Kundenzufriedenheit", language=language)
        assert names_a_measure("Ruhe im Lager", language=language)
