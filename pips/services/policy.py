"""Changing the organization's settings for plans."""

from typing import Any

from django.db import transaction

from people.models import Membership
from pipcycle.errors import require
from pips.models import PlanPolicy
from pips.rules import can_change_policy


def change_policy(*, actor: Membership, **settings: Any) -> PlanPolicy:
    """Save the settings given, leave the others; plans that are issued keep what was agreed in them.

    Raises PermissionDenied unless the actor is an HR admin.
    """
    require(can_change_policy(actor))
    with transaction.atomic():
        policy, _is_new = PlanPolicy.objects.select_for_update().get_or_create()
        changed = [name for name, value in settings.items() if getattr(policy, name) != value]
        for name in changed:
            setattr(policy, name, settings[name])
        if changed:
            policy.save(update_fields=changed)
    return policy
