"""Handing in figures: what is recorded, what is refused, and in which words."""

import json
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from metrics.models import Observation, ObservationBatch
from people.models import Organization
from tests.metrics.api.conftest import Call, figure, figures

pytestmark = pytest.mark.django_db


def recorded(organization: Organization) -> list[tuple[str, float]]:
    """Return every value there is, with its employee."""
    with tenant_context(organization.pk):
        rows = Observation.objects.order_by("series__employee__number", "starts_on")
        return list(rows.values_list("series__employee__number", "value"))


def test_figures_are_recorded_under_the_program_s_name(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(figure(), figure(employee="N2", value=99)))

    body = answer.json()
    assert (answer.status_code, body["new"], body["refused"]) == (200, 2, [])
    assert recorded(measured) == [("N1", 97.5), ("N2", 99.0)]
    with tenant_context(measured.pk):
        batch = ObservationBatch.objects.get(pk=body["batch"])
        assert (batch.kind, batch.source) == ("api", "Call centre")


def test_a_refused_figure_is_named_and_never_blocks_the_others(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(figure(employee="NOBODY"), figure(), figure(metric="charm")))

    refused = answer.json()["refused"]
    assert (answer.status_code, answer.json()["new"]) == (200, 1)
    assert [(row["index"], row["employee"], row["metric"]) for row in refused] == [
        (0, "NOBODY", "accuracy"),
        (2, "N1", "charm"),
    ]
    assert all(row["code"] and row["message"] for row in refused)
    assert recorded(measured) == [("N1", 97.5)]


def test_all_or_nothing_records_nothing_for_one_bad_figure(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(figure(), figure(employee="NOBODY"), all_or_nothing=True))

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "refused")
    assert recorded(measured) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 422, "invalid"),
        ("{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (json.dumps(figures(figure(value=float("nan")))), 422, "invalid"),
        (json.dumps(figures(figure(value=float("inf")))), 422, "invalid"),
        ([], 422, "invalid"),
        ({}, 422, "invalid"),
        (figures(), 422, "invalid"),
        (figures(figure(value="97,5")), 422, "invalid"),
        (figures(figure(value=True)), 422, "invalid"),
        (figures(figure(value=None)), 422, "invalid"),
        (figures(figure(date="1.6.2026")), 422, "invalid"),
        (figures(figure(date=20260601)), 422, "invalid"),
        (figures(figure(employee=7)), 422, "invalid"),
        (figures(figure(employee="")), 422, "invalid"),
        (figures(figure(vlaue=1)), 422, "invalid"),
        (figures(figure(), all_or_nothing="yes"), 422, "invalid"),
    ],
)
def test_a_body_of_another_shape_is_refused_in_one_shape(
    body: Any, status: int, code: str, measured: Organization, hand_in: Call
) -> None:
    answer = hand_in(body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()["error"]) == {"code", "message", "details"}
    assert recorded(measured) == []


def test_the_place_of_an_error_is_named(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(figure(), figure(value="much")))

    assert answer.json()["error"]["details"] == [
        {"where": "observations.1.value", "message": "Input should be a valid number"}
    ]


def test_too_many_figures_are_refused_before_any_is_read(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(*[figure()] * 10_001))

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_many")


def test_a_huge_body_is_refused_by_its_length(measured: Organization, token: str) -> None:
    answer = Client().generic(
        "POST",
        "/api/v1/observations",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
        CONTENT_LENGTH="2000000000",
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_fault_of_ours_is_told_in_the_same_shape_and_leaves_nothing(
    measured: Organization, hand_in: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("metrics.api.app.record_observations", fail)

    answer = hand_in(figures(figure()))

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "fault")


def test_an_unknown_address_answers_as_the_api_does() -> None:
    answer = Client().get("/api/v1/nowhere")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_metrics_are_listed_with_the_names_figures_are_handed_in_under(measured: Organization, token: str) -> None:
    answer = Client().get("/api/v1/metrics", headers={"Authorization": f"Bearer {token}"})

    assert [(metric["key"], metric["unit"], metric["cadence"]) for metric in answer.json()["metrics"]] == [
        ("accuracy", "%", "week"),
        ("calls", "calls", "week"),
    ]
