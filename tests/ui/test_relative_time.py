"""Days said as a person says them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.ui.relative_time import due_state, due_words, local_day, relative_days

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (-30, "4 weeks ago"),
        (-20, "20 days ago"),
        (-2, "2 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (3, "in 3 days"),
        (20, "in 20 days"),
        (21, "in 3 weeks"),
    ],
)
def test_relative_days_are_said_in_words(offset: int, words: str) -> None:
    assert relative_days(TODAY + timedelta(days=offset), TODAY) == words


@pytest.mark.parametrize(
    ("offset", "words", "state"),
    [
        (-2, "2 days overdue", "danger"),
        (-1, "1 day overdue", "danger"),
        (0, "Due today", "warning"),
        (2, "Due in 2 days", "warning"),
        (3, "Due in 3 days", "neutral"),
    ],
)
def test_deadline_has_words_and_a_state(offset: int, words: str, state: str) -> None:
    day = TODAY + timedelta(days=offset)

    assert (due_words(day, TODAY), due_state(day, TODAY)) == (words, state)


@given(offset=st.integers(-5000, 5000))
def test_only_past_deadlines_are_overdue(offset: int) -> None:
    day = TODAY + timedelta(days=offset)

    assert ("overdue" in due_words(day, TODAY)) == (offset < 0) == (due_state(day, TODAY) == "danger")


def test_day_of_a_moment_is_the_readers() -> None:
    moment = datetime(2026, 3, 11, 3, 0, tzinfo=UTC)

    with timezone.override(ZoneInfo("America/New_York")):
        assert local_day(moment) == date(2026, 3, 10)
