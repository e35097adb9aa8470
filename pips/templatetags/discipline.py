"""How the states and levels of a disciplinary action are written: ``{% load discipline %}``."""

from django import template
from django.template.context import Context

from documents.models import Document
from people.addresses import portal_url
from pips.discipline_enums import ActionLevel, ActionStatus
from pips.models import DisciplinaryAction
from pips.services.discipline.delivery import LETTER
from pips.views.discipline.page import ActionNextStep

register = template.Library()

#: The shape beside each state's word (the ``status`` component).
KINDS: dict[str, str] = {
    ActionStatus.IN_REVIEW: "info",
    ActionStatus.APPROVED: "info",
    ActionStatus.ISSUED: "warning",
    ActionStatus.ACKNOWLEDGED: "info",
    ActionStatus.REFUSED: "warning",
    ActionStatus.APPEALED: "warning",
    ActionStatus.UPHELD: "info",
    ActionStatus.REDUCED: "info",
}


@register.filter
def action_kind(value: str) -> str:
    """Return the kind of status component for an action's state; what is drafted or over stays quiet."""
    return KINDS.get(value, "neutral")


@register.filter
def level_label(value: str) -> str:
    """Return the words of a level, nothing for none."""
    return str(ActionLevel(value).label) if value else ""


@register.filter
def needs_receipt(document: Document, action: DisciplinaryAction) -> bool:
    """Return whether the letter's receipt is waited for; an appeal shows it, and the decision on one is only sent."""
    return document.kind == LETTER and action.status == ActionStatus.ISSUED


@register.simple_tag(takes_context=True)
def action_step(context: Context, action: DisciplinaryAction, step: ActionNextStep) -> str:
    """Return the address of the page that takes a step of the action."""
    return portal_url(context["request"].organization, f"discipline:{step.page}", action_id=action.pk)
