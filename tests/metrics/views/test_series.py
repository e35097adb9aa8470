"""The page of one series, its chart and its file."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from metrics.models import Metric, ObservationCorrection, Series, SeriesPhase
from metrics.registry import ChartMark
from people.models import Leave
from tests.cast import Person
from tests.metrics.factories import FIRST_MONDAY, BatchFactory, SignalFactory, make_series, set_limits

ClientOf = Callable[[Person], Client]
VALUES = [20.0, 22.0, 19.0, 21.0, 20.0, 23.0, 21.0, 20.0, 19.0, 22.0, 21.0, 20.0]
NOW = datetime.datetime(2025, 4, 1, 12, tzinfo=datetime.UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(alice: Person, items: Metric) -> Series:
    """Twelve weeks of Alice's items, with locked limits."""
    return set_limits(make_series(alice.employee, items, VALUES), centre=20.67, lower=15.8, upper=25.5)


def address(series: Series, name: str = "series", query: str = "") -> str:
    ids = {"employee_id": series.employee_id, "metric_id": series.metric_id}
    return reverse(f"metrics:{name}", kwargs={"organization_slug": "harbor", **ids}) + query


@pytest.mark.parametrize("name", ["series", "series_export", "chart"])
@pytest.mark.parametrize("reader", ["alice", "bob", "carol", "hana"])
def test_those_who_follow_the_person_read_the_series(
    reader: str, name: str, series: Series, hana: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(reader))

    assert client.get(address(series, name), headers=HTMX).status_code == 200


@pytest.mark.parametrize("name", ["series", "series_export", "chart"])
@pytest.mark.parametrize("reader", ["adam", "eve", "ines", "mallory"])
def test_nobody_else_finds_it(
    reader: str, name: str, series: Series, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(reader))

    assert client.get(address(series, name), headers=HTMX).status_code == 404


def test_metric_without_figures_of_the_person_is_not_found(
    series: Series, errors: Metric, bob: Person, client_of: ClientOf
) -> None:
    url = address(series).replace(f"/{series.metric_id}/", f"/{errors.pk}/")

    assert client_of(bob).get(url).status_code == 404


def test_page_shows_the_chart_without_any_script(series: Series, alice: Person, client_of: ClientOf) -> None:
    html = client_of(alice).get(address(series)).content.decode()

    assert html.count("chart__svg--page") == 1
    assert html.count("chart__svg--narrow") == 1
    assert "<title>Week of 6 January 2025: 20.0\N{NO-BREAK SPACE}items, below the mean</title>" in html


def test_limits_are_written_in_words(series: Series, alice: Person, client_of: ClientOf) -> None:
    html = client_of(alice).get(address(series)).content.decode()

    assert "Since 6 Jan 2025: mean 20.7\N{NO-BREAK SPACE}items, limits" in html
    assert "locked on 12 points." in html
    assert "regression to the mean" not in html


def test_before_and_after_carries_the_warning(series: Series, alice: Person, client_of: ClientOf) -> None:
    SeriesPhase.objects.create(series=series, starts_on=datetime.date(2025, 2, 17), reason="A new tool")

    html = client_of(alice).get(address(series)).content.decode()

    assert "What changed: A new tool" in html
    assert "regression to the mean, rule 28" in html


def test_leave_is_shown_by_its_dates_never_why(series: Series, bob: Person, client_of: ClientOf) -> None:
    day = datetime.date(2025, 2, 3)
    Leave.objects.create(employee=series.employee, starts_on=day, ends_on=day)

    html = client_of(bob).get(address(series)).content.decode()

    assert "Leave from 3 Feb 2025 to 3 Feb 2025." in html
    assert 'class="chart__leave"' in html


def test_signals_of_the_series_are_listed(series: Series, alice: Person, client_of: ClientOf) -> None:
    SignalFactory.create(series=series)

    html = client_of(alice).get(address(series)).content.decode()

    assert "A point outside the limits" in html
    assert "chart__point--worse" in html


def test_corrections_keep_the_old_value_who_and_why(
    series: Series, alice: Person, hana: Person, client_of: ClientOf
) -> None:
    ObservationCorrection.objects.create(
        series=series,
        starts_on=FIRST_MONDAY,
        old_value=2.0,
        old_batch=BatchFactory.create(),
        new_value=20.0,
        new_batch=BatchFactory.create(kind="manual", created_by=hana.member),
        reason="A digit was missing",
    )

    html = client_of(alice).get(address(series)).content.decode()

    assert "2.0\N{NO-BREAK SPACE}items" in html
    assert "Hana Holm" in html
    assert "A digit was missing" in html


def test_values_come_a_page_at_a_time_latest_first(alice: Person, items: Metric, client_of: ClientOf) -> None:
    series = make_series(alice.employee, items, [float(value) for value in range(40)], start=datetime.date(2024, 6, 3))
    client = client_of(alice)

    first = client.get(address(series)).context["page"]
    second = client.get(address(series, query="?page=2")).context["page"]

    assert [row.value for row in first][:2] == [39.0, 38.0]
    assert [row.value for row in second][-1] == 0.0


def test_file_has_every_value_latest_first(series: Series, alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).get(address(series, "series_export"))

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == ("Number,Employee,Metric,Unit,Period from,Value,Value as reported,Source,Corrected on")
    assert len(lines) == 13
    assert lines[1].endswith("Items done,items,2025-03-24,20.0,,Demo,")


def test_chart_is_handed_to_htmx_in_the_size_asked_for(series: Series, alice: Person, client_of: ClientOf) -> None:
    client = client_of(alice)

    panel = client.get(address(series, "chart"), headers=HTMX).content.decode()
    narrow = client.get(address(series, "chart", "?size=narrow"), headers=HTMX).content.decode()

    assert ("chart__svg--panel" in panel, "chart__svg--narrow" in panel) == (True, False)
    assert ("chart__svg--panel" in narrow, "chart__svg--narrow" in narrow) == (False, True)
    assert "<html" not in panel


def test_chart_without_htmx_leads_to_the_page(series: Series, alice: Person, client_of: ClientOf) -> None:
    assert client_of(alice).get(address(series, "chart")).headers["Location"] == address(series)


def test_moving_range_is_a_chart_of_its_own(series: Series, alice: Person, client_of: ClientOf) -> None:
    html = client_of(alice).get(address(series, "chart", "?kind=range"), headers=HTMX).content.decode()

    assert "Moving range: Items done" in html


def test_marks_of_goals_are_drawn(
    series: Series, alice: Person, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marks(employee_id: int, metric_ids: object) -> dict[int, list[ChartMark]]:
        assert employee_id == alice.employee.pk
        return {series.metric_id: [ChartMark("Reach 24", 24.0, FIRST_MONDAY, datetime.date(2025, 6, 30))]}

    monkeypatch.setattr("metrics.registry._marks", [marks])

    html = client_of(alice).get(address(series, "chart"), headers=HTMX).content.decode()

    assert "<title>Reach 24</title>" in html


def test_chart_from_the_cache_asks_no_less_and_no_more(
    series: Series, alice: Person, client_of: ClientOf, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = client_of(alice)
    cache.clear()
    client.get(address(series, "chart"), headers=HTMX)

    with django_assert_num_queries(14):  # type: ignore[attr-defined]  # a context manager
        client.get(address(series, "chart"), headers=HTMX)


def test_page_is_left_alone_while_nothing_changes(series: Series, alice: Person, client_of: ClientOf) -> None:
    client = client_of(alice)
    stamp = client.get(address(series)).context["stamp"]

    assert client.get(address(series), headers={**HTMX, "X-Figures-Stamp": stamp}).status_code == 204
