"""The pages of cycles: what they say, what they do, what they refuse."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from goals.enums import CycleStatus
from goals.models import Cycle
from tests.cast import Person
from tests.goals.structure.conftest import ENDS, STARTS

CYCLES = "/o/harbor/goals/cycles/"
ClientOf = Callable[[Person], Client]

FACTS = {
    "name": "2027, first half",
    "kind": "half",
    "starts_on": "2027-01-01",
    "ends_on": "2027-06-30",
    "propose_by": "2027-01-29",
    "update_every_weeks": "4",
}


@pytest.fixture
def found(cycle: Cycle) -> Callable[[], Cycle]:
    """Return a function that reads the cycle afresh."""

    def read() -> Cycle:
        with tenant_context(cycle.organization_id):
            return Cycle.objects.get(pk=cycle.pk)

    return read


def test_hr_opens_a_cycle_and_lands_on_its_page(hana: Person, alice: Person, client_of: ClientOf) -> None:
    page = client_of(hana).post(f"{CYCLES}new/", FACTS, follow=True)

    assert page.status_code == 200
    assert "2027, first half" in page.content.decode()
    assert [str(message) for message in page.context["messages"]] == [
        "The cycle is open. Everybody who has a manager is asked to propose goals."
    ]


def test_dates_out_of_order_keep_what_was_typed(hana: Person, client_of: ClientOf) -> None:
    page = client_of(hana).post(f"{CYCLES}new/", {**FACTS, "ends_on": "2026-12-31"})

    assert page.status_code == 422
    assert page.context["form"].errors == {"ends_on": ["The last day of a cycle comes after its first."]}
    assert page.context["form"]["name"].value() == "2027, first half"


def test_a_name_in_use_is_refused_above_the_form(cycle: Cycle, hana: Person, client_of: ClientOf) -> None:
    page = client_of(hana).post(f"{CYCLES}new/", FACTS)

    assert page.status_code == 409
    assert "There is a cycle called" in page.context["form"].non_field_errors()[0]


@pytest.mark.parametrize(("step", "status"), [("freeze", CycleStatus.FROZEN), ("archive", CycleStatus.ARCHIVED)])
def test_a_step_asks_first_and_is_taken_by_a_post(  # the cast of the test
    step: str, status: CycleStatus, cycle: Cycle, found: Callable[[], Cycle], hana: Person, client_of: ClientOf
) -> None:
    browser = client_of(hana)
    address = f"{CYCLES}{cycle.pk}/{step}/"
    asked = browser.get(address)
    before = found().status
    done = browser.post(address)
    again = browser.post(address)

    assert (asked.status_code, before, done.status_code, again.status_code) == (200, CycleStatus.OPEN, 302, 409)
    assert found().status == status


def test_a_frozen_cycle_is_opened_again(
    cycle: Cycle, found: Callable[[], Cycle], hana: Person, client_of: ClientOf
) -> None:
    browser = client_of(hana)
    browser.post(f"{CYCLES}{cycle.pk}/freeze/")
    browser.post(f"{CYCLES}{cycle.pk}/reopening/")

    assert found().status == CycleStatus.OPEN


def test_changing_shows_the_facts_and_saves_them(
    cycle: Cycle, found: Callable[[], Cycle], adam: Person, client_of: ClientOf
) -> None:
    browser = client_of(adam)
    page = browser.get(f"{CYCLES}{cycle.pk}/change/")
    browser.post(f"{CYCLES}{cycle.pk}/change/", {**FACTS, "name": "H1"})

    assert (page.context["form"]["starts_on"].value(), page.context["form"]["ends_on"].value()) == (STARTS, ENDS)
    assert found().name == "H1"


def test_the_page_counts_people_and_departments(cycle: Cycle, hana: Person, client_of: ClientOf) -> None:
    page = client_of(hana).get(f"{CYCLES}{cycle.pk}/")

    total = page.context["total"]
    assert (total.people, total.proposed, total.overdue, total.goals) == (2, 0, 0, 0)
    assert page.context["moves"] == {CycleStatus.FROZEN, CycleStatus.ARCHIVED}


def test_the_executive_reads_and_moves_nothing(cycle: Cycle, eve: Person, client_of: ClientOf) -> None:
    browser = client_of(eve)
    page = browser.get(f"{CYCLES}{cycle.pk}/")

    assert page.context["moves"] == frozenset()
    assert page.context["departments"].left_out == 1
    assert browser.post(f"{CYCLES}{cycle.pk}/freeze/").status_code == 403
