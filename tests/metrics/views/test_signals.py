"""The pages of signals: who sees which, what one says, each step, and who came too late."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from metrics.models import Metric, Signal
from metrics.services.signals import acknowledge_signal
from tests.cast import Person, make_person
from tests.metrics.signal_stage import drop_of

ClientOf = Callable[[Person], Client]
LIST = "/o/harbor/metrics/signals/"


@pytest.fixture
def signal(items: Metric, alice: Person) -> Signal:
    return drop_of(alice.employee, items)


def page_of(signal: Signal, step: str = "") -> str:
    return f"{LIST}{signal.pk}/{step}"


@pytest.mark.parametrize(
    ("who", "count"), [("alice", 1), ("bob", 1), ("carol", 1), ("hana", 1), ("adam", 0), ("eve", 0)]
)
def test_each_sees_the_signals_of_whom_they_follow(
    client_of: ClientOf, signal: Signal, request: pytest.FixtureRequest, who: str, count: int
) -> None:
    body = client_of(request.getfixturevalue(who)).get(LIST).content.decode()

    assert body.count(page_of(signal)) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [("?q=alice", 1), ("?q=zoe", 0), ("?status=open", 1), ("?status=dismissed", 0), ("?direction=worse", 1),
     ("?direction=better", 0), ("?whose=mine", 0), ("?whose=reports", 1), ("?sort=-employee", 1), ("?sort=odd", 1)],
)  # fmt: skip
def test_the_list_is_narrowed(client_of: ClientOf, signal: Signal, bob: Person, query: str, count: int) -> None:
    assert client_of(bob).get(f"{LIST}{query}").content.decode().count(page_of(signal)) == count


def test_the_list_costs_the_same_for_one_row_and_for_three(
    client_of: ClientOf, signal: Signal, items: Metric, bob: Person
) -> None:
    client = client_of(bob)
    client.get(LIST)
    counts = []
    for names in ((), (("Yusuf", "Younis"), ("Zoe", "Zeller"))):
        for given, family in names:
            drop_of(make_person(bob.organization, given, family, manager=bob).employee, items)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_list_is_exported(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    text = client_of(bob).get(f"{LIST}export/").content.decode("utf-8-sig")

    assert "Alice Archer" in text.splitlines()[1]


def test_the_page_explains_the_pattern_with_its_numbers(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    body = client_of(bob).get(page_of(signal)).content.decode()

    assert "below the lower limit of 4.7" in body
    assert "Acknowledge with a cause" in body


def test_the_person_sees_the_signal_and_no_decision(client_of: ClientOf, signal: Signal, alice: Person) -> None:
    body = client_of(alice).get(page_of(signal)).content.decode()

    assert "Add your view" in body
    assert "Acknowledge with a cause" not in body


@pytest.mark.parametrize(
    ("step", "words", "status"),
    [
        ("acknowledgement/", {"cause": "workload", "note": "Two away."}, "acknowledged"),
        ("dismissal/", {"reason": "Stocktaking."}, "dismissed"),
    ],
)
def test_a_manager_decides(
    client_of: ClientOf, signal: Signal, bob: Person, step: str, words: dict[str, str], status: str
) -> None:
    answer = client_of(bob).post(page_of(signal, step), words)

    signal.refresh_from_db()
    assert (answer.status_code, answer["Location"], signal.status) == (302, page_of(signal), status)


@pytest.mark.parametrize("step", ["acknowledgement/", "dismissal/", "shift/"])
def test_empty_answers_are_asked_again(client_of: ClientOf, signal: Signal, bob: Person, step: str) -> None:
    assert client_of(bob).post(page_of(signal, step), {}).status_code == 422


def test_who_comes_too_late_keeps_the_words_and_is_told(
    client_of: ClientOf, signal: Signal, bob: Person, carol: Person
) -> None:
    acknowledge_signal(actor=carol.member, signal=signal, cause="one_off")

    answer = client_of(bob).post(page_of(signal, "dismissal/"), {"reason": "Stocktaking day."})

    assert answer.status_code == 409
    assert "Carol Castellan moved this signal" in answer.content.decode()
    assert "Stocktaking day." in answer.content.decode()


def test_the_person_adds_their_view(client_of: ClientOf, signal: Signal, alice: Person, bob: Person) -> None:
    client_of(alice).post(page_of(signal, "comment/"), {"comment": "The line stood still."})

    assert "The line stood still." in client_of(bob).get(page_of(signal)).content.decode()


def test_a_change_is_confirmed_and_taken_back(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    client = client_of(bob)
    words = {"starts_on": signal.ends_on.isoformat(), "reason": "New scanners."}

    assert client.post(page_of(signal, "shift/"), words).status_code == 302
    signal.refresh_from_db()
    assert signal.status == "withdrawn"
    phase = signal.series.phases.get()
    assert client.post(page_of(signal, f"shift/{phase.pk}/withdrawal/")).status_code == 302
    signal.refresh_from_db()
    assert (signal.status, signal.series.phases.count()) == ("open", 0)


def test_home_and_profile_show_open_signals_to_the_manager(
    client_of: ClientOf, signal: Signal, alice: Person, bob: Person
) -> None:
    client = client_of(bob)

    assert page_of(signal) in client.get("/o/harbor/").content.decode()
    assert page_of(signal) in client.get(f"/o/harbor/people/{alice.employee.pk}/").content.decode()
