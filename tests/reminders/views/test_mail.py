"""The page about the organization's mail."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.models import Organization
from reminders.enums import MessageStatus
from reminders.models import OutboxMessage
from reminders.services.outbox import retry_given_up
from tests.cast import Person, make_person
from tests.reminders.conftest import OweAnswer

URL = "/o/harbor/settings/mail/"

ClientOf = Callable[[Person], Client]


def give_up(organization: Organization, count: int = 1) -> None:
    with tenant_context(organization.pk):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                key=f"lost:{number}",
                recipient=f"nobody{number}@harbor.example",
                subject="1 thing needs you today · Harbor",
                status=MessageStatus.FAILED,
                attempts=8,
                last_error="SMTPRecipientsRefused: 550 No such person",
            )
            for number in range(count)
        )


def test_the_hr_admin_sees_what_was_given_up(harbor: Organization, adam: Person, client_of: ClientOf) -> None:
    give_up(harbor)

    response = client_of(adam).get(URL)
    assert response.status_code == 200
    assert response.context["counts"] == {"waiting": 0, "sent": 0, "given_up": 1}
    text = response.content.decode()
    assert "nobody0@harbor.example" in text
    assert "550 No such person" in text


def test_nothing_in_trouble_says_so(adam: Person, client_of: ClientOf) -> None:
    text = client_of(adam).get(URL).content.decode()
    assert "Everything that was sent has been taken by the mail server." in text
    assert "Send again" not in text


def test_what_was_given_up_is_sent_again(harbor: Organization, adam: Person, client_of: ClientOf) -> None:
    give_up(harbor, 2)

    response = client_of(adam).post(URL, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "2 messages are sent again." in response.content.decode()
    with tenant_context(harbor.pk):
        assert list(OutboxMessage.objects.values_list("status", "attempts")) == [(MessageStatus.PENDING, 0)] * 2


def test_people_without_an_address_are_listed(
    harbor: Organization, adam: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    nora = make_person(harbor, "Nora", "North")
    with tenant_context(harbor.pk):
        owe_answer(nora)
        nora.employee.email = ""
        nora.employee.save()
        assert "Nora North" not in client_of(adam).get(URL).content.decode()
        nora.member.is_active = False
        nora.member.save()

    assert "Nora North" in client_of(adam).get(URL).content.decode()


@pytest.mark.parametrize("name", ["alice", "bob", "hana", "eve"])
def test_nobody_else_may_look(name: str, request: pytest.FixtureRequest, client_of: ClientOf) -> None:
    client = client_of(request.getfixturevalue(name))
    assert client.get(URL).status_code == 403
    assert client.post(URL).status_code == 403


def test_the_service_refuses_everybody_else(harbor_context: Organization, hana: Person) -> None:
    with pytest.raises(PermissionDenied):
        retry_given_up(actor=hana.member)


def test_another_organizations_messages_stay_out(
    harbor: Organization, alder: Organization, adam: Person, client_of: ClientOf
) -> None:
    give_up(alder)
    assert client_of(adam).get(URL).context["counts"]["given_up"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_messages(
    harbor: Organization,
    adam: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    give_up(harbor, count)
    client = client_of(adam)
    client.get(URL)
    with django_assert_num_queries(13):
        client.get(URL)
