"""Immediate notices."""

import pytest
from django.conf import settings

from people.models import Organization
from reminders.enums import MessageStatus
from reminders.models import OutboxMessage
from reminders.services.notices import notify
from reminders.services.outbox import message_id_for
from tests.cast import Person

pytestmark = pytest.mark.usefixtures("harbor_context")


def tell(person: Person, key: str = "plan:1:issued") -> OutboxMessage | None:
    return notify(
        key=key,
        to=person.employee,
        subject="A plan\nwas issued",
        lines=["Please read & acknowledge it."],
        url="/o/harbor/plans/1/",
    )


def test_notify_writes_a_waiting_message_in_two_parts(alice: Person) -> None:
    message = tell(alice)

    assert message is not None
    assert (message.status, message.recipient, message.subject) == (
        MessageStatus.PENDING,
        "alice@harbor.example",
        "A plan was issued",
    )
    assert f"{settings.PUBLIC_URL}/o/harbor/plans/1/" in message.text_body
    assert f'href="{settings.PUBLIC_URL}/o/harbor/plans/1/"' in message.html_body
    assert "Please read & acknowledge it." in message.text_body
    assert "Please read &amp; acknowledge it." in message.html_body


def test_notify_of_the_same_key_is_one_message(alice: Person) -> None:
    first, second = tell(alice), tell(alice)

    assert first == second
    assert OutboxMessage.objects.count() == 1


def test_the_message_id_comes_from_organization_and_key(alice: Person, harbor: Organization) -> None:
    message = tell(alice)

    assert message is not None
    assert message.message_id == message_id_for(organization_id=harbor.pk, key="plan:1:issued")
    assert message.message_id != message_id_for(organization_id=harbor.pk + 1, key="plan:1:issued")


def test_somebody_without_an_address_gets_none(alice: Person) -> None:
    alice.employee.email = ""
    alice.member.is_active = False

    assert tell(alice) is None
    assert not OutboxMessage.objects.exists()


def test_the_address_of_the_sign_in_serves_where_the_employee_has_none(alice: Person) -> None:
    alice.employee.email = ""

    message = tell(alice)
    assert message is not None
    assert message.recipient == alice.user.email


def test_somebody_who_has_left_gets_none(alice: Person) -> None:
    alice.employee.status = "left"

    assert tell(alice) is None
