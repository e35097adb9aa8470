"""One check-in: its page before, during and after, recorded, and moved to another day."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.check_in_enums import Attendance, CheckInStatus
from feedback.forms.check_ins import DayForm, RecordForm
from feedback.models import CheckIn
from feedback.note_form import guidance_for
from feedback.registry import talking_points
from feedback.selectors.check_ins import check_in_for, check_ins_of
from feedback.selectors.private_notes import private_note_of
from feedback.services.check_ins import move_check_in, record_check_in, skip_check_in
from feedback.services.dates import proposal_after, words_for
from feedback.services.notices import other_of
from feedback.views.check_ins.parts import actions_part, agenda_part
from people.asking import ask, handed_in
from people.http import TenantRequest


@require_safe
def check_in(request: TenantRequest, check_in_id: int) -> HttpResponse:
    """Show a check-in to one of its two."""
    found = check_in_for(request.member, check_in_id)
    return render(request, "feedback/check_ins/check_in.html", check_in_context(request, found))


def check_in_context(request: TenantRequest, found: CheckIn) -> dict[str, Any]:
    """Return what the page of a check-in shows to the member."""
    member, series = request.member, found.series
    last = check_ins_of(series).filter(status=CheckInStatus.HELD).exclude(pk=found.pk).first()
    context = {
        "check_in": found,
        "series": series,
        "other": other_of(series, member),
        "is_late": found.is_planned and found.planned_on < timezone.localdate(),
        "points": _points(request, found) if found.is_planned else [],
        "guidance": guidance_for(found) if found.is_planned else [],
        "private_body": private_note_of(member, found),
        "last": last if found.is_planned else None,
    }
    return context | agenda_part(member, series, check_in=found) | actions_part(series)


def _points(request: TenantRequest, found: CheckIn) -> list[dict[str, Any]]:
    """Return what there is to talk about, each with whether it is on the agenda already."""
    listed = set(found.series.agenda.filter(talked_at__isnull=True).values_list("title", flat=True))
    points = talking_points(request.member, found.series.employee)
    return [{"point": point, "is_listed": str(point.title) in listed} for point in points]


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_record(request: TenantRequest, check_in_id: int) -> HttpResponse:
    """Record that the two have met, or that they have not, and settle the next date."""
    found = check_in_for(request.member, check_in_id)
    if not found.is_planned and request.method != "POST":
        return _closed(request, found)
    today = timezone.localdate()
    held_on = min(found.planned_on, today)
    proposal = proposal_after(found.series, found, after=held_on)
    initial = {
        "attendance": Attendance.NOBODY if "missed" in request.GET else Attendance.BOTH,
        "held_on": held_on,
        "next_on": proposal.day,
    }
    words = _why(proposal.wanted, words_for(proposal.obstacles, proposal.wanted))
    form = RecordForm(handed_in(request), series=found.series, initial=initial, proposal_words=words)

    def act() -> str:
        following = _record(request, found, form.cleaned_data)
        return following.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("It is on the record. This is the next one: what is open has come along."),
        template="feedback/check_ins/check_in_record.html",
        context={"check_in": found, "series": found.series, "other": other_of(found.series, request.member)},
    )


def _record(request: TenantRequest, found: CheckIn, words: dict[str, Any]) -> CheckIn:
    if words["attendance"] == Attendance.BOTH:
        return record_check_in(actor=request.member, check_in=found, held_on=words["held_on"], next_on=words["next_on"])
    return skip_check_in(
        actor=request.member,
        check_in=found,
        reason=words["reason"],
        attendance=Attendance(words["attendance"]),
        next_on=words["next_on"],
    )


def _why(wanted: datetime.date, obstacles: str) -> str:
    """Return the sentence under the proposed date."""
    if not obstacles:
        return _("Proposed from your rhythm: both of you are there.")
    return _("Proposed instead of %(day)s. %(why)s") % {"day": date_format(wanted, "D j M"), "why": obstacles}


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_date(request: TenantRequest, check_in_id: int) -> HttpResponse:
    """Move a check-in to another day."""
    found = check_in_for(request.member, check_in_id)
    if not found.is_planned and request.method != "POST":
        return _closed(request, found)
    form = DayForm(handed_in(request), initial={"day": max(found.planned_on, timezone.localdate())})

    def act() -> str:
        move_check_in(actor=request.member, check_in=found, day=form.cleaned_data["day"])
        return found.get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The check-in has moved."),
        template="feedback/check_ins/check_in_date.html",
        context={"check_in": found, "series": found.series, "other": other_of(found.series, request.member)},
    )


def _closed(request: TenantRequest, found: CheckIn) -> HttpResponse:
    messages.info(request, _("This check-in is on the record already."))
    return redirect(found.get_absolute_url())
