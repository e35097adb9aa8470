"""Sharing a written review: sealed into the employee's file, then acknowledged as received (rules 14, 15)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, owe, withdraw
from reviews.answers import read
from reviews.enums import CycleStatus, FormRole, FormStatus, ReviewStatus, StepKind
from reviews.models import Review, ReviewForm
from reviews.obligations import ABOUT_REVIEW, Owed
from reviews.rules import can_acknowledge, can_record_refusal, can_share
from reviews.selectors.audience import due_dates
from reviews.selectors.facts import subject_answered
from reviews.selectors.reviews import content_of_cycle
from reviews.services.forms_opened import due_for_latecomers, withdraw_open
from reviews.services.rater_reports import freeze_for_sharing
from reviews.services.receipts import statement_for

REVIEW_DOCUMENT = "review"
TEMPLATE = "reviews/pdf/review.html"


def share_review(*, actor: Membership, review: Review) -> Document:
    """Seal the review into the employee's file and show it to them; they are asked to acknowledge it.

    Raises PermissionDenied, or DomainError where it is shared already, its cycle is over or ratings are still compared.
    """
    require(can_share(actor, review))
    with transaction.atomic():
        locked = _locked(review)
        _require_shareable(locked)
        freeze_for_sharing(actor, locked)
        _ask_no_longer(locked)
        document = _seal(actor, locked)
        locked.status = ReviewStatus.SHARED
        locked.document = document
        locked.shared_by = actor
        locked.shared_at = timezone.now()
        locked.save(update_fields=["status", "document", "shared_by", "shared_at"])
        fulfil(kind=Owed.SHARE, about_type=ABOUT_REVIEW, about_id=locked.pk, actor=actor)
        owe(
            kind=Owed.ACKNOWLEDGE,
            about_type=ABOUT_REVIEW,
            about_id=locked.pk,
            due_on=due_for_latecomers(due_dates(locked.cycle)[StepKind.ACKNOWLEDGE]),
            owner=locked.employee,
            employee=locked.employee,
        )
    return document


def acknowledge_review(
    *,
    actor: Membership,
    review: Review,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
) -> None:
    """Record receipt: by the employee, or as refused, by whoever acts for the employer, before a witness (rule 14).

    Raises PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(can_record_refusal(actor, review) if is_refusal else can_acknowledge(actor, review))
    with transaction.atomic():
        locked = _locked(review)
        if locked.status != ReviewStatus.SHARED or locked.document is None:
            raise DomainError(_("Receipt of this review is recorded already. Reload the page to see it."))
        acknowledge_document(
            actor=actor,
            document=locked.document,
            kind=kind,
            statement=statement_for(kind),
            comment=comment,
            witness=witness,
        )
        locked.status = ReviewStatus.ACKNOWLEDGED
        locked.acknowledged_at = timezone.now()
        locked.save(update_fields=["status", "acknowledged_at"])
        fulfil(kind=Owed.ACKNOWLEDGE, about_type=ABOUT_REVIEW, about_id=locked.pk, actor=actor)


def _locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related(
        "cycle__organization", "employee__organization", "employee__location", "employee__job_description", "manager"
    )
    locked: Review = rows.get(pk=review.pk)
    return locked


def _require_shareable(review: Review) -> None:
    if review.status != ReviewStatus.WRITTEN:
        raise DomainError(_("The review is shared already, or not written. Reload the page to see it."))
    if review.cycle.status != CycleStatus.RUNNING:
        raise DomainError(_("The cycle is closed: a review that was not shared by then stays unshared."))
    if review.cycle.steps.filter(kind=StepKind.CALIBRATION, done_at__isnull=True).exists():
        raise DomainError(_("The ratings are still being compared. HR opens the sharing when that is done."))


def _ask_no_longer(review: Review) -> None:
    """Close what is still asked for: nothing can be added to what is sealed."""
    reason = gettext("The review was shared without it.")
    withdraw_open(ReviewForm.objects.filter(review=review), reason=reason)
    withdraw(kind=Owed.AGREE_RATERS, about_type=ABOUT_REVIEW, about_id=review.pk, reason=reason)


def _seal(actor: Membership, review: Review) -> Document:
    form = ReviewForm.objects.select_related("author").get(
        review=review, role=FormRole.MANAGER, status=FormStatus.SUBMITTED
    )
    own = ReviewForm.objects.filter(review=review, role=FormRole.SELF, status=FormStatus.SUBMITTED).first()
    return seal_document(
        actor=actor,
        kind=REVIEW_DOCUMENT,
        about_type=ABOUT_REVIEW,
        about_id=review.pk,
        version=1,
        employee=review.employee,
        title=(gettext("Review: %(cycle)s") % {"cycle": review.cycle.name})[:200],
        template=TEMPLATE,
        context={
            "review": review,
            "cycle": review.cycle,
            "author": form.author,
            "passages": _passages(actor, review, form, own),
            "rating": _rating_words(review),
        },
    )


def _passages(actor: Membership, review: Review, form: ReviewForm, own: ReviewForm | None) -> list[dict[str, Any]]:
    """Return every question with what the manager and the employee said; the overall rating stands at the top."""
    subject = subject_answered(actor, review, form, own)
    content = content_of_cycle(review.cycle)
    passages = [
        {
            "question": one,
            "manager": read(one, form.answers.get(one.key, {}), subject) if one.is_asked_of("manager") else None,
            "own": read(one, own.answers.get(one.key, {}), subject) if own and one.is_asked_of("self") else None,
        }
        for one in content.questions
    ]
    return [one for one in passages if one["manager"] or one["own"]]


def _rating_words(review: Review) -> str:
    overall = content_of_cycle(review.cycle).overall
    rating = review.final_rating
    if overall is None or rating is None:
        return ""
    return f"{rating} – {dict(overall.levels).get(rating, '')}"
