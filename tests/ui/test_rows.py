"""Rows that come and go by buttons."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from pipcycle.ui.rows import asks_for_rows, focus_last, row_set, typed_rows


class StepForm(forms.Form):
    """A row with a hidden field."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=10)


FORMS: dict[str, type[forms.Form]] = {"steps": StepForm}
STEPS = row_set(StepForm, most=3)


def sent(*titles: str, **more: str) -> QueryDict:
    """Return rows as a browser sends them."""
    data = QueryDict(mutable=True)
    data.update({"steps-TOTAL_FORMS": str(len(titles)), "steps-INITIAL_FORMS": "0"})
    data.update({f"steps-{index}-title": title for index, title in enumerate(titles)})
    data.update(more)
    return data


def titles(data: QueryDict) -> list[str]:
    """Return the titles of the rows as typed."""
    return [row.get("title", "new") for row in typed_rows(data, FORMS, most=3)["steps"]]


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ({"add": "steps"}, ["a", "b", "new"]),
        ({"remove": "steps-0"}, ["b"]),
        ({"remove": "steps-1"}, ["a"]),
        ({"remove": "steps-7"}, ["a", "b"]),
        ({"remove": "steps--1"}, ["a", "b"]),
        ({"add": "other"}, ["a", "b"]),
        ({}, ["a", "b"]),
    ],
)
def test_a_button_adds_or_removes_one_row(button: dict[str, str], left: list[str]) -> None:
    assert titles(sent("a", "b", **button)) == left


def test_there_are_never_more_rows_than_the_most() -> None:
    assert titles(sent("a", "b", "c", add="steps")) == ["a", "b", "c"]
    assert titles(sent("a", "b", "c", "d", "e")) == ["a", "b", "c"]


@pytest.mark.parametrize("count", ["", "x", "-1", "9" * 40])
def test_a_count_that_is_none_means_no_rows(count: str) -> None:
    assert titles(sent("a", **{"steps-TOTAL_FORMS": count})) == []


def test_blank_rows_are_no_rows_and_wrong_ones_are_refused() -> None:
    fine, wrong = STEPS(sent("a", ""), prefix="steps"), STEPS(sent("much too long", ""), prefix="steps")

    assert (fine.is_valid(), wrong.is_valid()) == (True, False)
    assert [row["title"] for row in fine.filled()] == ["a"]


def test_only_the_buttons_of_rows_ask_for_rows() -> None:
    given: list[dict[str, Any]] = [{"add": "steps"}, {"remove": "steps-1"}, {"save": "1"}, {}]

    assert [asks_for_rows(data) for data in given] == [True, True, False, False]


def test_the_cursor_goes_to_the_first_visible_field_of_the_last_row() -> None:
    rows = STEPS(initial=[{}, {}], prefix="steps")

    focus_last(rows.forms)
    focus_last([])

    assert [row.fields["title"].widget.attrs.get("autofocus") for row in rows.forms] == [None, True]
