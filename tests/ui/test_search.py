"""The search page: pages of the rail first, then what the rooms find for this member."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from pipcycle.ui import search
from pipcycle.ui.search import PER_PROVIDER, SearchResult
from tests.cast import Person

ClientOf = Callable[[Person], Client]
ADDRESS = "/o/harbor/search/"


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that finds twenty things for everyone."""

    def find(_member: Any, words: str) -> Iterable[SearchResult]:
        return (SearchResult(title=f"{words} {number}", url=f"/{number}/") for number in range(20))

    monkeypatch.setattr(search, "_providers", {"many": find})


@pytest.mark.usefixtures("many")
def test_search_shows_a_few_results_of_each_room(bob: Person, client_of: ClientOf) -> None:
    page = client_of(bob).get(ADDRESS, {"q": "zebra"})

    assert len(page.context["results"]) == PER_PROVIDER
    assert "zebra 7" in page.content.decode()


@pytest.mark.usefixtures("many")
def test_search_for_the_palette_is_the_results_alone(bob: Person, client_of: ClientOf) -> None:
    answer = client_of(bob).get(ADDRESS, {"q": "zebra"}, headers={"HX-Target": "palette-results"})

    assert "<html" not in answer.content.decode()
    assert "zebra 0" in answer.content.decode()


@pytest.mark.usefixtures("many")
def test_search_without_words_asks_no_room(bob: Person, client_of: ClientOf) -> None:
    assert "/19/" not in client_of(bob).get(ADDRESS).content.decode()


def test_search_without_a_result_says_what_to_try(bob: Person, client_of: ClientOf) -> None:
    page = client_of(bob).get(ADDRESS, {"q": "qqqq"}).content.decode()

    assert "Try part of a name" in page


def test_search_is_closed_to_strangers(bob: Person, mallory: Person, client_of: ClientOf) -> None:
    assert Client().get(ADDRESS).status_code == 302
    assert client_of(mallory).get(ADDRESS).status_code == 404
    assert client_of(bob).post(ADDRESS).status_code == 405
