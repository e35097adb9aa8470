"""Comparing ratings: moves with their reason, by whom, and what stays."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.enums import Role
from people.models import Organization
from pipcycle.errors import DomainError
from reviews.enums import FormRole
from reviews.models import RatingMove, Review, ReviewCycle
from reviews.selectors.calibration import rated_reviews, ratings_of, severity_hints
from reviews.services.calibration import move_rating
from reviews.services.cycles import finish_calibration
from reviews.services.writing import reopen_review
from tests.cast import Person, make_person
from tests.reviews.conftest import PlanCycle, days, hand_in, launch


@pytest.fixture
def rated(plan: PlanCycle, alice: Person, bob: Person, carol: Person, hana: Person) -> Review:
    """Alice, rated 3 by Bob, and Bob himself, rated 3 by Carol, in a cycle that compares ratings."""
    cycle = launch(plan(days(calibration=timezone.localdate() + datetime.timedelta(days=35))), hana)
    found = {one.employee_id: one for one in Review.objects.filter(cycle=cycle).select_related("cycle", "employee")}
    hand_in(found[alice.employee.pk], FormRole.MANAGER, bob)
    hand_in(found[bob.employee.pk], FormRole.MANAGER, carol)
    return Review.objects.select_related("cycle", "employee", "manager").get(pk=found[alice.employee.pk].pk)


def review_of(person: Person, cycle: ReviewCycle) -> Review:
    """Return the person's review in the cycle."""
    return Review.objects.select_related("cycle", "employee").get(cycle=cycle, employee=person.employee)


def test_a_move_keeps_before_and_after_the_reason_and_who(rated: Review, hana: Person, bob: Person) -> None:
    move_rating(actor=hana.member, review=rated, to=4, reason=" Took over the desk. ", seen=3)
    move_rating(actor=bob.member, review=rated, to=5, reason="And trained two others.", seen=4)

    rated.refresh_from_db()
    moves = [(one.before, one.after, one.reason, one.moved_by) for one in RatingMove.objects.all()]
    assert (rated.rating, rated.final_rating) == (3, 5)
    assert moves == [
        (3, 4, "Took over the desk.", hana.member),
        (4, 5, "And trained two others.", bob.member),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        RatingMove.objects.update(reason="Because")


@pytest.mark.parametrize(
    ("to", "reason", "seen", "words"),
    [(4, " ", 3, "reason"), (3, "x", 3, "has"), (9, "x", 3, "one of the ratings"), (4, "x", 2, "meanwhile")],
)
def test_a_move_needs_a_reason_another_rating_and_a_fresh_look(
    rated: Review, hana: Person, to: int, reason: str, seen: int, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        move_rating(actor=hana.member, review=rated, to=to, reason=reason, seen=seen)

    assert not RatingMove.objects.exists()


def test_nobody_moves_their_own_rating_nor_that_of_somebody_they_do_not_manage(
    rated: Review, alice: Person, bob: Person, adam: Person, eve: Person
) -> None:
    for one in (alice, adam, eve):
        with pytest.raises(PermissionDenied):
            move_rating(actor=one.member, review=rated, to=4, reason="x", seen=3)
    with pytest.raises(PermissionDenied):
        move_rating(actor=bob.member, review=review_of(bob, rated.cycle), to=4, reason="x", seen=3)


def test_an_hr_partner_who_is_reviewed_moves_others_and_not_themself(rated: Review, harbor: Organization) -> None:
    partner = make_person(harbor, "Pia", "Park", roles=(Role.HR_PARTNER,))
    own = Review.objects.create(cycle=rated.cycle, employee=partner.employee, status="written", rating=2)

    with pytest.raises(PermissionDenied):
        move_rating(actor=partner.member, review=own, to=5, reason="I am good", seen=2)
    assert own not in rated_reviews(partner.member, rated.cycle)
    assert rated in rated_reviews(partner.member, rated.cycle)


def test_nothing_moves_once_the_calibration_has_ended(rated: Review, hana: Person) -> None:
    finish_calibration(actor=hana.member, cycle=rated.cycle)

    with pytest.raises(DomainError, match="ended"):
        move_rating(actor=hana.member, review=rated, to=4, reason="x", seen=3)


def test_a_review_given_back_is_rated_afresh_and_its_moves_stay(rated: Review, hana: Person) -> None:
    move_rating(actor=hana.member, review=rated, to=4, reason="x", seen=3)

    reopen_review(actor=hana.member, review=rated, reason="Say why.")

    rated.refresh_from_db()
    assert rated.final_rating is None
    assert rated.moves.count() == 1


def test_the_table_holds_the_people_one_follows_and_how_their_ratings_lie(
    rated: Review, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    seen = {
        who.employee.given_name: {one.employee_id for one in rated_reviews(who.member, rated.cycle)}
        for who in (alice, bob, carol)
    }
    ratings = ratings_of(rated.cycle, rated_reviews(hana.member, rated.cycle))

    assert seen == {"Alice": set(), "Bob": {alice.employee.pk}, "Carol": {alice.employee.pk, bob.employee.pk}}
    assert ratings is not None
    assert ratings.counts == (0, 0, 2, 0, 0)
    assert severity_hints(rated_reviews(hana.member, rated.cycle)) == []
