"""Looking back after a plan: what is kept, what is refused, and the way there from the plan."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from pipcycle.errors import DomainError
from pips.models import Expectation, FollowUp, Plan
from reviews.enums import Lasting
from reviews.models import PlanReview
from reviews.selectors.plan_reviews import courses_of, missed_dates_of
from reviews.services.plan_reviews import ResultInput, respond_to_plan_review, write_plan_review
from tests.cast import Person
from tests.pips.conftest import Stage, clock, stage

ClientOf = Callable[[Person], Client]
__all__ = ["clock", "stage"]


@pytest.fixture
def follow_up(stage: Stage) -> FollowUp:
    """The first look back at a plan that has succeeded, on its day."""
    plan = stage.decided()
    found: FollowUp = plan.follow_ups.get(day=30)
    found.plan = plan
    stage.clock.to(found.due_on)
    return found


def _results(plan: Plan, lasting: Lasting = Lasting.HELD) -> list[ResultInput]:
    return [ResultInput(expectation_id=one.pk, lasting=lasting) for one in Expectation.objects.filter(plan=plan)]


def _write(
    follow_up: FollowUp, by: Person, lasting: Lasting = Lasting.HELD, *, is_sustained: bool = True
) -> PlanReview:
    return write_plan_review(
        actor=by.member,
        follow_up=follow_up,
        held_on=timezone.localdate(),
        is_sustained=is_sustained,
        words={"sustained": "Held without the tutor.", "lessons": "The data source came a week late."},
        results=_results(follow_up.plan, lasting),
    )


def test_a_look_back_is_recorded_on_the_plan_and_kept_with_its_results(follow_up: FollowUp, bob: Person) -> None:
    review = _write(follow_up, bob)

    follow_up.refresh_from_db()
    assert (follow_up.is_sustained, follow_up.note) == (True, "Held without the tutor.")
    assert {one.lasting for one in review.results.all()} == {Lasting.HELD}
    assert review.words["lessons"] == "The data source came a week late."


def test_it_is_written_once(follow_up: FollowUp, bob: Person) -> None:
    _write(follow_up, bob)

    with pytest.raises(DomainError, match="recorded already"):
        _write(follow_up, bob)
    assert PlanReview.objects.count() == 1


def test_a_slipped_expectation_is_not_called_sustained(follow_up: FollowUp, bob: Person) -> None:
    with pytest.raises(DomainError, match="An expectation has slipped"):
        _write(follow_up, bob, Lasting.SLIPPED)
    _write(follow_up, bob, Lasting.SLIPPED, is_sustained=False)


def test_the_employee_does_not_write_it_but_responds_once(follow_up: FollowUp, alice: Person, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        _write(follow_up, alice)
    review = _write(follow_up, bob)
    review.follow_up = follow_up

    respond_to_plan_review(actor=alice.member, review=review, response="The lists help.")

    with pytest.raises(DomainError, match="on the record already"):
        respond_to_plan_review(actor=alice.member, review=review, response="Again.")
    with pytest.raises(PermissionDenied):
        respond_to_plan_review(actor=bob.member, review=review, response="Mine.")


def test_missed_dates_name_both_sides(follow_up: FollowUp) -> None:
    plan = follow_up.plan
    commitment = plan.support_commitments.first()
    assert commitment is not None
    day = timezone.localdate() - datetime.timedelta(days=40)
    plan.support_commitments.update(due_on=day, delivered_on=day + datetime.timedelta(days=9))

    found = missed_dates_of(Plan.objects.get(pk=plan.pk))

    assert commitment.owner.full_name in {one.owed_by for one in found}


def test_the_page_of_the_plan_leads_to_the_look_back_and_both_read_it(
    client_of: ClientOf, follow_up: FollowUp, alice: Person, bob: Person
) -> None:
    plan = follow_up.plan
    page = f"/o/harbor/reviews/plans/{plan.pk}/follow-ups/{follow_up.pk}/"
    client = client_of(bob)
    assert page in client.get(f"/o/harbor/plans/{plan.pk}/").text
    assert client.get(f"/o/harbor/plans/due/follow_up/{follow_up.pk}/")["Location"] == page
    assert client.get(page.replace(f"/{follow_up.pk}/", "/999999/")).status_code == 404
    shown = client.get(page)
    typed = {"held_on": timezone.localdate().isoformat(), "is_sustained": "yes"}
    typed |= {f"words-{key}": "Held." for key in ("results", "support", "sustained")}
    typed |= {f"lasting-{one.expectation.pk}": "held" for one in courses_of(plan)}

    written = client.post(page, typed)
    read = client_of(alice).get(page)

    assert (shown.status_code, written.status_code) == (200, 302)
    assert "Put it on the record" in shown.text
    assert "Your response" in read.text
    assert f"/o/harbor/development/start/outcome/{plan.pk}/" in client.get(page).text
