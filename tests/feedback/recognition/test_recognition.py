"""Recognition: who gives it, who reads it, walls that are opened by choice, and people who do not want to appear."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from feedback.models import OrganizationValue, Recognition
from feedback.note_enums import Readers
from feedback.registry import talking_points
from feedback.selectors.recognition import (
    recognition_of,
    recognition_on_wall,
    recognition_visible_to,
    wall_is_open,
)
from feedback.services.feedback_notes import give_note
from feedback.services.recognition import (
    give_recognition,
    save_value,
    set_opted_out,
    set_wall_open,
    set_walls_open_for_all,
    withdraw_recognition,
)
from goals.models import Goal
from people.enums import LeavingKind
from people.services.employees import end_employment
from pipcycle.errors import DomainError
from reminders.models import OutboxMessage
from tests.cast import Person, make_person
from tests.feedback.recognition.conftest import Praise
from tests.tenancy.rows import make_object

CAST = ["alice", "bob", "carol", "dora", "erin", "hana", "adam", "eve", "ines"]


@pytest.fixture
def erin(bob: Person) -> Person:
    """A teammate of Alice's who gave nothing."""
    return make_person(bob.organization, "Erin", "Eads", manager=bob)


def readers(request: pytest.FixtureRequest) -> set[str]:
    """Return who of the cast reads any recognition."""
    cast: dict[str, Person] = {who: request.getfixturevalue(who) for who in CAST}
    return {who for who, person in cast.items() if recognition_visible_to(person.member).exists()}


FOLLOW = {"alice", "dora", "bob", "carol", "hana"}


def test_without_a_wall_it_is_read_by_whom_it_concerns(praise: Praise, request: pytest.FixtureRequest) -> None:
    praise()

    assert readers(request) == FOLLOW


def test_a_wall_shows_it_to_the_team_and_to_nobody_else(
    praise: Praise, bob: Person, request: pytest.FixtureRequest
) -> None:
    praise()

    set_wall_open(actor=bob.member, manager=bob.employee, is_open=True)

    assert readers(request) == {*FOLLOW, "erin"}


def test_hr_opens_a_wall_for_every_team_and_a_manager_still_closes_theirs(
    praise: Praise, adam: Person, bob: Person, carol: Person
) -> None:
    praise()
    assert not wall_is_open(bob.employee)

    set_walls_open_for_all(actor=adam.member, is_open=True)
    assert wall_is_open(bob.employee)
    assert wall_is_open(carol.employee)
    assert recognition_on_wall(carol.member, bob.employee).count() == 1

    set_wall_open(actor=bob.member, manager=bob.employee, is_open=False)
    assert not wall_is_open(bob.employee)
    assert not recognition_on_wall(carol.member, bob.employee).exists()
    assert wall_is_open(carol.employee)


def test_only_the_manager_decides_on_a_wall(
    alice: Person, bob: Person, carol: Person, hana: Person, adam: Person, value: OrganizationValue
) -> None:
    for person in (alice, carol, hana, adam):
        with pytest.raises(PermissionDenied):
            set_wall_open(actor=person.member, manager=bob.employee, is_open=True)
    with pytest.raises(PermissionDenied):
        set_wall_open(actor=alice.member, manager=alice.employee, is_open=True)


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve", "ines"])
def test_only_the_hr_admin_defines_values_and_walls_for_all(
    who: str, value: OrganizationValue, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who).member

    with pytest.raises(PermissionDenied):
        set_walls_open_for_all(actor=member, is_open=True)
    with pytest.raises(PermissionDenied):
        save_value(actor=member, name="Obey", description="", position=1)


def test_who_does_not_want_to_appear_appears_nowhere(
    praise: Praise, alice: Person, bob: Person, request: pytest.FixtureRequest
) -> None:
    praise()
    set_wall_open(actor=bob.member, manager=bob.employee, is_open=True)

    set_opted_out(actor=alice.member, is_opted_out=True)

    assert readers(request) == set()
    assert not recognition_on_wall(bob.member, bob.employee).exists()
    assert not recognition_of(alice.member, alice.employee).exists()
    with pytest.raises(DomainError, match="prefers not to appear"):
        praise()


def test_changing_one_s_mind_brings_it_back(praise: Praise, alice: Person, bob: Person) -> None:
    praise()
    set_opted_out(actor=alice.member, is_opted_out=True)
    set_opted_out(actor=alice.member, is_opted_out=True)

    set_opted_out(actor=alice.member, is_opted_out=False)

    assert recognition_of(bob.member, alice.employee).count() == 1


def test_recognition_of_people_who_have_left_is_hidden(
    praise: Praise, alice: Person, request: pytest.FixtureRequest
) -> None:
    praise()

    end_employment(actor=None, employee=alice.employee, left_on=datetime.date(2026, 1, 5), kind=LeavingKind.VOLUNTARY)

    assert readers(request) == set()
    with pytest.raises(DomainError, match="has left"):
        praise()


def test_another_organization_reads_nothing(praise: Praise, mallory: Person) -> None:
    praise()

    with tenant_context(mallory.organization.pk):
        assert not Recognition.objects.exists()
        assert not recognition_visible_to(mallory.member).exists()


def test_it_is_told_without_a_name_or_a_word(praise: Praise, alice: Person) -> None:
    praise()

    mail = OutboxMessage.objects.get()
    assert (mail.recipient, mail.subject) == (alice.email, "A colleague recognizes your work")
    assert not [word for word in ("Dora", "asked twice") if word in mail.text_body + mail.html_body]


def test_it_names_a_value_or_a_goal_one_may_read(
    praise: Praise, value: OrganizationValue, alice: Person, bob: Person, dora: Person
) -> None:
    goal = make_object(Goal, employee=alice.employee, status="active", proposed_side="employee", **AGREED)

    with pytest.raises(DomainError, match="a value it shows, or a goal"):
        give_recognition(actor=bob.member, receiver=alice.employee, text="Well done.")
    with pytest.raises(DomainError, match="a goal of the person"):
        give_recognition(actor=dora.member, receiver=alice.employee, text="Well done.", goal=goal)
    given = give_recognition(actor=bob.member, receiver=alice.employee, text="Well done.", goal=goal)

    assert (given.goal, given.value) == (goal, None)


AGREED = {
    "proposed_at": datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC),
    "accepted_at": datetime.datetime(2026, 1, 3, tzinfo=datetime.UTC),
    "measure": "yes_no",
}


def test_a_value_no_longer_offered_is_refused_and_stays_where_it_was(
    praise: Praise, value: OrganizationValue, adam: Person
) -> None:
    given = praise()
    save_value(actor=adam.member, value=value, name=value.name, description="", position=1, is_retired=True)

    with pytest.raises(DomainError, match="no longer offered"):
        praise()
    given.refresh_from_db()
    assert given.value == value


def test_two_values_of_one_name_are_refused(value: OrganizationValue, adam: Person) -> None:
    with pytest.raises(DomainError, match="a value “ask first” already"):
        save_value(actor=adam.member, name="ask  first", description="", position=2)


def test_nobody_recognizes_themself_or_says_nothing(praise: Praise, dora: Person, ines: Person) -> None:
    with pytest.raises(DomainError, match="somebody else"):
        praise(receiver=dora)
    with pytest.raises(DomainError, match="what it is for"):
        praise(text="  ")
    with pytest.raises(PermissionDenied):
        praise(author=ines)


@pytest.mark.parametrize(
    ("who", "may"),
    [("alice", True), ("dora", True), ("bob", True), ("carol", True), ("erin", False), ("hana", False), ("eve", False)],
)
def test_it_is_taken_off_by_whom_it_concerns_and_leaves_a_trace(
    who: str,
    may: bool,
    praise: Praise,
    request: pytest.FixtureRequest,  # a row of the table
) -> None:
    given, person = praise(), request.getfixturevalue(who)
    if not may:
        with pytest.raises(PermissionDenied):
            withdraw_recognition(actor=person.member, recognition=given)
        return

    withdraw_recognition(actor=person.member, recognition=given, reason="Wrong project.")

    assert (given.withdrawn_by, given.withdrawn_reason) == (person.member, "Wrong project.")
    assert not recognition_visible_to(person.member).exists()
    with pytest.raises(DomainError, match="taken off meanwhile"):
        withdraw_recognition(actor=person.member, recognition=given)


def test_a_check_in_talks_of_what_both_may_know(praise: Praise, alice: Person, bob: Person, dora: Person) -> None:
    praise()
    for readers in (Readers.RECEIVER, Readers.MANAGER, Readers.BOTH):
        give_note(actor=dora.member, about=alice.employee, text="It helped.", readers=readers)

    points = {person: talking_points(person.member, alice.employee) for person in (alice, bob)}

    recognized = ("You asked twice.", "Recognized by Dora Dale")
    shared = ("Feedback from Dora Dale", "Feedback note you both read")
    for person in (alice, bob):
        assert [(str(point.title), str(point.note)) for point in points[person]] == [shared, recognized]
