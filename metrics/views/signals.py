"""Signals: the list, and the page of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metrics.enums import SIGNAL_TRANSITIONS, SignalStatus
from metrics.explanations import explain_signal, short_words, usual_range
from metrics.filters import SignalFilter, ordered
from metrics.models import Signal
from metrics.registry import support_starter, support_starters
from metrics.rules import can_comment_on_signal, can_decide_signal, receives_signals
from metrics.selectors.signals import moves_of, other_open_signals, phases_of, signal_for, signals_visible_to
from people.http import TenantRequest, wants_part
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25


@require_safe
def signal_list(request: TenantRequest) -> HttpResponse:
    """Show the signals the member may see, narrowed as they last left it; what needs a person comes first."""
    remembered = remembered_query(request, key=f"signals:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen = _chosen(request)
    page = Paginator(ordered(chosen.qs, request.GET.get("sort", "")), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(signal, short_words(signal)) for signal in page],
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in SignalFilter.base_filters),
        "receives": receives_signals(request.member),
        "query": request.GET.urlencode(),
    }
    template = "metrics/signals/signal_list.html"
    return render(request, f"{template}#results" if wants_part(request) else template, context)


@require_safe
def signal_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, with the same filters; the export is on the record."""
    signals: QuerySet[Signal] = ordered(_chosen(request).qs, request.GET.get("sort", ""))
    record_access(member=request.member, about_type="signal", about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Department"), _("Metric"), _("Pattern"), _("From"), _("To"), _("Value"),
        _("Mean"), _("Lower limit"), _("Upper limit"), _("Direction"), _("Status"), _("Cause"),
    ]  # fmt: skip
    return csv_response(
        filename=f"signals-{request.organization.slug}.csv", headings=headings, rows=_csv_rows(signals.iterator(2000))
    )


@require_safe
def signal(request: TenantRequest, signal_id: int) -> HttpResponse:
    """Show one signal: what was seen, what can be done about it, what was said of it."""
    found = signal_for(request.member, signal_id)
    may_decide = can_decide_signal(request.member, found)
    starter = support_starter(found.support_kind)
    context = {
        "signal": found,
        "employee": found.series.employee,
        "metric": found.series.metric,
        "words": short_words(found),
        "explanation": explain_signal(found),
        "usual": usual_range(found),
        "may_decide": may_decide,
        "next_states": SIGNAL_TRANSITIONS[SignalStatus(found.status)],
        "starters": _starters(request, found) if may_decide else [],
        "support_url": starter.address(found) if starter else "",
        "support_label": starter.label if starter else "",
        "may_comment": can_comment_on_signal(request.member, found),
        "others": other_open_signals(found).count(),
        "phases": phases_of(found),
        "history": list(_history(found)),
    }
    return render(request, "metrics/signals/signal.html", context)


@dataclass(frozen=True)
class Support:
    """One way to start support, with its address."""

    label: Any
    explanation: Any
    url: str


def _starters(request: TenantRequest, found: Signal) -> list[Support]:
    if SignalStatus.SUPPORTED not in SIGNAL_TRANSITIONS[SignalStatus(found.status)]:
        return []
    return [
        Support(starter.label, starter.explanation, starter.url(found))
        for starter in support_starters(request.member, found)
    ]


@dataclass(frozen=True)
class Move:
    """One move of a signal for the timeline."""

    title: str
    at: datetime
    by: str


def _history(found: Signal) -> Iterator[Move]:
    """Yield the moves of the signal, the latest first."""
    titles = {
        SignalStatus.OPEN: _("Seen in the figures"),
        SignalStatus.ACKNOWLEDGED: _("Acknowledged"),
        SignalStatus.DISMISSED: _("Dismissed"),
        SignalStatus.SUPPORTED: _("Support started"),
        SignalStatus.WITHDRAWN: _("The figures no longer show it"),
    }
    for status, at, by in moves_of(found):
        is_said = status not in {SignalStatus.OPEN, SignalStatus.WITHDRAWN}
        yield Move(titles[SignalStatus(status)], at, str(by) if is_said and by else "")


def _chosen(request: TenantRequest) -> SignalFilter:
    return SignalFilter(request.GET, queryset=signals_visible_to(request.member), request=request)


def _csv_rows(signals: Iterable[Signal]) -> Iterator[tuple[Any, ...]]:
    for found in signals:
        employee, metric = found.series.employee, found.series.metric
        yield (
            employee.number,
            employee.full_name,
            employee.department,
            metric.name,
            found.get_kind_display(),
            found.starts_on,
            found.ends_on,
            found.value,
            found.centre,
            found.lower,
            found.upper,
            _("Better") if found.is_improvement else _("Worse"),
            found.get_status_display(),
            found.get_cause_display(),
        )
