"""The case file: who opens it, what each reader finds in it, how it is narrowed and taken away."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.enums import LeaveKind
from people.models import AccessRecord, Leave, LeaveReason
from pips.enums import LegalReviewStatus, PlanStatus
from pips.models import DisciplinaryAction, DisciplineMove, LegalReview, Plan, PlanNote
from tests.cast import Person
from tests.tenancy.rows import make_object
from tests.tenancy.world import bring_plan_to

ClientOf = Callable[[Person], Client]
QUERIES = 54


def path(person: Person, end: str = "") -> str:
    return f"/o/harbor/people/{person.employee.pk}/case-file/{end}"


def page(client: Client, person: Person, query: str = "?period=all") -> str:
    response = client.get(path(person) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def plan(alice: Person, bob: Person) -> Plan:
    """An issued plan of Alice with a note from before the issue and one from after it."""
    with tenant_context(alice.organization.pk):
        plan: Plan = make_object(Plan, employee=alice.employee, manager=bob.employee, title="Reports on time")
        make_object(PlanNote, plan=plan, kind="comment", body="Asked of HR before.", at=timezone.now())
        bring_plan_to(plan, PlanStatus.ACTIVE)
        Plan.objects.filter(pk=plan.pk).update(
            issued_at=timezone.now(), approved_at=plan.submitted_at, acknowledged_at=timezone.now()
        )
        make_object(PlanNote, plan=plan, kind="clock", body="Two days later.", at=timezone.now())
        plan.refresh_from_db()
        return plan


def leave(person: Person, first: datetime.date, last: datetime.date | None) -> None:
    with tenant_context(person.organization.pk):
        away = make_object(Leave, employee=person.employee, starts_on=first, ends_on=last)
        make_object(LeaveReason, leave=away, kind=LeaveKind.MEDICAL, note="Surgery")


@pytest.mark.parametrize("reader", ["alice", "bob", "carol", "hana"])
def test_the_employee_their_managers_and_their_hr_partner_open_it(
    request: pytest.FixtureRequest, alice: Person, client_of: ClientOf, reader: str
) -> None:
    assert "Joined the organization" in page(client_of(request.getfixturevalue(reader)), alice)


def test_running_the_organization_opens_no_case_file(alice: Person, adam: Person, client_of: ClientOf) -> None:
    assert client_of(adam).get(path(alice)).status_code == 403
    assert client_of(adam).get(path(alice, "export/")).status_code == 403


@pytest.mark.parametrize("stranger", ["eve", "ines", "mallory"])
def test_strangers_find_nothing(
    request: pytest.FixtureRequest, alice: Person, client_of: ClientOf, stranger: str
) -> None:
    assert client_of(request.getfixturevalue(stranger)).get(path(alice)).status_code == 404


def test_anonymous_visitors_sign_in_and_nothing_is_written(alice: Person, client: Client, client_of: ClientOf) -> None:
    assert client.get(path(alice))["Location"].startswith("/accounts/login/")
    assert client_of(alice).post(path(alice)).status_code == 405


def test_leave_is_told_by_its_dates_alone(alice: Person, hana: Person, bob: Person, client_of: ClientOf) -> None:
    leave(alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 6))

    for reader in (alice, hana, bob):
        found = page(client_of(reader), alice)
        assert "2 March 2026 to 6 March 2026" in found
        assert "Medical" not in found
        assert "Surgery" not in found


def test_the_employee_reads_a_plan_from_its_issue_on(
    plan: Plan, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    own, managers = page(client_of(alice), alice), page(client_of(bob), alice)

    assert "Two days later." in own
    assert "Asked of HR before." not in own
    assert "Asked of HR before." in managers


def test_a_draft_is_no_part_of_the_employees_own_file(alice: Person, bob: Person, client_of: ClientOf) -> None:
    with tenant_context(alice.organization.pk):
        draft = make_object(Plan, employee=alice.employee, manager=bob.employee, title="Not yet said")
        make_object(PlanNote, plan=draft, kind="comment", body="Think again.")

    assert "Not yet said" not in page(client_of(alice), alice)
    assert "Not yet said" in page(client_of(bob), alice)


def test_reviews_of_hr_are_told_to_hr_alone(plan: Plan, hana: Person, bob: Person, client_of: ClientOf) -> None:
    with tenant_context(plan.organization_id):
        LegalReview.objects.create(
            plan=plan, status=LegalReviewStatus.CLEARED, reasons="Advice of counsel", decided_at=timezone.now()
        )
    person = Person(bob.user, bob.member)

    found = client_of(hana).get(f"/o/harbor/people/{plan.employee_id}/case-file/?period=all").content.decode()
    managers = client_of(person).get(f"/o/harbor/people/{plan.employee_id}/case-file/?period=all").content.decode()

    assert "HR review opened" in found
    assert "Advice of counsel" not in found
    assert "HR review" not in managers


def test_each_reading_is_on_the_record_and_hr_sees_who_has_read(
    alice: Person, bob: Person, hana: Person, client_of: ClientOf
) -> None:
    client = client_of(bob)
    for _time in range(2):
        client.get(path(alice) + "?period=all")
    client.get(path(alice) + "?period=all", headers={"HX-Request": "true"})

    with tenant_context(alice.organization.pk):
        assert AccessRecord.objects.filter(about_type="case_file", member=bob.member).count() == 2
    told = page(client_of(hana), alice, "?kind=read")
    assert "Read: the case file" in told
    assert "2 times that day." in told
    assert "Bob Bailey" in told


@pytest.mark.parametrize("reader", ["alice", "bob"])
def test_nobody_else_sees_who_has_read(
    request: pytest.FixtureRequest, alice: Person, carol: Person, client_of: ClientOf, reader: str
) -> None:
    client_of(carol).get(path(alice) + "?period=all")

    assert "Read: the case file" not in page(client_of(request.getfixturevalue(reader)), alice)


def test_it_is_narrowed_by_kind_and_period_and_remembers_both(
    plan: Plan, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    leave(alice, datetime.date(2020, 6, 1), datetime.date(2020, 6, 5))
    client = client_of(bob)

    away = page(client, alice, "?kind=away&period=all")
    assert "1 June 2020" in away
    assert "Reports on time" not in away
    assert "1 June 2020" not in page(client, alice, "?kind=away&period=quarter")
    assert client.get(path(alice))["Location"] == f"{path(alice)}?kind=away&period=quarter"
    assert "1 June 2020" in page(client, alice, "?since=2020-05-01&until=2020-07-01")
    assert "Nothing of that kind" in page(client, alice, "?since=2020-06-02&until=2020-07-01")


def test_a_nonsense_filter_shows_the_usual_file(alice: Person, bob: Person, client_of: ClientOf) -> None:
    leave(alice, timezone.localdate(), None)

    assert "the last day is not known yet" in page(client_of(bob), alice, "?kind=gossip&period=never&since=x")


def test_htmx_gets_the_entries_alone(alice: Person, bob: Person, client_of: ClientOf) -> None:
    response = client_of(bob).get(path(alice) + "?period=all", headers={"HX-Request": "true"})

    assert b"Joined the organization" in response.content
    assert b"<html" not in response.content


def test_entries_stand_under_their_month_latest_first(alice: Person, bob: Person, client_of: ClientOf) -> None:
    leave(alice, datetime.date(2026, 2, 2), datetime.date(2026, 2, 3))
    leave(alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 3))

    found = page(client_of(bob), alice)

    assert found.index("March 2026</h2>") < found.index("February 2026</h2>") < found.index("March 2020</h2>")


def test_the_export_holds_what_the_page_shows_and_is_on_the_record(
    plan: Plan, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    leave(alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 6))

    response = client_of(bob).get(path(alice, "export/") + "?kind=away&period=all")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "When,Kind,What,Details,By"
    assert lines[1:] == ["2026-03-02,Away,Away,2 March 2026 to 6 March 2026,"]
    with tenant_context(alice.organization.pk):
        assert AccessRecord.objects.filter(about_type="case_file", action="export", member=bob.member).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_grow(
    alice: Person,
    bob: Person,
    hana: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    with tenant_context(alice.organization.pk):
        for number in range(count):
            plan = make_object(Plan, employee=alice.employee, manager=bob.employee, title=f"Plan {number}")
            bring_plan_to(plan, PlanStatus.DECIDED)
            make_object(PlanNote, plan=plan, kind="comment", body="Noted.")
            make_object(DisciplinaryAction, employee=alice.employee, manager=bob.employee)
    leave(alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 6))
    client = client_of(hana)
    client.get(path(alice) + "?period=all")

    with django_assert_num_queries(QUERIES):
        client.get(path(alice) + "?period=all")


def test_a_draft_of_a_disciplinary_action_is_read_by_those_who_write_it(
    alice: Person, bob: Person, client_of: ClientOf
) -> None:
    with tenant_context(alice.organization.pk):
        action = make_object(DisciplinaryAction, employee=alice.employee, manager=bob.employee, category="instructions")
        make_object(DisciplineMove, action=action, target="drafted", reason="After the incident.")

    assert "After the incident." in page(client_of(bob), alice)
    assert "After the incident." not in page(client_of(alice), alice)
