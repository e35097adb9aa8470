"""Saying what is measured."""

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from metrics.enums import BatchKind, Cadence, FormulaOperator
from metrics.models import Metric, MetricTarget, Observation, ObservationBatch, Series
from metrics.presets import PRESETS, USUAL
from metrics.selectors.definitions import presets_to_offer
from metrics.services.definitions import (
    add_presets,
    change_metric,
    define_metric,
    restore_metric,
    retire_metric,
    set_targets,
)
from metrics.services.observations import record_observations
from people.models import Organization
from pipcycle.errors import DomainError
from tests.cast import JobDescriptionFactory, Person
from tests.tenancy.rows import make_object


def test_a_metric_gets_a_short_name_of_its_name(harbor_context: Organization, hana: Person) -> None:
    metric = define_metric(actor=hana.member, name="Calls answered", unit="calls")

    assert (metric.key, metric.unit, metric.is_calculated) == ("calls-answered", "calls", False)


@pytest.mark.parametrize("who", ["alice", "bob", "eve"])
def test_only_hr_says_what_is_measured(who: str, harbor_context: Organization, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        define_metric(actor=request.getfixturevalue(who).member, name="Calls")


@pytest.mark.parametrize("name", ["Calls", "cAlls"])
def test_a_name_is_taken_once_whatever_its_case(name: str, harbor_context: Organization, hana: Person) -> None:
    define_metric(actor=hana.member, name="Calls")

    with pytest.raises(DomainError, match="There is a metric called"):
        define_metric(actor=hana.member, name=name, key="other")


def test_a_short_name_is_taken_once(harbor_context: Organization, hana: Person) -> None:
    define_metric(actor=hana.member, name="Calls", key="calls")

    with pytest.raises(DomainError, match="The short name “calls” is taken"):
        define_metric(actor=hana.member, name="Phone calls", key="calls")


def test_the_same_name_in_another_organization_is_free(
    harbor: Organization, alder: Organization, hana: Person, mallory: Person
) -> None:
    with tenant_context(harbor.pk):
        define_metric(actor=hana.member, name="Calls")
    with tenant_context(alder.pk):
        assert define_metric(actor=mallory.member, name="Calls").key == "calls"


def test_an_impossible_range_and_a_target_outside_it_are_refused(harbor_context: Organization, hana: Person) -> None:
    with pytest.raises(DomainError, match="must lie above the smallest"):
        define_metric(actor=hana.member, name="Calls", allowed_min=10.0, allowed_max=1.0)
    with pytest.raises(DomainError, match="The target lies outside"):
        define_metric(actor=hana.member, name="Calls", allowed_max=100.0, target=101.0)


def test_a_formula_takes_two_observed_metrics_of_the_same_rhythm(harbor_context: Organization, hana: Person) -> None:
    items = define_metric(actor=hana.member, name="Items", cadence=Cadence.DAY)
    errors = define_metric(actor=hana.member, name="Errors", cadence=Cadence.DAY)
    monthly = define_metric(actor=hana.member, name="Training", cadence=Cadence.MONTH)

    rate = define_metric(
        actor=hana.member, name="Rate", cadence=Cadence.DAY, formula=(errors, FormulaOperator.RATIO, items)
    )

    assert (rate.formula_left, rate.formula_right, rate.is_calculated) == (errors, items, True)
    with pytest.raises(DomainError, match="observed equally often"):
        define_metric(actor=hana.member, name="X", cadence=Cadence.DAY, formula=(errors, FormulaOperator.SUM, monthly))
    with pytest.raises(DomainError, match="cannot be a part"):
        define_metric(actor=hana.member, name="Y", cadence=Cadence.DAY, formula=(rate, FormulaOperator.SUM, items))
    with pytest.raises(DomainError, match="calculated from itself"):
        change_metric(actor=hana.member, metric=items, name="Items", formula=(items, FormulaOperator.SUM, errors))


def test_what_observations_rest_on_stays(harbor_context: Organization, hana: Person, alice: Person) -> None:
    metric = define_metric(actor=hana.member, name="Calls", unit="calls")
    series = make_object(Series, metric=metric, employee=alice.employee)
    make_object(Observation, series=series, batch=make_object(ObservationBatch))

    with pytest.raises(DomainError, match="Observations rest on this already: unit"):
        change_metric(actor=hana.member, metric=metric, name="Calls", unit="minutes")

    renamed = change_metric(actor=hana.member, metric=metric, name="Phone calls", unit="calls", target=20.0)
    assert (renamed.name, renamed.target) == ("Phone calls", 20.0)


def test_changing_to_a_taken_name_is_refused(harbor_context: Organization, hana: Person) -> None:
    define_metric(actor=hana.member, name="Calls")
    other = define_metric(actor=hana.member, name="Cases")

    with pytest.raises(DomainError, match="There is a metric called “calls” already"):
        change_metric(actor=hana.member, metric=other, name="calls")


def test_retiring_keeps_the_metric(harbor_context: Organization, hana: Person) -> None:
    metric = define_metric(actor=hana.member, name="Calls")

    retire_metric(actor=hana.member, metric=metric)
    assert not Metric.objects.get().is_active
    restore_metric(actor=hana.member, metric=metric)
    assert Metric.objects.get().is_active


def test_targets_per_job_are_set_changed_and_removed(harbor_context: Organization, hana: Person) -> None:
    metric = define_metric(actor=hana.member, name="Calls", allowed_max=100.0)
    analyst, clerk = JobDescriptionFactory.create(), JobDescriptionFactory.create(name="Clerk")

    set_targets(actor=hana.member, metric=metric, targets={analyst: 40.0, clerk: 60.0})
    set_targets(actor=hana.member, metric=metric, targets={analyst: 45.0, clerk: None})

    assert list(MetricTarget.objects.values_list("job_description__name", "target")) == [("Analyst", 45.0)]
    with pytest.raises(DomainError, match="The target for Clerk lies outside"):
        set_targets(actor=hana.member, metric=metric, targets={analyst: 10.0, clerk: 101.0})
    assert MetricTarget.objects.get().target == 45.0


def test_every_preset_can_be_added_and_brings_what_its_formula_needs(
    harbor_context: Organization, hana: Person
) -> None:
    assert [metric.key for metric in add_presets(actor=hana.member, keys=["error-rate"])] == [
        "errors", "items", "error-rate"
    ]  # fmt: skip
    assert {metric.key for metric in add_presets(actor=hana.member, keys=PRESETS)} == set(USUAL)
    assert add_presets(actor=hana.member, keys=PRESETS) == []
    assert list(presets_to_offer()) == []


def test_a_changed_formula_is_calculated_afresh(harbor_context: Organization, hana: Person, alice: Person) -> None:
    errors, items, rate = add_presets(actor=hana.member, keys=["error-rate"])
    rows = [
        (1, "errors", alice.employee.number, "2026-03-02", "2", ""),
        (2, "items", alice.employee.number, "2026-03-02", "50", ""),
    ]
    record_observations(actor=hana.member, kind=BatchKind.MANUAL, source="test", rows=rows)
    assert Observation.objects.get(series__metric=rate).value == 4.0

    change_metric(
        actor=hana.member,
        metric=rate,
        name=rate.name,
        formula=(errors, FormulaOperator.RATIO, items),
        formula_factor=1000.0,
        allowed_max=None,
    )

    assert Observation.objects.get(series__metric=rate).value == 40.0


def test_a_new_formula_is_calculated_at_once(harbor_context: Organization, hana: Person, alice: Person) -> None:
    errors, items = add_presets(actor=hana.member, keys=["errors", "items"])
    rows = [
        (1, "errors", alice.employee.number, "2026-03-02", "2", ""),
        (2, "items", alice.employee.number, "2026-03-02", "50", ""),
    ]
    record_observations(actor=hana.member, kind=BatchKind.MANUAL, source="test", rows=rows)

    rate = define_metric(
        actor=hana.member, name="Rate", cadence=Cadence.DAY, formula=(errors, FormulaOperator.RATIO, items)
    )

    assert Observation.objects.get(series__metric=rate).value == 0.04
