"""What the coach says while a goal is typed: to whom, about what, with and without JavaScript."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from goals.enums import GoalStatus
from goals.models import Goal
from metrics.enums import Grain
from metrics.models import Metric, SeriesRollup
from metrics.selectors.ranges import FEWEST_PEOPLE, job_range
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory, SeriesFactory
from tests.tenancy.rows import make_object

ClientOf = Callable[[Person], Client]
COACH = "/o/harbor/goals/coach/"
HTMX = {"HX-Request": "true"}
QUERIES = 11
TYPED = {
    "title": "Improve the ramp as needed",
    "why": "",
    "measure": "number",
    "baseline": "",
    "target": "12",
    "unit": "hours",
    "direction": "higher",
    "due_on": "2026-05-23",
}


@pytest.fixture(autouse=True)
def march() -> Any:
    """The second of March 2026."""
    with time_machine.travel(datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)):
        yield


def codes_of(response: Any) -> list[str]:
    """Return the codes of the remarks shown, letter by letter."""
    assert response.status_code == 200
    return [shown.remark.code for letter in response.context["letters"] for shown in letter["remarks"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("bob", 200), ("carol", 200), ("hana", 200), ("adam", 404), ("eve", 404), ("ines", 404)],
)
def test_the_coach_answers_those_who_may_read_the_persons_goals(
    who: str, status: int, alice: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.post(f"{COACH}?employee={alice.employee.pk}", TYPED).status_code == status


def test_another_tenants_person_is_not_found(hana: Person, mallory: Person, client_of: ClientOf) -> None:
    assert client_of(hana).post(f"{COACH}?employee={mallory.employee.pk}", TYPED).status_code == 404


@pytest.mark.parametrize("employee", ["", "x", "-1", "9" * 30, "0"])
def test_without_a_person_there_is_nothing_to_say(employee: str, bob: Person, client_of: ClientOf) -> None:
    assert client_of(bob).post(f"{COACH}?employee={employee}", TYPED).status_code == 404


def test_the_coach_is_only_asked_by_post(alice: Person, client_of: ClientOf) -> None:
    assert client_of(alice).get(f"{COACH}?employee={alice.employee.pk}").status_code == 405


def test_an_anonymous_visitor_signs_in_first(alice: Person, client: Client) -> None:
    response = client.post(f"{COACH}?employee={alice.employee.pk}", TYPED)

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_each_remark_stands_at_its_letter_with_the_words_around(alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).post(f"{COACH}?employee={alice.employee.pk}", TYPED, headers=HTMX)

    assert codes_of(response) == [
        "words.vague_verb", "words.vague_amount", "measurable.no_baseline",
        "relevant.no_anchor", "relevant.no_why", "timed.weekend",
    ]  # fmt: skip
    assert "the ramp <mark>as needed</mark>" in response.content.decode()
    assert 'href="#id_baseline"' in response.content.decode()


def test_htmx_gets_the_panel_and_the_summary_alone(alice: Person, client_of: ClientOf) -> None:
    text = client_of(alice).post(f"{COACH}?employee={alice.employee.pk}", TYPED, headers=HTMX).content.decode()

    assert "<html" not in text
    assert '<p id="coach-summary" hx-swap-oob="innerHTML">2 things are needed before both can agree.' in text


def test_without_javascript_the_same_remarks_are_a_page(alice: Person, client_of: ClientOf) -> None:
    client = client_of(alice)
    address = f"{COACH}?employee={alice.employee.pk}"

    page, part = client.post(address, TYPED), client.post(address, TYPED, headers=HTMX)

    assert codes_of(page) == codes_of(part)
    assert "everything you typed is still there" in page.content.decode()
    assert "Leave it as it is" not in page.content.decode()


def test_the_person_may_be_named_in_the_form(alice: Person, bob: Person, client_of: ClientOf) -> None:
    assert client_of(bob).post(COACH, {**TYPED, "employee": alice.employee.pk}).status_code == 200


AS_NEEDED = "words.vague_amount|title|as needed"


def test_a_remark_set_aside_with_a_reason_stays_aside_while_the_form_is_open(
    alice: Person, client_of: ClientOf
) -> None:
    client = client_of(alice)
    address = f"{COACH}?employee={alice.employee.pk}"
    why = {f"because {AS_NEEDED}": ["", "The list is in the handbook."]}

    first = client.post(address, {**TYPED, **why, "aside_shown": "1", "set_aside": AS_NEEDED}, headers=HTMX)
    again = client.post(address, {**TYPED, **why, "aside_shown": "1", "aside": AS_NEEDED}, headers=HTMX)

    assert "words.vague_amount" not in codes_of(first)
    assert codes_of(first) == codes_of(again)
    assert f'name="aside" value="{AS_NEEDED}" form="goal-form"' in first.content.decode()
    assert "Set aside, because: The list is in the handbook." in first.content.decode()


def test_a_remark_is_not_set_aside_without_a_reason(alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).post(
        f"{COACH}?employee={alice.employee.pk}",
        {**TYPED, "set_aside": AS_NEEDED, f"because {AS_NEEDED}": "  "},
        headers=HTMX,
    )

    assert "words.vague_amount" in codes_of(response)
    assert response.content.decode().count("Say why it can stay as it is.") == 1


def test_a_remark_set_aside_can_be_taken_back(alice: Person, client_of: ClientOf) -> None:
    typed = {**TYPED, "aside_shown": "1", "aside": AS_NEEDED, f"because {AS_NEEDED}": "In the handbook."}

    response = client_of(alice).post(
        f"{COACH}?employee={alice.employee.pk}", {**typed, "take_back": AS_NEEDED}, headers=HTMX
    )

    assert "words.vague_amount" in codes_of(response)
    assert "Set aside, because" not in response.content.decode()


def test_what_is_needed_cannot_be_set_aside(alice: Person, client_of: ClientOf) -> None:
    needed = "measurable.no_baseline|baseline|"
    response = client_of(alice).post(
        f"{COACH}?employee={alice.employee.pk}",
        {**TYPED, "set_aside": needed, f"because {needed}": "No."},
        headers=HTMX,
    )

    assert "measurable.no_baseline" in codes_of(response)


def test_what_cannot_be_read_is_not_there_yet(alice: Person, client_of: ClientOf) -> None:
    nonsense = {
        "title": "\x00<script>alert(1)</script>", "measure": "stars", "baseline": "twelve", "target": "1e999",
        "due_on": "soon", "weight": "900", "metric": "x", "cycle": "-4", "direction": "sideways",
        "steps-0-title": "asap", "steps-0-due_on": "31.31.2026",
    }  # fmt: skip
    response = client_of(alice).post(f"{COACH}?employee={alice.employee.pk}", nonsense, headers=HTMX)

    assert {"measurable.no_baseline", "measurable.no_target", "timed.no_due"} <= set(codes_of(response))
    assert "<script>alert" not in response.content.decode()


def test_a_long_text_is_cut_between_words_around_what_is_quoted(alice: Person, client_of: ClientOf) -> None:
    why = "Customers of the northern ports who call asap in the evening wait for longer than all the others do."
    text = client_of(alice).post(f"{COACH}?employee={alice.employee.pk}", {**TYPED, "why": why}, headers=HTMX)

    assert "…of the northern ports who call <mark>asap</mark> in the evening wait for longer…" in text.content.decode()


def test_milestones_are_read_row_by_row(alice: Person, client_of: ClientOf) -> None:
    rows = {
        "steps-0-title": "Draft agreed", "steps-0-due_on": "2026-04-10",
        "steps-1-title": "Printed asap", "steps-1-due_on": "",
    }  # fmt: skip
    response = client_of(alice).post(
        f"{COACH}?employee={alice.employee.pk}", {**TYPED, "measure": "milestones", **rows}, headers=HTMX
    )

    shown = {(one.remark.code, one.remark.field) for part in response.context["letters"] for one in part["remarks"]}
    assert shown >= {("words.vague_time", "steps-1-title"), ("timed.step_undated", "steps-1-due_on")}


@pytest.fixture
def metric(alice: Person) -> Metric:
    """Items a week, known for four more people of Alice's job."""
    with tenant_context(alice.organization.pk):
        metric = MetricFactory.create(key="items", name="Items")
        for number in range(FEWEST_PEOPLE - 1):
            add_months(metric, EmployeeFactory.create(), [20.0 + number, 22.0 + number])
        return metric


def add_months(metric: Metric, employee: Any, values: list[float]) -> None:
    """Give the employee a value of the metric in each of the first months of 2026."""
    series = SeriesFactory.create(metric=metric, employee=employee)
    for month, value in enumerate(values, start=1):
        SeriesRollup.objects.create(
            series=series, grain=Grain.MONTH, starts_on=datetime.date(2026, month, 1), value=value, point_count=4
        )


def test_four_people_of_a_job_are_too_few_for_a_range(metric: Metric, alice: Person) -> None:
    with tenant_context(alice.organization.pk):
        assert job_range(metric=metric, job=alice.employee.job_description, today=datetime.date(2026, 3, 2)) is None


def test_five_people_of_a_job_give_a_range(metric: Metric, alice: Person, client_of: ClientOf) -> None:
    with tenant_context(alice.organization.pk):
        add_months(metric, alice.employee, [21.0, 30.0])
        found = job_range(metric=metric, job=alice.employee.job_description, today=datetime.date(2026, 3, 2))

    assert found is not None
    assert (found.people, round(found.low, 2), round(found.high, 2)) == (5, 20.45, 27.75)
    response = client_of(alice).post(
        f"{COACH}?employee={alice.employee.pk}", {**TYPED, "metric": metric.pk, "target": "90"}, headers=HTMX
    )
    assert "achievable.outside_range" in codes_of(response)


def test_months_of_long_ago_and_other_jobs_do_not_count(metric: Metric, alice: Person) -> None:
    with tenant_context(alice.organization.pk):
        add_months(metric, alice.employee, [21.0])
        assert job_range(metric=metric, job=alice.employee.job_description, today=datetime.date(2030, 1, 1)) is None
        assert job_range(metric=metric, job=None, today=datetime.date(2026, 3, 2)) is None


def test_the_persons_other_goals_are_weighed_and_the_goal_itself_is_not(alice: Person, client_of: ClientOf) -> None:
    with tenant_context(alice.organization.pk):
        goals = [make_object(Goal, employee=alice.employee, weight=1)]
        goals += [make_object(Goal, employee=alice.employee, weight=1, cycle=goals[0].cycle) for _n in range(2)]
        make_object(
            Goal, employee=alice.employee, weight=9, cycle=goals[0].cycle, status=GoalStatus.CANCELLED, ended_reason="x"
        )
    address = f"{COACH}?employee={alice.employee.pk}&goal={goals[0].pk}"

    response = client_of(alice).post(address, {**TYPED, "weight": "8", "cycle": goals[0].cycle_id}, headers=HTMX)

    assert "With weight 8 of 10, this goal counts 80% of everything; 2 others share the rest." in (
        response.content.decode()
    )


def test_the_coach_asks_the_same_of_the_database_however_long_the_text(
    metric: Metric, alice: Person, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(alice)
    address = f"{COACH}?employee={alice.employee.pk}"
    typed = {**TYPED, "metric": metric.pk}
    client.post(address, typed, headers=HTMX)

    for title in ["Improve", "Improve it as needed asap etc. " * 6]:
        with django_assert_num_queries(QUERIES):
            client.post(address, {**typed, "title": title}, headers=HTMX)
