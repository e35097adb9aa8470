"""The page that explains the API, and the description it is written from."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_shows_every_operation_and_shape_without_foreign_scripts() -> None:
    page = Client().get("/api/v1/docs")

    assert page.status_code == 200
    for words in ("/api/v1/observations", "/api/v1/metrics", "ObservationIn", "ErrorOut", "curl -X POST"):
        assert words in page.text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert [address for address in addresses if not address.startswith(("/", "#"))] == []
    assert "<script>" not in page.text


def test_the_example_can_be_sent_as_it_stands() -> None:
    example = Client().get("/api/v1/docs").context["operations"][0].example

    assert '-d \'{"observations": [{"employee": "10026", "metric": "accuracy", "date": "2026-06-01", ' in example


def test_every_link_inside_the_page_leads_somewhere() -> None:
    text = Client().get("/api/v1/docs").text

    wanted, there = set(re.findall(r'href="#([^"]+)"', text)), set(re.findall(r'id="([^"]+)"', text))

    assert wanted - there == set()


def test_the_description_names_the_token_and_the_key() -> None:
    schema = Client().get("/api/v1/openapi.json").json()

    operation = schema["paths"]["/api/v1/observations"]["post"]
    assert schema["components"]["securitySchemes"] == {"Token": {"type": "http", "scheme": "bearer"}}
    assert [parameter["name"] for parameter in operation["parameters"]] == ["Idempotency-Key"]
    assert set(operation["responses"]) == {"200", "400", "401", "403", "405", "413", "422", "429"}


def test_nothing_of_the_library_s_own_page_is_served() -> None:
    assert "swagger" not in Client().get("/api/v1/docs").text.lower()
