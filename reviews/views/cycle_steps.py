"""What is done with a cycle: launched, its dates moved, joiners taken in, closed, archived, dropped."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from pipcycle.errors import require
from reviews.enums import StepKind
from reviews.forms.cycles import ConfirmForm, DatesForm, LaunchForm, days_of
from reviews.models import ReviewCycle
from reviews.rules import can_manage_cycles
from reviews.selectors.audience import dry_run_of, overlaps_of
from reviews.selectors.cycles import cycle_for, progress_of
from reviews.services.cycles import archive_cycle, close_cycle, discard_cycle, finish_calibration, launch_cycle
from reviews.services.dates import move_dates
from reviews.services.following import take_in_joiners


@ask_or_act
def cycle_launch(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is launched, with what it would do."""
    found = _managed(request, cycle_id)
    form = LaunchForm(handed_in(request))

    def act() -> str:
        accepted = form.cleaned_data["accepts_overlap"]
        return launch_cycle(actor=request.member, cycle=found, accepts_overlap=accepted).get_absolute_url()

    return _ask(
        request,
        found,
        form,
        act=act,
        done=_("The cycle is being launched. You may leave this page."),
        step="launch",
        context={"dry_run": dry_run_of(found), "overlaps": overlaps_of(found), "is_possible": found.is_planned},
    )


@ask_or_act
def cycle_dates(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Move the dates of a running cycle."""
    found = _managed(request, cycle_id)
    kinds = tuple(StepKind(step.kind) for step in found.steps.all())
    form = DatesForm(handed_in(request), kinds=kinds, initial=days_of(found))

    def act() -> str:
        move_dates(actor=request.member, cycle=found, dates=form.dates())
        return found.get_absolute_url()

    context = {"is_possible": found.is_running}
    done = _("Moved. Whoever has something open is told once.")
    return _ask(request, found, form, act=act, done=done, step="dates", context=context)


@ask_or_act
def cycle_calibrated(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before the calibration is ended and sharing opens."""
    return _confirm(request, cycle_id, "calibrated", finish_calibration, _("Reviews may be shared from now on."))


@ask_or_act
def cycle_close(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is closed, with what would be left out."""
    return _confirm(request, cycle_id, "close", close_cycle, _("The cycle is being closed."))


@ask_or_act
def cycle_archive(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is archived."""
    return _confirm(request, cycle_id, "archive", archive_cycle, _("The cycle is archived."))


@ask_or_act
def cycle_discard(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a planned cycle is dropped."""
    found = _managed(request, cycle_id)

    def act() -> str:
        discard_cycle(actor=request.member, cycle=found)
        return portal_url(request.organization, "reviews:cycle_list")

    context = {"is_possible": found.is_planned}
    form = ConfirmForm(handed_in(request))
    return _ask(request, found, form, act=act, done=_("The cycle is dropped."), step="discard", context=context)


@require_POST
def cycle_joiners(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Take in who has come to fit the audience since the launch."""
    found = _managed(request, cycle_id)
    taken = take_in_joiners(actor=request.member, cycle=found)
    words = ngettext("%(count)d person is taken in.", "%(count)d people are taken in.", taken)
    messages.success(request, words % {"count": taken} if taken else gettext("Nobody is left to take in."))
    return redirect(found.get_absolute_url())


def _managed(request: TenantRequest, cycle_id: int) -> ReviewCycle:
    require(can_manage_cycles(request.member))
    return cycle_for(cycle_id)


def _confirm(request: TenantRequest, cycle_id: int, step: str, service: Callable[..., Any], done: Any) -> HttpResponse:
    found = _managed(request, cycle_id)
    progress = progress_of(found)

    def act() -> str:
        service(actor=request.member, cycle=found)
        return found.get_absolute_url()

    context = {
        "progress": progress,
        "unshared": progress.people - progress.shared,
        "is_possible": {"close": "running", "archive": "closed", "calibrated": "running"}[step] == found.status,
    }
    return _ask(request, found, ConfirmForm(handed_in(request)), act=act, done=done, step=step, context=context)


def _ask(
    request: TenantRequest,
    cycle: ReviewCycle,
    form: Any,
    *,
    act: Callable[[], str],
    done: Any,
    step: str,
    context: dict[str, Any],
) -> HttpResponse:
    template = f"reviews/cycle_{step}.html"
    context = {"cycle": cycle, "back": cycle.get_absolute_url(), **context}
    return ask(request, form, act=act, done=done, template=template, context=context)
