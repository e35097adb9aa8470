"""The agenda and the action items, worked on in place: htmx gets the part back, everybody else the page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback.check_in_enums import ActionStatus
from feedback.forms.check_ins import ActionForm, AgendaForm
from feedback.models import CheckIn, CheckInSeries
from feedback.selectors.check_ins import action_for, agenda_item_for, check_in_for, own_series_for, planned_check_in
from feedback.services import actions as action_services
from feedback.services import agenda as services
from feedback.views.check_ins.parts import actions_part, agenda_part
from people.asking import CONFLICT, UNPROCESSABLE, ask, handed_in
from people.http import TenantRequest, wants_part
from pipcycle.errors import DomainError


@require_POST
def series_agenda(request: TenantRequest, series_id: int) -> HttpResponse:
    """Add a point to the agenda, or do with one what the pressed button says."""
    series = own_series_for(request.member, series_id)
    form, status = None, 200
    try:
        if request.POST.get("do") == "add":
            form = AgendaForm(request.POST)
            if form.is_valid():
                services.add_item(actor=request.member, series=series, title=form.cleaned_data["title"])
                form = None
            else:
                status = UNPROCESSABLE
        else:
            _work_on_item(request, series)
    except DomainError as refusal:
        form, status = _refused(form or AgendaForm(request.POST), refusal), CONFLICT
    check_in = _check_in_shown(request, series)
    if wants_part(request):
        part = agenda_part(request.member, series, check_in=check_in, form=form)
        context = {"series": series, "check_in": check_in, "is_fresh": True, **part}
        return render(request, "feedback/check_ins/_agenda.html", context, status=status)
    return _back(request, series, check_in, form, "agenda")


def _work_on_item(request: TenantRequest, series: CheckInSeries) -> None:
    do, _colon, key = request.POST.get("do", "").partition(":")
    if not key.isdecimal():
        raise Http404
    item = agenda_item_for(request.member, int(key))
    if item.series_id != series.pk:
        raise Http404
    actor = request.member
    if do == "talked":
        services.mark_talked(actor=actor, item=item, check_in=planned_check_in(series))
    elif do == "open":
        services.take_mark_back(actor=actor, item=item)
    elif do in ("up", "down"):
        services.shift_item(actor=actor, item=item, by=-1 if do == "up" else 1)
    elif do == "remove":
        services.remove_item(actor=actor, item=item)
    else:
        raise Http404


@require_POST
def series_actions(request: TenantRequest, series_id: int) -> HttpResponse:
    """Add an action item, or do with one what the pressed button says."""
    series = own_series_for(request.member, series_id)
    form, status = None, 200
    check_in = _check_in_shown(request, series)
    try:
        if request.POST.get("do") == "add":
            form = ActionForm(request.POST, series=series)
            if form.is_valid():
                action_services.add_action(
                    actor=request.member,
                    series=series,
                    agreed_in=check_in or planned_check_in(series),
                    **form.facts(),
                )
                form = None
            else:
                status = UNPROCESSABLE
        else:
            _work_on_action(request, series)
    except DomainError as refusal:
        form, status = _refused(form or ActionForm(request.POST, series=series), refusal), CONFLICT
    if wants_part(request):
        context = {"series": series, "check_in": check_in, "may_write": True, "is_fresh": True}
        context |= actions_part(series, form=form)
        return render(request, "feedback/check_ins/_actions.html", context, status=status)
    return _back(request, series, check_in, form, "actions")


def _work_on_action(request: TenantRequest, series: CheckInSeries) -> None:
    do, _colon, key = request.POST.get("do", "").partition(":")
    steps = {
        "done": action_services.finish_action,
        "drop": action_services.drop_action,
        "reopen": action_services.reopen_action,
    }
    if do not in steps or not key.isdecimal():
        raise Http404
    action = action_for(request.member, int(key))
    if action.series_id != series.pk:
        raise Http404
    steps[do](actor=request.member, action=action)


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: TenantRequest, action_id: int) -> HttpResponse:
    """Show one action item: change it, or say that it is done."""
    found = action_for(request.member, action_id)
    initial = {"title": found.title, "owner": found.owner_id, "due_on": found.due_on}
    form = ActionForm(handed_in(request), series=found.series, initial=initial)

    def act() -> str:
        action_services.change_action(actor=request.member, action=found, **form.facts())
        address: str = found.series.get_absolute_url()
        return address

    context = {"action": found, "series": found.series, "is_open": found.status == ActionStatus.OPEN}
    return ask(
        request, form, act=act, done=_("It is changed."), template="feedback/check_ins/action.html", context=context
    )


def _refused[Form: (AgendaForm, ActionForm)](form: Form, refusal: DomainError) -> Form:
    form.is_valid()
    form.add_error(None, str(refusal))
    return form


def _check_in_shown(request: TenantRequest, series: CheckInSeries) -> CheckIn | None:
    """Return the check-in whose page the reader is on, or None for the page of the series."""
    key = request.POST.get("check_in", "")
    if not key.isdecimal():
        return None
    check_in = check_in_for(request.member, int(key))
    if check_in.series_id != series.pk:
        raise Http404
    return check_in


def _back(
    request: TenantRequest, series: CheckInSeries, check_in: CheckIn | None, form: Any, fragment: str
) -> HttpResponse:
    """Go back to the page the reader came from; without JavaScript a refusal is said at its top."""
    for errors in form.errors.values() if form is not None else ():
        for error in errors:
            messages.error(request, str(error))
    address = (check_in or series).get_absolute_url()
    return redirect(f"{address}#{fragment}")
