"""Showing a plan that succeeded among one's milestones, and taking it off again: the person's own choice."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from development.models import ShownSuccess
from development.selectors.milestones import own_successes
from development.services.moves import require_words
from people.models import Membership
from people.selectors.accounts import employee_of
from pips.models import Plan

WORDS_LENGTH = 200


def show_success(*, actor: Membership, plan: Plan, words: str) -> ShownSuccess:
    """Show the plan in one's own words; nothing of its content is shown. Raises PermissionDenied or DomainError."""
    own = employee_of(actor)
    if own is None or not own_successes(actor).filter(pk=plan.pk).exists():
        raise PermissionDenied
    words = require_words(words, _("Say in a few words of your own what you have reached."))
    shown, _created = ShownSuccess.objects.update_or_create(
        plan=plan, defaults={"employee": own, "words": words[:WORDS_LENGTH]}
    )
    return shown


def hide_success(*, actor: Membership, plan: Plan) -> None:
    """Take the plan off one's milestones. Raises PermissionDenied."""
    own = employee_of(actor)
    if own is None or plan.employee_id != own.pk:
        raise PermissionDenied
    ShownSuccess.objects.filter(employee=own, plan=plan).delete()
