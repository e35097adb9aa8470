"""Sealing against a bare WeasyPrint run of the same page; the answers of a web process while 20 documents are drawn."""

import statistics
import threading
import time
from collections.abc import Callable

from benchmarks.harness import median_seconds, report, services

COUNT = 20
#: At most this much slower than the library alone, in the same process.
MOST_OVER_BARE = 1.3
#: How many times as long a page may take while documents are drawn beside it.
MOST_BESIDE = 3.0


def page_of_a_plan() -> str:
    """Return a page with what a plan has: some text, a table over two pages."""
    row = (
        "<tr><th scope=row>Reports on time</th><td class=number>92 %</td><td>Every report by the agreed day.</td></tr>"
    )
    text = "<p class=prose>" + "The figures came late and were wrong in places. " * 40 + "</p>"
    return (
        "<html lang=en><title>Plan</title><body data-organization=Harbor data-running='Plan · version 1'"
        f" data-first='version 1' data-seal='https://example.com'><h1>Plan</h1><h2>Why</h2>{text}"
        f"<h2>What</h2><table>{row * 40}</table>{text}</body></html>"
    )


def bare(html: str) -> bytes:
    """Draw the page with the library alone, with our style sheet and the same kind of file."""
    from weasyprint import CSS, HTML

    from documents.drawing import STYLESHEET, paper_size  # the same style sheet

    css = CSS(string=STYLESHEET.read_text(encoding="utf-8") + f"@page {{ size: {paper_size('US')} }}")
    return bytes(HTML(string=html).write_pdf(stylesheets=[css], pdf_variant="pdf/ua-1"))


def times_of_a_page(is_over: Callable[[], bool]) -> list[float]:
    """Ask for a page again and again until it is over, and return how long each answer took."""
    from django.test import Client

    client, times = Client(SERVER_NAME="localhost"), list[float]()
    while not is_over() or len(times) < COUNT:
        started = time.perf_counter()
        assert client.get("/accounts/login/").status_code == 200
        times.append(time.perf_counter() - started)
    return times


def while_drawn(draw: Callable[[str, str], bytes], html: str) -> tuple[list[float], float]:
    """Draw twenty at once beside a page; return the times of the page, and how long the drawing took."""
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(draw(html, "US"))) for _number in range(COUNT)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    times = times_of_a_page(lambda: len(drawn) == COUNT)
    for thread in threads:
        thread.join()
    return times, time.perf_counter() - started


def main() -> int:
    """Print the figures; return 1 when a limit is not kept."""
    with services():
        from documents.drawing import write_pdf
        from documents.renderers import Renderers

        html = page_of_a_plan()
        pool = Renderers(1, waiting=COUNT, alone=write_pdf)
        pool.render(html, "US")  # the renderer is up
        plain = median_seconds(lambda: bare(html), repeats=7, warm_up=2)
        ours = median_seconds(lambda: write_pdf(html, "US"), repeats=7, warm_up=2)
        kept = report(
            "seal in one process", ours, "s", ratio=ours / plain, against="bare WeasyPrint", limit=MOST_OVER_BARE
        )
        beside = median_seconds(lambda: pool.render(html, "US"), repeats=7, warm_up=2)
        kept &= report(
            "seal by a renderer", beside, "s", ratio=beside / plain, against="bare WeasyPrint", limit=MOST_OVER_BARE
        )
        before = statistics.median(times_of_a_page(lambda: True))
        times, seconds = while_drawn(pool.render, html)
        during = statistics.median(times)
        kept &= report(
            "page beside 20 documents",
            during * 1000,
            "ms",
            ratio=during / before,
            against="page alone",
            limit=MOST_BESIDE,
        )
        report("20 documents by one renderer", seconds, "s")
        pool.close()
        times, seconds = while_drawn(write_pdf, html)
        report(
            "page while its own process draws 20",
            statistics.median(times) * 1000,
            "ms",
            ratio=statistics.median(times) / before,
            against="page alone",
        )
        report("20 documents in the process itself", seconds, "s")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
