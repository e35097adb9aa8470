"""Who reads a note: what its author chose, said in plain words, and nothing that follows from a role alone."""

import pytest
from django_rls_tenants import tenant_context

from feedback.models import FeedbackNote
from feedback.note_enums import READ_BY_MANAGER, READ_BY_RECEIVER, Readers
from feedback.readers import choices_for, named_manager, readers_of
from feedback.selectors.notes import hidden_from, notes_shared_about, notes_visible_to
from feedback.services.feedback_notes import show_note, withdraw_note
from people.models import Department, PartnerScope
from people.services.employees import change_manager
from tests.cast import Person
from tests.feedback.notes.conftest import GiveNote

CAST = ["alice", "bob", "carol", "dora", "hana", "adam", "eve", "ines"]


def readers(request: pytest.FixtureRequest) -> set[str]:
    """Return who of the cast reads any note."""
    cast: dict[str, Person] = {who: request.getfixturevalue(who) for who in CAST}
    return {who for who, person in cast.items() if notes_visible_to(person.member).exists()}


@pytest.mark.parametrize(
    ("chosen", "who"),
    [
        (Readers.RECEIVER, {"dora", "alice"}),
        (Readers.BOTH, {"dora", "alice", "bob"}),
        (Readers.MANAGER, {"dora", "bob"}),
        (Readers.HR, {"dora", "alice", "bob", "hana"}),
    ],
)
def test_a_note_is_read_by_whom_its_author_chose(
    chosen: Readers, who: set[str], give: GiveNote, request: pytest.FixtureRequest
) -> None:
    give(chosen)

    assert readers(request) == who


def test_another_organization_reads_nothing(give: GiveNote, mallory: Person) -> None:
    give(Readers.HR)

    with tenant_context(mallory.organization.pk):
        assert not FeedbackNote.objects.exists()
        assert not notes_visible_to(mallory.member).exists()


def test_an_hr_partner_of_another_department_reads_nothing(give: GiveNote, hana: Person) -> None:
    PartnerScope.objects.create(membership=hana.member, department=Department.objects.create(name="Elsewhere"))
    give(Readers.HR)

    assert not notes_visible_to(hana.member).exists()


def test_the_next_manager_inherits_nothing_and_the_former_one_reads_no_more(
    give: GiveNote, alice: Person, bob: Person, carol: Person
) -> None:
    give(Readers.BOTH)

    change_manager(actor=None, employee=alice.employee, manager=carol.employee)

    assert not notes_visible_to(bob.member).exists()
    assert not notes_visible_to(carol.member).exists()


def test_one_whose_membership_has_ended_reads_nothing(give: GiveNote, alice: Person) -> None:
    give(Readers.RECEIVER)
    alice.member.is_active = False

    assert not notes_visible_to(alice.member).exists()


def test_what_two_look_at_together_is_only_what_both_may_know(
    give: GiveNote, alice: Person, bob: Person, dora: Person
) -> None:
    give(Readers.RECEIVER)
    give(Readers.MANAGER)
    shared = give(Readers.BOTH)
    withdraw_note(actor=dora.member, note=give(Readers.BOTH))

    assert list(notes_shared_about(bob.member, alice.employee)) == [shared]


def test_the_person_is_told_of_a_note_they_do_not_read_until_it_is_shown(
    give: GiveNote, alice: Person, dora: Person
) -> None:
    note = give(Readers.MANAGER)
    assert hidden_from(alice.employee).count() == 1

    show_note(actor=dora.member, note=note)

    assert hidden_from(alice.employee).count() == 0
    assert list(notes_visible_to(alice.member)) == [note]


def offered(author: Person, about: Person, asked_by: Person | None = None) -> list[Readers]:
    """Return the choices a writer has."""
    asker = asked_by.employee if asked_by else None
    manager = named_manager(author=author.employee, about=about.employee, asked_by=asker)
    choices = choices_for(author=author.employee, about=about.employee, manager=manager, asked_by=asker)
    return [choice.readers for choice in choices]


@pytest.mark.usefixtures("harbor_context")
def test_the_choices_are_those_that_are_true(alice: Person, bob: Person, carol: Person, dora: Person) -> None:
    everything = [Readers.RECEIVER, Readers.BOTH, Readers.MANAGER, Readers.HR]

    assert offered(dora, alice) == everything
    assert offered(bob, alice) == [Readers.RECEIVER, Readers.HR]
    assert offered(alice, carol) == [Readers.RECEIVER, Readers.HR]
    assert offered(dora, alice, asked_by=alice) == [Readers.RECEIVER, Readers.BOTH, Readers.HR]
    assert offered(dora, alice, asked_by=carol) == [Readers.BOTH, Readers.MANAGER, Readers.HR]


@pytest.mark.usefixtures("harbor_context")
@pytest.mark.parametrize("chosen", list(Readers))
def test_the_words_name_exactly_who_reads(chosen: Readers, alice: Person, bob: Person) -> None:
    words = readers_of(readers=chosen, about=alice.employee, manager=bob.employee)

    assert ("Bob Bailey" in words.names) == (chosen in READ_BY_MANAGER)
    assert words.names.startswith("Alice Archer") == (chosen in READ_BY_RECEIVER - {Readers.RECEIVER})
    assert ("HR" in words.names) == (chosen == Readers.HR)


@pytest.mark.usefixtures("harbor_context")
def test_a_note_for_the_manager_alone_says_what_it_counts_for(alice: Person, bob: Person) -> None:
    words = readers_of(readers=Readers.MANAGER, about=alice.employee, manager=bob.employee)

    assert words.note == (
        "Alice Archer does not read it, but is told that such a note exists, neither what it says nor by whom. "
        "It counts for nothing in a plan, a review or a file until you show it to Alice Archer."
    )
