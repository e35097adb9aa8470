"""360 feedback: who is asked, and the form each of them answers once."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from feedback.selectors.colleagues import colleagues_named, nearest_colleagues
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from pipcycle.errors import DomainError, require
from reviews.enums import FormRole, FormStatus, StepKind
from reviews.forms.raters import DecisionForm, NameForm, RatingForm
from reviews.rater_rules import can_decide_raters, can_make_report, can_name_raters, can_read_report, is_collecting
from reviews.rating import behaviours_for, comments_for
from reviews.selectors.audience import due_dates
from reviews.selectors.raters import answers_so_far, rater_for, raters_of, rating_form_for, report_of
from reviews.selectors.reviews import content_of_cycle, review_for
from reviews.services.raters import decide_rater, manages, name_rater, submit_rating, take_back_rater


@ask_or_act
def review_raters(request: TenantRequest, review_id: int) -> HttpResponse:
    """Show who is asked about somebody, and name one more."""
    member, found = request.member, review_for(request.member, review_id)
    require(can_name_raters(member, found))
    here = portal_url(request.organization, "reviews:raters", review_id=found.pk)
    form = NameForm(handed_in(request))

    def act() -> str:
        name_rater(actor=member, review=found, person=_person_named(request, form))
        return here

    decides, report = can_decide_raters(member, found), report_of(found)
    return ask(
        request,
        form,
        act=act,
        done=_("Asked.") if decides else _("Proposed. It is asked once your manager agrees."),
        template="reviews/raters.html",
        context={
            "review": found,
            "is_own": is_self(member, found.employee),
            "raters": raters_of(found),
            "decides": decides,
            "decision": DecisionForm(),
            "report": report,
            "may_read_report": report is not None and can_read_report(member, found),
            "may_make_report": report is None and can_make_report(member, found),
            "answers": answers_so_far(found) if decides else 0,
            "is_open": report is None and is_collecting(found),
            "day": due_dates(found.cycle).get(StepKind.PEERS),
            "near": nearest_colleagues(member),
        },
    )


@require_POST
def rater_decision(request: TenantRequest, rater_id: int) -> HttpResponse:
    """Agree, decline or take back somebody who was proposed."""
    rater = rater_for(request.member, rater_id)
    require(can_name_raters(request.member, rater.review))
    reason = request.POST.get("reason", "")
    try:
        if "take-back" in request.POST:
            take_back_rater(actor=request.member, rater=rater)
        else:
            decide_rater(actor=request.member, rater=rater, agrees="agree" in request.POST, reason=reason)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(portal_url(request.organization, "reviews:raters", review_id=rater.review_id))


@ask_or_act
def rating(request: TenantRequest, form_id: int) -> HttpResponse:
    """Show the form to whoever is asked, and take the answer once."""
    found = rating_form_for(request.member, form_id)
    home = portal_url(request.organization, "reviews:own")
    if found.status == FormStatus.WITHDRAWN:
        return render(request, "reviews/form_over.html", {"form": found}, status=409 if request.POST else 200)
    employee = found.review.employee
    asked = behaviours_for(found.role, manages=manages(employee), content=content_of_cycle(found.review.cycle))
    form = RatingForm(handed_in(request), asked=asked, comments=comments_for(found.role))

    def act() -> str:
        submit_rating(actor=request.member, form=found, rating=form.rating())
        return home

    if found.status == FormStatus.SUBMITTED and request.method != "POST":
        return render(request, "reviews/rating_done.html", {"review_form": found, "form": django_forms.Form()})
    return ask(
        request,
        form,
        act=act,
        done=_("Handed in. Thank you."),
        template="reviews/rating.html",
        context={
            "review_form": found,
            "review": found.review,
            "is_own": found.role == FormRole.OWN_VIEW,
            "is_upward": found.role == FormRole.UPWARD,
            "today": timezone.localdate(),
            "home": home,
        },
    )


def _person_named(request: TenantRequest, form: NameForm) -> Employee:
    """Return the one person of that name. Raises DomainError for none or several."""
    found = colleagues_named(request.member, form.cleaned_data["who"])
    if not found:
        raise DomainError(_("Nobody here has this name. Write given and family name, e-mail address or number."))
    if len(found) > 1:
        raise DomainError(_("Several people have this name. Give the e-mail address or the employee number."))
    return found[0]
