"""Reporting on a goal: what its people say, what is done, and what shows it."""

import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals import rules
from goals.enums import Confidence, GoalStatus, Measure
from goals.models import Evidence, Goal, GoalStep, GoalUpdate
from goals.obligations import ABOUT_GOAL, Owed
from goals.services.evidence import EvidenceFile, file_columns
from goals.services.moves import lock_goal, require_live_cycle
from goals.services.rhythm import plan_next_update
from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil


def record_update(
    *,
    actor: Membership,
    goal: Goal,
    value: Decimal | None = None,
    comment: str = "",
    confidence: Confidence | str = "",
    evidence_link: str = "",
    evidence: EvidenceFile | None = None,
) -> GoalUpdate:
    """Report where an active goal stands; the next update is owed from here on.

    Raises PermissionDenied for whoever is on neither side; DomainError for a goal that is not active, a file or a link
    that cannot be taken, a value where a metric speaks, or an update that says nothing.
    """
    side = rules.side_of(actor, goal)
    require(side is not None)
    _check_link(evidence_link)
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        _check_value(goal, value)
        if value is None and not comment.strip() and not confidence and evidence is None and not evidence_link:
            raise DomainError(_("Say at least one thing: a value, how it will end, or a few words."))
        update = GoalUpdate.objects.create(
            goal=goal,
            value=value,
            confidence=confidence,
            comment=comment.strip(),
            evidence_link=evidence_link,
            evidence=_keep_evidence(actor, goal, evidence),
            author=actor,
            side=side or "",
        )
        _apply(goal, value, confidence)
        fulfil(kind=Owed.UPDATE, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        plan_next_update(goal, since=timezone.localdate())
    return update


def set_step_done(*, actor: Membership, goal: Goal, step: GoalStep, done_on: datetime.date | None) -> GoalStep:
    """Tick a milestone of an active goal off, or take the tick back with None. Raises PermissionDenied, DomainError."""
    require(rules.side_of(actor, goal) is not None)
    if done_on is not None and done_on > timezone.localdate():
        raise DomainError(_("A milestone cannot be done in the future."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        step.done_on, step.done_by = done_on, actor if done_on else None
        if not goal.steps.filter(pk=step.pk).update(done_on=step.done_on, done_by=step.done_by):
            raise DomainError(_("This milestone is gone meanwhile. Reload the page to see the list as it is."))
        fulfil(kind=Owed.UPDATE, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        plan_next_update(goal, since=timezone.localdate())
    return step


def _apply(goal: Goal, value: Decimal | None, confidence: str) -> None:
    changed: dict[str, Any] = {}
    if value is not None:
        changed |= {"current_value": value, "current_on": timezone.localdate()}
    if confidence:
        changed["confidence"] = confidence
    for name, new in changed.items():
        setattr(goal, name, new)
    if changed:
        goal.save(update_fields=list(changed))


def _check_value(goal: Goal, value: Decimal | None) -> None:
    if value is None:
        return
    if goal.metric_id is not None:
        raise DomainError(_("This goal follows a metric: its value comes from there. Leave the value empty."))
    if goal.measure == Measure.MILESTONES:
        raise DomainError(_("This goal is measured by its milestones: tick them off instead of giving a value."))
    if goal.measure == Measure.YES_NO and value not in (0, 1):
        raise DomainError(_("This goal is reached or not: there is no value between."))


def _check_link(link: str) -> None:
    if link and (urlsplit(link).scheme != "https" or not urlsplit(link).netloc):
        raise DomainError(_("A link to evidence begins with https://. Copy it from the address bar."))


def _keep_evidence(actor: Membership, goal: Goal, file: EvidenceFile | None) -> Evidence | None:
    """Keep the file. Raises DomainError for one that is empty, too large, or not what its name says."""
    if file is None:
        return None
    return Evidence.objects.create(goal=goal, uploaded_by=actor, **file_columns(file))
