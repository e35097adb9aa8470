"""The page of a review, and its steps: share, acknowledge, return."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from documents.enums import AcknowledgementKind
from documents.forms import ReceiptForm, RefusalForm
from documents.selectors import witnesses_for
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.rules import is_self
from people.services.audit import record_access
from pipcycle.errors import require
from reviews.answers import read
from reviews.enums import FormRole, FormStatus
from reviews.forms.answers import ReturnForm
from reviews.forms.cycles import ConfirmForm
from reviews.models import Review, ReviewForm
from reviews.rules import (
    acts_for_employer,
    can_acknowledge,
    can_read_form,
    can_record_refusal,
    can_reopen,
    can_share,
    is_author,
)
from reviews.selectors.audience import due_dates
from reviews.selectors.facts import facts_of, subject_answered
from reviews.selectors.reviews import content_of_cycle, earlier_review, form_of, review_for
from reviews.services.receipts import statement_for
from reviews.services.sharing import acknowledge_review, share_review
from reviews.services.writing import reopen_review


@require_safe
def review(request: TenantRequest, review_id: int) -> HttpResponse:
    """Show where a review stands and, side by side, what the reader may read of it."""
    member = request.member
    found = review_for(member, review_id)
    own, written = (_readable(request, found, role) for role in (FormRole.SELF, FormRole.MANAGER))
    is_own = is_self(member, found.employee)
    if not is_own:
        record_access(member=member, about_type="review", about_id=str(found.pk), action="read")
    context = {
        "review": found,
        "is_own": is_own,
        "own_form": form_of(found, FormRole.SELF),
        "manager_form": form_of(found, FormRole.MANAGER),
        "to_write": [form for form in found.forms.all() if is_author(member, form) and form.is_open],
        "passages": _side_by_side(request, found, own, written),
        "reads_own": own is not None,
        "reads_written": written is not None,
        "rating": rating_words(found) if written is not None else "",
        "days": due_dates(found.cycle),
        "facts": None if is_own else facts_of(member, found),
        "earlier": earlier_review(found),
        "may_share": can_share(member, found),
        "may_acknowledge": can_acknowledge(member, found),
        "may_record_refusal": can_record_refusal(member, found),
        "may_reopen": can_reopen(member, found),
    }
    return render(request, "reviews/review.html", context)


@ask_or_act
def review_sharing(request: TenantRequest, review_id: int) -> HttpResponse:
    """Ask before a review is sealed and shown to its employee."""
    found = review_for(request.member, review_id)
    require(acts_for_employer(request.member, found) and not is_self(request.member, found.employee))

    def act() -> str:
        share_review(actor=request.member, review=found)
        return found.get_absolute_url()

    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=act,
        done=_("Shared. The sealed document lies in the employee’s file."),
        template="reviews/review_sharing.html",
        context={"review": found, "may_share": can_share(request.member, found), "rating": rating_words(found)},
    )


@ask_or_act
def review_acknowledgement(request: TenantRequest, review_id: int) -> HttpResponse:
    """Acknowledge one's own review, or record for somebody else that they declined."""
    found = review_for(request.member, review_id)
    is_own = is_self(request.member, found.employee)
    require(is_own or acts_for_employer(request.member, found))
    form: Any = ReceiptForm(handed_in(request))
    if not is_own:
        form = RefusalForm(handed_in(request), witnesses=witnesses_for(request.member, found.employee))

    def act() -> str:
        acknowledge_review(
            actor=request.member,
            review=found,
            kind=form.kind if is_own else AcknowledgementKind.REFUSED,
            comment=form.cleaned_data["comment"],
            witness=None if is_own else form.cleaned_data["witness"],
        )
        return found.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="reviews/review_acknowledgement.html",
        context={
            "review": found,
            "is_own": is_own,
            "is_open": can_acknowledge(request.member, found) or can_record_refusal(request.member, found),
            "statement": statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
        },
    )


@ask_or_act
def review_return(request: TenantRequest, review_id: int) -> HttpResponse:
    """Give a written review back to its manager with what should be changed."""
    found = review_for(request.member, review_id)
    require(can_reopen(request.member, found))
    form = ReturnForm(handed_in(request))

    def act() -> str:
        reopen_review(actor=request.member, review=found, reason=form.cleaned_data["reason"])
        return found.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The manager has the review back, with your words."),
        template="reviews/review_return.html",
        context={"review": found},
    )


def rating_words(review: Review) -> str:
    """Return the rating that counts with its sentence, or an empty text."""
    overall, rating = content_of_cycle(review.cycle).overall, review.final_rating
    return "" if overall is None or rating is None else f"{rating} – {dict(overall.levels).get(rating, '')}"


def _readable(request: TenantRequest, review: Review, role: FormRole) -> ReviewForm | None:
    form = form_of(review, role)
    if form is None or form.status != FormStatus.SUBMITTED or not can_read_form(request.member, form):
        return None
    return form


def _side_by_side(
    request: TenantRequest, review: Review, own: ReviewForm | None, written: ReviewForm | None
) -> list[dict[str, Any]]:
    """Return each question with what both said, as far as the reader may read it."""
    if own is None and written is None:
        return []
    subject = subject_answered(request.member, review, own, written)
    return [
        {
            "question": one,
            "own": read(one, own.answers.get(one.key, {}), subject) if own and one.is_asked_of(own.role) else None,
            "written": read(one, written.answers.get(one.key, {}), subject)
            if written and one.is_asked_of(written.role)
            else None,
        }
        for one in content_of_cycle(review.cycle).questions
    ]
