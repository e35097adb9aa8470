"""HR's queue of legal reviews: who may not know of them gets the page of something that is not there (rule 4)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.asking import attempt, handed_in
from people.http import TenantRequest
from pips.forms.legal import LegalReviewForm, PlanPolicyForm
from pips.legal import lacks_agreement
from pips.models import LegalReview
from pips.rules import can_change_policy, can_decide_legal_review, can_see_legal_reviews
from pips.selectors.legal import legal_review_for, legal_reviews_visible_to, words_of_triggers
from pips.selectors.policy import countries_of_work, policy_now
from pips.services.legal import decide_legal_review
from pips.services.policy import change_policy

PAGE_SIZE = 25


@require_safe
def legal_review_list(request: TenantRequest) -> HttpResponse:
    """List the reviews, open ones first."""
    if not can_see_legal_reviews(request.member):
        raise PermissionDenied
    reviews = legal_reviews_visible_to(request.member)
    page = Paginator(reviews, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "pips/legal_review_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def legal_review(request: TenantRequest, review_id: int) -> HttpResponse:
    """Show what asked for the review and take HR's decision."""
    review = legal_review_for(request.member, review_id)
    form = LegalReviewForm(handed_in(request))
    status = 200
    if request.method == "POST":
        answer = attempt(
            request, form, lambda: _decide(request, review, form), done=_("Decided. Nobody outside HR is told why.")
        )
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "review": review,
        "plan": review.plan,
        "triggers": words_of_triggers(review),
        "may_decide": can_decide_legal_review(request.member, review),
        "form": form,
    }
    return render(request, "pips/legal_review.html", context, status=status)


def _decide(request: TenantRequest, review: LegalReview, form: LegalReviewForm) -> str:
    decide_legal_review(actor=request.member, review=review, **form.cleaned_data)
    return portal_url(request.organization, "pips:legal_review", review_id=review.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_policy(request: TenantRequest) -> HttpResponse:
    """Show and change the organization's settings for plans."""
    if not can_change_policy(request.member):
        raise PermissionDenied
    form = PlanPolicyForm(handed_in(request), instance=policy_now())
    if request.method == "POST" and form.is_valid():
        change_policy(actor=request.member, **form.cleaned_data)
        messages.success(request, _("Saved. Plans that are issued keep what was agreed in them."))
        form = PlanPolicyForm(instance=policy_now())
    countries = {request.organization.country, *countries_of_work()}
    context = {"form": form, "lacks_agreement": lacks_agreement(policy_now(), countries)}
    return render(request, "pips/plan_policy.html", context, status=422 if form.errors else 200)
