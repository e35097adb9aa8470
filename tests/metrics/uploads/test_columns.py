"""What columns of a file of figures mean, guessed and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.uploads.columns import Choice, Layout, NamedMetric, guess_meanings, problems_of
from people.imports.dates import DateOrder

METRICS = [NamedMetric("accuracy", "Accuracy"), NamedMetric("days-late", "Days late"), NamedMetric("calls", "Calls")]


@pytest.mark.parametrize(
    ("headings", "meanings"),
    [
        (
            ["Employee Number", "Metric", "Date", "Value", "Unit"],
            ["employee", "metric", "date", "value", "unit"],
        ),
        (["EmpID", "Week", "Accuracy", "CALLS"], ["employee", "date", "metric:accuracy", "metric:calls"]),
        (["Personnel No", "period", "days_late", "Hobby"], [None, "date", "metric:days-late", None]),
        (["EmpID", "LastPerformanceReview_Date", "DaysLate"], ["employee", "date", "metric:days-late"]),
    ],
)
def test_headings_are_recognised(headings: list[str], meanings: list[str | None]) -> None:
    guessed, _unsure = guess_meanings(headings, METRICS)

    assert [guessed.get(heading) for heading in headings if heading != "Personnel No"] == [
        meaning for heading, meaning in zip(headings, meanings, strict=True) if heading != "Personnel No"
    ]


def test_what_was_chosen_last_time_goes_before_every_guess() -> None:
    remembered = {"score": "metric:accuracy", "accuracy": ""}

    guessed, unsure = guess_meanings(["EmpID", "Date", "Score", "Accuracy"], METRICS, remembered)

    assert guessed == {"EmpID": "employee", "Date": "date", "Score": "metric:accuracy"}
    assert unsure == []


def test_a_heading_that_only_resembles_a_metric_is_to_be_looked_at() -> None:
    guessed, unsure = guess_meanings(["EmpID", "Date", "Acuracy"], METRICS)

    assert (guessed["Acuracy"], unsure) == ("metric:accuracy", ["Acuracy"])


def test_a_long_file_keeps_its_value_though_a_column_is_called_like_a_metric() -> None:
    guessed, _unsure = guess_meanings(["EmpID", "Date", "Metric", "Value", "Calls"], METRICS)

    assert Choice(guessed).layout is Layout.LONG


@given(st.lists(st.text(max_size=12), max_size=12, unique=True))
def test_no_heading_breaks_the_guess_and_no_meaning_is_given_twice(headings: list[str]) -> None:
    guessed, unsure = guess_meanings(headings, METRICS)

    assert set(guessed) <= set(headings)
    assert len(set(guessed.values())) == len(guessed)
    assert set(unsure) <= set(headings)


@pytest.mark.parametrize(
    ("meanings", "words"),
    [
        ({"A": "employee", "B": "date", "C": "value"}, ["Choose the column that holds: Metric."]),
        ({"A": "employee", "B": "metric:calls"}, ["Choose the column that holds: Date."]),
        (
            {"A": "employee", "B": "date", "C": "metric:calls", "D": "metric:calls"},
            ["“calls” is chosen for more than one column. Keep one of them."],
        ),
        ({"A": "employee", "B": "date", "C": "metric:calls"}, []),
        ({"A": "employee", "B": "date", "C": "metric", "D": "value"}, []),
    ],
)
def test_a_choice_that_cannot_be_read_says_why(meanings: dict[str, str], words: list[str]) -> None:
    assert [str(problem) for problem in problems_of(Choice(meanings))] == words


def test_both_layouts_at_once_are_refused() -> None:
    choice = Choice({"A": "employee", "B": "date", "C": "metric:calls", "D": "value"})

    assert [str(problem)[:32] for problem in problems_of(choice)] == ["Choose either a column for the m"]


def test_a_choice_survives_being_stored() -> None:
    choice = Choice({"A": "employee"}, DateOrder.DAY_FIRST, is_strict=True)

    assert Choice.from_json(choice.as_json()) == choice
