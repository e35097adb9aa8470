"""Sign-in, password reset and what the demo offers."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from pipcycle.ui import demo
from tests.cast import PASSWORD, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_sign_in_page_has_labels_and_names_for_password_managers() -> None:
    page = Client().get(reverse("account_login")).content.decode()

    assert 'for="id_login"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page


def test_wrong_password_is_explained_above_the_form() -> None:
    page = Client().post(reverse("account_login"), {"login": "nobody@harbor.example", "password": "wrong"})

    assert "There is a problem" in page.content.decode()
    assert "<title>Error: Sign in" in page.content.decode()


def test_guessing_passwords_meets_a_page_that_says_to_wait() -> None:
    client = Client()
    UserFactory.create(email="alice@harbor.example")
    answers = [
        client.post(reverse("account_login"), {"login": "alice@harbor.example", "password": str(attempt)})
        for attempt in range(31)
    ]

    assert answers[-1].status_code in {200, 429}
    assert "Too many" in answers[-1].content.decode()


def test_demo_sign_ins_are_offered_only_in_a_demo() -> None:
    with override_settings(DEMO=False):
        assert demo.sign_ins() == []
        assert "Demo: enter as" not in Client().get(reverse("account_login")).content.decode()
    assert "Demo: enter as" in Client().get(reverse("account_login")).content.decode()


def test_demo_button_signs_in_with_the_seeded_password() -> None:
    person = demo.sign_ins()[0]["people"][0]
    OrganizationFactory.create(slug="harbor")
    user = UserFactory.create(email=person["email"])
    user.set_password(person["password"])
    user.save(update_fields=["password"])
    client = Client()

    client.post(reverse("account_login"), {"login": person["email"], "password": person["password"]})

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    "name",
    [
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_page_around_sign_in_is_ours(name: str) -> None:
    page = Client().get(reverse(name))

    assert page.status_code == 200
    assert 'class="entrance"' in page.content.decode()


def test_reset_link_that_is_no_longer_valid_offers_a_new_one() -> None:
    page = Client().get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "none-such"}))

    assert "This link is no longer valid" in page.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password"])
def test_page_of_the_account_is_ours(name: str) -> None:
    client = Client()
    user = UserFactory.create()
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    client.force_login(user)

    page = client.get(reverse(name))

    assert 'class="entrance"' in page.content.decode()
