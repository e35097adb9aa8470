"""How figures and states of a plan are written: ``{% load plans %}``."""

from decimal import Decimal

from django import template
from django.template.context import Context
from django.utils import formats

from people.addresses import portal_url
from pips.enums import Outcome, PlanStatus, TrackStatus
from pips.models import Plan
from pips.views.next_steps import NextStep

register = template.Library()

#: The shape beside each state's word (the ``status`` component).
STATUS_KINDS: dict[str, str] = {
    PlanStatus.DRAFT: "neutral",
    PlanStatus.IN_REVIEW: "info",
    PlanStatus.CHANGES_REQUESTED: "warning",
    PlanStatus.APPROVED: "info",
    PlanStatus.ISSUED: "warning",
    PlanStatus.ACTIVE: "info",
    PlanStatus.PAUSED: "warning",
    PlanStatus.EXTENDED: "info",
    PlanStatus.DECIDED: "neutral",
    PlanStatus.FOLLOWED_UP: "success",
    PlanStatus.CLOSED: "neutral",
    TrackStatus.ON_TRACK: "success",
    TrackStatus.AT_RISK: "warning",
    TrackStatus.OFF_TRACK: "danger",
    Outcome.SUCCESSFUL: "success",
    Outcome.UNSUCCESSFUL: "danger",
    Outcome.WITHDRAWN: "neutral",
}


@register.filter
def state_kind(value: str) -> str:
    """Return the kind of status component for a plan's state, a track status or an outcome."""
    return STATUS_KINDS.get(value, "neutral")


@register.filter
def quantity(value: Decimal | None, unit: str = "") -> str:
    """Return the figure without idle zeros and with its unit: 92.50 and "%" are "92.5%"."""
    if value is None:
        return ""
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    figure = formats.number_format(plain, use_l10n=True, force_grouping=True)
    if not unit:
        return figure
    return f"{figure}{unit}" if unit == "%" else f"{figure}\N{NO-BREAK SPACE}{unit}"


@register.simple_tag(takes_context=True)
def plan_step(context: Context, plan: Plan, step: NextStep) -> str:
    """Return the address of the page that takes a step of the plan."""
    return portal_url(context["request"].organization, step.page, plan_id=plan.pk, **step.ids)
