"""The course of a cycle: dates move, people come, go and change their manager, the cycle is closed."""

import datetime

import pytest
from django.utils import timezone

from people.enums import EmployeeStatus
from people.models import Employee
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage
from reviews.enums import CycleStatus, FormRole, FormStatus, LateJoiners, ReviewStatus, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.obligations import Owed
from reviews.selectors.audience import people_waited_for
from reviews.services.cycles import archive_cycle, change_cycle, close_cycle, discard_cycle, plan_cycle
from reviews.services.dates import move_dates, tell_of_dates
from reviews.services.following import follow_the_people, take_in_joiners
from reviews.services.raters import name_rater
from reviews.services.running import run_cycle
from reviews.services.sharing import share_review
from reviews.services.writing import save_answers
from tests.cast import EmployeeFactory, Person
from tests.reviews.conftest import PlanCycle, days, form_about, hand_in, launch

WEEK = datetime.timedelta(days=7)


def _open(kind: Owed, **about: object) -> list[Obligation]:
    return list(Obligation.objects.filter(kind=kind, status=ObligationStatus.OPEN, **about))


def test_a_new_date_moves_open_forms_and_what_is_owed(running: ReviewCycle, review: Review, hana: Person) -> None:
    later = timezone.localdate() + datetime.timedelta(days=20)

    moved = move_dates(actor=hana.member, cycle=running, dates=days(self=later))

    assert moved == [StepKind.SELF]
    assert form_about(review, FormRole.SELF).due_on == later
    (owed,) = _open(Owed.ASSESS_SELF, employee=review.employee)
    assert (owed.due_on, "moved from" in owed.moved_reason) == (later, True)


def test_whoever_was_given_longer_keeps_their_own_day(running: ReviewCycle, review: Review, hana: Person) -> None:
    own_day = timezone.localdate() + datetime.timedelta(days=60)
    form = form_about(review, FormRole.SELF)
    ReviewForm.objects.filter(pk=form.pk).update(due_on=own_day)

    move_dates(actor=hana.member, cycle=running, dates=days(self=timezone.localdate() + datetime.timedelta(days=20)))

    assert form_about(review, FormRole.SELF).due_on == own_day


def test_whoever_has_longer_to_acknowledge_keeps_their_own_day(
    written: Review, running: ReviewCycle, bob: Person, hana: Person
) -> None:
    share_review(actor=bob.member, review=written)
    own_day = timezone.localdate() + datetime.timedelta(days=90)
    Obligation.objects.filter(kind=Owed.ACKNOWLEDGE).update(due_on=own_day)

    move_dates(actor=hana.member, cycle=running, dates=days(acknowledge=timezone.localdate() + WEEK * 8))

    assert [one.due_on for one in _open(Owed.ACKNOWLEDGE)] == [own_day]


def test_a_new_date_for_the_feedback_of_others_moves_what_waits_for_agreement(
    plan: PlanCycle, alice: Person, bob: Person, hana: Person
) -> None:
    today = timezone.localdate()
    cycle = launch(plan(days(peers=today + WEEK * 3)), hana)
    review = Review.objects.select_related("cycle", "employee", "manager").get(cycle=cycle, employee=alice.employee)
    name_rater(actor=alice.member, review=review, person=EmployeeFactory.create(manager=bob.employee))

    move_dates(actor=hana.member, cycle=cycle, dates=days(peers=today + WEEK * 4))

    assert [one.due_on for one in _open(Owed.AGREE_RATERS)] == [today + WEEK * 4]


def test_everybody_with_something_open_is_told_of_a_change_once(running: ReviewCycle, hana: Person) -> None:
    move_dates(actor=hana.member, cycle=running, dates=days(self=timezone.localdate() + datetime.timedelta(days=20)))
    people = ReviewForm.objects.filter(status=FormStatus.OPEN).values("author").distinct().count()

    assert tell_of_dates(cycle_id=running.pk) == people
    assert tell_of_dates(cycle_id=running.pk) == 0
    ReviewCycle.objects.update(dates_told=0)
    tell_of_dates(cycle_id=running.pk)

    assert OutboxMessage.objects.filter(key__startswith="review-dates:").count() == people


def test_whoever_owes_only_sharing_or_a_receipt_is_told_too(
    running: ReviewCycle, review: Review, alice: Person, bob: Person, hana: Person
) -> None:
    ReviewForm.objects.update(status=FormStatus.WITHDRAWN)
    assert list(people_waited_for(running)) == []

    Review.objects.filter(pk=review.pk).update(status=ReviewStatus.WRITTEN)
    assert list(people_waited_for(running)) == [bob.employee]
    Review.objects.filter(pk=review.pk).update(status=ReviewStatus.SHARED, shared_at=timezone.now())
    assert list(people_waited_for(running)) == [alice.employee]


def test_a_step_of_a_running_cycle_does_not_lose_its_day(running: ReviewCycle, hana: Person) -> None:
    with pytest.raises(DomainError, match="Give a day for: Self-assessment"):
        move_dates(actor=hana.member, cycle=running, dates=days(self=None))


def test_a_review_written_after_the_day_of_sharing_is_shared_within_two_weeks(
    running: ReviewCycle, review: Review, bob: Person
) -> None:
    today = timezone.localdate()
    running.steps.filter(kind=StepKind.SHARE).update(due_on=today - WEEK)

    hand_in(review, FormRole.MANAGER, bob)

    assert [one.due_on for one in _open(Owed.SHARE)] == [today + 2 * WEEK]


def test_days_out_of_order_are_refused_with_both_names(running: ReviewCycle, hana: Person) -> None:
    with pytest.raises(DomainError, match="“Manager’s review” comes after “Self-assessment”"):
        move_dates(actor=hana.member, cycle=running, dates=days(manager=timezone.localdate()))


def test_a_late_joiner_is_taken_in_with_two_weeks_at_least(running: ReviewCycle, bob: Person) -> None:
    running.steps.update(due_on=timezone.localdate() + datetime.timedelta(days=2))
    joiner = EmployeeFactory.create(manager=bob.employee)

    assert follow_the_people(cycle=running) == 1
    assert follow_the_people(cycle=running) == 0

    review = Review.objects.get(employee=joiner)
    assert review.is_late_joiner
    assert form_about(review, FormRole.SELF).due_on == timezone.localdate() + datetime.timedelta(days=14)


def test_a_cycle_that_proposes_joiners_takes_them_in_when_hr_says_so(plan: PlanCycle, hana: Person) -> None:
    cycle = launch(plan(late_joiners=LateJoiners.PROPOSE), hana)
    EmployeeFactory.create()

    assert follow_the_people(cycle=cycle) == 0
    assert take_in_joiners(actor=hana.member, cycle=cycle) == 1


def test_a_leaver_owes_nothing_and_nobody_owes_their_review(running: ReviewCycle, review: Review) -> None:
    Employee.objects.filter(pk=review.employee.pk).update(status=EmployeeStatus.LEFT, left_on=timezone.localdate())

    follow_the_people(cycle=running)

    review.refresh_from_db()
    assert (review.status, review.left_out_reason) == (ReviewStatus.LEFT_OUT, "The employee has left.")
    assert _open(Owed.ASSESS_SELF, employee=review.employee) == _open(Owed.WRITE_REVIEW, employee=review.employee) == []


def test_a_change_of_manager_passes_the_open_review_on_and_the_draft_stays_with_its_writer(
    running: ReviewCycle, review: Review, bob: Person, carol: Person
) -> None:
    draft = form_about(review, FormRole.MANAGER)
    save_answers(actor=bob.member, form=draft, answers={"strengths": {"text": "Half a thought"}}, seen=0, tab="a")
    Employee.objects.filter(pk=review.employee.pk).update(manager=carol.employee)

    assert follow_the_people(cycle=running) == 1
    assert follow_the_people(cycle=running) == 0

    fresh = form_about(review, FormRole.MANAGER)
    draft.refresh_from_db()
    assert (fresh.author, fresh.answers) == (carol.employee, {})
    assert (draft.status, draft.author) == (FormStatus.WITHDRAWN, bob.employee)
    assert [one.owner for one in _open(Owed.WRITE_REVIEW, employee=review.employee)] == [carol.employee]


def test_a_written_review_stays_its_writers_and_is_shared_by_the_new_manager(
    written: Review, running: ReviewCycle, bob: Person, carol: Person
) -> None:
    Employee.objects.filter(pk=written.employee.pk).update(manager=carol.employee)

    follow_the_people(cycle=running)

    assert form_about(written, FormRole.MANAGER).author == bob.employee
    assert [one.owner for one in _open(Owed.SHARE, about_id=written.pk)] == [carol.employee]


def test_somebody_without_a_manager_gets_one_later_and_their_review_is_opened(
    running: ReviewCycle, carol: Person, bob: Person
) -> None:
    review = Review.objects.get(employee=carol.employee)
    assert not review.forms.filter(role=FormRole.MANAGER).exists()
    newcomer = EmployeeFactory.create()
    Employee.objects.filter(pk=carol.employee.pk).update(manager=newcomer)

    follow_the_people(cycle=running)

    assert form_about(review, FormRole.MANAGER).author == newcomer


def test_closing_leaves_out_what_is_not_shared_and_can_be_taken_up_half_way(
    running: ReviewCycle, review: Review, alice: Person, hana: Person
) -> None:
    hand_in(review, FormRole.SELF, alice)
    close_cycle(actor=hana.member, cycle=running)

    run_cycle(cycle_id=running.pk, at_once=2)
    run_cycle(cycle_id=running.pk, at_once=2)

    running.refresh_from_db()
    assert running.status == CycleStatus.CLOSED
    assert set(running.reviews.values_list("status", flat=True)) == {ReviewStatus.LEFT_OUT}
    assert form_about(review, FormRole.SELF).status == FormStatus.SUBMITTED
    assert not Obligation.objects.filter(about_type="review_form", status=ObligationStatus.OPEN).exists()
    archive_cycle(actor=hana.member, cycle=running)
    assert running.status == CycleStatus.ARCHIVED


def test_a_launched_cycle_is_neither_changed_nor_dropped(
    running: ReviewCycle, facts: dict[str, object], hana: Person
) -> None:
    with pytest.raises(DomainError, match="only its dates"):
        change_cycle(actor=hana.member, cycle=running, dates=days(), **facts)
    with pytest.raises(DomainError, match="Close it instead"):
        discard_cycle(actor=hana.member, cycle=running)


def test_two_cycles_do_not_share_a_name(cycle: ReviewCycle, facts: dict[str, object], hana: Person) -> None:
    with pytest.raises(DomainError, match="There is a cycle called “Review of the year” already"):
        plan_cycle(actor=hana.member, dates=days(), **facts)
