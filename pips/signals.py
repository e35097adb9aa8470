"""A plan that is started from a signal: what the figures already say is filled in, the words stay the manager's."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.charts.words import figure, limit_decimals
from metrics.enums import Direction as MetricDirection
from metrics.explanations import explain_signal
from metrics.models import Signal
from metrics.registry import SupportStarter
from metrics.selectors.signals import signal_for
from metrics.services.signals import start_support
from people.addresses import portal_url
from people.models import Membership
from people.rules import is_manager_of
from pips.enums import Direction
from pips.models import Plan
from pips.selectors.plans import employees_without_open_plan

SUPPORT_KEY = "plan"

#: The template that fits a ready-made metric best; any other starts from "delivery".
_TEMPLATES = {"attendance": "attendance", "absenteeism": "attendance", "lateness": "attendance", "accuracy": "quality"}


def plan_starter() -> SupportStarter:
    """Return the way to answer a signal with a plan."""
    return SupportStarter(
        key=SUPPORT_KEY,
        label=gettext_lazy("Start a plan"),
        explanation=gettext_lazy("For a gap that talks and guidance have not closed. HR reads it first."),
        order=30,
        visible=may_start_plan,
        url=plan_new_url,
        address=plan_url,
    )


def may_start_plan(member: Membership, signal: Signal) -> bool:
    """Return whether a plan is an answer here: a worse signal, a manager above, and no open plan yet."""
    employee = signal.series.employee
    if signal.is_improvement or employee.has_left or not is_manager_of(member, employee):
        return False
    return employees_without_open_plan(member).filter(pk=employee.pk).exists()


def plan_new_url(signal: Signal) -> str:
    """Return the page that starts the plan."""
    page = portal_url(signal.organization, "pips:plan_new")
    return f"{page}?employee={signal.series.employee_id}&signal={signal.pk}"


def plan_url(signal: Signal) -> str:
    """Return the page of the plan that was started."""
    return portal_url(signal.organization, "pips:plan_detail", plan_id=signal.support_about_id or 0)


def chosen_signal(member: Membership, value: str | None) -> Signal | None:
    """Return the signal a plan is started from, if one is named. Raises Http404 for one the member may not see."""
    return signal_for(member, int(value)) if value and value.isdecimal() else None


def template_for_signal(signal: Signal) -> str:
    """Return the template that fits the metric."""
    return _TEMPLATES.get(signal.series.metric.preset_key, "delivery")


def fill_from_signal(*, actor: Membership, plan: Plan, signal: Signal) -> None:
    """Put the figures of the signal into a fresh draft, in front, and record that support was started.

    The rest of the draft stays as the template has it. Runs in the caller's transaction.
    """
    metric = signal.series.metric
    plan.concerns.create(occurred_on=min(signal.ends_on, timezone.localdate()), description=_concern(signal))
    for expectation in plan.expectations.all():
        expectation.position += 1
        expectation.save(update_fields=["position"])
    plan.expectations.create(
        position=0,
        title=metric.name,
        measure=metric.description[:300],
        baseline=_decimal(signal.centre),
        target=_decimal(metric.target),
        unit=metric.unit,
        direction=Direction.AT_LEAST if metric.direction == MetricDirection.HIGHER else Direction.AT_MOST,
        data_source=metric.name,
        metric=metric,
    )
    start_support(actor=actor, signal=signal, kind=SUPPORT_KEY, about_id=plan.pk)


def _concern(signal: Signal) -> str:
    metric = signal.series.metric
    mean = figure(signal.centre, metric.unit, limit_decimals(metric.decimals))
    return _("%(metric)s: %(pattern)s The mean before was %(mean)s.") % {
        "metric": metric.name,
        "pattern": explain_signal(signal),
        "mean": mean,
    }


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 2)))
