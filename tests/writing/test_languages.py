"""Word lists by language."""

import pytest

from pipcycle.writing import check_text, knows_language, text_language, word_lists
from pipcycle.writing.inflections import phrases
from pipcycle.writing.languages import vocabularies


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Die Kundenzufriedenheit verbessern", "words.vague_verb", "verbessern"),
        ("Bessere Übergaben im Lager", "words.vague_verb", "Bessere"),
        ("Kunden nach Bedarf anrufen", "words.vague_amount", "nach Bedarf"),
        ("Eine erhebliche Entlastung", "words.vague_amount", "erhebliche"),
        ("Listen, Tabellen usw.", "words.vague_amount", "usw"),
        ("In REGELMÄSSIGEN Abständen und regelmäßigen Runden", "words.vague_time", "regelmäßigen"),
        ("So schnell wie möglich antworten", "words.vague_time", "So schnell wie möglich"),
        ("Niemals zu spät kommen", "words.absolute", "Niemals"),
        ("Jederzeit erreichbar", "words.absolute", "Jederzeit"),
    ],
)
def test_german_words_are_found_in_german_text(text: str, code: str, words: str) -> None:
    assert [(one.code, one.excerpt) for one in check_text(text, language="de-AT")] == [(code, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Improve as needed, always",
        "Die Quote von 82 % auf 95 % verbessern",
        "Ein Immergrün im Bedarfsfall",
        "Reklamationen bis 30. Juni schriftlich beantworten",
    ],
)
def test_clear_german_and_english_words_are_left_alone(text: str) -> None:
    assert check_text(text, language="de") == []


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [
        (("de-CH", "en"), "de"),
        (("fr", "de"), "de"),
        (("fr", None, ""), "en"),
        ((), "en"),
    ],
)
def test_the_language_is_the_first_that_has_lists_and_english_otherwise(
    preferred: tuple[str | None, ...], chosen: str
) -> None:
    assert text_language(*preferred) == chosen
    assert knows_language(chosen)


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_language_is_a_file_whose_lists_share_no_phrase(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    double = [
        (phrase, words.code, seen[phrase])
        for words in word_lists(language)
        for phrase in {form for pattern in words.patterns for form in phrases(pattern)}
        if seen.setdefault(phrase, words.code) != words.code
    ]

    assert double == []
    assert language in vocabularies()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_phrase_is_written_as_it_is_looked_for(language: str) -> None:
    given = [pattern for words in word_lists(language) for pattern in words.patterns]

    assert given == [pattern.lower() for pattern in given]
