"""Error pages say what to do next, and the last one needs nothing that may be broken."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from pipcycle.ui import errors
from tests.cast import Person

ClientOf = Callable[[Person], Client]


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "Nothing was changed"),
        (errors.permission_denied, 403, "ask your HR partner"),
        (errors.page_not_found, 404, "open your to-do list"),
        (errors.csrf_failure, 403, "your words are still in the form"),
        (errors.too_many_requests, 429, "Wait five minutes"),
    ],
)
@pytest.mark.django_db
def test_error_page_says_what_to_do_next(view: Callable[[HttpRequest], HttpResponse], status: int, words: str) -> None:
    answer = view(RequestFactory().get("/"))

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_server_error_renders_without_database_or_session() -> None:
    answer = errors.server_error(HttpRequest())

    assert answer.status_code == 500
    assert "Wait a minute and try again" in answer.content.decode()


@pytest.mark.django_db
def test_unknown_address_is_404_for_a_stranger() -> None:
    answer = Client().get("/nowhere/")

    assert answer.status_code == 404
    assert "We can’t find this page" in answer.content.decode()


def test_unknown_address_inside_the_organization_keeps_the_rail(bob: Person, client_of: ClientOf) -> None:
    answer = client_of(bob).get("/o/harbor/nowhere/")

    assert answer.status_code == 404
    assert 'class="rail"' in answer.content.decode()
