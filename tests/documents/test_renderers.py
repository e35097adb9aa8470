"""The renderers beside a process: bounded, replaced when they die, never a reason for a hole or a hang."""

import io
import threading
import time
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from documents import renderers as module
from documents.renderers import Renderer, Renderers, RenderersBusyError, RenderingError

PAGE = '<html lang="en"><title>Note</title><body data-organization="" data-running="" data-first="" data-seal="">Note'


def alone(html: str, country: str) -> bytes:
    pytest.fail("the page was drawn in this process")


@pytest.fixture
def pool() -> Iterator[Renderers]:
    made = Renderers(1, waiting=1, alone=alone)
    yield made
    made.close()


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def test_a_page_is_drawn_by_a_process_that_is_asked_again(renderer: Renderer) -> None:
    first, second = renderer.render(PAGE, "US"), renderer.render(PAGE, "DE")

    sizes = [pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width for pdf in (first, second)]
    assert [round(size) for size in sizes] == [612, 595]
    assert renderer.is_alive


def test_what_may_not_be_fetched_is_refused_in_words_and_the_next_page_is_drawn(renderer: Renderer) -> None:
    with pytest.raises(RenderingError, match=r"may not fetch https://example\.com/a\.png"):
        renderer.render(PAGE + '<img src="https://example.com/a.png" alt="">', "US")

    assert renderer.render(PAGE, "US").startswith(b"%PDF")


def test_a_page_that_takes_too_long_is_broken_off(pool: Renderers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_A_PAGE", 0.01)
    with pytest.raises(RenderingError, match="broke off"):
        pool.render(PAGE + "words " * 20_000, "US")

    monkeypatch.undo()
    assert pool.render(PAGE, "US").startswith(b"%PDF")


def test_more_than_may_wait_are_sent_away_at_once(pool: Renderers, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    class Slow:
        is_alive = True

        def render(self, html: str, country: str) -> bytes:
            go_on.wait(20)
            return b"%PDF"

        def close(self) -> None:
            """Nothing was started."""

    monkeypatch.setattr(module, "Renderer", Slow)
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(pool.render(PAGE, "US"))
        except RenderersBusyError as busy:
            found.append(str(busy))

    threads = [threading.Thread(target=ask) for _number in range(5)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 10
    while len(found) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    refused = list(found)
    go_on.set()
    for thread in threads:
        thread.join(20)

    assert [words.split(".")[0] for words in refused] == ["Several documents are being made just now"] * 3
    assert found[3:] == [b"%PDF", b"%PDF"]


def test_without_renderers_a_process_draws_by_itself() -> None:
    assert Renderers(0, waiting=0, alone=lambda html, country: html.encode()).render("x", "US") == b"x"
