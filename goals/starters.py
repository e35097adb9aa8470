"""Goals that answer a signal: what the form starts with."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals import rules
from goals.enums import Measure
from metrics.enums import Direction
from metrics.models import Signal
from metrics.registry import SupportStarter
from metrics.selectors.signals import signals_visible_to
from people.addresses import portal_url
from people.models import Membership

GOAL, DEVELOPMENT = "goal", "development"
DAYS = 90


def starters() -> list[SupportStarter]:
    """Return the two ways of this room to answer a signal with support."""
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
            label=gettext_lazy("Plan a development action"),
            explanation=gettext_lazy("Something to learn or practise, when a skill is missing."),
            order=20,
            visible=may_start,
            url=lambda signal: f"{_new(signal)}?signal={signal.pk}&purpose=development",
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
    """Return the form's first values: the metric, where it stands, what it is to reach, and why."""
    metric = signal.series.metric
    today = timezone.localdate()
    percent = metric.unit == "%"
    return {
        "title": _("Bring %(metric)s back to where it should be") % {"metric": metric.name},
        "why": _("%(pattern)s from %(start)s to %(end)s: %(value)s where %(mean)s is usual.")
        % {
            "pattern": signal.get_kind_display(),
            "start": date_format(signal.starts_on, "j F Y"),
            "end": date_format(signal.ends_on, "j F Y"),
            "value": number_format(round(signal.value, metric.decimals)),
            "mean": number_format(round(signal.centre, metric.decimals)),
        },
        "measure": Measure.PERCENT if percent else Measure.NUMBER,
        "unit": metric.unit,
        "direction": Direction(metric.direction),
        "metric": metric,
        "baseline": _figure(signal.value),
        "target": _figure(metric.target if metric.target is not None else signal.centre),
        "starts_on": today,
        "due_on": today + datetime.timedelta(days=DAYS),
    }


def _figure(value: float) -> Decimal:
    """Return the value as a person would type it: no zeros behind the point."""
    return Decimal(f"{Decimal(str(round(value, 3))).normalize():f}")


def _new(signal: Signal) -> str:
    return portal_url(signal.organization, "goals:goal_new")


def _address(signal: Signal) -> str:
    return portal_url(signal.organization, "goals:goal_detail", goal_id=signal.support_about_id)
