"""Batches of figures: where they came from, and taking one back."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics.enums import BatchKind
from metrics.ingest.report import ObservationInput
from metrics.models import Observation, ObservationBatch
from metrics.selectors.uploads import taking_back_counts
from metrics.services.observations import record_observations
from people.models import AccessRecord, Organization
from tests.cast import EmployeeFactory, Person
from tests.metrics.uploads.figures import make_metrics

pytestmark = pytest.mark.django_db

LIST = "/o/harbor/metrics/batches/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def partner(hana: Person, client_of: ClientOf) -> Client:
    """Return Hana's browser; Harbor measures accuracy and calls of N1 and N2."""
    with tenant_context(hana.organization.pk):
        make_metrics()
        EmployeeFactory.create(number="N1", given_name="Nora", family_name="Nash")
        EmployeeFactory.create(number="N2")
    return client_of(hana)


def record(
    organization: Organization,
    *rows: tuple[str, str, str],
    kind: BatchKind = BatchKind.FILE,
    source: str = "june.csv",
) -> ObservationBatch:
    """Record values of accuracy: (employee, day, value)."""
    with tenant_context(organization.pk):
        report = record_observations(
            actor=None,
            kind=kind,
            source=source,
            rows=[
                ObservationInput(line, "accuracy", employee, day, value)
                for line, (employee, day, value) in enumerate(rows, start=2)
            ],
        )
        assert report.batch is not None
        return report.batch


def values(organization: Organization) -> list[float]:
    """Return every value in order of its day."""
    with tenant_context(organization.pk):
        return list(Observation.objects.order_by("starts_on").values_list("value", flat=True))


def test_an_empty_list_teaches_the_next_step(partner: Client) -> None:
    assert "No figures yet" in partner.get(LIST).text


def names(client: Client, query: str = "") -> list[str]:
    """Return the names of the batches listed."""
    page = client.get(f"{LIST}{query or '?reset=1'}").context["page"]
    return [batch.source for batch in page] if page.paginator.count else []


@pytest.fixture
def three(partner: Client, harbor: Organization) -> Client:
    """Hana's browser; three batches have come, the second over the API, the first of which was taken back."""
    first = record(harbor, ("N1", "2026-06-01", "97"), source="june.csv")
    record(harbor, ("N1", "2026-06-08", "96"), ("N2", "2026-06-08", "96"), kind=BatchKind.API, source="Call centre")
    record(harbor, ("N1", "2026-06-15", "96"), ("NOBODY", "2026-06-15", "96"), source="august.csv")
    partner.post(f"{LIST}{first.pk}/taking-back/", {"reason": "Filtered wrongly."})
    return partner


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["august.csv", "Call centre", "june.csv"]),
        ("?kind=api", ["Call centre"]),
        ("?kind=nonsense", ["august.csv", "Call centre", "june.csv"]),
        ("?state=taken_back", ["june.csv"]),
        ("?state=in_force", ["august.csv", "Call centre"]),
        ("?q=CENTRE+call", ["Call centre"]),
        ("?q=march", []),
        ("?sort=name", ["august.csv", "Call centre", "june.csv"]),
        ("?sort=-name", ["june.csv", "Call centre", "august.csv"]),
        ("?sort=when", ["june.csv", "Call centre", "august.csv"]),
        ("?sort=-new", ["Call centre", "august.csv", "june.csv"]),
        ("?sort=-refused", ["august.csv", "Call centre", "june.csv"]),
        ("?sort=odd", ["august.csv", "Call centre", "june.csv"]),
    ],
)
def test_list_is_narrowed_and_sorted(query: str, found: list[str], three: Client) -> None:
    assert names(three, query) == found


def test_list_is_shown_again_as_it_was_left(three: Client) -> None:
    three.get(f"{LIST}?kind=api&sort=name&page=1")

    assert three.get(LIST).headers["Location"] == f"{LIST}?kind=api&sort=name"
    assert len(names(three, "?reset=1")) == 3
    assert three.get(LIST).status_code == 200


def test_htmx_gets_the_rows_alone(three: Client) -> None:
    part = three.get(f"{LIST}?kind=api", headers={"HX-Request": "true"}).text

    assert "Call centre" in part
    assert "<html" not in part


def test_nothing_found_offers_the_whole_list(three: Client) -> None:
    page = three.get(f"{LIST}?q=march").text

    assert "No batch matches" in page
    assert 'href="?reset=1"' in page


def test_list_is_exported_as_it_is_narrowed(three: Client, harbor: Organization, hana: Person) -> None:
    answer = three.get(f"{LIST}export/?state=taken_back")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Batch", "Source"]
    assert [(row[0], row[1], row[4:8], row[9]) for row in rows[1:]] == [
        ("june.csv", "File", ["1", "0", "0", "0"], "Filtered wrongly.")
    ]
    with tenant_context(harbor.pk):
        seen = AccessRecord.objects.filter(about_type="observation batch", action="export")
        assert [entry.member_id for entry in seen] == [hana.member.pk]


@pytest.mark.parametrize(("who", "status"), [("adam", 200), ("alice", 403), ("bob", 403), ("eve", 403), ("ines", 403)])
def test_who_manages_figures_reads_and_exports_the_list(
    who: str, status: int, partner: Client, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert (client.get(LIST).status_code, client.get(f"{LIST}export/").status_code) == (status, status)
    assert (client.post(LIST).status_code, client.post(f"{LIST}export/").status_code) == (405, 405)


def test_strangers_find_neither_list_nor_export(
    partner: Client, client: Client, client_of: ClientOf, mallory: Person
) -> None:
    for path in (LIST, f"{LIST}export/"):
        assert client.get(path).status_code == 302
        assert client_of(mallory).get(path).status_code == 404


def test_page_shows_counts_figures_and_corrections(partner: Client, harbor: Organization) -> None:
    record(harbor, ("N1", "2026-06-01", "97"))
    batch = record(harbor, ("N1", "2026-06-01", "95"), ("N2", "2026-06-01", "88"))

    page = partner.get(f"{LIST}{batch.pk}/")

    assert [(row.old_value, row.new_value) for row in page.context["corrections"]] == [(97.0, 95.0)]
    assert sorted(row.value for row in page.context["sample"]) == [88.0, 95.0]
    assert "Nora Nash" in page.text
    assert "97.0" in page.text


def test_hr_admin_sees_the_counts_but_nobody_s_figures(
    adam: Person, client_of: ClientOf, partner: Client, harbor: Organization
) -> None:
    batch = record(harbor, ("N1", "2026-06-01", "97"))

    page = client_of(adam).get(f"{LIST}{batch.pk}/")

    assert (page.status_code, list(page.context["sample"]), "Nora Nash" in page.text) == (200, [], False)


def test_taking_back_says_what_it_will_do_asks_why_and_does_it(partner: Client, harbor: Organization) -> None:
    record(harbor, ("N1", "2026-06-01", "97"))
    batch = record(harbor, ("N1", "2026-06-01", "95"), ("N1", "2026-06-08", "88"))
    path = f"{LIST}{batch.pk}/taking-back/"

    asked = partner.get(path)
    assert (asked.context["removed"], asked.context["restored"]) == (1, 1)
    assert partner.post(path, {"reason": ""}).status_code == 422
    assert values(harbor) == [95.0, 88.0]

    done = partner.post(path, {"reason": "Filtered wrongly."}, follow=True)

    assert values(harbor) == [97.0]
    assert "This batch was taken back" in done.text
    assert "Filtered wrongly." in done.text
    assert partner.get(path).headers["Location"] == f"{LIST}{batch.pk}/"
    assert partner.post(path, {"reason": "Again."}).headers["Location"] == f"{LIST}{batch.pk}/"


def test_what_is_said_of_taking_back_is_what_happens(partner: Client, harbor: Organization) -> None:
    first = record(harbor, ("N1", "2026-06-01", "97"), ("N1", "2026-06-08", "91"))
    second = record(harbor, ("N1", "2026-06-01", "95"))
    with tenant_context(harbor.pk):
        said = taking_back_counts(second), taking_back_counts(first)
    partner.post(f"{LIST}{first.pk}/taking-back/", {"reason": "Wrong."})
    with tenant_context(harbor.pk):
        then = taking_back_counts(second)
    partner.post(f"{LIST}{second.pk}/taking-back/", {"reason": "Wrong as well."})

    assert said == ({"removed": 0, "restored": 1}, {"removed": 1, "restored": 0})
    assert (then, values(harbor)) == ({"removed": 1, "restored": 0}, [])


def test_calculated_batch_offers_no_taking_back(partner: Client, harbor: Organization) -> None:
    with tenant_context(harbor.pk):
        batch = ObservationBatch.objects.create(kind=BatchKind.FORMULA, source="Error rate")

    assert f"{LIST}{batch.pk}/taking-back/" not in partner.get(f"{LIST}{batch.pk}/").text
    assert partner.post(f"{LIST}{batch.pk}/taking-back/", {"reason": "Mine."}).status_code == 422


@pytest.mark.parametrize("who", ["alice", "bob", "eve", "ines"])
def test_others_may_not_take_back(
    who: str, partner: Client, harbor: Organization, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    batch = record(harbor, ("N1", "2026-06-01", "97"))

    answer = client_of(request.getfixturevalue(who)).post(f"{LIST}{batch.pk}/taking-back/", {"reason": "Mine."})

    assert (answer.status_code, values(harbor)) == (403, [97.0])


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_batch_and_for_three(
    count: int, partner: Client, harbor: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        record(harbor, ("N1", f"2026-06-{number * 7 + 1:02}", "97"))
    partner.get(LIST)

    with django_assert_num_queries(10):
        partner.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_figure_and_for_three(
    count: int, partner: Client, harbor: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [("N1", f"2026-06-{number * 7 + 1:02}", "97") for number in range(count)]
    record(harbor, *rows)
    batch = record(harbor, *[(employee, day, "96") for employee, day, _value in rows])
    partner.get(f"{LIST}{batch.pk}/")

    with django_assert_num_queries(11):
        partner.get(f"{LIST}{batch.pk}/")
