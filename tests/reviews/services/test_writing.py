"""Writing, handing in, sharing and acknowledging a review."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.enums import AcknowledgementKind
from documents.selectors import documents_of
from people.models import Employee
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reviews.enums import FormRole, FormStatus, ReviewStatus
from reviews.models import KeptAnswers, Review, ReviewCycle, ReviewForm
from reviews.obligations import Owed
from reviews.services.cycles import finish_calibration
from reviews.services.following import follow_the_people
from reviews.services.sharing import acknowledge_review, share_review
from reviews.services.writing import (
    FormClosedError,
    OvertakenError,
    choose_answers,
    keep_overtaken,
    reopen_review,
    save_answers,
    submit_form,
)
from tests.cast import Person
from tests.reviews.conftest import OWN, WRITTEN, PlanCycle, days, form_about, hand_in, launch


def _open(kind: Owed) -> list[Obligation]:
    return list(Obligation.objects.filter(kind=kind, status=ObligationStatus.OPEN))


@pytest.fixture
def own(review: Review) -> ReviewForm:
    """The self-assessment of Alice."""
    return form_about(review, FormRole.SELF)


def test_what_is_typed_is_kept_unfinished_and_without_answers_nobody_asked_for(own: ReviewForm, alice: Person) -> None:
    said: dict[str, dict[str, Any]] = {
        "strengths": {"text": "  Half "},
        "overall": {"rating": 5},
        "work": {"rating": 99},
        "nothing": {"text": "x"},
    }

    assert save_answers(actor=alice.member, form=own, answers=said, seen=0, tab="a") == 1

    own.refresh_from_db()
    assert own.answers == {"strengths": {"text": "Half"}}


def test_another_window_that_saved_in_between_is_not_overwritten(own: ReviewForm, alice: Person) -> None:
    save_answers(actor=alice.member, form=own, answers={"strengths": {"text": "phone"}}, seen=0, tab="phone")

    with pytest.raises(OvertakenError):
        save_answers(actor=alice.member, form=own, answers={"strengths": {"text": "desk"}}, seen=0, tab="desk")

    own.refresh_from_db()
    assert own.answers == {"strengths": {"text": "phone"}}


def test_a_window_whose_answer_got_lost_goes_on_saving(own: ReviewForm, alice: Person) -> None:
    said = {"strengths": {"text": "Half"}}
    save_answers(actor=alice.member, form=own, answers=said, seen=0, tab="phone")

    assert save_answers(actor=alice.member, form=own, answers=OWN, seen=0, tab="phone") == 2


def test_saving_the_same_again_leaves_the_page_that_shows_it_the_newest(own: ReviewForm, alice: Person) -> None:
    assert save_answers(actor=alice.member, form=own, answers=OWN, seen=0, tab="phone") == 1

    assert save_answers(actor=alice.member, form=own, answers=OWN, seen=1, tab="phone") == 1


def test_of_two_wordings_each_question_is_chosen(own: ReviewForm, alice: Person) -> None:
    save_answers(
        actor=alice.member,
        form=own,
        answers={"strengths": {"text": "saved"}, "ahead": {"text": "saved"}},
        seen=0,
        tab="phone",
    )
    typed = {"strengths": {"text": "mine"}, "ahead": {"text": "mine"}}
    kept = keep_overtaken(actor=alice.member, form=own, answers=typed, tab="desk")
    own.refresh_from_db()

    choose_answers(actor=alice.member, form=own, kept=kept, mine=frozenset({"ahead"}), seen=1)

    own.refresh_from_db()
    assert own.answers == {"strengths": {"text": "saved"}, "ahead": {"text": "mine"}}
    assert KeptAnswers.objects.count() == 0


def test_a_form_is_handed_in_once(own: ReviewForm, alice: Person) -> None:
    hand_in(own.review, FormRole.SELF, alice)

    with pytest.raises(FormClosedError, match="handed in already"):
        submit_form(actor=alice.member, form=own, seen=1)
    with pytest.raises(FormClosedError, match="handed in already"):
        save_answers(actor=alice.member, form=own, answers={}, seen=1, tab="a")

    assert [one for one in _open(Owed.ASSESS_SELF) if one.owner == alice.employee] == []


def test_the_database_holds_what_was_handed_in(own: ReviewForm, alice: Person) -> None:
    hand_in(own.review, FormRole.SELF, alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewForm.objects.filter(pk=own.pk).update(answers={})


def test_a_form_with_open_questions_is_not_handed_in_and_they_are_named(own: ReviewForm, alice: Person) -> None:
    with pytest.raises(DomainError, match="Not answered yet: “How was the work done\\?”"):
        submit_form(actor=alice.member, form=own, seen=0)


def test_a_late_form_is_taken_and_marked(own: ReviewForm, alice: Person) -> None:
    ReviewForm.objects.filter(pk=own.pk).update(due_on=timezone.localdate() - datetime.timedelta(days=1))

    assert hand_in(own.review, FormRole.SELF, alice).is_late


def test_a_cycle_that_takes_nothing_late_says_so_and_keeps_the_words(own: ReviewForm, alice: Person) -> None:
    ReviewForm.objects.filter(pk=own.pk).update(due_on=timezone.localdate() - datetime.timedelta(days=1))
    ReviewCycle.objects.update(accepts_late=False)
    form = form_about(own.review, FormRole.SELF)
    seen = save_answers(actor=alice.member, form=form, answers=OWN, seen=0, tab="a")

    with pytest.raises(FormClosedError, match="takes nothing later"):
        submit_form(actor=alice.member, form=form, seen=seen)
    assert form_about(own.review, FormRole.SELF).answers["ahead"] == OWN["ahead"]


def test_nobody_writes_the_form_of_another(own: ReviewForm, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        save_answers(actor=bob.member, form=own, answers=OWN, seen=0, tab="a")


def test_a_written_review_has_its_rating_and_waits_to_be_shared(written: Review, bob: Person) -> None:
    (owed,) = _open(Owed.SHARE)
    assert (written.status, written.rating, owed.owner) == (ReviewStatus.WRITTEN, 3, bob.employee)


def test_sharing_seals_the_review_into_the_file_and_asks_for_receipt(
    written: Review, alice: Person, bob: Person
) -> None:
    document = share_review(actor=bob.member, review=written)

    written.refresh_from_db()
    (owed,) = _open(Owed.ACKNOWLEDGE)
    assert (written.status, written.document, owed.owner) == (ReviewStatus.SHARED, document, alice.employee)
    assert bytes(document.content[:5]) == b"%PDF-"
    assert [one.pk for one in documents_of(alice.member, alice.employee)] == [document.pk]
    assert _open(Owed.SHARE) == []


def test_a_review_is_shared_once_and_stays_as_it_was(written: Review, bob: Person, hana: Person) -> None:
    share_review(actor=bob.member, review=written)

    with pytest.raises(DomainError, match="shared already"):
        share_review(actor=hana.member, review=written)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=written.pk).update(rating=5)


def test_sharing_waits_until_the_ratings_have_been_compared(
    plan: PlanCycle, alice: Person, bob: Person, hana: Person
) -> None:
    dates = days(calibration=timezone.localdate() + datetime.timedelta(days=35))
    cycle = launch(plan(dates), hana)
    review = Review.objects.select_related("cycle", "employee").get(cycle=cycle, employee=alice.employee)
    hand_in(review, FormRole.MANAGER, bob)
    review.refresh_from_db()

    with pytest.raises(DomainError, match="still being compared"):
        share_review(actor=bob.member, review=review)
    assert len(_open(Owed.CALIBRATE)) == 1
    finish_calibration(actor=hana.member, cycle=cycle)

    share_review(actor=bob.member, review=review)
    assert _open(Owed.CALIBRATE) == []


def test_sharing_without_a_self_assessment_asks_for_it_no_longer(review: Review, alice: Person, bob: Person) -> None:
    hand_in(review, FormRole.MANAGER, bob)
    review.refresh_from_db()

    share_review(actor=bob.member, review=review)

    form = ReviewForm.objects.get(review=review, role=FormRole.SELF)
    assert (form.status, form.withdrawn_reason) == (FormStatus.WITHDRAWN, "The review was shared without it.")
    assert [one for one in _open(Owed.ASSESS_SELF) if one.owner == alice.employee] == []


def test_a_review_is_shared_however_long_the_name_of_its_cycle_is(written: Review, bob: Person) -> None:
    ReviewCycle.objects.update(name="N" * 200)

    assert share_review(actor=bob.member, review=written).title == f"Review: {'N' * 192}"


@pytest.mark.parametrize("who", ["alice", "eve", "adam"])
def test_neither_the_employee_nor_the_admin_nor_the_executive_shares(
    written: Review, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        share_review(actor=request.getfixturevalue(who).member, review=written)


def test_receipt_is_recorded_with_the_comment_and_closes_what_is_owed(
    written: Review, alice: Person, bob: Person
) -> None:
    document = share_review(actor=bob.member, review=written)
    written.refresh_from_db()

    kind = AcknowledgementKind.RECEIVED_WITH_COMMENT
    acknowledge_review(actor=alice.member, review=written, kind=kind, comment="I see the second half otherwise.")

    written.refresh_from_db()
    document.refresh_from_db()
    assert written.status == ReviewStatus.ACKNOWLEDGED
    assert document.acknowledgement.comment == "I see the second half otherwise."
    assert _open(Owed.ACKNOWLEDGE) == []
    with pytest.raises(PermissionDenied):
        acknowledge_review(actor=alice.member, review=written, kind=kind, comment="Again.")


def test_a_refusal_is_recorded_before_a_witness(written: Review, bob: Person, carol: Person) -> None:
    share_review(actor=bob.member, review=written)
    written.refresh_from_db()

    kind = AcknowledgementKind.REFUSED
    with pytest.raises(DomainError, match="Name a witness"):
        acknowledge_review(actor=bob.member, review=written, kind=kind)
    acknowledge_review(actor=bob.member, review=written, kind=kind, witness=carol.employee)

    written.refresh_from_db()
    assert written.status == ReviewStatus.ACKNOWLEDGED


def test_hr_gives_a_written_review_back_with_a_reason(written: Review, bob: Person, hana: Person) -> None:
    reopen_review(actor=hana.member, review=written, reason="Name an example.")

    form = form_about(written, FormRole.MANAGER)
    written.refresh_from_db()
    assert (form.status, form.returned_reason, written.status) == (
        FormStatus.OPEN,
        "Name an example.",
        ReviewStatus.OPEN,
    )
    assert written.rating is None
    assert [one.owner for one in _open(Owed.WRITE_REVIEW) if one.about_id == form.pk] == [bob.employee]
    assert _open(Owed.SHARE) == []


def test_a_review_given_back_goes_to_the_manager_of_today_with_its_words(
    written: Review, running: ReviewCycle, carol: Person, hana: Person
) -> None:
    Employee.objects.filter(pk=written.employee.pk).update(manager=carol.employee)
    follow_the_people(cycle=running)
    written.refresh_from_db()

    reopen_review(actor=hana.member, review=written, reason="Name an example.")

    form = form_about(written, FormRole.MANAGER)
    assert (form.author, form.status, form.returned_reason) == (carol.employee, FormStatus.OPEN, "Name an example.")
    assert form.answers["strengths"] == WRITTEN["strengths"]
    owed = [one for one in _open(Owed.WRITE_REVIEW) if one.employee == written.employee]
    assert [(one.owner, one.about_id) for one in owed] == [(carol.employee, form.pk)]
    hand_in(written, FormRole.MANAGER, carol)
    assert [one.owner for one in _open(Owed.SHARE)] == [carol.employee]


def test_a_manager_cannot_give_their_own_review_back(written: Review, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        reopen_review(actor=bob.member, review=written, reason="Again.")


def test_a_review_that_was_not_shared_is_not_acknowledged_even_in_the_database(written: Review) -> None:
    now = timezone.now()

    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        Review.objects.filter(pk=written.pk).update(
            status=ReviewStatus.ACKNOWLEDGED, shared_at=now, acknowledged_at=now
        )
