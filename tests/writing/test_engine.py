"""Word lists against texts: the right words, at the right place, in time."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipcycle.writing import Remark, Severity, check_text, check_texts, knows_language, word_lists
from pipcycle.writing.engine import MOST_REMARKS, has_figure_near
from pipcycle.writing.inflections import forms, phrases


def found_in(text: str, **options: object) -> list[tuple[str, str]]:
    """Return code and words of each remark."""
    return [(remark.code, remark.excerpt) for remark in check_text(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Improve customer satisfaction", "words.vague_verb", "Improve"),
        ("We are IMPROVING things", "words.vague_verb", "IMPROVING"),
        ("Optimise the ramp", "words.vague_verb", "Optimise"),
        ("be better at the phone", "words.vague_verb", "better"),
        ("Raise output", "words.no_amount", "Raise"),
        ("Visit customers as needed", "words.vague_amount", "as needed"),
        ("Call customers, partners etc.", "words.vague_amount", "etc"),
        ("Answer ASAP", "words.vague_time", "ASAP"),
        ("Report regularly", "words.vague_time", "regularly"),
        ("tried to close cases", "words.weak_intent", "tried to"),
        ("Never be late", "words.absolute", "Never"),
        ("Has an attitude", "words.subjective", "attitude"),
        ("Be a team-player", "words.subjective", "team-player"),
        ("phone and/or mail", "words.unclear_choice", "and/or"),
    ],
)
def test_a_word_of_each_list_is_found_in_any_form(text: str, code: str, words: str) -> None:
    assert found_in(text) == [(code, words)]


@pytest.mark.parametrize(
    "text",
    [
        "unimproved",
        "neverland",
        "awesome",
        "betterment",
        "asapo",
        "etcetera1",
        "improve\u0301",
        "regularlyx",
        "",
        "   ",
    ],
)
def test_words_are_matched_whole(text: str) -> None:
    assert found_in(text) == []


def test_of_two_phrases_that_start_together_the_longer_is_quoted_once() -> None:
    assert found_in("Answer as soon as possible") == [("words.vague_time", "as soon as possible")]


@pytest.mark.parametrize("gap", [" ", "  ", "\n", " \r\n ", "-", "\u2011", "\u00a0"])
def test_a_phrase_may_be_broken_or_joined(gap: str) -> None:
    assert found_in(f"team{gap}player") == [("words.subjective", f"team{gap}player")]


@pytest.mark.parametrize("gap", [". ", ", ", "\n\n", " x ", ": "])
def test_a_phrase_does_not_reach_over_a_sentence_or_a_paragraph(gap: str) -> None:
    assert found_in(f"team{gap}player") == []


@pytest.mark.parametrize(
    ("text", "is_excused"),
    [
        ("Improve accuracy from 92% to 97.5%", True),
        ("By 30 June accuracy is to improve", True),
        ("Improve accuracy to 97.5", True),
        ("Improve accuracy. There are 12 of us.", False),
        ("There are 12 of us. Improve accuracy", False),
        ("Improve accuracy\n12", False),
        ("Improve " + "x" * 120 + " 12", False),
        ("Visit 12 customers as needed", False),
    ],
)
def test_a_figure_in_the_sentence_makes_a_direction_clear(text: str, is_excused: bool) -> None:
    assert (found_in(text) == []) is is_excused


@pytest.mark.parametrize(
    "before",
    ["", "👩‍👩‍👧‍👦 ", "e\u0301a\u0308 ", "日本語 ", "\u202b", "𝔘𝔫𝔦 ", "İstanbul ", "\r\n\t", "ﬁne "],
)
def test_the_place_is_counted_in_the_text_as_typed(before: str) -> None:
    text = f"{before}Improve it"

    (remark,) = check_text(text)

    assert (remark.start, remark.end, text[remark.start : remark.end]) == (len(before), len(before) + 7, "Improve")


VAGUE = st.sampled_from(["improve", "as needed", "ASAP", "always", "team player", "try to", "etc", "as", "a", "be"])
PIECES = st.lists(st.one_of(VAGUE, st.text(max_size=6), st.sampled_from([" ", "\n", ".", "-", "\u0301", "7"])))


@given(PIECES.map("".join))
@example("as soon as possible as soon as")
def test_every_remark_quotes_the_text_it_points_at_and_none_overlap(text: str) -> None:
    remarks = check_text(text, field="why")

    assert all(text[remark.start : remark.end] == remark.excerpt != "" for remark in remarks)
    assert all(one.end <= other.start for one, other in pairwise(remarks))
    assert {remark.field for remark in remarks} <= {"why"}


@given(st.text(), VAGUE.filter(lambda word: " " in word or len(word) > 2))
def test_a_vague_word_on_a_line_of_its_own_is_found_whatever_stands_above(text: str, word: str) -> None:
    remarks = check_text(f"{text}.\n\n{word}", most=10_000)

    assert remarks[-1].excerpt == word


@given(st.text(max_size=200))
def test_the_case_of_a_text_changes_nothing(text: str) -> None:
    plain = [remark.code for remark in check_text(f"{text}\n\nimprove as needed")]

    assert plain[-2:] == ["words.vague_verb", "words.vague_amount"]


LONG = 200_000
PROSE = "The quick crew unloads the ship at the north pier and signs the sheet. "
SLOW_TEXTS = {
    "the start of a phrase": "as soon as " * 20_000,
    "one word": "a" * LONG,
    "gaps": ("as" + " " * 60) * 4000,
    "marks": "e\u0301" * (LONG // 2),
    "stops": "." * LONG,
    "excused": "improve 3 " * 20_000,
    "vague": "improve\n" * 25_000,
}


def took(text: str) -> float:
    """Return the processor time of a check, in seconds: the least of five, which other work disturbs the least."""
    times = []
    for _attempt in range(5):
        started = time.process_time()
        check_text(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("name", SLOW_TEXTS)
def test_two_hundred_kilobytes_of_the_worst_take_not_much_more_than_prose(name: str) -> None:
    check_text("improve")

    assert took(SLOW_TEXTS[name][:LONG]) < 5 * took((PROSE * 3000)[:LONG])


@pytest.mark.parametrize("text", ["a ", "as ", "improve 1 ", "as soon ", "\u0301", PROSE])
def test_twice_the_text_takes_about_twice_the_time(text: str) -> None:
    long = (text * 40_000)[:80_000]

    assert took(long) < 3 * 4 * took(long[:20_000]) + 0.005


def test_a_text_of_nothing_but_vague_words_gets_as_many_remarks_as_can_be_read() -> None:
    assert len(check_text("improve " * 1000)) == MOST_REMARKS
    assert len(check_text("improve " * 1000, most=3)) == 3


def test_codes_that_do_not_matter_are_left_out() -> None:
    assert found_in("Raise output regularly", leave_out={"words.no_amount"}) == [("words.vague_time", "regularly")]


def test_several_fields_are_checked_under_their_names() -> None:
    remarks = check_texts({"title": "Improve", "why": "", "support_needed": "asap"})

    assert [(remark.field, remark.excerpt) for remark in remarks] == [("title", "Improve"), ("support_needed", "asap")]


@pytest.mark.parametrize(("language", "is_known"), [("en", True), ("en-GB", True), ("EN_us", True), ("fr", False)])
def test_a_language_without_lists_gets_no_remarks(language: str, is_known: bool) -> None:
    assert knows_language(language) is is_known
    assert bool(check_text("Improve as needed", language=language)) is is_known


def test_every_list_says_what_and_how() -> None:
    for words in word_lists("en"):
        assert str(words.message).count("{words}") == 1
        assert str(words.how).endswith(".")
        assert "{" not in str(words.message).format(words="x") + str(words.how).format(words="x")


def test_no_phrase_is_in_two_lists() -> None:
    seen: dict[tuple[str, ...], str] = {}
    double = [
        (phrase, words.code, seen[phrase])
        for words in word_lists("en")
        for phrase in {form for pattern in words.patterns for form in phrases(pattern)}
        if seen.setdefault(phrase, words.code) != words.code
    ]

    assert double == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("improve~", ["improve", "improves", "improved", "improving"]),
        ("try~", ["try", "tries", "tried", "trying"]),
        ("enjoy~", ["enjoy", "enjoys", "enjoyed", "enjoying"]),
        ("reach~", ["reach", "reaches", "reached", "reaching"]),
        ("plan~~", ["plan", "plans", "planned", "planning"]),
        ("quality+", ["quality", "qualities"]),
        ("attitude+", ["attitude", "attitudes"]),
        ("asap", ["asap"]),
    ],
)
def test_a_pattern_stands_for_all_forms(pattern: str, words: list[str]) -> None:
    assert forms(pattern) == words


def test_a_figure_is_near_on_either_side_of_the_words() -> None:
    text = "from 3.5 improve now"

    assert has_figure_near(text, text.index("improve"), text.index("improve") + 7)
    assert not has_figure_near("improve", 0, 7)


def test_a_remark_tells_what_it_asks() -> None:
    remark = Remark(code="x", severity=Severity.MUST, field="title", message="m", how="h")

    assert (remark.is_must, remark.start, remark.end, remark.excerpt) == (True, 0, 0, "")
