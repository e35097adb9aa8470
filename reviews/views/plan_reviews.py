"""The page of a follow-up after a plan: what is looked at, what was found, what comes next."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.form_content import SectionsContent
from documents.form_kinds import SECTIONS
from documents.selectors.templates import content_of, current_version
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.models import Membership
from people.rules import is_self
from pipcycle.errors import require
from pips.models import FollowUp, Plan
from pips.rules import can_record_follow_up, is_manager_in
from reviews.forms.plan_reviews import PlanReviewForm, ResponseForm
from reviews.models import PlanReview
from reviews.selectors.plan_reviews import courses_of, follow_up_for, missed_dates_of, plan_review_of
from reviews.services.plan_reviews import respond_to_plan_review, write_plan_review


@ask_or_act
def plan_review(request: TenantRequest, plan_id: int, follow_up_id: int) -> HttpResponse:
    """Write what a look back finds; once it is recorded, read it, and let the employee respond."""
    plan, follow_up = follow_up_for(request.member, plan_id, follow_up_id)
    if follow_up.recorded_at is not None:
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


def _read(request: TenantRequest, plan: Plan, follow_up: FollowUp) -> HttpResponse:
    review = plan_review_of(follow_up)
    is_own = is_self(request.member, plan.employee)
    if request.method == "POST":
        require(is_own and review is not None)
    form = ResponseForm(handed_in(request))

    def act() -> str:
        assert review is not None  # noqa: S101  # asked for above
        review.follow_up = follow_up
        respond_to_plan_review(actor=request.member, review=review, response=form.cleaned_data["response"])
        return _here(request, plan, follow_up)

    return ask(
        request,
        form,
        act=act,
        done=_("Your response is on the record."),
        template="reviews/plan_review.html",
        context={
            "plan": plan,
            "follow_up": follow_up,
            "review": review,
            "is_own": is_own,
            "may_respond": is_own and review is not None and review.responded_at is None,
            "said": _sections(review),
            "missed": missed_dates_of(plan),
            **_next_steps(request.member, plan),
        },
    )


def _wording() -> SectionsContent:
    content = content_of(current_version(FormKind.REVIEW, "standard"))
    assert isinstance(content, SectionsContent)  # noqa: S101  # the kind says so
    return content


def _sections(review: PlanReview | None) -> list[tuple[Any, str]]:
    words = review.words if review is not None else {}
    return [(label, words[key]) for key, label in SECTIONS["review"].items() if words.get(key)]


def _next_steps(member: Membership, plan: Plan) -> dict[str, Any]:
    """Return where a goal or a development action begins from what was found: one click for whoever leads."""
    if not (is_manager_in(member, plan) or is_self(member, plan.employee)):
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
