"""Owe, move, fulfil, withdraw."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.enums import Role
from people.models import Organization
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.services.obligations import OwedBy, fulfil, move, move_many, owe, owe_each, withdraw
from tests.cast import Person
from tests.reminders.conftest import TODAY, OweAnswer

LATER = TODAY + datetime.timedelta(days=7)

pytestmark = pytest.mark.usefixtures("harbor_context")


def test_owe_opens_an_obligation_with_its_first_due_date(alice: Person, owe_answer: OweAnswer) -> None:
    obligation = owe_answer(alice)

    obligation.refresh_from_db()
    assert obligation.status == ObligationStatus.OPEN
    assert (obligation.due_on, obligation.first_due_on) == (TODAY, TODAY)
    assert obligation.owner == alice.employee
    assert obligation.organization == alice.organization


def test_owe_twice_moves_the_open_one(alice: Person, owe_answer: OweAnswer) -> None:
    first = owe_answer(alice)
    again = owe_answer(alice, due_on=LATER)

    assert again.pk == first.pk
    assert Obligation.objects.count() == 1
    first.refresh_from_db()
    assert (first.due_on, first.first_due_on) == (LATER, TODAY)
    assert first.due_set_at > first.opened_at


def test_owe_after_fulfilment_opens_another(alice: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)
    owe_answer(alice, due_on=LATER)

    assert list(Obligation.objects.order_by("id").values_list("status", "due_on")) == [
        (ObligationStatus.FULFILLED, TODAY),
        (ObligationStatus.OPEN, LATER),
    ]


def test_owe_by_a_role_is_one_obligation(alice: Person, owe_review: OweAnswer) -> None:
    owe_review(alice)
    owe_review(alice)

    assert Obligation.objects.get().owner_role == Role.HR_PARTNER


def test_owe_refuses_an_unknown_kind(alice: Person) -> None:
    with pytest.raises(LookupError, match="unheard_of"):
        owe(kind="unheard_of", about_type="thing", about_id=1, due_on=TODAY, owner=alice.employee)


@pytest.mark.parametrize("role", [None, Role.HR_PARTNER])
def test_owe_wants_exactly_one_owner(alice: Person, role: Role | None) -> None:
    owner = alice.employee if role else None
    with pytest.raises(ValueError, match="either"):
        owe(kind="test_answer", about_type="thing", about_id=1, due_on=TODAY, owner=owner, owner_role=role)


def test_the_database_refuses_a_second_open_one(alice: Person, owe_answer: OweAnswer) -> None:
    obligation = owe_answer(alice)
    obligation.pk = None
    with pytest.raises(IntegrityError, match="once_open"), transaction.atomic():
        obligation.save(force_insert=True)


def test_move_sets_the_date_and_says_why(alice: Person, owe_answer: OweAnswer) -> None:
    obligation = owe_answer(alice)
    before = obligation.due_set_at

    assert move(kind="test_answer", about_type="thing", about_id=1, due_on=LATER, reason="7 days of leave") == 1
    obligation.refresh_from_db()
    assert (obligation.due_on, obligation.first_due_on) == (LATER, TODAY)
    assert obligation.moved_reason == "7 days of leave"
    assert obligation.due_set_at > before


def test_move_to_the_same_date_changes_nothing(alice: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)
    assert move(kind="test_answer", about_type="thing", about_id=1, due_on=TODAY, reason="no reason") == 0
    assert Obligation.objects.get().moved_reason == ""


def test_fulfil_records_who_and_when(alice: Person, owe_answer: OweAnswer) -> None:
    obligation = owe_answer(alice)

    assert fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member) == 1
    obligation.refresh_from_db()
    assert obligation.status == ObligationStatus.FULFILLED
    assert obligation.closed_by == alice.member
    assert obligation.closed_on == timezone.localdate()


def test_fulfil_of_one_owner_leaves_the_others_open(alice: Person, bob: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)
    owe_answer(bob)

    assert fulfil(kind="test_answer", about_type="thing", about_id=1, actor=None, owner=bob.employee) == 1
    assert Obligation.objects.get(status=ObligationStatus.OPEN).owner == alice.employee


def test_withdraw_closes_every_kind_about_the_object(
    alice: Person, owe_answer: OweAnswer, owe_review: OweAnswer
) -> None:
    owe_answer(alice)
    owe_review(alice)
    owe_answer(alice, about_id=2)

    assert withdraw(about_type="thing", about_id=1, reason="The plan was discarded.") == 2
    assert Obligation.objects.get(status=ObligationStatus.OPEN).about_id == 2
    assert set(
        Obligation.objects.filter(status=ObligationStatus.WITHDRAWN).values_list("closed_reason", flat=True)
    ) == {"The plan was discarded."}


def test_withdraw_of_one_kind_leaves_the_other(alice: Person, owe_answer: OweAnswer, owe_review: OweAnswer) -> None:
    owe_answer(alice)
    owe_review(alice)

    assert withdraw(about_type="thing", about_id=1, kind="test_review") == 1
    assert Obligation.objects.get(status=ObligationStatus.OPEN).kind == "test_answer"


def test_a_fact_that_fails_leaves_no_promise(harbor: Organization, alice: Person, owe_answer: OweAnswer) -> None:
    class FactFailedError(Exception):
        pass

    def promise_and_fail() -> None:
        with transaction.atomic():
            owe_answer(alice)
            raise FactFailedError

    with pytest.raises(FactFailedError):
        promise_and_fail()
    assert not Obligation.objects.exists()


def test_every_change_is_in_the_history(alice: Person, owe_answer: OweAnswer) -> None:
    obligation = owe_answer(alice)
    move(kind="test_answer", about_type="thing", about_id=1, due_on=LATER, reason="leave")
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, status, due_on FROM reminders_obligationevent WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [obligation.pk],
        )
        assert cursor.fetchall() == [
            ("insert", "open", TODAY),
            ("update", "open", LATER),
            ("update", "fulfilled", LATER),
        ]


def test_owing_each_of_many_opens_what_is_not_open_yet(alice: Person, bob: Person, owe_answer: OweAnswer) -> None:
    owe_answer(alice)
    owed = [OwedBy(about_id, bob.employee.pk, alice.employee.pk, LATER) for about_id in (1, 2)]

    owe_each(kind="test_answer", about_type="thing", owed=owed)
    owe_each(kind="test_answer", about_type="thing", owed=owed)

    assert list(Obligation.objects.order_by("id").values_list("about_id", "owner", "employee", "due_on")) == [
        (1, alice.employee.pk, Obligation.objects.earliest("id").employee_id, TODAY),
        (1, bob.employee.pk, alice.employee.pk, LATER),
        (2, bob.employee.pk, alice.employee.pk, LATER),
    ]


def test_moving_many_touches_only_what_is_open_of_the_objects_named(alice: Person) -> None:
    owed = [OwedBy(about_id, alice.employee.pk, alice.employee.pk, TODAY) for about_id in (1, 2, 3)]
    owe_each(kind="test_answer", about_type="thing", owed=owed)
    fulfil(kind="test_answer", about_type="thing", about_id=3, actor=alice.member)
    named = Obligation.objects.filter(about_id__gte=2).values("about_id")

    moved = move_many(
        kind="test_answer", about_type="thing", about_ids=named, due_on=LATER, reason="Everybody has more time."
    )

    assert moved == 1
    assert dict(Obligation.objects.values_list("about_id", "due_on")) == {1: TODAY, 2: LATER, 3: TODAY}
