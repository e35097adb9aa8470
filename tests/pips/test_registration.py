"""What the room gives to the rooms below: each kind of obligation, its page, documents, home, profile, search."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from documents.models import Document
from metrics.registry import TeamFact
from people.models import Employee
from people.registry import profile_sections
from pipcycle.ui.navigation import navigation_for
from pipcycle.ui.search import search_everything
from pips.enums import PlanStatus
from pips.models import Plan, PlanCheckIn
from pips.obligations import Owed
from pips.pages import MOST_ON_HOME, home_context, profile_context
from pips.registration import check_in_columns, may_read_document
from reminders.models import Obligation
from reminders.registry import home_sections_for, kind_for
from tests.cast import EmployeeFactory, Person
from tests.pips.conftest import Clock, Stage


@pytest.mark.parametrize("kind", Owed)
def test_every_kind_is_known_to_the_reminders(kind: Owed) -> None:
    registered = kind_for(kind)

    assert str(registered.title) != ""
    assert str(registered.action) != ""
    assert 0 in registered.offsets


def test_an_employees_own_view_is_not_reported_upwards() -> None:
    escalated = {kind for kind in Owed if kind_for(kind).escalate_after_days is not None}

    assert set(Owed) - escalated == {
        Owed.ANSWER_CHECK_IN,
        Owed.ANSWER_MILESTONE,
        Owed.CONFIRM_SUPPORT,
        Owed.LEGAL_REVIEW,
        Owed.ANSWER_ACCOMMODATION,
    }


def test_every_obligation_leads_to_its_page(stage: Stage, client_of: Callable[[Person], Client]) -> None:
    plan = stage.running()
    obligations = list(Obligation.objects.filter(status="open"))
    assert {one.about_type for one in obligations} == {"milestone", "check_in", "support_commitment"}
    browser = client_of(stage.bob)

    for obligation in obligations:
        response = browser.get(kind_for(obligation.kind).url(obligation))
        assert response.status_code == 302
        assert response["Location"].startswith(f"/o/harbor/plans/{plan.pk}/")
        assert response["Location"].endswith(f"/{obligation.about_id}/")


def test_the_way_from_an_obligation_tells_nothing_about_what_is_not_there(
    stage: Stage, client_of: Callable[[Person], Client]
) -> None:
    browser = client_of(stage.bob)

    assert browser.get("/o/harbor/plans/due/milestone/999999/").status_code == 404
    assert browser.get("/o/harbor/plans/due/employee/1/").status_code == 404
    assert browser.post("/o/harbor/plans/due/milestone/1/").status_code == 405


def test_a_document_is_read_by_whoever_reads_the_plan(stage: Stage, carol: Person, adam: Person, eve: Person) -> None:
    plan = stage.issued()
    document = Document.objects.get(about_id=plan.pk)
    people = (stage.alice, stage.bob, carol, stage.hana, adam, eve)

    assert [may_read_document(person.member, document) for person in people] == [True, True, True, True, False, False]
    document.about_id = plan.pk + 1
    assert may_read_document(stage.bob.member, document) is False


# --- Home and profile ------------------------------------------------------------------------------------------------


def sections(person: Person) -> list[str]:
    return [section.key for section in home_sections_for(person.member) if section.key == "plans"]


def test_the_home_of_managers_and_hr_shows_the_plans_under_way(
    harbor_context: object, alice: Person, bob: Person, carol: Person, hana: Person, adam: Person, eve: Person
) -> None:
    assert [sections(person) for person in (bob, carol, hana)] == [["plans"]] * 3
    assert [sections(person) for person in (alice, adam, eve)] == [[]] * 3


def test_the_home_stays_short(
    plan_in: Callable[[PlanStatus], Plan], bob: Person, hana: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    plan_in(PlanStatus.ACTIVE)
    with django_assert_num_queries(1):
        assert home_context(hana.member)["has_more"] is False

    for _number in range(MOST_ON_HOME):
        employee = EmployeeFactory.create(manager=bob.employee)
        Plan.objects.create(employee=employee, manager=bob.employee, template_key="quality", title="Another")
    with django_assert_num_queries(1):
        context = home_context(hana.member)
    assert (len(context["plans"]), context["has_more"]) == (MOST_ON_HOME, True)


def test_the_home_page_shows_the_plans(
    plan_in: Callable[[PlanStatus], Plan], bob: Person, client_of: Callable[[Person], Client]
) -> None:
    plan_in(PlanStatus.ACTIVE)

    page = client_of(bob).get("/o/harbor/").content.decode()

    assert "Plans under way" in page
    assert "Alice Archer" in page


def profile_keys(person: Person, employee: Employee) -> list[str]:
    return [section.key for section in profile_sections(person.member, employee) if section.key == "plans"]


def test_a_profile_shows_plans_to_those_who_could_read_one(
    plan_in: Callable[[PlanStatus], Plan],
    alice: Person,
    bob: Person,
    hana: Person,
    adam: Person,
) -> None:
    assert [profile_keys(person, alice.employee) for person in (alice, bob, hana, adam)] == [
        [],
        ["plans"],
        ["plans"],
        [],
    ]

    plan_in(PlanStatus.ACTIVE)
    assert profile_keys(alice, alice.employee) == ["plans"]


def test_the_profile_offers_a_draft_to_a_manager_when_none_is_open(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, hana: Person
) -> None:
    plan_in(PlanStatus.CLOSED)
    assert profile_context(bob.member, alice.employee)["can_draft"] is True
    assert profile_context(hana.member, alice.employee)["can_draft"] is False

    plan_in(PlanStatus.DRAFT)
    assert profile_context(bob.member, alice.employee)["can_draft"] is False


def test_the_profile_page_shows_the_plans(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, client_of: Callable[[Person], Client]
) -> None:
    plan = plan_in(PlanStatus.ACTIVE)

    page = client_of(bob).get(f"/o/harbor/people/{alice.employee.pk}/").content.decode()

    assert f"/o/harbor/plans/{plan.pk}/" in page


# --- Rail and search -------------------------------------------------------------------------------------------------


def rail(person: Person) -> list[str]:
    sections = navigation_for(member=person.member, organization_slug="harbor", path="/o/harbor/")
    return [str(link.label) for section in sections for link in section.links if link.url == "/o/harbor/plans/"]


def test_the_rail_shows_plans_to_those_they_concern(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, hana: Person, adam: Person, eve: Person
) -> None:
    plan_in(PlanStatus.DRAFT)
    assert [rail(person) for person in (alice, bob, hana, adam, eve)] == [[], ["Plans"], ["Plans"], [], []]


def test_the_rail_shows_plans_to_an_employee_who_was_handed_one(
    plan_in: Callable[[PlanStatus], Plan], alice: Person
) -> None:
    plan_in(PlanStatus.ISSUED)

    assert rail(alice) == ["Plans"]


def test_search_finds_only_what_the_member_may_read(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, adam: Person
) -> None:
    plan = plan_in(PlanStatus.DRAFT)
    address = f"/o/harbor/plans/{plan.pk}/"

    def found(person: Person, words: str) -> bool:
        results = search_everything(member=person.member, organization_slug="harbor", query=words)
        return address in [result.url for result in results]

    assert [found(bob, words) for words in ("archer", "alice plan", "bob")] == [True, True, False]
    assert [found(person, "archer") for person in (alice, adam)] == [False, False]


def test_the_team_page_says_when_the_next_check_in_is_and_when_it_is_overdue(stage: Stage, clock: Clock) -> None:
    stage.running()
    person = stage.alice.employee.pk
    (column,) = check_in_columns([person, 0])

    assert column.facts == {person: TeamFact(value="next 19 Jan", note="none held yet")}
    clock.to(datetime.date(2027, 1, 20))
    (column,) = check_in_columns([person])
    assert column.facts == {person: TeamFact(value="overdue since 19 Jan", note="none held yet", kind="warning")}
    PlanCheckIn.objects.filter(day=14).update(held_on=datetime.date(2027, 1, 20))
    (column,) = check_in_columns([person])
    assert column.facts == {person: TeamFact(value="next 18 Feb", note="last held 20 Jan")}


def test_the_team_page_says_nothing_of_a_plan_that_was_not_handed_over(stage: Stage) -> None:
    stage.approved()

    assert [dict(column.facts) for column in check_in_columns([stage.alice.employee.pk])] == [{}]
