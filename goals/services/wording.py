"""What the coach remarks and the writers of a goal set aside, with a reason the other side reads."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from goals import rules
from goals.enums import GoalStatus
from goals.models import Goal
from goals.services.moves import lock_goal
from people.models import Membership
from pipcycle.errors import require
from pipcycle.writing import SetAside


def keep_set_aside(*, actor: Membership, goal: Goal, aside: Sequence[SetAside]) -> Goal:
    """Let these be the remarks set aside in the draft; those nobody has signed yet are the actor's.

    Raises PermissionDenied, or DomainError when the goal is no draft any more.
    """
    require(rules.can_write_draft(actor, goal))
    now = timezone.now()
    kept = [one if one.at is not None else replace(one, by=actor.pk, at=now) for one in aside]
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.DRAFT})
        values = [one.as_json() for one in kept]
        if values != goal.set_aside:
            goal.set_aside = values
            goal.save(update_fields=["set_aside"])
    return goal
