"""Two at once: two workers launch, one person presses twice, two people share."""

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from documents.models import Document
from reviews.enums import CycleStatus, FormRole, FormStatus, ReviewStatus
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.selectors.audience import audience_of
from reviews.services.cycles import close_cycle, launch_cycle
from reviews.services.running import run_cycle
from reviews.services.sharing import share_review
from reviews.services.writing import save_answers, submit_form
from tests.cast import EmployeeFactory, Person
from tests.reviews.conftest import OWN, form_about, hand_in
from tests.support.at_once import at_once, begin_and_wait


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def test_two_workers_give_each_person_one_form_of_each_role(cycle: ReviewCycle, hana: Person) -> None:
    EmployeeFactory.create_batch(6, manager=hana.employee)
    launch_cycle(actor=hana.member, cycle=cycle)

    def work() -> int:
        return run_cycle(cycle_id=cycle.pk, at_once=2)

    assert at_once(hana.organization.pk, work, work) == ["done", "done"]

    cycle.refresh_from_db()
    forms = ReviewForm.objects.values("review__employee", "role").annotate(number=Count("pk"))
    assert {row["number"] for row in forms} == {1}
    assert (cycle.status, Review.objects.count()) == (CycleStatus.RUNNING, audience_of(cycle).count())


def test_a_form_handed_in_from_two_windows_at_once_counts_once(review: Review, alice: Person) -> None:
    own = form_about(review, FormRole.SELF)
    seen = save_answers(actor=alice.member, form=own, answers=OWN, seen=0, tab="a")

    def hand_in() -> None:
        submit_form(actor=alice.member, form=form_about(review, FormRole.SELF), seen=seen)

    results = at_once(alice.organization.pk, hand_in, hand_in)

    assert results[0] == "done"
    assert "It counts once" in results[1]
    assert form_about(review, FormRole.SELF).status == FormStatus.SUBMITTED


def test_a_review_shared_by_two_people_at_once_is_sealed_once(written: Review, bob: Person, hana: Person) -> None:
    def share(by: Person) -> None:
        share_review(actor=by.member, review=Review.objects.select_related("cycle", "employee").get(pk=written.pk))

    results = at_once(bob.organization.pk, lambda: share(bob), lambda: share(hana))

    assert results[0] == "done"
    assert len(results) == 2
    assert Document.objects.count() == 1


def test_a_review_shared_while_its_cycle_is_being_closed_is_not_left_out(
    review: Review, bob: Person, hana: Person
) -> None:
    hand_in(review, FormRole.MANAGER, bob)
    close_cycle(actor=hana.member, cycle=review.cycle)

    with transaction.atomic():
        Review.objects.select_for_update().get(pk=review.pk)
        end = begin_and_wait(hana.organization.pk, lambda: run_cycle(cycle_id=review.cycle_id))
        ReviewForm.objects.select_for_update(nowait=True).get(review=review, role=FormRole.SELF)
        Review.objects.filter(pk=review.pk).update(status=ReviewStatus.SHARED, shared_at=timezone.now())
    end()

    review.refresh_from_db()
    review.cycle.refresh_from_db()
    assert (review.status, review.cycle.status) == (ReviewStatus.SHARED, CycleStatus.CLOSED)
    assert form_about(review, FormRole.SELF).status == FormStatus.OPEN
