"""Signals as a member may see them: their own, those of the people they follow, nobody else's."""

import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from metrics.enums import SignalStatus
from metrics.models import SeriesPhase, Signal
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by

_SHOWN_WITH = ("series__metric", "series__employee__department", "decided_by__user", "organization")


def signals_visible_to(member: Membership) -> QuerySet[Signal]:
    """Return the signals about everyone whose figures the member may read, with what a row of a list shows."""
    followed = employees_followed_by(member).filter(pk=OuterRef("series__employee"))
    return Signal.objects.select_related(*_SHOWN_WITH).filter(Exists(followed))


def signals_about_others(member: Membership) -> QuerySet[Signal]:
    """Return the signals the member may see but for their own: what they are asked to decide."""
    signals = signals_visible_to(member)
    own = employee_of(member)
    return signals if own is None else signals.exclude(series__employee=own)


def signal_for(member: Membership, signal_id: int) -> Signal:
    """Return a signal the member may see, or raise Http404."""
    signals = signals_visible_to(member).select_related("series__employee__location", "series__employee__manager")
    signal: Signal = get_object_or_404(signals, pk=signal_id)
    return signal


def open_signals_of(employee: Employee) -> QuerySet[Signal]:
    """Return the signals about the employee that nobody has decided yet, the latest first."""
    return Signal.objects.select_related(*_SHOWN_WITH).filter(series__employee=employee, status=SignalStatus.OPEN)


def undecided_first(signals: QuerySet[Signal]) -> QuerySet[Signal]:
    """Return the signals with what needs a person at the top: open ones that point the worse way."""
    rank = Case(
        When(status=SignalStatus.OPEN, is_improvement=False, then=Value(0)),
        When(status=SignalStatus.OPEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return signals.order_by(rank, "-ends_on", "-pk")


def phases_of(signal: Signal) -> QuerySet[SeriesPhase]:
    """Return the shifts confirmed on the signal's series, in order."""
    return SeriesPhase.objects.select_related("confirmed_by__user").filter(series=signal.series).order_by("starts_on")


def other_open_signals(signal: Signal) -> QuerySet[Signal]:
    """Return the open signals of the same series that the same cause may explain."""
    return Signal.objects.filter(Q(series=signal.series), status=SignalStatus.OPEN).exclude(pk=signal.pk)


def moves_of(signal: Signal) -> list[tuple[str, datetime.datetime, str | None]]:
    """Return each change of the signal's state with its time and who decided, the latest first."""
    events = signal.events.order_by("pgh_id").values_list("status", "pgh_created_at", "decided_by")
    names = {
        member.pk: str(member)
        for member in Membership.objects.select_related("user").filter(pk__in=[by for _status, _at, by in events if by])
    }
    moves: list[tuple[str, datetime.datetime, str | None]] = []
    for status, at, by in events:
        if not moves or moves[-1][0] != status:
            moves.append((status, at, names.get(by)))
    return moves[::-1]
