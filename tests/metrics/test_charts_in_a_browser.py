"""Charts in a real browser: fetched when seen, reached by the keyboard, read by everybody, on paper too."""

import datetime
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Metric, Series
from people.models import Leave
from tests.cast import Person
from tests.metrics.factories import SignalFactory, make_series, set_limits
from tests.ui.axe import quiet_console, sideways_scroll, violations

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = datetime.timedelta(days=7)
VALUES = [20.0, 22.0, 19.0, 21.0, 20.0, 23.0, 21.0, 20.0, 19.0, 22.0, 21.0, 20.0, 14.0]


def last_mondays(count: int) -> datetime.date:
    """Return the Monday from which so many weeks end with the last whole one."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return today - datetime.timedelta(days=today.weekday()) - count * WEEK


@pytest.fixture
def series(alice: Person, items: Metric) -> Series:
    """Thirteen weeks, the last of which is a signal, with a leave between."""
    start = last_mondays(13)
    made = make_series(alice.employee, items, VALUES, start=start)
    Leave.objects.create(employee=alice.employee, starts_on=start + 4 * WEEK, ends_on=start + 5 * WEEK)
    SignalFactory.create(series=made, starts_on=made.last_on, value=14.0)
    return set_limits(made, centre=20.67, lower=15.8, upper=25.5)


@pytest.fixture
def figures(series: Series, alice: Person, page: Page, live_server: LiveServer, client_of: object) -> Iterator[Page]:
    """Alice's figures, opened by her; the console must stay silent throughout."""
    cookie = client_of(alice).cookies[settings.SESSION_COOKIE_NAME].value  # type: ignore[operator]  # a function
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/metrics/people/{alice.employee.pk}/")
        yield page


def test_chart_is_fetched_when_it_comes_into_view(figures: Page) -> None:
    expect(figures.locator(".chart__svg--panel")).to_be_visible()
    expect(figures.locator(".chart-place")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_have_no_barrier(figures: Page, scheme: str) -> None:
    figures.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two words
    expect(figures.locator(".chart__svg")).to_be_visible()

    assert violations(figures) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_series_has_no_barrier(figures: Page, scheme: str) -> None:
    figures.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two words
    figures.get_by_role("link", name="Items done", exact=True).click()
    expect(figures.locator(".chart__svg--page")).to_be_visible()
    for summary in figures.locator("main summary").all():
        summary.click()
    expect(figures.locator(".chart__svg--panel")).to_be_visible()

    assert violations(figures) == []


def test_chart_is_one_stop_and_the_arrow_keys_read_its_points(figures: Page) -> None:
    chart = figures.get_by_role("slider", name="Points of the chart: Items done")
    readout = figures.locator("[data-chart-readout]")
    expect(readout).to_contain_text("14.0\N{NO-BREAK SPACE}items, below the lower limit, open signal")

    chart.focus()
    figures.keyboard.press("ArrowLeft")
    expect(readout).to_contain_text("20.0\N{NO-BREAK SPACE}items, below the mean")
    expect(chart).to_have_attribute("aria-valuenow", "12")
    assert chart.get_attribute("aria-valuetext") == readout.text_content()

    figures.keyboard.press("Home")
    expect(chart).to_have_attribute("aria-valuenow", "1")
    figures.keyboard.press("ArrowLeft")
    expect(chart).to_have_attribute("aria-valuenow", "1")
    figures.keyboard.press("End")
    expect(chart).to_have_attribute("aria-valuenow", "13")
    expect(figures.locator(".chart__point--here")).to_have_count(1)

    figures.keyboard.press("Escape")
    expect(figures.locator(".chart__point--here")).to_have_count(0)
    figures.keyboard.press("Tab")
    expect(figures.locator("summary", has_text="Values as a table")).to_be_focused()


def test_pointer_reads_the_nearest_point(figures: Page) -> None:
    point = figures.locator(".chart__point").nth(5)
    box = point.bounding_box()
    assert box is not None

    figures.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + 60)

    expect(figures.locator("[data-chart-readout]")).to_contain_text("23.0\N{NO-BREAK SPACE}items")
    figures.mouse.move(0, 0)
    expect(figures.locator("[data-chart-readout]")).to_contain_text("14.0\N{NO-BREAK SPACE}items")


def test_phone_gets_a_drawing_of_its_own_with_words_to_read(figures: Page) -> None:
    figures.set_viewport_size({"width": 390, "height": 844})
    figures.reload()

    expect(figures.locator(".chart__svg--narrow")).to_be_visible()
    height = figures.evaluate("document.querySelector('.chart__tick-label text').getBoundingClientRect().height")
    assert height >= 11
    assert sideways_scroll(figures) == 0
    assert violations(figures) == []


def test_large_chart_changes_its_drawing_with_the_window(figures: Page) -> None:
    figures.get_by_role("link", name="Items done", exact=True).click()
    expect(figures.locator(".chart__svg--page")).to_be_visible()
    expect(figures.locator(".chart__svg--narrow")).to_be_hidden()

    figures.set_viewport_size({"width": 390, "height": 844})

    expect(figures.locator(".chart__svg--narrow")).to_be_visible()
    expect(figures.locator(".chart__svg--page")).to_be_hidden()
    assert sideways_scroll(figures) == 0


def test_paper_shows_the_chart(figures: Page) -> None:
    expect(figures.locator(".chart__svg")).to_be_visible()
    figures.emulate_media(media="print")

    expect(figures.locator(".chart__svg")).to_be_visible()
    expect(figures.locator(".window-choice")).to_be_hidden()
    expect(figures.locator(".chart .disclosure")).to_be_hidden()
    assert violations(figures) == []


def test_red_is_the_open_signal_alone(figures: Page) -> None:
    expect(figures.locator(".chart__svg")).to_be_visible()

    hues = figures.evaluate(
        """() => [...document.querySelectorAll(".chart__svg .chart__point")]
          .map((point) => getComputedStyle(point).color)"""
    )

    assert hues.count(hues[-1]) == 1
    assert len(set(hues)) == 2
