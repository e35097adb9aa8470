"""Names: parts, and the key by which two spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.imports.names import PersonName, is_blank, name_key, parse_name, tidy

WORDS = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll")), min_size=2, max_size=12).filter(
    lambda word: name_key(word) and word.casefold() not in {"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "cpa"}
)


@pytest.mark.parametrize(
    ("text", "given_name", "family_name"),
    [
        ("Adams, Wilson  K", "Wilson K", "Adams"),
        ("Roup,Simon", "Simon", "Roup"),
        ("Ait Sidi, Karthik   ", "Karthik", "Ait Sidi"),
        ("Von Arnim, Greta", "Greta", "Von Arnim"),
        ("Greta von Arnim", "Greta", "von Arnim"),
        ("Pieter J. de Vries", "Pieter J.", "de Vries"),
        ("Brandon R. LeBlanc", "Brandon R.", "LeBlanc"),
        ("King, Martin, Jr.", "Martin", "King Jr."),
        ("King, Jr., Martin", "Martin", "King Jr."),
        ("Martin King Jr.", "Martin", "King Jr."),
        ("Martin King, Jr.", "Martin", "King Jr."),
        ("Leigh Ann Smith", "Leigh Ann", "Smith"),
        ("O'hare, Lynn", "Lynn", "O'hare"),
        ("Suharto", "Suharto", ""),
        ("Smith,", "Smith", ""),
        (", Ann", "Ann", ""),
        ("  ", "", ""),
    ],
)
def test_name_is_split(text: str, given_name: str, family_name: str) -> None:
    assert parse_name(text) == PersonName(given_name, family_name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brandon R. LeBlanc", "LeBlanc, Brandon  R"),
        ("BRANDON LEBLANC", "LeBlanc, Brandon R"),
        ("Máire O'Brien", "OBrien, Maire"),
        ("Anna Von Massenbach", "Von Massenbach, Anna"),
        ("Amy Foster Baker", "Foster-Baker, Amy"),
        ("Martin King", "King, Martin, Jr."),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert parse_name(one).key == parse_name(other).key


def test_initials_are_kept_where_nothing_else_is() -> None:
    assert name_key("J R") == "j r"


@pytest.mark.parametrize("text", ["", "  ", "N/A", "n/a-StillEmployed", "NULL", "None", "-", "#N/A", "nan"])
def test_words_for_nothing_are_blank(text: str) -> None:
    assert is_blank(text) is True


@pytest.mark.parametrize("text", ["0", "No", "Nan Singh", "Naomi"])
def test_other_words_are_not_blank(text: str) -> None:
    assert is_blank(text) is False


def test_tidy_removes_padding_and_control_characters() -> None:
    assert tidy(" IT\u00a0/  IS\x00\u200b\n") == "IT / IS"


@given(WORDS, WORDS)
def test_order_of_parts_does_not_matter(given_name: str, family_name: str) -> None:
    inverted = parse_name(f"{family_name}, {given_name}")

    assert (inverted.given, inverted.family) == (given_name, family_name)
    assert inverted.key == PersonName(given_name, family_name).key


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    name = parse_name(text)

    assert name.given == name.given.strip()
    assert (name.given == "") <= (name.family == "")
