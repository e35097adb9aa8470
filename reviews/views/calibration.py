"""The room where ratings are compared: the table, the evidence beside it, and moves with their reason."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest, wants_part
from people.services.audit import record_access
from pipcycle.errors import require
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query
from reviews.enums import StepKind
from reviews.filters import CalibrationFilter, calibrated_order
from reviews.forms.calibration import MoveForm
from reviews.models import ReviewCycle
from reviews.rater_rules import can_move_rating
from reviews.rules import reviews_others
from reviews.selectors.calibration import (
    calibration_for,
    compared_ratings,
    rated_review_for,
    rated_reviews,
    ratings_of,
    severity_hints,
    with_people,
)
from reviews.selectors.calibration import calibrations as compared_cycles
from reviews.selectors.facts import facts_of
from reviews.selectors.reviews import content_of_cycle
from reviews.services.calibration import move_rating

PAGE_SIZE = 50


@require_safe
def calibrations(request: TenantRequest) -> HttpResponse:
    """List the cycles whose ratings are compared; of a single one, lead there."""
    require(reviews_others(request.member))
    cycles = list(compared_cycles())
    if len(cycles) == 1:
        return redirect(portal_url(request.organization, "reviews:calibration", cycle_id=cycles[0].pk))
    return render(request, "reviews/calibrations.html", {"cycles": cycles})


@require_safe
def calibration(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Show the ratings of the people the member follows, how they lie, and whether raters differ."""
    require(reviews_others(request.member))
    remembered = remembered_query(request, key=f"calibration:{request.organization.pk}:{cycle_id}")
    if remembered is not None:
        return remembered
    found = calibration_for(cycle_id)
    rated = rated_reviews(request.member, found)
    chosen = CalibrationFilter(request.GET, queryset=rated, request=request)
    rows = calibrated_order(chosen.qs, request.GET.get("sort", ""))
    is_part = wants_part(request)
    context = {
        "cycle": found,
        "page": page_of(rows, number=request.GET.get("page"), size=PAGE_SIZE, load=with_people),
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in CalibrationFilter.base_filters),
        "query": request.GET.urlencode(),
        **({} if is_part else _around(found, rated)),
    }
    response = render(request, f"reviews/calibration.html{'#results' if is_part else ''}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def calibration_export(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Hand over the table as CSV."""
    require(reviews_others(request.member))
    found = calibration_for(cycle_id)
    chosen = CalibrationFilter(request.GET, queryset=rated_reviews(request.member, found), request=request)
    record_access(member=request.member, about_type="calibration", about_id=str(found.pk), action="export")
    rows = with_people(calibrated_order(chosen.qs, request.GET.get("sort", "")))
    headings = [_("Number"), _("Name"), _("Department"), _("Manager"), _("Rating given"), _("Rating that counts")]
    return csv_response(filename="calibration.csv", headings=headings, rows=_csv_rows(rows))


@ask_or_act
def calibration_review(request: TenantRequest, cycle_id: int, review_id: int) -> HttpResponse:
    """Show the evidence of one rating beside the table, and move it with a reason."""
    require(reviews_others(request.member))
    cycle = calibration_for(cycle_id)
    found = rated_review_for(request.member, cycle, review_id)
    overall = content_of_cycle(cycle).overall
    form = MoveForm(handed_in(request), levels=overall.levels if overall else [], rating=found.final_rating)
    back = portal_url(request.organization, "reviews:calibration", cycle_id=cycle.pk)

    def act() -> str:
        given = form.cleaned_data
        move_rating(actor=request.member, review=found, to=given["to"], reason=given["reason"], seen=given["seen"])
        return back

    if request.method != "POST":
        record_access(member=request.member, about_type="review", about_id=str(found.pk), action="read")
    context = {
        "review": found,
        "cycle": cycle,
        "rating_words": dict(overall.levels).get(found.final_rating or 0, "") if overall else "",
        "compared": compared_ratings(found),
        "facts": facts_of(request.member, found),
        "moves": found.moves.select_related("moved_by__user"),
        "may_move": can_move_rating(request.member, found) and _step(cycle)["is_comparing"],
        "back": back,
    }
    template = "reviews/_evidence.html" if wants_part(request) else "reviews/calibration_review.html"
    response = ask(
        request, form, act=act, done=_("Moved. Before and after are kept."), template=template, context=context
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _around(cycle: ReviewCycle, rated: Any) -> dict[str, Any]:
    overall = content_of_cycle(cycle).overall
    return {
        "ratings": ratings_of(cycle, rated),
        "anchors": overall.levels if overall else [],
        "hints": severity_hints(rated),
        **_step(cycle),
    }


def _step(cycle: ReviewCycle) -> dict[str, Any]:
    step = next(one for one in cycle.steps.all() if one.kind == StepKind.CALIBRATION)
    return {"step": step, "is_comparing": cycle.is_running and step.done_at is None}


def _csv_rows(reviews: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for one in reviews:
        yield (
            one.employee.number,
            one.employee.full_name,
            one.employee.department.name if one.employee.department else "",
            one.manager.full_name if one.manager else "",
            one.rating,
            one.final,
        )
