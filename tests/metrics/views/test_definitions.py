"""The pages that say what is measured."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics.models import Metric, MetricTarget
from metrics.services.definitions import define_metric
from people.models import Organization
from tests.cast import JobDescriptionFactory, Person

LIST = "/o/harbor/metrics/definitions/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def calls(harbor_context: Organization, hana: Person) -> Metric:
    """A metric of Harbor."""
    return define_metric(actor=hana.member, name="Calls", unit="calls", target=20.0)


def filled(**changes: str) -> dict[str, str]:
    """Return the form as a browser sends it."""
    return {
        "name": "Cases",
        "unit": "cases",
        "decimals": "0",
        "direction": "higher",
        "cadence": "week",
        "aggregation": "sum",
        "leave_handling": "none",
        "formula_factor": "1",
        **changes,
    }


def test_an_empty_list_offers_the_usual_five(client_of: ClientOf, hana: Person) -> None:
    client = client_of(hana)
    page = client.get(LIST).text

    assert "Nothing is measured yet" in page
    assert page.count(" checked>") == 5
    assert client.post(LIST, {"presets": ["accuracy", "lateness"]}).headers["Location"] == LIST
    with tenant_context(hana.organization.pk):
        assert set(Metric.objects.values_list("key", flat=True)) == {"accuracy", "lateness"}


def test_adding_nothing_or_what_is_no_preset_says_so(client_of: ClientOf, hana: Person) -> None:
    client = client_of(hana)

    assert client.post(LIST, {}).status_code == 422
    assert client.post(LIST, {"presets": ["charm"]}).status_code == 422
    with tenant_context(hana.organization.pk):
        assert not Metric.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_more_metrics(
    count: int, client_of: ClientOf, hana: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_context(hana.organization.pk):
        for number in range(count):
            define_metric(actor=None, name=f"Metric {number}")
    client = client_of(hana)
    client.get(LIST)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(LIST)


QUERIES_OF_THE_LIST = 10


def test_a_metric_is_defined_and_changed(client_of: ClientOf, hana: Person) -> None:
    client = client_of(hana)
    made = client.post(f"{LIST}new/", filled())
    with tenant_context(hana.organization.pk):
        metric = Metric.objects.get()
    assert made.headers["Location"] == f"{LIST}{metric.pk}/"

    client.post(f"{LIST}{metric.pk}/change/", filled(name="Cases closed", target="12.5"))

    with tenant_context(hana.organization.pk):
        metric.refresh_from_db()
    assert (metric.name, metric.key, metric.target) == ("Cases closed", "cases", 12.5)
    assert "Cases closed" in client.get(made.headers["Location"]).text


def test_half_a_formula_is_refused_and_the_words_stay(client_of: ClientOf, hana: Person, calls: Metric) -> None:
    answer = client_of(hana).post(f"{LIST}new/", filled(name="Cases per call", formula_left=str(calls.pk)))

    assert answer.status_code == 422
    assert "A formula needs two metrics" in answer.text
    assert 'value="Cases per call"' in answer.text


def test_a_refusal_of_the_service_is_shown(client_of: ClientOf, hana: Person, calls: Metric) -> None:
    answer = client_of(hana).post(f"{LIST}new/", filled(name="calls"))

    assert answer.status_code == 422
    assert "There is a metric called “calls” already" in answer.text


def test_targets_are_set_for_a_job(client_of: ClientOf, hana: Person, calls: Metric) -> None:
    job = JobDescriptionFactory.create()
    client = client_of(hana)

    client.post(f"{LIST}{calls.pk}/targets/", {f"job_{job.pk}": "25"})

    with tenant_context(hana.organization.pk):
        assert MetricTarget.objects.get().target == 25.0
    assert "Analyst" in client.get(f"{LIST}{calls.pk}/").text


def test_a_metric_goes_out_of_use_and_comes_back(client_of: ClientOf, hana: Person, calls: Metric) -> None:
    client = client_of(hana)

    client.post(f"{LIST}{calls.pk}/use/", {"use": "no"})
    assert "Out of use" in client.get(f"{LIST}{calls.pk}/").text
    client.post(f"{LIST}{calls.pk}/use/", {"use": "yes"})
    assert "In use" in client.get(f"{LIST}{calls.pk}/").text


@pytest.mark.parametrize("path", ["", "new/"])
@pytest.mark.parametrize("who", ["alice", "bob", "eve"])
def test_nobody_but_hr_defines(who: str, path: str, client_of: ClientOf, request: pytest.FixtureRequest) -> None:
    client = client_of(request.getfixturevalue(who))

    assert (client.get(LIST + path).status_code, client.post(LIST + path).status_code) == (403, 403)
