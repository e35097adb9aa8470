"""Planning: who gets which digest when."""

import datetime
import threading
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.enums import EmployeeStatus, Role
from people.models import Leave, Organization, PartnerScope
from reminders.due import due_reminders
from reminders.models import Obligation, OutboxMessage, Reminder, ReminderPolicy
from reminders.services.obligations import fulfil, move
from reminders.services.planning import PlanningResult, plan_reminders
from tests.cast import DepartmentFactory, LocationFactory, Person, make_person
from tests.reminders.conftest import TODAY, OweAnswer


def on(day: datetime.date, hour: int = 8, minute: int = 0, zone: str = "America/New_York") -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=ZoneInfo(zone))


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.fixture
def plan(harbor_context: Organization) -> Callable[[datetime.datetime], PlanningResult]:
    """Return a function that plans Harbor's reminders at an instant; every promise was made long before."""

    def run(now: datetime.datetime) -> PlanningResult:
        Obligation.objects.update(due_set_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        return plan_reminders(organization=harbor_context, now=now)

    return run


Plan = Callable[[datetime.datetime], PlanningResult]


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("key").values_list("recipient", "subject"))


def test_nothing_is_planned_before_the_morning(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    assert plan(on(TODAY - days(7), 7, 59)) == PlanningResult(0, 0, 0)


def test_a_step_becomes_a_digest(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)

    assert plan(on(TODAY - days(1))) == PlanningResult(1, 2, 0)
    message = OutboxMessage.objects.get()
    assert message.key == f"digest:{alice.employee.pk}:2027-03-02"
    assert message.subject == "1 thing is coming up · Harbor"
    assert "Answer the check-in" in message.text_body
    assert "Wednesday, 3 March" in message.text_body
    assert "Due tomorrow" in message.text_body
    assert "http://localhost:8000/o/harbor/things/1/" in message.text_body


def test_planning_again_changes_nothing(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    plan(on(TODAY))

    assert plan(on(TODAY, 8, 5)) == PlanningResult(0, 0, 0)
    assert plan(on(TODAY, 19, 59)) == PlanningResult(0, 0, 0)
    assert OutboxMessage.objects.count() == 1


def test_several_obligations_make_one_digest(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    for number in range(3):
        owe_answer(alice, about_id=number)

    assert plan(on(TODAY)).digests == 1
    assert mails() == [("alice@harbor.example", "3 things need you today · Harbor")]


def test_a_step_reached_after_the_days_digest_waits_for_the_next_day(
    alice: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    owe_answer(alice)
    plan(on(TODAY))
    owe_answer(alice, about_id=2)

    assert plan(on(TODAY, 9)) == PlanningResult(0, 0, 0)
    assert plan(on(TODAY + days(1))) == PlanningResult(1, 3, 0)


def test_days_of_outage_end_in_one_digest(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    owe_answer(alice, due_on=TODAY + days(1), about_id=2)

    assert plan(on(TODAY + days(2), 11)) == PlanningResult(1, 7, 0)
    assert mails() == [("alice@harbor.example", "2 things need you today · Harbor")]
    assert OutboxMessage.objects.get().text_body.count("Answer the check-in") == 2


def test_each_person_is_written_to_in_their_own_morning(
    harbor: Organization, alice: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    with tenant_context(harbor.pk):
        pune = LocationFactory.create(name="Pune", country="IN", subdivision="MH", time_zone="Asia/Kolkata")
    asha = make_person(harbor, "Asha", "Anand", location=pune)
    owe_answer(alice)
    owe_answer(asha)

    plan(on(TODAY, 8, zone="Asia/Kolkata"))
    assert mails() == [("asha@harbor.example", "1 thing needs you today · Harbor")]
    plan(on(TODAY))
    assert OutboxMessage.objects.count() == 2


def test_nobody_is_written_to_on_leave(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    Leave.objects.create(employee=alice.employee, starts_on=TODAY - days(10), ends_on=TODAY)

    assert plan(on(TODAY)).digests == 0
    assert plan(on(TODAY + days(1))) == PlanningResult(1, 3, 0)


def test_a_moved_obligation_is_reminded_of_again(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    plan(on(TODAY))
    move(kind="test_answer", about_type="thing", about_id=1, due_on=TODAY + days(14), reason="leave")

    assert plan(on(TODAY + days(6))) == PlanningResult(0, 0, 0)
    assert plan(on(TODAY + days(7))) == PlanningResult(1, 1, 0)


def test_a_promise_made_this_afternoon_is_first_reminded_of_tomorrow(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer
) -> None:
    owe_answer(alice, due_on=TODAY + days(1))
    Obligation.objects.update(due_set_at=on(TODAY, 15))

    assert plan_reminders(organization=harbor_context, now=on(TODAY, 15, 5)) == PlanningResult(0, 0, 0)
    assert plan_reminders(organization=harbor_context, now=on(TODAY + days(1))) == PlanningResult(1, 1, 0)


def test_fulfilled_obligations_are_not_reminded_of(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)

    assert plan(on(TODAY)) == PlanningResult(0, 0, 0)


def test_the_tenants_policy_replaces_the_default(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    ReminderPolicy.objects.create(kind="test_answer", offsets=[-14], escalate_after_days=None)

    assert plan(on(TODAY - days(14))) == PlanningResult(1, 1, 0)
    assert plan(on(TODAY + days(5))) == PlanningResult(0, 0, 0)


def test_a_policy_switched_off_is_silent(alice: Person, owe_answer: OweAnswer, plan: Plan) -> None:
    owe_answer(alice)
    ReminderPolicy.objects.create(kind="test_answer", offsets=[0], is_enabled=False)

    assert plan(on(TODAY)) == PlanningResult(0, 0, 0)


def test_what_a_role_owes_goes_to_every_partner_in_scope(
    harbor: Organization, alice: Person, hana: Person, owe_review: OweAnswer, plan: Plan
) -> None:
    with tenant_context(harbor.pk):
        field = DepartmentFactory.create(name="Field")
    henry = make_person(harbor, "Henry", "Hull", roles=(Role.HR_PARTNER,), is_employed=False)
    hugo = make_person(harbor, "Hugo", "Hart", roles=(Role.HR_PARTNER,))
    PartnerScope.objects.create(membership=hugo.member, department=field)
    owe_review(alice)

    plan(on(TODAY))
    assert sorted(recipient for recipient, _subject in mails()) == ["hana@harbor.example", "henry@harbor.example"]
    assert OutboxMessage.objects.filter(key=f"digest:member-{henry.member.pk}:2027-03-03").exists()


def test_a_partner_is_not_told_of_their_own_case(hana: Person, owe_review: OweAnswer, plan: Plan) -> None:
    owe_review(hana)
    assert plan(on(TODAY)) == PlanningResult(0, 0, 1)


def test_the_manager_above_hears_of_what_stays_undone(
    alice: Person, bob: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    owe_answer(alice)
    plan(on(TODAY + days(2)))

    monday = TODAY + days(5)
    assert plan(on(monday)) == PlanningResult(1, 1, 0)
    message = OutboxMessage.objects.get(recipient=bob.email)
    assert message.subject == "1 thing needs you today · Harbor"
    assert "OVERDUE WITH PEOPLE YOU ARE RESPONSIBLE FOR" in message.text_body
    assert "Alice" not in message.text_body + message.html_body


def test_an_escalation_passes_over_a_manager_without_an_address(
    alice: Person, bob: Person, carol: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    owe_answer(alice)
    bob.employee.status, bob.employee.left_on = EmployeeStatus.LEFT, TODAY
    bob.employee.save()

    plan(on(TODAY + days(5)))
    assert Reminder.objects.get(is_escalation=True).recipient == carol.email


def test_an_escalation_goes_to_hr_where_no_manager_may_know_of_the_case(
    harbor: Organization, alice: Person, bob: Person, hana: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    nora = make_person(harbor, "Nora", "North")
    owe_answer(alice, employee=nora.employee)

    plan(on(TODAY + days(5)))
    assert Reminder.objects.get(is_escalation=True).recipient == hana.email


def test_what_somebody_who_left_owes_goes_to_their_manager(
    alice: Person, bob: Person, owe_answer: OweAnswer, plan: Plan
) -> None:
    owe_answer(alice)
    alice.employee.status, alice.employee.left_on = EmployeeStatus.LEFT, TODAY - days(30)
    alice.employee.save()

    assert plan(on(TODAY)) == PlanningResult(1, 3, 0)
    assert mails() == [(bob.email, "1 thing needs you today · Harbor")]


def test_an_obligation_that_reaches_nobody_is_counted_and_logged_without_a_name(
    harbor: Organization, owe_answer: OweAnswer, plan: Plan, caplog: pytest.LogCaptureFixture
) -> None:
    nora = make_person(harbor, "Nora", "North")
    owe_answer(nora)
    nora.employee.email = ""
    nora.employee.save()
    nora.member.is_active = False
    nora.member.save()

    assert plan(on(TODAY)) == PlanningResult(0, 0, 1)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("reminders")] == [
        f"organization {harbor.pk}: 1 obligations reach nobody by mail"
    ]


def test_mail_names_nobody_and_says_nothing_of_the_case(
    alice: Person, bob: Person, hana: Person, owe_answer: OweAnswer, owe_review: OweAnswer, plan: Plan
) -> None:
    owe_answer(bob, employee=alice.employee)
    owe_review(alice)
    plan(on(TODAY))

    written = " ".join(
        message.subject + message.text_body + message.html_body for message in OutboxMessage.objects.all()
    )
    assert OutboxMessage.objects.count() == 2
    for word in ("Alice", "Archer", "Bob", "Bailey", "Hana", "Holm"):
        assert word not in written


def test_another_organization_is_left_alone(
    alice: Person, mallory: Person, owe_answer: OweAnswer, plan: Plan, alder: Organization
) -> None:
    owe_answer(alice)
    with tenant_context(alder.pk):
        owe_answer(mallory)
    plan(on(TODAY))

    assert [recipient for recipient, _subject in mails()] == ["alice@harbor.example"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow_with_obligations(
    harbor_context: Organization,
    alice: Person,
    hana: Person,
    owe_answer: OweAnswer,
    owe_review: OweAnswer,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    owe_review(alice)
    for number in range(count):
        owe_answer(alice, about_id=number, due_on=TODAY - days(number))
    Obligation.objects.update(due_set_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    with django_assert_num_queries(7):
        due_reminders(harbor_context, on(TODAY + days(5)))


@pytest.mark.django_db(transaction=True)
def test_planners_at_the_same_moment_write_one_digest(
    harbor: Organization, alice: Person, bob: Person, owe_answer: OweAnswer
) -> None:
    with tenant_context(harbor.pk):
        for number in range(5):
            owe_answer(alice, about_id=number)
            owe_answer(bob, about_id=number)
        Obligation.objects.update(due_set_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    start = threading.Barrier(4)
    results: list[PlanningResult] = []

    def planner() -> None:
        try:
            start.wait(10)
            with tenant_context(harbor.pk):
                results.append(plan_reminders(organization=harbor, now=on(TODAY)))
        finally:
            connection.close()

    threads = [threading.Thread(target=planner) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(results) == 4
    assert sum(result.digests for result in results) == 2
    with tenant_context(harbor.pk):
        assert OutboxMessage.objects.count() == 2
        assert Reminder.objects.count() == 30
