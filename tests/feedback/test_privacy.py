"""Private notes are read by their writer alone: no role, no page, no export, no statement finds them otherwise."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django_rls_tenants import admin_context, tenant_context

from feedback.models import CheckIn, CheckInSeries, PrivateNote
from feedback.selectors.private_notes import has_private_note, private_note_of, private_notes_of
from feedback.services.notes import erase_private_note, save_private_note
from feedback.services.series import end_series
from people.models import AccessRecord, Organization
from pipcycle.tenancy.writer import ACTING_MEMBER, acting_as
from tests.cast import Person

SECRET = "Xylophone: think about leaving the team."
OTHERS = ["alice", "carol", "hana", "adam", "eve", "ines"]
ClientOf = Callable[[Any], Client]


@pytest.fixture
def note(check_in: CheckIn, bob: Person) -> int:
    """A private note of Bob's; its key."""
    save_private_note(actor=bob.member, check_in=check_in, body=SECRET, base="")
    key: int = private_notes_of(bob.member)[0].pk
    return key


def rows(sql: str, *parameters: Any) -> list[Any]:
    """Return the rows of a statement, run as the application."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Any] = cursor.fetchall()
        return found


def touched(sql: str, *parameters: Any) -> int:
    """Return how many rows a statement touches, run as the application."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def test_the_writer_reads_it(note: int, check_in: CheckIn, bob: Person) -> None:
    assert private_note_of(bob.member, check_in) == SECRET
    assert [one.body for one in private_notes_of(bob.member)] == [SECRET]


@pytest.mark.usefixtures("note")
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_it_through_the_room(who: str, check_in: CheckIn, request: pytest.FixtureRequest) -> None:
    member = request.getfixturevalue(who).member

    assert private_note_of(member, check_in) == ""
    assert private_notes_of(member) == []


@pytest.mark.usefixtures("note")
def test_plain_sql_of_the_application_finds_no_row(series: CheckInSeries) -> None:
    assert rows("SELECT count(*) FROM feedback_privatenote") == [(0,)]
    assert PrivateNote.objects.count() == 0
    assert touched("UPDATE feedback_privatenote SET body = 'x'") == 0
    assert touched("DELETE FROM feedback_privatenote") == 0


@pytest.mark.usefixtures("note")
@pytest.mark.parametrize("who", OTHERS)
def test_plain_sql_finds_no_row_while_somebody_else_acts(who: str, request: pytest.FixtureRequest) -> None:
    with acting_as(request.getfixturevalue(who).member.pk):
        assert rows("SELECT count(*) FROM feedback_privatenote") == [(0,)]
        assert touched("UPDATE feedback_privatenote SET body = 'x'") == 0
        assert touched("DELETE FROM feedback_privatenote") == 0


@pytest.mark.usefixtures("note")
def test_the_operator_s_context_finds_no_row(series: CheckInSeries) -> None:
    with admin_context():
        assert rows("SELECT current_setting('rls.is_admin')") == [("true",)]
        assert rows("SELECT count(*) FROM feedback_privatenote") == [(0,)]
        assert PrivateNote.objects.count() == 0


@pytest.mark.usefixtures("note")
def test_the_writer_s_key_opens_nothing_in_another_organization(
    alder: Organization, bob: Person, series: CheckInSeries
) -> None:
    with tenant_context(alder.pk), acting_as(bob.member.pk):
        assert rows("SELECT count(*) FROM feedback_privatenote") == [(0,)]


def test_nobody_writes_in_somebody_else_s_name(check_in: CheckIn, alice: Person, bob: Person) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), acting_as(alice.member.pk):
        PrivateNote.objects.create(check_in=check_in, writer=bob.member, body="I said so.")


def test_a_note_cannot_be_given_to_somebody_else(note: int, alice: Person, bob: Person) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), acting_as(bob.member.pk):
        PrivateNote.objects.filter(pk=note).update(writer=alice.member)


def test_who_acts_is_forgotten_at_once_also_after_a_failure(check_in: CheckIn, bob: Person) -> None:
    setting = "SELECT current_setting(%s, true)"
    with acting_as(bob.member.pk):
        assert rows(setting, ACTING_MEMBER) == [(str(bob.member.pk),)]
    assert rows(setting, ACTING_MEMBER) in ([("",)], [(None,)])

    with pytest.raises(ValueError, match="stop"), acting_as(bob.member.pk):
        raise ValueError("stop")
    assert rows(setting, ACTING_MEMBER) in ([("",)], [(None,)])


def test_only_two_modules_ever_let_a_member_act() -> None:
    users = {
        str(path)
        for path in Path().rglob("*.py")
        if path.parts[0] not in ("tests", ".venv", "var") and "acting_as(" in path.read_text()
    }

    assert users == {
        "pipcycle/tenancy/writer.py",
        "feedback/selectors/private_notes.py",
        "feedback/services/notes.py",
    }


@pytest.mark.django_db
def test_no_history_table_and_no_administration_knows_it() -> None:
    tracked = [getattr(model, "pgh_tracked_model", None) for model in apps.get_models()]

    assert PrivateNote not in tracked
    assert PrivateNote not in admin.site._registry
    assert [
        name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'feedback_privatenote'::regclass")
        if not name.startswith("RI_")
    ] == []  # fmt: skip


@pytest.mark.usefixtures("note")
@pytest.mark.parametrize("who", [*OTHERS, "bob"])
def test_no_page_but_the_writer_s_own_shows_it(
    who: str, check_in: CheckIn, client_of: ClientOf, request: pytest.FixtureRequest, adam: Person
) -> None:
    person = request.getfixturevalue(who)
    client = client_of(person)
    portal = "/o/harbor"
    pages = [
        f"{portal}/", f"{portal}/check-ins/", f"{portal}/check-ins/export/", f"{portal}/check-ins/?whose=all",
        f"{portal}/search/?q=Xylophone", check_in.series.get_absolute_url(), check_in.get_absolute_url(),
        f"{portal}/check-ins/private-notes/", f"{portal}/check-ins/private-notes/export/",
        f"{portal}/people/{check_in.series.employee_id}/", "/admin/",
    ]  # fmt: skip

    shown = {page for page in pages if "Xylophone: think" in client.get(page, follow=True).text}

    own = {check_in.get_absolute_url(), *(f"{portal}/check-ins/private-notes/{name}" for name in ("", "export/"))}
    assert shown == (own if who == "bob" else set())


def test_the_writer_takes_them_along_as_one_text(
    note: int, check_in: CheckIn, bob: Person, alice: Person, client_of: ClientOf
) -> None:
    answer = client_of(bob).get("/o/harbor/check-ins/private-notes/export/")

    heading = "Check-in with Alice Archer, 6 May 2026"
    assert answer.content.decode() == f"{heading}\n{'-' * len(heading)}\n\n{SECRET}\n"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="private-notes-harbor.txt"'
    assert not AccessRecord.objects.exists()
    empty = client_of(alice).get("/o/harbor/check-ins/private-notes/export/").text
    assert empty == "You have written nothing for yourself.\n"


def test_it_takes_along_more_than_a_page_shows(
    note: int, bob: Person, monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    monkeypatch.setattr("feedback.selectors.private_notes.MOST_SHOWN", 0)

    assert SECRET in client_of(bob).get("/o/harbor/check-ins/private-notes/export/").text


@pytest.mark.usefixtures("note")
def test_the_operator_finds_no_page_with_it(check_in: CheckIn, oscar: Any, client_of: ClientOf) -> None:
    client = client_of(oscar)

    assert client.get(check_in.get_absolute_url()).status_code == 404
    assert client.get("/o/harbor/check-ins/private-notes/").status_code == 404
    assert "Xylophone" not in client.get("/admin/", follow=True).text


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_can_write_or_erase_one(
    who: str, note: int, check_in: CheckIn, bob: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    client = client_of(person)
    address = reverse("feedback:private_note_erasure", kwargs={"organization_slug": "harbor", "note_id": note})

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not erase_private_note(actor=person.member, note_id=note)
    assert not has_private_note(person.member, note)
    if who != "alice":
        with pytest.raises(PermissionDenied):
            save_private_note(actor=person.member, check_in=check_in, body="x", base="")
    assert private_note_of(bob.member, check_in) == SECRET


def test_each_of_the_two_has_notes_of_their_own(note: int, check_in: CheckIn, alice: Person, bob: Person) -> None:
    save_private_note(actor=alice.member, check_in=check_in, body="Mine.", base="")

    assert private_note_of(alice.member, check_in) == "Mine."
    assert private_note_of(bob.member, check_in) == SECRET


def test_the_writer_keeps_it_when_the_check_ins_have_ended(note: int, series: CheckInSeries, bob: Person) -> None:
    end_series(actor=bob.member, series=series)

    assert [one.body for one in private_notes_of(bob.member)] == [SECRET]


def test_the_writer_erases_it_for_good(note: int, check_in: CheckIn, bob: Person, client_of: ClientOf) -> None:
    client = client_of(bob)
    address = f"/o/harbor/check-ins/private-notes/{note}/erasure/"
    assert "Erase this note for good?" in client.get(address).text

    answer = client.post(address)

    assert answer["Location"] == "/o/harbor/check-ins/private-notes/"
    assert private_notes_of(bob.member) == []


def test_an_emptied_note_leaves_no_row(note: int, check_in: CheckIn, bob: Person) -> None:
    save_private_note(actor=bob.member, check_in=check_in, body="", base=SECRET)

    assert private_notes_of(bob.member) == []


@pytest.mark.usefixtures("note")
def test_it_goes_with_its_check_in_though_django_cannot_see_it(check_in: CheckIn, bob: Person) -> None:
    check_in.delete()

    assert private_notes_of(bob.member) == []


@pytest.mark.usefixtures("note")
def test_it_is_in_no_log_of_a_failing_request(
    check_in: CheckIn, bob: Person, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fail(**_facts: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("feedback.views.check_ins.notes.save_private_note", fail)
    client = client_of(bob)
    client.raise_request_exception = False

    answer = client.post(f"{check_in.get_absolute_url()}private/", {"body": SECRET, "base": ""})

    assert answer.status_code == 500
    assert "Xylophone" not in answer.text + caplog.text + "".join(str(mail.message()) for mail in mailoutbox)
