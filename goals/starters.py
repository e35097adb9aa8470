"""Goals that answer a signal: what the form starts with, and how one begins."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals import rules
from goals.enums import Measure
from goals.inputs import GoalInput
from goals.models import Cycle, Goal
from goals.services.goals import draft_goal
from metrics.charts.words import figure
from metrics.enums import Direction, SignalKind
from metrics.explanations import explain_signal
from metrics.models import Signal
from metrics.registry import SupportStarter
from metrics.selectors.definitions import targets_of
from metrics.selectors.series import observations_of
from metrics.selectors.signals import signals_visible_to
from metrics.services.signals import start_support
from people.addresses import portal_url
from people.models import Membership

GOAL = "goal"
#: Signals answered with a development goal before there were development plans say so.
DEVELOPMENT = "development"
DAYS = 90


def starters() -> list[SupportStarter]:
    """Return the way of this room to answer a signal, and where older answers lead: those are offered no more."""
    return [
        SupportStarter(
            key=GOAL,
            label=gettext_lazy("Agree a goal"),
            explanation=gettext_lazy("A target for this figure, with a date and what you will give for it."),
            order=10,
            visible=may_start,
            url=lambda signal: f"{_new(signal)}?signal={signal.pk}",
            address=_address,
        ),
        SupportStarter(
            key=DEVELOPMENT,
            label=gettext_lazy("Development goal"),
            explanation="",
            order=90,
            visible=lambda _member, _signal: False,
            url=lambda signal: f"{_new(signal)}?signal={signal.pk}",
            address=_address,
        ),
    ]


def may_start(member: Membership, signal: Signal) -> bool:
    """Return whether the member may begin a goal for the person of the signal: only the managers above answer it."""
    employee = signal.series.employee
    return rules.side_towards(member, employee) == "manager" and not employee.has_left


def signal_asked_for(member: Membership, text: str) -> Signal | None:
    """Return the signal named in the address that the member may answer, else None."""
    if not text.isdecimal() or len(text) > 18:
        return None
    signal = signals_visible_to(member).select_related("series__metric", "series__employee").filter(pk=text).first()
    return signal if signal is not None and may_start(member, signal) else None


def facts_of_signal(signal: Signal) -> dict[str, Any]:
    """Return the form's first values: the metric, where it stands, what it is to reach, and why.

    It stands at the mean, not at the point that stood out: from there chance alone would bring it back (rule 28).
    """
    metric = signal.series.metric
    today = timezone.localdate()
    baseline, target = _level_now(signal), _target_of(signal)
    return {
        "title": _title(signal, target),
        "why": _("%(metric)s: %(pattern)s") % {"metric": metric.name, "pattern": explain_signal(signal)},
        "measure": Measure.PERCENT if metric.unit == "%" else Measure.NUMBER,
        "unit": metric.unit,
        "direction": Direction(metric.direction),
        "metric": metric,
        "baseline": _decimal(baseline),
        "target": None if target is None else _decimal(target),
        "starts_on": today,
        "due_on": today + datetime.timedelta(days=DAYS),
    }


def start_goal(*, actor: Membership, signal: Signal, cycle: Cycle, facts: GoalInput) -> Goal:
    """Begin the goal and record that support was started from the signal; both or neither. Raises DomainError."""
    with transaction.atomic():
        goal = draft_goal(actor=actor, employee=signal.series.employee, cycle=cycle, facts=facts, signal=signal)
        start_support(actor=actor, signal=signal, kind=GOAL, about_id=goal.pk)
    return goal


def _level_now(signal: Signal) -> float:
    """Return where the figure stands: the mean, or after a shift the mean of the points that shifted."""
    if signal.kind != SignalKind.SHIFT:
        return signal.centre
    shifted = observations_of(signal.series).filter(starts_on__range=(signal.starts_on, signal.ends_on))
    mean: float | None = shifted.aggregate(mean=Avg("value"))["mean"]
    return signal.centre if mean is None else mean


def _target_of(signal: Signal) -> float | None:
    """Return the target for the person's job, else the metric's own, else for a shift the level it came from."""
    metric, job = signal.series.metric, signal.series.employee.job_description_id
    own = targets_of(metric).filter(job_description=job).first()
    target: float | None = own.target if own is not None else metric.target
    return signal.centre if target is None and signal.kind == SignalKind.SHIFT else target


def _title(signal: Signal, target: float | None) -> str:
    metric = signal.series.metric
    if target is None:
        return _("Bring %(metric)s to …") % {"metric": metric.name}
    shown = figure(target, metric.unit, 0 if target == round(target) else metric.decimals)
    return _("Bring %(metric)s to %(target)s") % {"metric": metric.name, "target": shown}


def _decimal(value: float) -> Decimal:
    """Return the value as a person would type it: no zeros behind the point."""
    return Decimal(f"{Decimal(str(round(value, 3))).normalize():f}")


def _new(signal: Signal) -> str:
    return portal_url(signal.organization, "goals:goal_new")


def _address(signal: Signal) -> str:
    return portal_url(signal.organization, "goals:goal_detail", goal_id=signal.support_about_id)
