"""Who sees which obligation."""

import datetime
from typing import Any

import pytest
import time_machine
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import PartnerScope
from reminders.selectors import obligations_about, obligations_overdue_below, obligations_owed_by
from reminders.services.obligations import fulfil, owe
from tests.cast import DepartmentFactory, Person, make_person
from tests.reminders.conftest import TODAY, OweAnswer

pytestmark = pytest.mark.usefixtures("harbor_context")

YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def today() -> Any:
    """Stop the clock at noon of the day."""
    with time_machine.travel(datetime.datetime(2027, 3, 3, 17, tzinfo=datetime.UTC), tick=False):
        yield


def test_a_person_owes_their_own_open_obligations(alice: Person, bob: Person, owe_answer: OweAnswer) -> None:
    owed = owe_answer(alice)
    owe_answer(alice, about_id=2)
    fulfil(kind="test_answer", about_type="thing", about_id=2, actor=alice.member)
    owe_answer(bob, about_id=3)

    assert list(obligations_owed_by(alice.member)) == [owed]


def test_an_hr_partner_owes_the_queue(alice: Person, hana: Person, owe_review: OweAnswer) -> None:
    queued = owe_review(alice)

    assert list(obligations_owed_by(hana.member)) == [queued]
    assert list(obligations_owed_by(alice.member)) == []


def test_a_partner_of_one_department_sees_only_that_departments_queue(
    alice: Person, hana: Person, owe_review: OweAnswer
) -> None:
    field = DepartmentFactory.create(name="Field")
    elsewhere = make_person(alice.organization, "Nora", "North", department=field)
    owe_review(alice)
    queued = owe_review(elsewhere, about_id=2)
    PartnerScope.objects.create(membership=hana.member, department=field)

    assert list(obligations_owed_by(hana.member)) == [queued]


def test_a_partner_never_handles_their_own_case(hana: Person, owe_review: OweAnswer) -> None:
    owe_review(hana)

    assert list(obligations_owed_by(hana.member)) == []


def test_an_hr_admin_has_no_share_in_the_partners_queue(alice: Person, adam: Person, owe_review: OweAnswer) -> None:
    owe_review(alice)

    assert list(obligations_owed_by(adam.member)) == []


def test_a_role_other_than_partner_owes_for_the_whole_organization(alice: Person, adam: Person) -> None:
    owed = owe(
        kind="test_review",
        about_type="thing",
        about_id=9,
        due_on=TODAY,
        owner_role=Role.HR_ADMIN,
        employee=alice.employee,
    )

    assert list(obligations_owed_by(adam.member)) == [owed]


def test_an_inactive_member_owes_no_queue(alice: Person, hana: Person, owe_review: OweAnswer) -> None:
    owe_review(alice)
    hana.member.is_active = False

    assert list(obligations_owed_by(hana.member)) == []


def test_managers_see_what_is_overdue_below_them(
    alice: Person, bob: Person, carol: Person, owe_answer: OweAnswer
) -> None:
    overdue = owe_answer(alice, due_on=YESTERDAY)
    owe_answer(alice, due_on=TODAY, about_id=2)

    assert list(obligations_overdue_below(bob.member)) == [overdue]
    assert list(obligations_overdue_below(carol.member)) == [overdue]
    assert list(obligations_overdue_below(alice.member)) == []


def test_a_case_outside_the_reporting_line_stays_out(alice: Person, bob: Person, owe_answer: OweAnswer) -> None:
    elsewhere = make_person(alice.organization, "Nora", "North")
    owe_answer(alice, due_on=YESTERDAY, employee=elsewhere.employee)

    assert list(obligations_overdue_below(bob.member)) == []


def test_obligations_about_lists_open_and_closed(alice: Person, owe_answer: OweAnswer, owe_review: OweAnswer) -> None:
    later = owe_answer(alice, due_on=TODAY)
    sooner = owe_review(alice, due_on=YESTERDAY)
    owe_answer(alice, about_id=2)
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)

    assert list(obligations_about("thing", 1)) == [sooner, later]


def test_another_tenant_sees_nothing(alice: Person, mallory: Person, owe_review: OweAnswer) -> None:
    owe_review(alice)
    with tenant_context(mallory.organization.pk):
        assert list(obligations_owed_by(mallory.member)) == []
