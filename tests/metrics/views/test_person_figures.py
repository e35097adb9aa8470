"""The page of one person's figures: who reads it, what it says, what it costs."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from metrics.enums import Direction
from metrics.models import Metric, MetricTarget
from people.models import Organization
from tests.cast import JobDescriptionFactory, Person
from tests.metrics.factories import FIRST_MONDAY, MetricFactory, SignalFactory, make_series, set_limits

ClientOf = Callable[[Person], Client]
VALUES = [20.0, 22.0, 19.0, 21.0, 20.0, 23.0, 21.0, 20.0, 19.0, 22.0, 21.0, 20.0]
NOW = datetime.datetime(2025, 4, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def address(person: Person, name: str = "person", **ids: int) -> str:
    return reverse(
        f"metrics:{name}",
        kwargs={"organization_slug": person.organization.slug, "employee_id": person.employee.pk, **ids},
    )


@pytest.mark.parametrize("reader", ["alice", "bob", "carol", "hana"])
def test_person_managers_above_and_hr_partner_read_the_figures(
    reader: str, alice: Person, hana: Person, items: Metric, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    make_series(alice.employee, items, VALUES)

    response = client_of(request.getfixturevalue(reader)).get(address(alice))

    assert response.status_code == 200
    assert "Items done" in response.content.decode()


@pytest.mark.parametrize("reader", ["adam", "eve", "ines", "mallory"])
def test_nobody_else_finds_them(
    reader: str, alice: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(reader)).get(address(alice)).status_code == 404


def test_employee_does_not_read_the_figures_of_their_manager(alice: Person, bob: Person, client_of: ClientOf) -> None:
    assert client_of(alice).get(address(bob)).status_code == 404


def test_visitor_is_led_to_the_sign_in(alice: Person) -> None:
    assert Client().get(address(alice)).status_code == 302


def test_page_is_only_read(alice: Person, client_of: ClientOf) -> None:
    assert client_of(alice).post(address(alice)).status_code == 405


def test_without_figures_the_page_says_where_they_come_from(alice: Person, bob: Person, client_of: ClientOf) -> None:
    assert "No figures yet" in client_of(alice).get(address(alice)).content.decode()
    assert "Figures come from a file" in client_of(bob).get(address(alice)).content.decode()


def test_own_figures_lead_to_the_person(alice: Person, client_of: ClientOf) -> None:
    url = reverse("metrics:own_figures", kwargs={"organization_slug": alice.organization.slug})

    assert client_of(alice).get(url).headers["Location"] == address(alice)


@pytest.mark.parametrize(
    ("values", "limit_points", "words"),
    [(VALUES[:3], 0, "Not enough data"), (VALUES[:8], 8, "Trial limits"), (VALUES, 12, "Steady")],
)
def test_state_of_a_figure_is_a_word(
    values: list[float], limit_points: int, words: str, alice: Person, items: Metric, client_of: ClientOf
) -> None:
    series = make_series(alice.employee, items, values)
    if limit_points:
        set_limits(series, centre=20.7, lower=16, upper=25, points=limit_points)

    assert words in client_of(alice).get(address(alice)).content.decode()


@pytest.mark.parametrize(("is_improvement", "status"), [(False, "status--danger"), (True, "status--success")])
def test_only_an_open_signal_for_the_worse_is_red(
    is_improvement: bool, status: str, alice: Person, items: Metric, client_of: ClientOf
) -> None:
    series = set_limits(make_series(alice.employee, items, VALUES), centre=20.7, lower=16, upper=25)
    SignalFactory.create(series=series, is_improvement=is_improvement)

    html = client_of(alice).get(address(alice)).content.decode()

    assert status in html
    assert ("status--danger" in html) is not is_improvement


def test_target_of_the_job_goes_before_that_of_the_metric(alice: Person, items: Metric, client_of: ClientOf) -> None:
    make_series(alice.employee, items, VALUES)
    assert "target 20.0" in client_of(alice).get(address(alice)).content.decode()
    job = alice.employee.job_description
    assert job is not None
    MetricTarget.objects.create(metric=items, job_description=job, target=24.0)
    MetricTarget.objects.create(metric=items, job_description=JobDescriptionFactory.create(name="Other"), target=9.0)

    html = client_of(alice).get(address(alice)).content.decode()

    assert "target 24.0" in html
    assert "target 20.0" not in html


def test_old_figures_say_that_nothing_came_since(alice: Person, items: Metric, client_of: ClientOf) -> None:
    make_series(alice.employee, items, VALUES[:6])

    assert "nothing since" in client_of(alice).get(address(alice)).content.decode()


def test_charts_are_fetched_when_they_come_into_view(alice: Person, items: Metric, client_of: ClientOf) -> None:
    make_series(alice.employee, items, VALUES)

    html = client_of(alice).get(address(alice)).content.decode()

    assert f'hx-get="{address(alice, "chart", metric_id=items.pk)}?window=year" hx-trigger="revealed"' in html
    assert f'<a href="{address(alice, "series", metric_id=items.pk)}">Show the chart: Items done</a>' in html
    assert "chart__svg" not in html


def test_chosen_window_is_remembered(alice: Person, items: Metric, client_of: ClientOf) -> None:
    make_series(alice.employee, items, VALUES)
    client = client_of(alice)
    client.get(f"{address(alice)}?window=quarter")

    assert '<a href="?window=quarter" aria-current="true">' in client.get(address(alice)).content.decode()


def test_page_asks_again_and_is_left_alone_while_nothing_changes(
    alice: Person, items: Metric, client_of: ClientOf
) -> None:
    series = make_series(alice.employee, items, VALUES)
    client = client_of(alice)
    stamp = client.get(address(alice)).context["stamp"]
    asked = {"HX-Request": "true", "X-Figures-Stamp": stamp}

    assert client.get(address(alice), headers=asked).status_code == 204
    series.changed_at = NOW + datetime.timedelta(minutes=1)
    series.save(update_fields=["changed_at"])
    changed = client.get(address(alice), headers=asked)
    assert changed.status_code == 200
    assert "<html" not in changed.content.decode()
    assert "Items done" in changed.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_with_more_figures(
    count: int,
    alice: Person,
    harbor_context: Organization,
    client_of: ClientOf,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for number in range(count):
        metric = MetricFactory.create(key=f"metric-{number}", direction=Direction.LOWER)
        SignalFactory.create(series=make_series(alice.employee, metric, VALUES))
    client = client_of(alice)
    client.get(address(alice))

    with django_assert_num_queries(11):  # type: ignore[attr-defined]  # a context manager
        client.get(address(alice))


def test_profile_shows_the_figures_to_those_who_follow_the_person(
    alice: Person, bob: Person, adam: Person, items: Metric, client_of: ClientOf
) -> None:
    make_series(alice.employee, items, VALUES, start=FIRST_MONDAY)
    profile = reverse(
        "people:employee_detail", kwargs={"organization_slug": "harbor", "employee_id": alice.employee.pk}
    )

    assert "All figures with their charts" in client_of(bob).get(profile).content.decode()
    assert "sparkline__line" in client_of(bob).get(profile).content.decode()
    assert "Items done" not in client_of(adam).get(profile).content.decode()
