"""Mentorship: found by a score, agreed by two, read by these two alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from development.learning_enums import MENTORSHIP_TRANSITIONS, MentorshipStatus
from development.learning_obligations import LearningOwed
from development.models import MentorProfile, Mentorship
from development.selectors.mentorship import mentorship_for, mentorships_known_to_hr, profile_of, suggestions_for
from development.services.mentorship import (
    accept_mentorship,
    close_mentorship,
    decline_mentorship,
    record_session,
    request_mentorship,
    save_profile,
    withdraw_mentorship,
    write_goals,
)
from people.models import Competency
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from tests.cast import Person
from tests.development.conftest import TODAY, At, days


def offers(who: Person, competency: Competency, *, capacity: int = 1) -> MentorProfile:
    """Let somebody offer a competency."""
    return save_profile(
        actor=who.member, about="Ask me.", is_open=True, capacity=capacity, offered=[competency], wanted=[]
    )


@pytest.fixture
def speaking(stage: At, alice: Person, bob: Person, carol: Person, hana: Person, eve: Person) -> Competency:
    """A competency Alice looks for."""
    rebuild_reporting_lines()
    competency = Competency.objects.create(name="Speaking")
    save_profile(actor=alice.member, about="", is_open=False, capacity=1, offered=[], wanted=[competency])
    return competency


@pytest.fixture
def asked(speaking: Competency, alice: Person, eve: Person) -> Mentorship:
    """Alice has asked Eve."""
    return request_mentorship(actor=alice.member, profile=offers(eve, speaking), message="To speak freely.")


def test_managers_above_are_never_suggested_and_the_reasons_are_words(
    speaking: Competency, alice: Person, bob: Person, carol: Person, eve: Person
) -> None:
    for who in (bob, carol, eve):
        offers(who, speaking, capacity=2)

    suggested = suggestions_for(alice.employee, profile_of(alice.employee))

    assert [one.profile.employee for one in suggested] == [eve.employee]
    assert "offers Speaking: 10 points" in suggested[0].reasons
    assert sum(int(reason.split(": ")[1].split(" ")[0]) for reason in suggested[0].reasons) == suggested[0].score
    with pytest.raises(DomainError, match="outside your line"):
        request_mentorship(
            actor=alice.member, profile=MentorProfile.objects.get(employee=bob.employee), message="Please."
        )


def test_whoever_is_asked_is_not_suggested_again_and_owes_an_answer(
    asked: Mentorship, alice: Person, eve: Person
) -> None:
    assert suggestions_for(alice.employee, profile_of(alice.employee)) == []
    owed = Obligation.objects.get(kind=LearningOwed.ANSWER_MENTORSHIP, status=ObligationStatus.OPEN)
    assert (owed.owner, owed.employee) == (eve.employee, None)
    with pytest.raises(DomainError, match="asked them already"):
        request_mentorship(
            actor=alice.member, profile=MentorProfile.objects.get(employee=eve.employee), message="Please."
        )


def test_only_the_mentor_answers(asked: Mentorship, alice: Person, bob: Person, hana: Person) -> None:
    for who in (alice, bob, hana):
        with pytest.raises(PermissionDenied):
            accept_mentorship(actor=who.member, mentorship=asked)


def test_a_mentor_never_has_more_people_than_they_said(
    asked: Mentorship, bob: Person, carol: Person, hana: Person, eve: Person
) -> None:
    profile = MentorProfile.objects.select_related("employee").get(employee=eve.employee)
    second = request_mentorship(actor=bob.member, profile=profile, message="Me too.")
    accept_mentorship(actor=eve.member, mentorship=asked)

    with pytest.raises(DomainError, match="no place left"):
        accept_mentorship(actor=eve.member, mentorship=second)
    with pytest.raises(DomainError, match="no place left"):
        request_mentorship(actor=carol.member, profile=profile, message="Me as well.")


def test_an_answer_given_twice_is_refused(asked: Mentorship, alice: Person, eve: Person) -> None:
    decline_mentorship(actor=eve.member, mentorship=asked, answer="Not this year.")

    with pytest.raises(DomainError, match="is “Declined” now"):
        withdraw_mentorship(actor=alice.member, mentorship=asked)


def test_the_two_write_goals_and_sessions_and_both_say_what_it_has_brought(
    asked: Mentorship, alice: Person, eve: Person
) -> None:
    accept_mentorship(actor=eve.member, mentorship=asked)
    write_goals(actor=alice.member, mentorship=asked, goals="One talk a month.", seen=asked.goals_mark)
    record_session(actor=eve.member, mentorship=asked, held_on=TODAY, notes="Breathe.")
    with pytest.raises(DomainError, match="still to come"):
        record_session(actor=eve.member, mentorship=asked, held_on=days(1), notes="")

    close_mentorship(actor=alice.member, mentorship=asked, feedback="I speak.")
    owed = Obligation.objects.get(kind=LearningOwed.MENTOR_FEEDBACK)
    assert (owed.owner, owed.status) == (eve.employee, ObligationStatus.OPEN)
    with pytest.raises(DomainError, match="there already"):
        close_mentorship(actor=alice.member, mentorship=asked, feedback="Again.")
    close_mentorship(actor=eve.member, mentorship=asked, feedback="She does.")

    asked.refresh_from_db()
    assert (asked.status, asked.mentee_feedback, asked.mentor_feedback) == (
        MentorshipStatus.CLOSED, "I speak.", "She does.",
    )  # fmt: skip
    owed.refresh_from_db()
    assert owed.status != ObligationStatus.OPEN
    with pytest.raises(DomainError, match="is “Closed” now"):
        write_goals(actor=alice.member, mentorship=asked, goals="More.", seen=asked.goals_mark)


def test_hr_learns_that_it_exists_and_nothing_it_says(
    asked: Mentorship, bob: Person, hana: Person, adam: Person, eve: Person, ines: Person
) -> None:
    assert not mentorships_known_to_hr(hana.member).exists()
    accept_mentorship(actor=eve.member, mentorship=asked)

    for who in (hana, adam):
        row = mentorships_known_to_hr(who.member).get()
        assert row.pk == asked.pk
        assert {"message", "goals", "answer", "mentor_feedback", "mentee_feedback"} <= row.get_deferred_fields()
    for who in (hana, adam, bob, ines):
        with pytest.raises(Http404):
            mentorship_for(who.member, asked.pk)


def test_an_offer_names_what_it_offers(stage: At, alice: Person) -> None:
    with pytest.raises(DomainError, match="what you can help others with"):
        save_profile(actor=alice.member, about="", is_open=True, capacity=1, offered=[], wanted=[])


def test_who_is_nobodys_employee_has_no_profile(stage: At, ines: Person) -> None:
    with pytest.raises(PermissionDenied):
        save_profile(actor=ines.member, about="", is_open=False, capacity=1, offered=[], wanted=[])


@pytest.mark.parametrize("source", list(MentorshipStatus))
def test_a_mentorship_moves_along_the_table_only(
    source: MentorshipStatus, alice: Person, stage: At, eve: Person
) -> None:
    closed = timezone.now() if source == MentorshipStatus.CLOSED else None
    row = Mentorship.objects.create(mentor=eve.employee, mentee=alice.employee, status=source, closed_at=closed)
    moved = set()
    for target in MentorshipStatus:
        closed = timezone.now() if target == MentorshipStatus.CLOSED else None
        try:
            with transaction.atomic():
                Mentorship.objects.filter(pk=row.pk).update(status=target, closed_at=closed)
                moved.add(target)
                transaction.set_rollback(True)
        except DatabaseError:
            pass

    assert moved - {source} == MENTORSHIP_TRANSITIONS[source]
