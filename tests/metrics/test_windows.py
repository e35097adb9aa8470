"""How far back the charts go."""

import datetime

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from metrics.windows import WINDOWS, chosen_window

TUESDAY = datetime.date(2026, 11, 24)


def request(query: str, session: SessionStore) -> HttpRequest:
    """Return a request of that session."""
    made = RequestFactory().get(f"/{query}")
    made.session = session
    return made


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window.key)
def test_window_begins_with_a_monday_and_is_long_enough(window: object) -> None:
    first = window.first(TUESDAY)  # type: ignore[attr-defined]  # a Window

    assert first.weekday() == 0
    assert (TUESDAY - first).days >= window.days  # type: ignore[attr-defined]  # likewise


def test_a_year_is_shown_until_somebody_chooses() -> None:
    assert chosen_window(request("", SessionStore())).key == "year"


def test_choice_is_remembered_for_the_session() -> None:
    session = SessionStore()
    chosen_window(request("?window=quarter", session))

    assert chosen_window(request("", session)).key == "quarter"


def test_unknown_choice_changes_nothing() -> None:
    assert chosen_window(request("?window=ever", SessionStore())).key == "year"
