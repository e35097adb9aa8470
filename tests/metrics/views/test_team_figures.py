"""The figures of a team: who reads whose, what a cell says, and how much it costs."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics.enums import Cadence, SignalKind
from metrics.models import Metric, Series
from metrics.registry import TeamColumn, TeamFact, register_team_facts
from people.enums import EmployeeStatus, Role
from people.models import Employee, Organization, PartnerScope
from people.services.reporting_lines import rebuild_reporting_lines
from tests.cast import DepartmentFactory, EmployeeFactory, Person, make_person
from tests.metrics.factories import MetricFactory, SignalFactory, make_series, set_limits

OWN = "/o/harbor/metrics/teams/"
HTMX = {"HX-Request": "true"}
STEADY = [10, 12, 11, 9, 10, 11, 12, 10, 11, 9, 10, 11]
ClientOf = Callable[[Person], Client]
#: Three weeks after twelve weeks of figures that begin on 6 January 2025.
NOW = datetime.datetime(2025, 4, 9, 15, 0, tzinfo=datetime.UTC)
pytestmark = pytest.mark.usefixtures("_spring")


@pytest.fixture
def _spring() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def of(person: Person) -> str:
    return f"{OWN}{person.employee.pk}/"


def measured(person: Person, metric: Metric, values: list[float] | None = None) -> Series:
    return set_limits(make_series(person.employee, metric, values or STEADY), centre=10.5, lower=6.5, upper=14.5)


def names(page: str) -> list[str]:
    """Return the people of the page in order."""
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)


def test_a_manager_sees_the_figures_of_the_direct_reports(
    client_of: ClientOf, carol: Person, bob: Person, alice: Person, items: Metric
) -> None:
    measured(alice, items)
    measured(bob, items)

    assert names(client_of(bob).get(OWN).text) == ["Alice Archer"]
    assert names(client_of(carol).get(OWN).text) == ["Bob Bailey"]
    assert names(client_of(carol).get(OWN, {"level": "everyone"}).text) == ["Alice Archer", "Bob Bailey"]


@pytest.mark.parametrize(
    ("reader", "status"),
    [("bob", 200), ("carol", 200), ("hana", 200), ("alice", 404), ("adam", 404), ("eve", 404), ("ines", 404)],
)
def test_a_team_is_read_by_its_manager_those_above_and_hr_partners(
    request: pytest.FixtureRequest, client_of: ClientOf, alice: Person, bob: Person, reader: str, status: int
) -> None:
    assert client_of(request.getfixturevalue(reader)).get(of(bob)).status_code == status


def test_a_team_of_nobody_and_a_team_elsewhere_are_not_found(
    client_of: ClientOf, carol: Person, alice: Person, bob: Person, mallory: Person
) -> None:
    assert client_of(carol).get(of(alice)).status_code == 404
    assert client_of(mallory).get(of(bob)).status_code == 404
    assert client_of(carol).get(f"{OWN}{mallory.employee.pk}/").status_code == 404


def test_who_manages_nobody_has_no_team_page(client_of: ClientOf, alice: Person, eve: Person) -> None:
    assert client_of(alice).get(OWN).status_code == 403
    assert client_of(eve).get(OWN).status_code == 403


def test_a_stranger_signs_in_first_and_nobody_posts(
    client: Client, client_of: ClientOf, bob: Person, alice: Person
) -> None:
    assert client.get(OWN).status_code == 302
    assert client_of(bob).post(OWN).status_code == 405


def test_an_hr_partner_of_one_department_sees_only_those_they_serve(
    client_of: ClientOf, harbor: Organization, bob: Person, alice: Person, items: Metric
) -> None:

    hope = make_person(harbor, "Hope", "Hill", roles=(Role.HR_PARTNER,))
    with tenant_context(harbor.pk):
        legal = DepartmentFactory.create(name="Legal")
        PartnerScope.objects.create(membership=hope.member, department_id=bob.employee.department_id)
        EmployeeFactory.create(given_name="Lea", family_name="Lang", department=legal, manager=bob.employee)
        rebuild_reporting_lines()

    assert names(client_of(hope).get(of(bob)).text) == ["Alice Archer"]
    assert sorted(names(client_of(bob).get(OWN).text)) == ["Alice Archer", "Lea Lang"]


def test_a_cell_says_the_latest_value_and_marks_an_open_worse_signal_in_words(
    client_of: ClientOf, bob: Person, alice: Person, items: Metric, errors: Metric
) -> None:
    series = measured(alice, items, [*STEADY[:-1], 2])
    SignalFactory.create(series=series, kind=SignalKind.OUTSIDE, starts_on=series.last_on)
    calmer = measured(alice, errors)
    SignalFactory.create(series=calmer, kind=SignalKind.SHIFT, starts_on=calmer.last_on, is_improvement=True)
    page = client_of(bob).get(OWN).text

    assert "2.0\N{NO-BREAK SPACE}items" in page
    assert page.count("status--danger") == 1
    assert "Outside limits" in page
    assert "Improved" in page
    assert "1 with an open signal" in page


def test_a_bad_day_without_a_signal_is_not_red(client_of: ClientOf, bob: Person, alice: Person, items: Metric) -> None:
    measured(alice, items, [*STEADY[:-1], 0])

    assert "status--danger" not in client_of(bob).get(OWN).text


def test_those_with_signals_come_first_until_sorted_otherwise(
    client_of: ClientOf, harbor: Organization, bob: Person, alice: Person, items: Metric
) -> None:
    zoe = make_person(harbor, "Zoe", "Zander", manager=bob)
    measured(alice, items, [*STEADY[:-1], 30])
    SignalFactory.create(series=measured(zoe, items))
    client = client_of(bob)

    assert names(client.get(OWN).text) == ["Zoe Zander", "Alice Archer"]
    assert names(client.get(OWN, {"sort": "name"}).text) == ["Alice Archer", "Zoe Zander"]
    assert names(client.get(OWN, {"sort": "-name"}).text) == ["Zoe Zander", "Alice Archer"]
    assert names(client.get(OWN, {"sort": f"metric-{items.pk}"}).text) == ["Zoe Zander", "Alice Archer"]
    assert names(client.get(OWN, {"sort": f"-metric-{items.pk}"}).text) == ["Alice Archer", "Zoe Zander"]
    for nonsense in ("metric-", "metric-x", f"metric-{10**30}", "signals", "charm"):
        assert client.get(OWN, {"sort": nonsense}).status_code == 200


def test_figures_that_stopped_arriving_are_named(
    client_of: ClientOf, bob: Person, alice: Person, items: Metric
) -> None:
    make_series(alice.employee, items, STEADY[:6])

    assert "no figures since 16 Feb 2025" in client_of(bob).get(OWN).text


def test_people_who_have_left_are_not_shown(client_of: ClientOf, bob: Person, alice: Person, items: Metric) -> None:
    measured(alice, items)
    Employee.objects.filter(pk=alice.employee.pk).update(status=EmployeeStatus.LEFT, left_on=NOW.date())

    assert "Nobody to show" in client_of(bob).get(OWN).text


def test_a_team_without_figures_says_what_will_be_here(client_of: ClientOf, bob: Person, alice: Person) -> None:
    assert "No figures yet" in client_of(bob).get(OWN).text


def test_more_than_six_figures_can_be_chosen_from(
    client_of: ClientOf, harbor_context: Organization, bob: Person, alice: Person
) -> None:
    metrics = [MetricFactory.create(key=f"figure-{number}") for number in range(8)]
    for metric in metrics:
        measured(alice, metric)
    client = client_of(bob)

    page = client.get(OWN).text
    assert page.count('class="figures__cell"') == 6
    assert "Choose metrics" in page
    chosen = client.get(OWN, {"metric": [metrics[7].pk, metrics[0].pk]}).text
    assert re.findall(r'data-label="(Figure \d)"', chosen) == ["Figure 0", "Figure 7"]
    assert client.get(OWN, {"metric": ["x"], "level": "all"}).text.count('class="figures__cell"') == 6


def test_a_daily_figure_is_drawn_by_week_with_the_limits_of_its_weeks(
    client_of: ClientOf, harbor_context: Organization, bob: Person, alice: Person
) -> None:
    calls = MetricFactory.create(key="calls", cadence=Cadence.DAY)
    measured(alice, calls, [4.0, 6.0] * 42)
    page = client_of(bob).get(OWN).text

    assert page.count("sparkline__band") == 1
    assert len(re.findall(r"[ML]\d", page[page.index("sparkline__line") :].split('"')[2])) == 12


def test_days_that_are_added_up_show_whole_weeks_only(
    client_of: ClientOf, harbor_context: Organization, bob: Person, alice: Person
) -> None:
    calls = MetricFactory.create(key="calls", unit="calls", decimals=0, cadence=Cadence.DAY, aggregation="sum")
    make_series(alice.employee, calls, [5] * 9, start=datetime.date(2025, 3, 31))
    page = client_of(bob).get(OWN).text

    assert "35\N{NO-BREAK SPACE}calls" in page
    assert "10\N{NO-BREAK SPACE}calls" not in page


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("figures", [1, 3])
def test_the_page_costs_the_same_statements_whatever_it_shows(
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    harbor: Organization,
    bob: Person,
    alice: Person,
    people: int,
    figures: int,
) -> None:
    team = [alice, *(make_person(harbor, f"Given{n}", f"Family{n}", manager=bob) for n in range(people - 1))]
    with tenant_context(harbor.pk):
        for number in range(figures):
            metric = MetricFactory.create(key=f"figure-{number}")
            for person in team:
                SignalFactory.create(series=measured(person, metric))
    client = client_of(bob)
    client.get(OWN)

    with django_assert_num_queries(21):
        client.get(OWN)


def test_htmx_gets_the_figures_only_when_they_have_changed(
    client_of: ClientOf, bob: Person, alice: Person, items: Metric
) -> None:
    series = measured(alice, items)
    client = client_of(bob)
    part = client.get(OWN, headers=HTMX)
    stamp = re.search(r'"X-Figures-Stamp": "([^"]+)"', part.text)

    assert "<html" not in part.text
    assert stamp is not None
    unchanged = client.get(OWN, headers={**HTMX, "X-Figures-Stamp": stamp[1]})
    assert (unchanged.status_code, unchanged.content) == (204, b"")
    SignalFactory.create(series=series)
    changed = client.get(OWN, headers={**HTMX, "X-Figures-Stamp": stamp[1]})
    assert (changed.status_code, "Outside limits" in changed.text) == (200, True)


def test_the_page_asks_for_news_without_a_script_of_its_own(client_of: ClientOf, bob: Person, alice: Person) -> None:
    page = client_of(bob).get(OWN).text

    assert 'hx-trigger="every 45s, seen-again"' in page
    assert "js/live.js" in page


def test_a_team_is_found_from_the_one_above_and_from_its_manager(
    client_of: ClientOf, carol: Person, bob: Person, alice: Person
) -> None:
    link = f'href="{of(bob)}"'

    assert client_of(carol).get(OWN).text.count(link) == 1
    assert client_of(carol).get(f"/o/harbor/metrics/people/{bob.employee.pk}/").text.count(link) == 1
    assert client_of(bob).get(f"/o/harbor/metrics/people/{alice.employee.pk}/").text.count("/metrics/teams/") == 1


def test_a_large_team_has_pages_of_thirty(client_of: ClientOf, harbor_context: Organization, bob: Person) -> None:
    EmployeeFactory.create_batch(31, manager=bob.employee)
    rebuild_reporting_lines()
    client = client_of(bob)

    assert len(names(client.get(OWN).text)) == 30
    assert len(names(client.get(OWN, {"page": 2}).text)) == 1
    assert len(names(client.get(OWN, {"page": "x"}).text)) == 30


def test_the_filter_is_remembered(client_of: ClientOf, carol: Person, bob: Person, alice: Person) -> None:
    client = client_of(carol)
    client.get(OWN, {"level": "everyone"})

    assert client.get(OWN).headers["Location"] == f"{OWN}?level=everyone"


def test_other_rooms_add_columns(
    client_of: ClientOf, bob: Person, alice: Person, items: Metric, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.registry._team_facts", [])
    measured(alice, items)
    fact = TeamFact(value="3 of 4", note="one is late", kind="warning")
    register_team_facts(lambda ids: [TeamColumn(key="goals", title="Goals", facts=dict.fromkeys(ids, fact))])
    register_team_facts(lambda ids: [TeamColumn(key="empty", title="Nothing said", facts={})])
    page = client_of(bob).get(OWN).text

    assert "3 of 4" in page
    assert "one is late" in page
    assert "Nothing said" not in page


def test_the_export_is_a_line_for_each_person_and_figure(
    client_of: ClientOf, bob: Person, alice: Person, items: Metric
) -> None:
    SignalFactory.create(series=measured(alice, items))
    response = client_of(bob).get(f"{of(bob)}export/")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert rows[1:] == [
        [
            alice.employee.number, "Alice Archer", "Items done", "items", "2025-03-24", "11.0",
            "10.5", "6.5", "14.5", "A point outside the limits", "no",
        ]
    ]  # fmt: skip


def test_only_followers_of_the_team_export_it(client_of: ClientOf, bob: Person, alice: Person, eve: Person) -> None:
    assert client_of(alice).get(f"{of(bob)}export/").status_code == 404
    assert client_of(eve).get(f"{of(bob)}export/").status_code == 404
