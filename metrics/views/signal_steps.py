"""What people say of a signal, one page for each step."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metrics.enums import SIGNAL_TRANSITIONS, SignalStatus
from metrics.explanations import explain_signal, short_words
from metrics.forms.signals import AcknowledgementForm, CommentForm, DismissalForm, NothingForm, ShiftForm
from metrics.models import Signal
from metrics.rules import can_comment_on_signal, can_decide_signal
from metrics.selectors.signals import phases_of, signal_for
from metrics.services.signals import (
    acknowledge_signal,
    comment_on_signal,
    confirm_shift,
    dismiss_signal,
    withdraw_shift,
)
from metrics.views.stepping import take_step
from people.asking import handed_in
from people.http import TenantRequest

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@_ask_or_act
def signal_acknowledgement(request: TenantRequest, signal_id: int) -> HttpResponse:
    """Say why the signal came about."""
    found = signal_for(request.member, signal_id)
    may = can_decide_signal(request.member, found)
    if may and (over := _is_over(request, found, SignalStatus.ACKNOWLEDGED)):
        return over
    form = AcknowledgementForm(handed_in(request))
    return take_step(
        request,
        allowed=may,
        form=form,
        act=lambda: acknowledge_signal(actor=request.member, signal=found, **form.cleaned_data),
        done=_("Acknowledged. The cause stands beside the signal."),
        back=found.get_absolute_url(),
        template="metrics/signals/acknowledgement.html",
        context=_context(found),
    )


@_ask_or_act
def signal_dismissal(request: TenantRequest, signal_id: int) -> HttpResponse:
    """Say why the signal means nothing."""
    found = signal_for(request.member, signal_id)
    may = can_decide_signal(request.member, found)
    if may and (over := _is_over(request, found, SignalStatus.DISMISSED)):
        return over
    form = DismissalForm(handed_in(request))
    return take_step(
        request,
        allowed=may,
        form=form,
        act=lambda: dismiss_signal(actor=request.member, signal=found, **form.cleaned_data),
        done=_("Dismissed. The reason stands beside the signal."),
        back=found.get_absolute_url(),
        template="metrics/signals/dismissal.html",
        context=_context(found),
    )


@_ask_or_act
def signal_shift(request: TenantRequest, signal_id: int) -> HttpResponse:
    """Confirm that the process has changed for good."""
    found = signal_for(request.member, signal_id)
    form = ShiftForm(handed_in(request), starts_on=found.starts_on)
    return take_step(
        request,
        allowed=can_decide_signal(request.member, found),
        form=form,
        act=lambda: confirm_shift(actor=request.member, series=found.series, **form.cleaned_data),
        done=_("Confirmed. The limits are computed afresh from that day."),
        back=found.get_absolute_url(),
        template="metrics/signals/shift.html",
        context=_context(found),
    )


@_ask_or_act
def signal_shift_withdrawal(request: TenantRequest, signal_id: int, phase_id: int) -> HttpResponse:
    """Take a confirmed change back."""
    found = signal_for(request.member, signal_id)
    phase = phases_of(found).filter(pk=phase_id).first()
    if phase is None:
        raise Http404
    phase.series = found.series
    return take_step(
        request,
        allowed=can_decide_signal(request.member, found),
        form=NothingForm(handed_in(request)),
        act=lambda: withdraw_shift(actor=request.member, phase=phase),
        done=_("Taken back. The earlier limits hold again."),
        back=found.get_absolute_url(),
        template="metrics/signals/shift_withdrawal.html",
        context={**_context(found), "phase": phase},
    )


@_ask_or_act
def signal_comment(request: TenantRequest, signal_id: int) -> HttpResponse:
    """Let the employee put their own view beside the signal."""
    found = signal_for(request.member, signal_id)
    form = CommentForm(handed_in(request), initial={"comment": found.employee_comment})
    return take_step(
        request,
        allowed=can_comment_on_signal(request.member, found),
        form=form,
        act=lambda: comment_on_signal(actor=request.member, signal=found, **form.cleaned_data),
        done=_("Saved. Your view stands beside the signal."),
        back=found.get_absolute_url(),
        template="metrics/signals/comment.html",
        context=_context(found),
    )


def _is_over(request: TenantRequest, found: Signal, target: SignalStatus) -> HttpResponse | None:
    """Lead a reader who only looks back to a signal that somebody has decided; one who wrote is told by the service."""
    if request.method == "POST" or target in SIGNAL_TRANSITIONS[SignalStatus(found.status)]:
        return None
    messages.info(request, str(_("This signal is decided already.")))
    return redirect(found.get_absolute_url())


def _context(found: Signal) -> dict[str, object]:
    return {
        "signal": found,
        "employee": found.series.employee,
        "metric": found.series.metric,
        "words": short_words(found),
        "explanation": explain_signal(found),
    }
