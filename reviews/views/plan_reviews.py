"""The page of a follow-up after a plan: what is looked at, what was found, what comes next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind, FormKind
from documents.form_content import SectionsContent
from documents.forms import ReceiptForm, RefusalForm
from documents.selectors import awaits_receipt, witnesses_for
from documents.selectors.templates import content_of, current_version
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.models import Membership
from pipcycle.errors import require
from pips.models import FollowUp, Plan
from pips.rules import can_record_follow_up, is_employee_in, is_manager_in, may_discard
from reviews.forms.plan_reviews import PlanReviewForm
from reviews.selectors.plan_reviews import (
    courses_of,
    follow_up_for,
    missed_dates_of,
    plan_review_for,
    plan_review_of,
    sealed_look_back,
    words_of,
)
from reviews.services.plan_review_documents import acknowledge_plan_review
from reviews.services.plan_reviews import write_plan_review
from reviews.services.receipts import statement_for


@ask_or_act
def plan_review(request: TenantRequest, plan_id: int, follow_up_id: int) -> HttpResponse:
    """Write what a look back finds; once it is recorded, read it."""
    plan, follow_up = follow_up_for(request.member, plan_id, follow_up_id)
    if follow_up.recorded_at is not None and request.method != "POST":
        return _read(request, plan, follow_up)
    require(can_record_follow_up(request.member, plan))
    courses = courses_of(plan)
    form = PlanReviewForm(handed_in(request), courses=courses, content=_wording())
    here = _here(request, plan, follow_up)

    def act() -> str:
        write_plan_review(
            actor=request.member,
            follow_up=follow_up,
            held_on=form.cleaned_data["held_on"],
            is_sustained=form.cleaned_data["is_sustained"],
            words=form.words(),
            results=form.results(),
        )
        return here

    return ask(
        request,
        form,
        act=act,
        done=_("The follow-up is on the record."),
        template="reviews/plan_review_form.html",
        context={"plan": plan, "follow_up": follow_up, "missed": missed_dates_of(plan)},
    )


@ask_or_act
def plan_review_acknowledgement(request: TenantRequest, plan_review_id: int) -> HttpResponse:
    """Acknowledge the look back at one's own plan, or record for somebody else that they declined."""
    review = plan_review_for(request.member, plan_review_id)
    plan = review.follow_up.plan
    is_own = is_employee_in(request.member, plan)
    require(is_own or may_discard(request.member, plan))
    document = sealed_look_back(review)
    form: Any = ReceiptForm(handed_in(request))
    if not is_own:
        form = RefusalForm(handed_in(request), witnesses=witnesses_for(request.member, plan.employee))

    def act() -> str:
        acknowledge_plan_review(
            actor=request.member,
            review=review,
            kind=form.kind if is_own else AcknowledgementKind.REFUSED,
            comment=form.cleaned_data["comment"],
            witness=None if is_own else form.cleaned_data["witness"],
        )
        return _here(request, plan, review.follow_up)

    return ask(
        request,
        form,
        act=act,
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="reviews/plan_review_acknowledgement.html",
        context={
            "plan": plan,
            "is_own": is_own,
            "document": document,
            "is_open": awaits_receipt(document),
            "statement": statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
            "back": _here(request, plan, review.follow_up),
        },
    )


def _read(request: TenantRequest, plan: Plan, follow_up: FollowUp) -> HttpResponse:
    review = plan_review_of(follow_up)
    document = sealed_look_back(review) if review is not None else None
    is_open = awaits_receipt(document)
    context = {
        "plan": plan,
        "follow_up": follow_up,
        "review": review,
        "document": document,
        "may_acknowledge": is_open and is_employee_in(request.member, plan),
        "may_record_refusal": is_open and may_discard(request.member, plan),
        "said": words_of(review),
        "missed": missed_dates_of(plan),
        **_next_steps(request.member, plan),
    }
    return render(request, "reviews/plan_review.html", context)


def _wording() -> SectionsContent:
    content = content_of(current_version(FormKind.REVIEW, "standard"))
    assert isinstance(content, SectionsContent)  # noqa: S101  # the kind says so
    return content


def _next_steps(member: Membership, plan: Plan) -> dict[str, Any]:
    """Return where a goal or a development action begins from what was found: one click for whoever leads."""
    if not (is_manager_in(member, plan) or is_employee_in(member, plan)):
        return {}
    organization = plan.employee.organization
    goal = portal_url(organization, "goals:goal_new")
    return {
        "goal_url": f"{goal}?employee={plan.employee_id}",
        "action_url": portal_url(organization, "development:from_outcome", plan_id=plan.pk),
    }


def _here(request: TenantRequest, plan: Plan, follow_up: FollowUp) -> str:
    page = "reviews:plan_review"
    return portal_url(request.organization, page, plan_id=plan.pk, follow_up_id=follow_up.pk)
