"""What a member typed into a draft and is not part of it: read by that member alone."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from people.models import Membership
from pips.models import DraftAutosave, Plan


def kept_words(member: Membership, plan: Plan) -> QuerySet[DraftAutosave]:
    """Return the member's own kept words in the plan, newest first."""
    return DraftAutosave.objects.filter(plan=plan, member=member, typed__isnull=False)


def kept_words_for(member: Membership, plan: Plan, kept_id: int) -> DraftAutosave:
    """Return one of them. Raises Http404 for anybody else's."""
    return get_object_or_404(kept_words(member, plan), pk=kept_id)
