"""Leave on the profile: who records it, who reads why."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from people.enums import LeaveKind
from people.models import AccessRecord, Leave
from people.services.leave import record_leave
from tests.cast import Person

ClientOf = Callable[[Person], Client]


@pytest.fixture
def leave(alice: Person, hana: Person) -> Leave:
    """Alice's medical leave in June."""
    with tenant_context(alice.organization.pk):
        return record_leave(
            actor=hana.member,
            employee=alice.employee,
            starts_on=datetime.date(2026, 6, 1),
            ends_on=datetime.date(2026, 6, 5),
            kind=LeaveKind.MEDICAL,
            note="Knee surgery",
        )


def profile_of(person: Person) -> str:
    """Return the path of the person's profile."""
    return f"/o/{person.organization.slug}/people/{person.employee.pk}/"


def dates_of(person: Person) -> list[tuple[datetime.date, datetime.date | None]]:
    """Return the leaves of the person."""
    with tenant_context(person.organization.pk):
        return list(Leave.objects.filter(employee=person.employee).values_list("starts_on", "ends_on"))


def test_hr_records_leave(alice: Person, hana: Person, client_of: ClientOf) -> None:
    response = client_of(hana).post(
        profile_of(alice) + "leave/new/",
        {"starts_on": "2026-06-01", "ends_on": "", "kind": "family", "is_protected": "on", "note": ""},
    )

    assert (response.status_code, response["Location"]) == (302, profile_of(alice))
    assert dates_of(alice) == [(datetime.date(2026, 6, 1), None)]


def test_a_form_with_an_error_keeps_every_word(alice: Person, hana: Person, client_of: ClientOf) -> None:
    response = client_of(hana).post(
        profile_of(alice) + "leave/new/",
        {"starts_on": "2026-06-05", "ends_on": "2026-06-01", "kind": "medical", "note": "words to keep"},
    )

    body = response.content.decode()
    assert response.status_code == 422
    assert "The last day away is before the first." in body
    assert "words to keep" in body
    assert dates_of(alice) == []


def test_hr_changes_the_dates(alice: Person, hana: Person, leave: Leave, client_of: ClientOf) -> None:
    client_of(hana).post(f"{profile_of(alice)}leave/{leave.pk}/", {"starts_on": "2026-06-02", "ends_on": "2026-06-12"})

    assert dates_of(alice) == [(datetime.date(2026, 6, 2), datetime.date(2026, 6, 12))]


def test_hr_withdraws_a_leave_after_a_question(alice: Person, hana: Person, leave: Leave, client_of: ClientOf) -> None:
    client = client_of(hana)
    path = f"{profile_of(alice)}leave/{leave.pk}/withdrawal/"

    asked = client.get(path)
    kept = dates_of(alice)
    client.post(path)

    assert (asked.status_code, len(kept), dates_of(alice)) == (200, 1, [])


@pytest.mark.parametrize("part", ["leave/new/", "leave/{leave}/", "leave/{leave}/withdrawal/"])
@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_nobody_else_touches_leave(
    who: str, part: str, alice: Person, leave: Leave, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    path = profile_of(alice) + part.format(leave=leave.pk)

    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]
    assert len(dates_of(alice)) == 1


def test_a_manager_sees_the_dates_and_no_way_to_the_reason(
    alice: Person, bob: Person, leave: Leave, client_of: ClientOf
) -> None:
    body = client_of(bob).get(profile_of(alice)).content.decode()

    assert 'datetime="2026-06-01"' in body
    assert "/reason/" not in body
    assert "Medical" not in body
    assert client_of(bob).get(f"{profile_of(alice)}leave/{leave.pk}/reason/").status_code == 403


@pytest.mark.parametrize("who", ["hana", "adam", "alice"])
def test_each_read_of_a_reason_is_on_the_audit_trail(
    who: str, alice: Person, leave: Leave, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    reader: Person = request.getfixturevalue(who)

    response = client_of(reader).get(f"{profile_of(alice)}leave/{leave.pk}/reason/")

    assert "Knee surgery" in response.content.decode()
    with tenant_context(alice.organization.pk):
        records = AccessRecord.objects.values_list("member_id", "about_type", "about_id", "action")
        assert list(records) == [(reader.member.pk, "leave_reason", str(leave.pk), "read")]


def test_a_refused_read_leaves_no_record(alice: Person, bob: Person, leave: Leave, client_of: ClientOf) -> None:
    client_of(bob).get(f"{profile_of(alice)}leave/{leave.pk}/reason/")

    with tenant_context(alice.organization.pk):
        assert AccessRecord.objects.count() == 0


def test_a_leave_is_found_under_its_own_employee_only(
    alice: Person, bob: Person, hana: Person, leave: Leave, client_of: ClientOf
) -> None:
    assert client_of(hana).get(f"{profile_of(bob)}leave/{leave.pk}/").status_code == 404


def test_a_reason_is_only_read(alice: Person, hana: Person, leave: Leave, client_of: ClientOf) -> None:
    assert client_of(hana).post(f"{profile_of(alice)}leave/{leave.pk}/reason/").status_code == 405
