"""The figures of the organization and its departments: who reads them, what is left out, how much they cost."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from metrics.enums import Aggregation, Cadence
from metrics.models import GroupRollup, Metric, MetricTarget, ObservationBatch, Series
from metrics.registry import OrganizationFact, register_organization_facts
from metrics.selectors.groups import bands_of
from metrics.services.rollups import refresh_group_rollups
from people.models import Department, Employee, JobDescription, Organization
from tests.cast import DepartmentFactory, EmployeeFactory, JobDescriptionFactory, Person
from tests.metrics.factories import MetricFactory, SignalFactory, fill, make_series

PAGE = "/o/harbor/metrics/organization/"
HTMX = {"HX-Request": "true"}
JUNE = datetime.date(2026, 6, 1)
NOW = datetime.datetime(2026, 7, 6, 15, 0, tzinfo=datetime.UTC)
ClientOf = Callable[[Person], Client]
Staff = Callable[..., list[Employee]]
pytestmark = pytest.mark.usefixtures("_summer")


@pytest.fixture
def _summer() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def calls(harbor_context: Organization) -> Metric:
    """A monthly metric."""
    return MetricFactory.create(key="calls", name="Calls", unit="calls", cadence=Cadence.MONTH)


@pytest.fixture
def staff(harbor_context: Organization, calls: Metric) -> Staff:
    """Return a function that employs people in a department and measures them 1, 2, 3 … in June."""

    def employ(department: str, count: int, *metrics: Metric) -> list[Employee]:
        people = EmployeeFactory.create_batch(count, department=DepartmentFactory.create(name=department))
        for metric in metrics or (calls,):
            for value, person in enumerate(people, start=1):
                make_series(person, metric, [value], start=JUNE)
        refresh_group_rollups(organization_id=harbor_context.pk)
        return people

    return employ


@pytest.fixture
def vera(harbor_context: Organization, eve: Person) -> Person:
    """Eve, the executive, who is not an employee here: the departments hold nobody but whom a test employs."""
    Employee.objects.filter(pk=eve.employee.pk).delete()
    return eve


def department_page(name: str) -> str:
    return f"/o/harbor/metrics/departments/{Department.objects.get(name=name).pk}/"


def rows_of(page: str) -> dict[str, str]:
    """Return the text of each row of the breakdown by its department."""
    table = page[page.index('id="departments"') :]
    found = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    return {_text(name): _text(cells) for name, cells in found}


def _text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


@pytest.mark.parametrize(
    ("reader", "status"),
    [("eve", 200), ("hana", 200), ("carol", 403), ("bob", 403), ("alice", 403), ("adam", 403), ("ines", 403)],
)
def test_hr_partners_and_executives_read_the_organization(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    alice: Person,
    staff: Staff,
    calls: Metric,
    reader: str,
    status: int,
) -> None:
    staff("Sales", 6)
    client = client_of(request.getfixturevalue(reader))

    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}export/").status_code == status
    assert client.get(f"{PAGE}{calls.pk}/").status_code == status
    assert client.get(department_page("Sales")).status_code == status


def test_nobody_of_another_organization_reads_it(
    client: Client, client_of: ClientOf, staff: Staff, mallory: Person, eve: Person
) -> None:
    staff("Sales", 6)

    assert client.get(PAGE).status_code == 302
    assert client_of(mallory).get(PAGE).status_code == 404
    assert client_of(mallory).get(department_page("Sales").replace("harbor", "alder")).status_code == 404
    assert client_of(eve).post(PAGE).status_code == 405
    assert client_of(eve).get("/o/harbor/metrics/departments/999999/").status_code == 404


def test_the_page_shows_the_median_the_middle_half_and_how_many(
    client_of: ClientOf, vera: Person, staff: Staff
) -> None:
    staff("Sales", 9)
    page = _text(client_of(vera).get(PAGE).text)

    assert "5.0 calls" in page
    assert "3.0 calls – 7.0 calls" in page
    assert "Jun 2026" in page
    assert "100% 9 of 9" in page


def coverage_of(page: str, metric: str = "Calls") -> str:
    """Return the coverage of the metric on a page of figures."""
    found = re.search(r'data-label="Coverage">(.*?)</td>', page[page.index(f">{metric}<") :], re.DOTALL)
    assert found is not None
    return _text(found[1])


@pytest.fixture
def agents(staff: Staff) -> list[Employee]:
    """Six of the twelve people of Sales are agents, four of whom are measured; two others are as well."""
    people = [*staff("Sales", 6), *EmployeeFactory.create_batch(6, department=Department.objects.get(name="Sales"))]
    job = JobDescriptionFactory.create(name="Agent")
    chosen = [*people[:4], *people[6:8]]
    Employee.objects.filter(pk__in=[person.pk for person in chosen]).update(job_description=job)
    return chosen


def test_coverage_counts_everybody_unless_the_metric_names_jobs(
    client_of: ClientOf, vera: Person, agents: list[Employee], calls: Metric
) -> None:
    client = client_of(vera)
    assert coverage_of(client.get(PAGE).text) == "50% 6 of 12"

    MetricTarget.objects.create(metric=calls, job_description=JobDescription.objects.get(name="Agent"), target=30)

    assert coverage_of(client.get(PAGE).text) == "67% 4 of 6"
    assert coverage_of(client.get(department_page("Sales")).text) == "67% 4 of 6"
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}export/").content.decode("utf-8-sig"))))
    assert [row[11] for row in rows[1:]] == ["4", "4"]


def test_a_general_target_means_everybody_whatever_single_jobs_have(
    client_of: ClientOf, vera: Person, agents: list[Employee], calls: Metric
) -> None:
    MetricTarget.objects.create(metric=calls, job_description=JobDescription.objects.get(name="Agent"), target=30)
    Metric.objects.filter(pk=calls.pk).update(target=20)

    assert coverage_of(client_of(vera).get(PAGE).text) == "50% 6 of 12"


def test_coverage_of_a_few_is_left_out_where_subtraction_would_tell(
    client_of: ClientOf, vera: Person, staff: Staff, agents: list[Employee], calls: Metric
) -> None:
    job = JobDescription.objects.get(name="Agent")
    MetricTarget.objects.create(metric=calls, job_description=job, target=30)
    for name, number in (("Legal", 2), ("Operations", 9), ("Finance", 0)):
        people = staff(name, 9)
        Employee.objects.filter(pk__in=[person.pk for person in people[:number]]).update(job_description=job)
    client = client_of(vera)
    shown = {name: coverage_of(client.get(department_page(name)).text) for name in ("Sales", "Legal", "Operations")}

    assert coverage_of(client.get(PAGE).text) == "88% 15 of 17"
    assert shown == {"Sales": "–", "Legal": "–", "Operations": "100% 9 of 9"}
    assert "meant for no job here" in client.get(department_page("Finance")).text


def test_a_department_under_five_is_left_out_and_the_next_smallest_with_it(
    client_of: ClientOf, vera: Person, staff: Staff
) -> None:
    for name, count in (("Sales", 3), ("Legal", 6), ("Operations", 8)):
        staff(name, count)
    rows = rows_of(client_of(vera).get(PAGE).text)

    assert rows["Sales"] == rows["Legal"] == "– Not shown: a few people could be worked out."
    assert rows["Operations"].startswith("8 none 4.5 of 8")


def test_the_total_minus_what_is_shown_never_gives_a_small_group_away(
    client_of: ClientOf, vera: Person, staff: Staff
) -> None:
    for name, count in (("Sales", 1), ("Legal", 7), ("Operations", 8), ("Finance", 9)):
        staff(name, count)
    rows = list(csv.reader(io.StringIO(client_of(vera).get(f"{PAGE}export/").content.decode("utf-8-sig"))))[1:]
    employed = {row[0]: int(row[1]) for row in rows}
    measured = {row[0]: int(row[5]) for row in rows}

    assert set(employed) == {"Organization", "Operations", "Finance"}
    assert employed.pop("Organization") - sum(employed.values()) == 8
    assert measured.pop("Organization") - sum(measured.values()) == 8


def test_a_department_left_out_has_a_page_without_figures_and_no_charts(
    client_of: ClientOf, vera: Person, staff: Staff, calls: Metric
) -> None:
    for name, count in (("Sales", 3), ("Legal", 6), ("Operations", 8)):
        staff(name, count)
    client = client_of(vera)

    for name in ("Sales", "Legal"):
        page = client.get(department_page(name)).text
        assert "Not shown" in page
        assert "calls" not in _text(page[page.index('id="figures"') :])
        assert client.get(f"{department_page(name)}{calls.pk}/").status_code == 404
    assert client.get(f"{department_page('Operations')}{calls.pk}/").status_code == 200


def test_somebody_who_leaves_makes_the_department_disappear(
    client_of: ClientOf, vera: Person, staff: Staff, harbor: Organization
) -> None:
    people = staff("Sales", 5)
    staff("Operations", 8)
    staff("Finance", 8)
    client = client_of(vera)
    assert rows_of(client.get(PAGE).text)["Sales"].startswith("5 ")

    Employee.objects.filter(pk=people[0].pk).update(status="left", left_on=NOW.date())

    rows = rows_of(client.get(PAGE).text)
    assert "Not shown" in rows["Sales"]
    assert "Not shown" in rows["Finance"] + rows["Operations"]


def test_an_organization_of_four_has_no_figures_at_all(client_of: ClientOf, vera: Person, staff: Staff) -> None:
    staff("Sales", 3)

    assert "No figures to show yet" in client_of(vera).get(PAGE).text


def test_nobody_is_named(client_of: ClientOf, vera: Person, staff: Staff) -> None:
    people = staff("Sales", 6)
    SignalFactory.create(series=Series.objects.get(employee=people[0]))
    client = client_of(vera)
    pages = client.get(PAGE).text + client.get(department_page("Sales")).text

    assert [person.full_name for person in people if person.full_name in pages] == []
    assert "1 worse" in pages


def test_departments_are_sorted_by_name_not_by_their_figures(client_of: ClientOf, vera: Person, staff: Staff) -> None:
    for name in ("Sales", "Legal", "Operations"):
        staff(name, 6)

    assert list(rows_of(client_of(vera).get(PAGE).text)) == ["Legal", "Operations", "Sales"]


def test_other_rooms_add_figures_of_the_organization(
    client_of: ClientOf, vera: Person, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.registry._organization_facts", [])
    staff("Sales", 6)
    fact = OrganizationFact(label="Goals without an objective", value="38%", note="of 120 goals")
    register_organization_facts(lambda: [fact])

    assert "Goals without an objective 38% of 120 goals" in _text(client_of(vera).get(PAGE).text)


def test_a_feed_that_went_quiet_is_named(client_of: ClientOf, vera: Person, staff: Staff) -> None:
    staff("Sales", 6)
    assert "quiet since" not in client_of(vera).get(PAGE).text

    with time_machine.travel(NOW + datetime.timedelta(days=60)):
        page = _text(client_of(vera).get(PAGE).text)
    assert "quiet since 30 Jun 2026" in page
    assert "Feeds gone quiet 1 Calls" in page


def test_the_latest_delivery_is_the_latest_that_was_not_taken_back(
    client_of: ClientOf, vera: Person, staff: Staff
) -> None:
    staff("Sales", 6)
    ObservationBatch.objects.create(kind="file", source="july.csv")
    ObservationBatch.objects.create(kind="file", source="wrong.csv", taken_back_at=NOW, taken_back_reason="Wrong month")
    page = client_of(vera).get(PAGE).text

    assert "july.csv" in page
    assert "wrong.csv" not in page


@pytest.mark.parametrize("departments", [1, 3])
@pytest.mark.parametrize("figures", [1, 3])
def test_the_pages_cost_the_same_statements_whatever_they_show(
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    vera: Person,
    staff: Staff,
    departments: int,
    figures: int,
) -> None:
    metrics = [MetricFactory.create(key=f"figure-{number}", cadence=Cadence.MONTH) for number in range(figures)]
    for number in range(departments):
        staff(f"Department {number}", 5 * departments, *metrics)
    for metric in metrics:
        MetricTarget.objects.create(metric=metric, job_description=JobDescriptionFactory.create(), target=20)
    client = client_of(vera)
    client.get(PAGE)

    address = department_page("Department 0")
    with django_assert_num_queries(20):
        client.get(PAGE)
    with django_assert_num_queries(20):
        client.get(address)


def test_the_pages_read_no_single_observation(client_of: ClientOf, vera: Person, staff: Staff) -> None:
    staff("Sales", 6)
    client = client_of(vera)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
        client.get(department_page("Sales"))

    assert [query for query in captured.captured_queries if '"metrics_observation"' in query["sql"]] == []
    assert [query for query in captured.captured_queries if '"metrics_seriesrollup"' in query["sql"]] == []


def test_htmx_gets_the_figures_only_when_they_have_changed(
    client_of: ClientOf, vera: Person, staff: Staff, harbor: Organization
) -> None:
    staff("Sales", 6)
    client = client_of(vera)
    for address in (PAGE, department_page("Sales")):
        part = client.get(address, headers=HTMX)
        stamp = re.search(r'"X-Figures-Stamp": "([^"]+)"', part.text)
        assert stamp is not None
        assert "<html" not in part.text
        known = {**HTMX, "X-Figures-Stamp": stamp[1]}
        assert client.get(address, headers=known).status_code == 204
        refresh_group_rollups(organization_id=harbor.pk)
        assert client.get(address, headers=known).status_code == 200


def test_a_sum_of_a_month_that_still_runs_is_not_shown(
    client_of: ClientOf, harbor_context: Organization, vera: Person, staff: Staff
) -> None:
    total = MetricFactory.create(key="total", name="Total", cadence=Cadence.DAY, aggregation=Aggregation.SUM)
    people = staff("Sales", 6, total)
    for person in people:
        fill(Series.objects.get(employee=person), [1], start=NOW.date())
    refresh_group_rollups(organization_id=harbor_context.pk)

    assert ">Jul 2026<" not in client_of(vera).get(PAGE).text
    assert [row.starts_on for row in bands_of(total, today=NOW.date())] == [JUNE]


def test_a_chart_is_a_page_and_a_part(client_of: ClientOf, vera: Person, staff: Staff, calls: Metric) -> None:
    staff("Sales", 6)
    client = client_of(vera)
    page, part = client.get(f"{PAGE}{calls.pk}/"), client.get(f"{PAGE}{calls.pk}/", headers=HTMX)

    assert "<html" in page.text
    assert "<html" not in part.text
    assert "<svg" in part.text
    assert client.get(f"{PAGE}999999/").status_code == 404


def test_the_bands_of_two_years_are_drawn(harbor_context: Organization, staff: Staff, calls: Metric) -> None:
    staff("Sales", 6)
    old = GroupRollup.objects.get(department=None)
    old.pk, old.starts_on = None, datetime.date(2024, 6, 1)
    old.save()

    assert [row.starts_on for row in bands_of(calls, today=NOW.date())] == [JUNE]


@pytest.mark.parametrize(
    ("reader", "address"),
    [("bob", "teams/"), ("carol", "teams/"), ("hana", "organization/"), ("eve", "organization/")],
)
def test_the_overview_leads_to_what_the_reader_follows(
    request: pytest.FixtureRequest, client_of: ClientOf, alice: Person, reader: str, address: str
) -> None:
    response = client_of(request.getfixturevalue(reader)).get("/o/harbor/metrics/")

    assert (response.status_code, response.headers["Location"]) == (302, f"/o/harbor/metrics/{address}")


def test_the_overview_leads_everybody_else_to_themself(
    client_of: ClientOf, alice: Person, adam: Person, ines: Person
) -> None:
    for person in (alice, adam):
        response = client_of(person).get("/o/harbor/metrics/")
        assert response.headers["Location"] == f"/o/harbor/metrics/people/{person.employee.pk}/"
    assert client_of(ines).get("/o/harbor/metrics/").status_code == 403
