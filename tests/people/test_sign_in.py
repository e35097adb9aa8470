"""Signing in with an e-mail address, limits against guessing, and a forgotten password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import User
from people.services.accounts import end_access, invite_member
from people.services.invitations import write_invitation
from tests.cast import PASSWORD, Person
from tests.support.mail import Mailbox

LOGIN = "/accounts/login/"
TOO_MANY = 429


@pytest.fixture
def alice_with_password(alice: Person) -> Person:
    """Alice, who has chosen a password."""
    alice.user.set_password(PASSWORD)
    alice.user.save(update_fields=["password"])
    return alice


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Post the sign-in form."""
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_an_address_and_a_password_lead_to_the_first_page(alice_with_password: Person, client: Client) -> None:
    response = sign_in(client, "Alice@Harbor.Example")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/o/harbor/"


def test_the_page_asked_for_comes_after_the_sign_in(alice_with_password: Person, client: Client) -> None:
    response = client.post(
        f"{LOGIN}?next=/o/harbor/people/me/", {"login": alice_with_password.email, "password": PASSWORD}
    )

    assert response["Location"] == "/o/harbor/people/me/"


def test_the_sign_in_never_leads_to_another_site(alice_with_password: Person, client: Client) -> None:
    response = client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": alice_with_password.email, "password": PASSWORD}
    )

    assert response["Location"] == "/"


@pytest.mark.parametrize("email", ["alice@harbor.example", "nobody@harbor.example"])
def test_a_wrong_password_and_an_unknown_address_look_alike(
    email: str, alice_with_password: Person, client: Client
) -> None:
    response = sign_in(client, email, "not the password")

    assert response.status_code == 200
    assert [str(error) for error in response.context["form"].non_field_errors()] == [
        "The email address and/or password you specified are not correct."
    ]


def test_guessing_is_stopped_and_the_right_password_waits_too(alice_with_password: Person, client: Client) -> None:
    for _attempt in range(5):
        assert sign_in(client, alice_with_password.email, "a guess").status_code == 200

    sixth = sign_in(client, alice_with_password.email)

    assert "Too many failed login attempts" in sixth.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_limit_counts_in_the_shared_cache(alice_with_password: Person, client: Client) -> None:
    for _attempt in range(5):
        sign_in(client, alice_with_password.email, "a guess")
    other_process = Client(REMOTE_ADDR="203.0.113.9")
    refused = sign_in(other_process, alice_with_password.email)
    cache.clear()

    assert "Too many failed login attempts" in refused.content.decode()
    assert sign_in(other_process, alice_with_password.email).status_code == 302


def test_many_sign_ins_from_one_place_are_stopped(alice_with_password: Person) -> None:
    statuses = [sign_in(Client(), f"person{attempt}@harbor.example").status_code for attempt in range(31)]

    assert (statuses[:10], statuses[-1]) == ([200] * 10, TOO_MANY)


def test_an_inactive_user_does_not_come_in(alice_with_password: Person, client: Client) -> None:
    User.objects.filter(pk=alice_with_password.user.pk).update(is_active=False)

    response = sign_in(client, alice_with_password.email)

    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}


def test_a_user_made_inactive_is_signed_out_at_once(alice: Person, client_of: Callable[[Person], Client]) -> None:
    client = client_of(alice)
    before = client.get("/o/harbor/people/me/").status_code
    User.objects.filter(pk=alice.user.pk).update(is_active=False)

    after = client.get("/o/harbor/people/me/")

    assert (before, after.status_code, after["Location"]) == (
        200,
        302,
        "/accounts/login/?next=/o/harbor/people/me/",
    )


def test_an_ended_membership_closes_the_organization_and_not_the_account(
    alice_with_password: Person, client: Client
) -> None:
    with tenant_context(alice_with_password.organization.pk):
        end_access(actor=None, membership=alice_with_password.member)

    sign_in(client, alice_with_password.email)

    assert "belong to no organization" in client.get("/").content.decode()
    assert client.get("/o/harbor/").status_code == 404


def test_there_is_no_sign_up(db: None, client: Client) -> None:
    page = client.get("/accounts/signup/")
    client.post("/accounts/signup/", {"email": "new@harbor.example", "password1": PASSWORD, "password2": PASSWORD})

    assert page.status_code == 200
    assert User.objects.count() == 0


def link_in(message: Any) -> str:
    """Return the path of the link in the text of a mail."""
    text = message.get_body(("plain",)).get_content()
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", text)
    assert found is not None
    return found[1]


def test_a_forgotten_password_is_replaced_through_a_mail(
    alice_with_password: Person, client: Client, smtp_server: Mailbox
) -> None:
    client.post("/accounts/password/reset/", {"email": alice_with_password.email})
    [message] = smtp_server.wait_for(1)
    form = client.get(link_in(message), follow=True)
    chosen = "another harbor at dusk"
    changed = client.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})

    assert message["To"] == alice_with_password.email
    assert changed.status_code == 302
    assert sign_in(Client(), alice_with_password.email).status_code == 200
    assert sign_in(Client(), alice_with_password.email, chosen).status_code == 302


def test_a_reset_link_works_once(alice_with_password: Person, smtp_server: Mailbox) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice_with_password.email})
    link = link_in(smtp_server.wait_for(1)[0])
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another harbor", "password2": "another harbor"})

    again = Client().get(link, follow=True)

    assert again.context["token_fail"] is True


def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    alice_with_password: Person, client: Client, smtp_server: Mailbox
) -> None:
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@harbor.example"})
    known = client.post("/accounts/password/reset/", {"email": alice_with_password.email})
    smtp_server.wait_for(1)

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert smtp_server.recipients == [[alice_with_password.email]]


def test_an_invited_person_chooses_a_password_and_comes_in(adam: Person, client: Client, smtp_server: Mailbox) -> None:
    with tenant_context(adam.organization.pk):
        member = invite_member(
            actor=adam.member, email="Nora@Harbor.example", full_name="Nora Neal", roles=[Role.HR_PARTNER]
        )
        write_invitation(member).send()
    [message] = smtp_server.wait_for(1)
    form = client.get(link_in(message), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert (message["To"], message["Subject"]) == ("nora@harbor.example", "Your access to Harbor")
    assert (member.roles, member.user.email) == (["hr_partner"], "nora@harbor.example")
    assert message.get_body(("html",)) is not None
    assert sign_in(Client(), "nora@harbor.example").status_code == 302
