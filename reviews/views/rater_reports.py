"""The report of 360 feedback: read, made once, its comments kept back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from metrics.suppression import SMALLEST_GROUP
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.rules import is_hr_partner_for, is_self
from people.services.audit import record_access
from pipcycle.errors import require
from reviews.forms.cycles import ConfirmForm
from reviews.forms.raters import WithholdForm
from reviews.models import Review
from reviews.rater_rules import can_decide_raters, can_make_report, can_read_report, can_withhold
from reviews.rating import COMMENTS
from reviews.selectors.raters import answers_so_far, gaps_of, report_of
from reviews.selectors.reviews import review_for
from reviews.services.rater_reports import make_report, withhold_comments


@require_safe
def report(request: TenantRequest, review_id: int) -> HttpResponse:
    """Show what others say, as far as nobody can be worked out from it."""
    member, found = request.member, review_for(request.member, review_id)
    made = report_of(found)
    require(can_read_report(member, found))
    is_own = is_self(member, found.employee)
    if not is_own:
        record_access(member=member, about_type="rater_report", about_id=str(found.pk), action="read")
    reads_comments = made is not None and (made.withheld_at is None or is_hr_partner_for(member, found.employee))
    said = made.content["comments"] if made is not None and reads_comments and not (is_own and made.withheld_at) else {}
    gaps = gaps_of(made) if made else []
    context = {
        "review": found,
        "report": made,
        "is_own": is_own,
        "gaps": gaps,
        "by_group": any(gap.peer for gap in gaps) and any(gap.upward for gap in gaps),
        "comments": [(label, said[key]) for key, label in COMMENTS.items() if said.get(key)],
        "fewest": SMALLEST_GROUP,
        "may_withhold": made is not None and made.withheld_at is None and can_withhold(member, found),
        "reads_reason": is_hr_partner_for(member, found.employee) and not is_own,
    }
    return render(request, "reviews/rater_report.html", context)


@ask_or_act
def report_making(request: TenantRequest, review_id: int) -> HttpResponse:
    """Ask before the answering is ended and the report made."""
    found = review_for(request.member, review_id)
    require(can_decide_raters(request.member, found))

    def act() -> str:
        make_report(actor=request.member, review=found)
        return _raters_url(request, found)

    answers = answers_so_far(found)
    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=act,
        done=_("The report is made. It stays as it is."),
        template="reviews/rater_report_making.html",
        context={
            "review": found,
            "answers": answers,
            "is_enough": answers >= SMALLEST_GROUP,
            "fewest": SMALLEST_GROUP,
            "is_possible": can_make_report(request.member, found) and report_of(found) is None,
            "back": _raters_url(request, found),
        },
    )


@ask_or_act
def report_comments(request: TenantRequest, review_id: int) -> HttpResponse:
    """Keep the comments of a report back, with a reason."""
    found = review_for(request.member, review_id)
    require(can_withhold(request.member, found))
    made = report_of(found)
    form = WithholdForm(handed_in(request))
    here = portal_url(request.organization, "reviews:rater_report", review_id=found.pk)

    def act() -> str:
        if made is not None:
            withhold_comments(actor=request.member, report=made, reason=form.cleaned_data["reason"])
        return here

    return ask(
        request,
        form,
        act=act,
        done=_("The comments are withheld."),
        template="reviews/rater_report_comments.html",
        context={"review": found, "is_possible": made is not None and made.withheld_at is None, "back": here},
    )


def _raters_url(request: TenantRequest, review: Review) -> str:
    return portal_url(request.organization, "reviews:raters", review_id=review.pk)
