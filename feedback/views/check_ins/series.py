"""A series: its page, begun, changed and ended."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.check_in_rules import partners_of, takes_part
from feedback.forms.check_ins import ChangeForm, EndForm, StartForm
from feedback.models import CheckInSeries
from feedback.next_date import propose
from feedback.selectors.check_ins import check_ins_of, own_series_for, planned_check_in, series_for
from feedback.services.dates import diaries_of
from feedback.services.notices import other_of
from feedback.services.series import change_series, end_series, start_series
from feedback.views.check_ins.parts import actions_part, agenda_part
from people.asking import ask, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of

MOST_SHOWN = 30


@require_safe
def series(request: TenantRequest, series_id: int) -> HttpResponse:
    """Show a series: everything to its two, the dates alone to whoever follows the employee."""
    found = series_for(request.member, series_id)
    history = list(check_ins_of(found)[: MOST_SHOWN + 1])
    planned = planned_check_in(found)
    context: dict[str, Any] = {
        "series": found,
        "planned": planned,
        "is_late": planned is not None and planned.planned_on < timezone.localdate(),
        "history": history[:MOST_SHOWN],
        "has_more": len(history) > MOST_SHOWN,
        "takes_part": takes_part(request.member, found),
        "other": other_of(found, request.member),
    }
    if context["takes_part"]:
        context |= agenda_part(request.member, found) | actions_part(found)
    return render(request, "feedback/check_ins/series.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: TenantRequest) -> HttpResponse:
    """Begin check-ins with somebody."""
    own = employee_of(request.member)
    if own is None:
        raise PermissionDenied
    partners = partners_of(request.member).order_by("family_name", "given_name", "pk")
    chosen = request.GET.get("with", "")
    other = partners.filter(pk=chosen).first() if chosen.isdecimal() else None
    form = StartForm(
        handed_in(request), partners=partners, initial={"other": other, "first_on": _first_day(own, other)}
    )

    def act() -> str:
        words = form.cleaned_data
        begun = start_series(
            actor=request.member, other=words["other"], every_weeks=words["every_weeks"], first_on=words["first_on"]
        )
        return begun.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The check-ins are set up. Put on the agenda what you want to talk about."),
        template="feedback/check_ins/series_new.html",
        context={"has_partners": bool(partners[:1]), "other": other},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def series_change(request: TenantRequest, series_id: int) -> HttpResponse:
    """Change the rhythm and the next date."""
    found = own_series_for(request.member, series_id)
    planned = planned_check_in(found)
    if planned is None:
        return _ended(request, found)
    form = ChangeForm(handed_in(request), initial={"every_weeks": found.every_weeks, "next_on": planned.planned_on})

    def act() -> str:
        change_series(actor=request.member, series=found, **form.cleaned_data)
        return found.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The rhythm is changed."),
        template="feedback/check_ins/series_change.html",
        context={"series": found, "other": other_of(found, request.member)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def series_end(request: TenantRequest, series_id: int) -> HttpResponse:
    """End a series, after asking."""
    found = own_series_for(request.member, series_id)
    if not found.is_active:
        return _ended(request, found)
    form = EndForm(handed_in(request))

    def act() -> str:
        end_series(actor=request.member, series=found, reason=form.cleaned_data["reason"])
        return found.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The check-ins have ended."),
        template="feedback/check_ins/series_end.html",
        context={"series": found, "other": other_of(found, request.member)},
    )


def _ended(request: TenantRequest, found: CheckInSeries) -> HttpResponse:
    messages.info(request, _("These check-ins have ended."))
    return redirect(found.get_absolute_url())


def _first_day(own: Employee, other: Employee | None) -> datetime.date:
    """Return a first day to propose: in a week, or the nearest that suits whoever is known."""
    pair = CheckInSeries(employee=other or own, leader=own)
    wanted = timezone.localdate() + datetime.timedelta(weeks=1)
    return propose(wanted, diaries_of(pair), not_before=timezone.localdate()).day
