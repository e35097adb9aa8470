"""A member's calendar: an address that can be read, replaced and revoked, and says nothing of anybody's case."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.models import Organization
from reminders.calendar.address import hash_of, new_secret, organization_of
from reminders.calendar.feed import entries_of, feed_of
from reminders.models import CalendarAddress
from reminders.registry import CalendarEntry, calendar_providers, register_calendar
from reminders.services.calendar import make_address, revoke_address
from reminders.services.obligations import fulfil, move
from tests.cast import Person
from tests.reminders.conftest import TODAY, OweAnswer

PAGE = "/o/harbor/settings/calendar/"
ClientOf = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Noon of a Wednesday."""
    with time_machine.travel(datetime.datetime(2027, 3, 3, 17, 0, tzinfo=datetime.UTC), tick=False):
        yield


def feed_at(secret: str) -> str:
    """Return the path of the calendar with that secret."""
    return reverse("calendar_feed", kwargs={"secret": secret})


def lines(text: str, name: str) -> list[str]:
    """Return the values of a property in the calendar."""
    return re.findall(rf"^{name}[^:\r\n]*:([^\r\n]*)\r$", text.replace("\r\n ", ""), flags=re.MULTILINE)


def shown_address(answer: str) -> str:
    """Return the secret in the address on the page."""
    match = re.search(r"/calendar/([^/\"]+)\.ics", answer)
    assert match
    return match[1]


def test_a_program_reads_what_is_due_without_a_name_or_a_case(
    client: Client, client_of: ClientOf, alice: Person, harbor_context: Organization, owe_answer: OweAnswer
) -> None:
    owed = owe_answer(alice, due_on=TODAY + datetime.timedelta(days=5))
    secret = shown_address(client_of(alice).post(f"{PAGE}address/").text)

    answer = client.get(feed_at(secret))

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert lines(text, "SUMMARY") == ["Something is due"]
    assert lines(text, "DTSTART") == ["20270308"]
    assert lines(text, "URL")[0].endswith(f"/o/harbor/due/{owed.pk}/")
    assert not re.search("alice|archer|answer|thing", text.replace("Something", ""), flags=re.IGNORECASE)


def test_an_entry_leads_its_owner_alone_to_the_thing(
    client_of: ClientOf, alice: Person, bob: Person, harbor_context: Organization, owe_answer: OweAnswer
) -> None:
    owed = owe_answer(alice)

    assert client_of(alice).get(f"/o/harbor/due/{owed.pk}/")["Location"] == "/o/harbor/things/1/"
    assert client_of(bob).get(f"/o/harbor/due/{owed.pk}/").status_code == 404
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)
    assert client_of(alice).get(f"/o/harbor/due/{owed.pk}/").status_code == 302


def test_an_entry_moves_and_goes_with_what_is_owed(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer
) -> None:
    owe_answer(alice, due_on=TODAY)
    before = feed_of(alice.member)

    move(kind="test_answer", about_type="thing", about_id=1, due_on=TODAY + datetime.timedelta(days=1), reason="Leave.")
    after = feed_of(alice.member)

    assert lines(before, "UID") == lines(after, "UID")
    assert (lines(before, "DTSTART"), lines(after, "DTSTART")) == (["20270303"], ["20270304"])
    fulfil(kind="test_answer", about_type="thing", about_id=1, actor=alice.member)
    assert lines(feed_of(alice.member), "UID") == []


def test_what_is_long_past_or_far_off_stays_out(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer
) -> None:
    for about_id, days in enumerate((-32, -31, 400, 401), start=1):
        owe_answer(alice, about_id=about_id, due_on=TODAY + datetime.timedelta(days=days))

    assert [entry.day for entry in entries_of(alice.member)] == [D(2027, 1, 31), D(2028, 4, 6)]


D = datetime.date


def test_a_day_another_room_knows_of_stands_once(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reminders.registry._calendar", [])
    owe_answer(alice, about_id=7, due_on=TODAY)
    days = [
        CalendarEntry(day=TODAY, title="Talk", about=("thing", number), url=f"/o/harbor/{number}/") for number in (7, 8)
    ]
    register_calendar(lambda _own, _since, _until: days)

    assert len(calendar_providers()) == 1
    assert [str(entry.title) for entry in entries_of(alice.member)] == ["Something is due", "Talk"]


def test_only_the_hash_of_the_secret_is_kept_and_it_is_shown_once(
    client_of: ClientOf, alice: Person, harbor_context: Organization
) -> None:
    client = client_of(alice)

    made = client.post(f"{PAGE}address/")
    secret = shown_address(made.text)

    assert "no-store" in made["Cache-Control"]
    assert CalendarAddress.objects.get().secret_hash == hash_of(secret)
    page = client.get(PAGE).text
    assert secret not in page
    assert "not yet" in page


def test_a_new_address_ends_the_one_before_after_asking(
    client: Client, client_of: ClientOf, alice: Person, harbor_context: Organization
) -> None:
    browser = client_of(alice)
    first = shown_address(browser.post(f"{PAGE}address/").text)

    assert "Replace your address?" in browser.get(f"{PAGE}address/").text
    second = shown_address(browser.post(f"{PAGE}address/").text)

    assert (client.get(feed_at(first)).status_code, client.get(feed_at(second)).status_code) == (404, 200)
    assert CalendarAddress.objects.count() == 1


def test_a_revoked_address_gives_nothing_more(
    client: Client, client_of: ClientOf, alice: Person, harbor_context: Organization
) -> None:
    browser = client_of(alice)
    secret = shown_address(browser.post(f"{PAGE}address/").text)

    assert "Revoke your address?" in browser.get(f"{PAGE}revocation/").text
    answer = browser.post(f"{PAGE}revocation/", follow=True).text

    assert "The address is revoked." in answer
    assert "Make my address" in answer
    assert client.get(feed_at(secret)).status_code == 404
    assert not revoke_address(actor=alice.member)


def test_a_reading_is_noted_by_its_day(client: Client, alice: Person, harbor_context: Organization) -> None:
    secret = make_address(actor=alice.member)

    client.get(feed_at(secret))

    assert CalendarAddress.objects.get().read_on == TODAY


@pytest.mark.parametrize("ends", ["member", "user", "organization"])
def test_it_ends_with_the_access_of_its_member(
    ends: str, client: Client, alice: Person, harbor_context: Organization
) -> None:
    secret = make_address(actor=alice.member)
    ended = {"member": alice.member, "user": alice.member.user, "organization": alice.organization}[ends]
    ended.is_active = False
    ended.save(update_fields=["is_active"])

    assert client.get(feed_at(secret)).status_code == 404


def test_a_secret_of_no_address_or_of_another_organization_is_unknown(
    client: Client, alice: Person, mallory: Person, harbor_context: Organization
) -> None:
    secret = make_address(actor=alice.member)
    elsewhere = f"{mallory.organization.pk}-{secret.partition('-')[2]}"

    nowhere = f"{'9' * 18}-{'a' * 43}"

    for unknown in (new_secret(alice.organization.pk), elsewhere, nowhere, "1", f"{secret}x"):
        assert client.get(feed_at(unknown)).status_code == 404
    assert client.post(feed_at(secret)).status_code == 405


def test_each_reads_their_own_days(
    client: Client, alice: Person, bob: Person, mallory: Person, harbor_context: Organization, owe_answer: OweAnswer
) -> None:
    owe_answer(alice)
    with tenant_context(mallory.organization.pk):
        theirs = make_address(actor=mallory.member)

    for secret in (make_address(actor=bob.member), theirs):
        assert lines(client.get(feed_at(secret)).content.decode(), "UID") == []


def test_one_who_is_not_employed_has_an_empty_calendar(harbor_context: Organization, adam: Person) -> None:
    adam.member.__dict__["employee"] = None

    assert entries_of(adam.member) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_reading_costs_the_same_for_one_day_and_for_three(
    count: int,
    client: Client,
    alice: Person,
    harbor_context: Organization,
    owe_answer: OweAnswer,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for about_id in range(count):
        owe_answer(alice, about_id=about_id)
    secret = make_address(actor=alice.member)
    client.get(feed_at(secret))

    with django_assert_num_queries(8):
        client.get(feed_at(secret))


@pytest.mark.parametrize("text", ["", "7", "-", "7-short", f"x-{'a' * 43}", f"7-{'a' * 42}ä"])
def test_what_is_no_secret_names_no_organization(text: str) -> None:
    assert organization_of(text) is None
    assert organization_of(new_secret(7)) == 7
