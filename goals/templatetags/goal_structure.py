"""How cycles, progress and confidence are drawn."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goals.enums import Confidence, CycleStatus, GoalStatus

register = template.Library()

_CYCLES = {CycleStatus.OPEN: "success", CycleStatus.FROZEN: "info", CycleStatus.ARCHIVED: "neutral"}
_GOALS = {
    GoalStatus.DRAFT: "neutral",
    GoalStatus.PROPOSED: "info",
    GoalStatus.ACTIVE: "info",
    GoalStatus.COMPLETED: "success",
    GoalStatus.CANCELLED: "neutral",
}
# Red is for open signals: a goal that goes off track asks for help, it raises no alarm.
_CONFIDENCE = {Confidence.ON_TRACK: "success", Confidence.AT_RISK: "warning", Confidence.OFF_TRACK: "warning"}

_WIDTH = 100


@register.filter
def cycle_kind(status: str) -> str:
    """Return the kind of status a cycle is shown with."""
    return _CYCLES.get(CycleStatus(status), "neutral")


@register.filter
def goal_kind(status: str) -> str:
    """Return the kind of status a goal is shown with."""
    return _GOALS.get(GoalStatus(status), "neutral")


@register.filter
def confidence_kind(confidence: str) -> str:
    """Return the kind of status a confidence is shown with."""
    return _CONFIDENCE.get(Confidence(confidence), "neutral") if confidence else "neutral"


@register.simple_tag
def progress_bar(percent: float | None) -> SafeString:
    """Return a small bar with its figure in words; nothing known is said as such.

    The figure may pass 100 %, the bar ends there.
    """
    if percent is None:
        return format_html('<span class="muted">{}</span>', _("Nothing yet"))
    filled = min(max(percent, 0), _WIDTH)
    return format_html(
        '<span class="bar"><svg class="bar__line" width="64" height="6" aria-hidden="true" focusable="false">'
        '<rect class="bar__ground" width="100%" height="6" rx="3"/>'
        '<rect class="bar__fill" width="{}%" height="6" rx="3"/>'
        "</svg><span>{} %</span></span>",
        round(filled),
        round(percent),
    )


@register.filter
def figure(value: Decimal | float | None) -> str:
    """Return a figure as the reader's language writes it, without zeros at its end."""
    if value is None:
        return ""
    return number_format(Decimal(str(value)).normalize(), use_l10n=True, force_grouping=True) if value else "0"
