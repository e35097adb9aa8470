"""What figures tell in the case file of an employee: signals, and what was answered to them."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from metrics.enums import SignalCause, SignalStatus
from metrics.explanations import explain_signal, short_words
from metrics.models import Signal
from metrics.selectors.signals import signals_visible_to
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield each signal that still stands, and how it was answered; one statement."""
    signals = signals_visible_to(member).filter(series__employee=employee).exclude(status=SignalStatus.WITHDRAWN)
    for signal in signals:
        yield _seen(member, signal)
        if signal.decided_at is not None:
            yield _answered(member, signal, signal.decided_at)


def _seen(member: Membership, signal: Signal) -> TimelineEvent:
    is_worse = signal.status == SignalStatus.OPEN and not signal.is_improvement
    return TimelineEvent(
        at=signal.ends_on,
        room="metrics",
        kind=TimelineKind.SIGNAL,
        title=f"{signal.series.metric.name}: {short_words(signal)}",
        body="\n".join(filter(None, [explain_signal(signal), signal.employee_comment])),
        url=_address(member, signal),
        tone="warning" if is_worse else "",
        about=("signal", signal.pk),
    )


def _answered(member: Membership, signal: Signal, at: datetime.datetime) -> TimelineEvent:
    said = [str(SignalCause(signal.cause).label) if signal.cause else "", signal.note]
    return TimelineEvent(
        at=at,
        room="metrics",
        kind=TimelineKind.SIGNAL,
        title=_("Signal answered (%(answer)s): %(metric)s")
        % {"answer": SignalStatus(signal.status).label, "metric": signal.series.metric.name},
        body="\n".join(filter(None, said)),
        by=str(signal.decided_by or ""),
        url=_address(member, signal),
        about=("signal", signal.pk),
    )


def _address(member: Membership, signal: Signal) -> str:
    return portal_url(member.organization, "metrics:signal", signal_id=signal.pk)
