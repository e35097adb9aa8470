"""A request with a key is done once, whatever happens to its answer on the way."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from django_rls_tenants import tenant_context

from metrics.models import IdempotentAnswer, ObservationBatch
from metrics.services.tokens import forget_answers
from people.models import Organization
from tests.metrics.api.conftest import Call, figure, figures

KEY = {"Idempotency-Key": "night-2026-06-01"}


def batches(organization: Organization) -> int:
    """Return how often figures were recorded."""
    with tenant_context(organization.pk):
        return ObservationBatch.objects.count()


@pytest.mark.django_db
def test_same_key_and_body_get_the_same_answer(measured: Organization, hand_in: Call) -> None:
    first, second = (hand_in(figures(figure()), **KEY) for _each in range(2))

    assert (second.status_code, second.json()) == (200, first.json())
    assert (first.headers.get("Idempotent-Replayed"), second.headers["Idempotent-Replayed"]) == (None, "true")
    assert batches(measured) == 1


@pytest.mark.django_db
def test_same_key_with_another_body_is_refused(measured: Organization, hand_in: Call) -> None:
    hand_in(figures(figure()), **KEY)

    answer = hand_in(figures(figure(value=1)), **KEY)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "key_reused")
    assert batches(measured) == 1


@pytest.mark.django_db
def test_a_refusal_does_not_use_the_key_up(measured: Organization, hand_in: Call) -> None:
    refused = hand_in(figures(figure(), figure(employee="NOBODY"), all_or_nothing=True), **KEY)
    malformed = hand_in("{", **KEY)

    mended = hand_in(figures(figure()), **KEY)

    assert [answer.status_code for answer in (refused, malformed, mended)] == [422, 400, 200]


@pytest.mark.django_db
def test_an_endless_key_is_refused(measured: Organization, hand_in: Call) -> None:
    answer = hand_in(figures(figure()), **{"Idempotency-Key": "k" * 201})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_key")


@pytest.mark.django_db
def test_answers_are_forgotten_after_two_days(measured: Organization, hand_in: Call) -> None:
    hand_in(figures(figure()), **KEY)
    with tenant_context(measured.pk):
        assert forget_answers() == 0
        IdempotentAnswer.objects.update(answered_at=timezone.now() - datetime.timedelta(days=3))
        assert forget_answers() == 1


@pytest.mark.django_db(transaction=True)
def test_of_requests_at_the_same_moment_one_does_it(measured: Organization, hand_in: Call) -> None:
    start = threading.Barrier(4)

    def send(_number: int) -> dict[str, object]:
        start.wait(30)
        try:
            answer: dict[str, object] = hand_in(figures(figure()), **KEY).json()
            return answer
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert answers == [answers[0]] * 4
    assert (answers[0]["new"], batches(measured)) == (1, 1)
