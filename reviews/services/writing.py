"""Writing a form: it saves itself, an overtaken tab is told so and loses no word, and it is handed in once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pipcycle.wordings import forget_oldest
from reminders.services.obligations import OwedBy, fulfil, owe_each, withdraw
from reviews.answers import Answers, cleaned, missing, overall_rating
from reviews.enums import CycleStatus, FormRole, FormStatus, ReviewStatus, StepKind
from reviews.models import KeptAnswers, Review, ReviewForm
from reviews.obligations import ABOUT_FORM, ABOUT_REVIEW, Owed
from reviews.rules import can_reopen, is_author
from reviews.selectors.audience import due_dates
from reviews.selectors.facts import subject_of
from reviews.selectors.reviews import content_of_cycle
from reviews.services.forms_opened import KIND_OF_ROLE, due_for_latecomers, due_still_ahead, open_forms


class OvertakenError(DomainError):
    """Another tab has saved the form since this one read it."""


class FormClosedError(DomainError):
    """The form is not written any more: handed in already, withdrawn, or its cycle is over."""


def save_answers(*, actor: Membership, form: ReviewForm, answers: Answers, seen: int, tab: str) -> int:
    """Keep what the form says now and return its new revision; nothing needs to be finished.

    It is written only while the form is open and no other tab has saved since ``seen``. What says the same as before
    is no new revision: a page that shows it stays the newest. Raises OvertakenError, FormClosedError or
    PermissionDenied.
    """
    require(is_author(actor, form))
    content = content_of_cycle(form.review.cycle)
    said = cleaned(content, form.role, answers)
    with transaction.atomic():
        fresh = _locked(form)
        _require_open(fresh)
        _require_newest(fresh, seen=seen, tab=tab)
        fresh.revision += fresh.answers != said
        fresh.answers = said
        fresh.last_tab = tab[:32]
        fresh.saved_at = timezone.now()
        fresh.save(update_fields=["answers", "revision", "last_tab", "saved_at"])
    return fresh.revision


def keep_overtaken(*, actor: Membership, form: ReviewForm, answers: Answers, tab: str) -> KeptAnswers:
    """Keep the answers of a tab that was overtaken; only their writer reads them, until they have chosen."""
    require(is_author(actor, form))
    said = cleaned(content_of_cycle(form.review.cycle), form.role, answers)
    with transaction.atomic():
        kept, _is_new = KeptAnswers.objects.update_or_create(
            form=form, tab=tab[:32], defaults={"answers": said, "kept_at": timezone.now()}
        )
        forget_oldest(KeptAnswers.objects.filter(form=form))
    return kept


def choose_answers(*, actor: Membership, form: ReviewForm, kept: KeptAnswers, mine: frozenset[str], seen: int) -> int:
    """Take over the kept answers to the questions in ``mine``, leave the saved ones elsewhere, and drop what was kept.

    Raises as ``save_answers`` does.
    """
    chosen: dict[str, Any] = {key: answer for key, answer in form.answers.items() if key not in mine}
    chosen |= {key: answer for key, answer in kept.answers.items() if key in mine}
    with transaction.atomic():
        revision = save_answers(actor=actor, form=form, answers=chosen, seen=seen, tab="")
        kept.delete()
    return revision


def forget_overtaken(*, actor: Membership, kept: KeptAnswers) -> None:
    """Throw the kept answers away at their writer's wish."""
    require(is_author(actor, kept.form))
    kept.delete()


def submit_form(*, actor: Membership, form: ReviewForm, seen: int) -> None:
    """Hand the form in as it is saved; once, whoever presses twice, and only while it is asked for.

    Raises OvertakenError where another tab has saved since ``seen``, FormClosedError, DomainError naming what is not
    answered, or PermissionDenied.
    """
    require(is_author(actor, form))
    with transaction.atomic():
        if form.role == FormRole.MANAGER:
            _hold_review(form)
        fresh = _locked(form)
        _require_open(fresh)
        _require_newest(fresh, seen=seen, tab="")
        is_late = _require_in_time(fresh)
        content = content_of_cycle(form.review.cycle)
        left = missing(content, form.role, fresh.answers, subject_of(actor, form.review))
        if left:
            names = ", ".join(f"“{one.text}”" for one in left)
            raise DomainError(gettext("Not answered yet: %(questions)s") % {"questions": names})
        fresh.status = FormStatus.SUBMITTED
        fresh.submitted_at = timezone.now()
        fresh.is_late = is_late
        fresh.save(update_fields=["status", "submitted_at", "is_late"])
        KeptAnswers.objects.filter(form=fresh).delete()
        fulfil(kind=KIND_OF_ROLE[FormRole(form.role)], about_type=ABOUT_FORM, about_id=form.pk, actor=actor)
        if form.role == FormRole.MANAGER:
            _mark_written(form.review, overall_rating(content, fresh.answers))


def reopen_review(*, actor: Membership, review: Review, reason: str) -> None:
    """Give a written review back with a reason, before it is shared. Raises as the others do.

    It goes to its author, or, with the words as they are, to whoever manages the employee by now.
    """
    require(can_reopen(actor, review))
    if not reason.strip():
        raise DomainError(_("Say what should be changed: the manager reads it."))
    with transaction.atomic():
        locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if locked.status != ReviewStatus.WRITTEN:
            raise DomainError(_("The review is not written, or shared already. Reload the page to see it."))
        form = ReviewForm.objects.get(review=locked, role=FormRole.MANAGER, status=FormStatus.SUBMITTED)
        form.returned_reason = reason.strip()[:1000]
        form.due_on = due_for_latecomers(form.due_on)
        if locked.manager_id in {None, form.author_id}:
            _give_back(form)
        else:
            _pass_on(form, locked)
        locked.status, locked.rating, locked.calibrated_rating = ReviewStatus.OPEN, None, None
        locked.save(update_fields=["status", "rating", "calibrated_rating"])
        withdraw(about_type=ABOUT_REVIEW, about_id=review.pk, kind=Owed.SHARE, reason=_("HR asked for changes."))


def _give_back(form: ReviewForm) -> None:
    form.status, form.submitted_at = FormStatus.OPEN, None
    form.save(update_fields=["status", "submitted_at", "returned_reason", "due_on"])
    owed = [OwedBy(form.pk, form.author_id, form.review.employee_id, form.due_on)]
    owe_each(kind=Owed.WRITE_REVIEW, about_type=ABOUT_FORM, owed=owed)


def _pass_on(form: ReviewForm, review: Review) -> None:
    """Let the manager of today change what a former one wrote; the former one's form is kept as it was handed in."""
    form.status, form.withdrawn_reason = FormStatus.WITHDRAWN, gettext("The review passed to another manager.")
    form.save(update_fields=["status", "withdrawn_reason"])
    manager = review.manager_id
    assert manager is not None  # noqa: S101  # asked by the caller
    open_forms(FormRole.MANAGER, [(review, manager)], due=form.due_on)
    ReviewForm.objects.filter(review=review, role=FormRole.MANAGER, status=FormStatus.OPEN).update(
        answers=form.answers, returned_reason=form.returned_reason
    )


def _locked(form: ReviewForm) -> ReviewForm:
    fresh: ReviewForm = (
        ReviewForm.objects.select_for_update(of=("self",)).select_related("review__cycle").get(pk=form.pk)
    )
    return fresh


def _hold_review(form: ReviewForm) -> None:
    """Hold the review before its form, the order in which sharing, returning and closing take them."""
    Review.objects.select_for_update(of=("self",)).get(pk=form.review_id)


def _require_open(form: ReviewForm) -> None:
    if form.status == FormStatus.SUBMITTED:
        raise FormClosedError(_("This form is handed in already. It counts once, as it was the first time."))
    if form.status == FormStatus.WITHDRAWN:
        raise FormClosedError(form.withdrawn_reason or _("This form is not asked for any more."))
    if form.review.cycle.status not in {CycleStatus.LAUNCHING, CycleStatus.RUNNING}:
        raise FormClosedError(_("The cycle is closed, so nothing can be handed in any more. HR can tell you more."))


def _require_newest(form: ReviewForm, *, seen: int, tab: str) -> None:
    if form.revision != seen and not (tab and form.last_tab == tab[:32]):
        raise OvertakenError(_("Another window has saved this form since you opened it here."))


def _require_in_time(form: ReviewForm) -> bool:
    """Return whether it is late. Raises FormClosedError where the cycle takes nothing after its day."""
    is_late = timezone.localdate() > form.due_on
    if is_late and not form.review.cycle.accepts_late:
        raise FormClosedError(
            gettext(
                "The day for it was %(day)s; this cycle takes nothing later. Your words are kept; ask HR for another."
            )
            % {"day": date_format(form.due_on, "j F Y")}
        )
    return is_late


def _mark_written(review: Review, rating: int | None) -> None:
    Review.objects.filter(pk=review.pk, status=ReviewStatus.OPEN).update(status=ReviewStatus.WRITTEN, rating=rating)
    sharer = review.manager_id
    if sharer is not None:
        due = due_still_ahead(due_dates(review.cycle)[StepKind.SHARE])
        owed = [OwedBy(review.pk, sharer, review.employee_id, due)]
        owe_each(kind=Owed.SHARE, about_type=ABOUT_REVIEW, owed=owed)


def typed_revision(given: Mapping[str, Any]) -> int:
    """Return the revision a page says it was made from; one it never saw where it says nothing sensible."""
    text = str(given.get("seen", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else -1
