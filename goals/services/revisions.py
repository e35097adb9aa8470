"""Revisions: a change of target, measure or date is numbered, has a reason, and waits for the other side."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals import rules
from goals.enums import GoalStatus, Measure, RevisionStatus
from goals.models import AGREED_FIELDS, Goal, GoalRevision, GoalStep
from goals.obligations import ABOUT_GOAL, DAYS_TO_ANSWER, Owed
from goals.services.following import follow_own_metric
from goals.services.moves import lock_goal, owe_on, require_live_cycle, require_open_cycle, require_words
from goals.services.notices import tell_side
from goals.services.rhythm import plan_next_update
from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, withdraw

STEPS = "steps"
_FIGURES = ("baseline", "target")
_DATES = ("starts_on", "due_on")
_MEASURED = (Measure.NUMBER, Measure.PERCENT)
#: With another scale the last value says nothing any more; it stays on the record.
_SCALE = frozenset({"measure", "unit", "metric_id"})


def propose_revision(
    *,
    actor: Membership,
    goal: Goal,
    changes: Mapping[str, Any],
    reason: str,
    steps: list[tuple[str, datetime.date | None]] | None = None,
) -> GoalRevision:
    """Propose to change what was agreed; the goal stays as it is until the other side acknowledges.

    ``changes`` maps agreed fields to their new values; what equals the present is left out. Raises PermissionDenied for
    whoever is on neither side; DomainError when nothing changes, a reason is missing, the result would not be a whole
    goal, or another revision waits.
    """
    side = rules.side_of(actor, goal)
    require(side is not None)
    assert side is not None  # noqa: S101  # as required above; narrows the type
    reason = require_words(reason, _("Say why: the other side is asked to agree, and the reason stays on the record."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_open_cycle(goal)
        differences = _differences(goal, changes, steps)
        _check_result(goal, differences)
        if goal.revisions.filter(status=RevisionStatus.PENDING).exists():
            raise DomainError(_("A change of this goal waits for an answer already. Settle or withdraw it first."))
        last = goal.revisions.order_by("-number").values_list("number", flat=True).first()
        revision = GoalRevision.objects.create(
            goal=goal,
            number=(last or 0) + 1,
            changes=differences,
            reason=reason,
            proposed_side=side,
            proposed_by=actor,
        )
        owe_on(side.other, goal, Owed.ACKNOWLEDGE_REVISION, working_days=DAYS_TO_ANSWER)
        tell_side(
            side.other,
            goal=goal,
            event=f"revision-{revision.number}",
            subject=_("A change of a goal waits for you"),
            lines=[_("Nothing changes before you have acknowledged it. You can decline it with a reason.")],
            actor=actor,
        )
    return revision


def compare_revision(
    *, goal: Goal, changes: Mapping[str, Any], steps: list[tuple[str, datetime.date | None]] | None = None
) -> dict[str, list[Any]]:
    """Return what a revision would change, as it would be kept; nothing is written. Raises DomainError as proposing."""
    differences = _differences(goal, changes, steps)
    _check_result(goal, differences)
    return differences


def acknowledge_revision(*, actor: Membership, revision: GoalRevision, comment: str = "") -> GoalRevision:
    """Let the change take effect. Raises PermissionDenied for the side that proposed it, DomainError if settled."""
    goal = revision.goal
    require(rules.can_answer_revision(actor, revision))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_open_cycle(goal)
        _settle(revision, RevisionStatus.ACKNOWLEDGED, actor, comment)
        _apply(goal, revision)
        fulfil(kind=Owed.ACKNOWLEDGE_REVISION, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        plan_next_update(goal, since=timezone.localdate())
        tell_side(
            revision.proposed_side,
            goal=goal,
            event=f"revision-{revision.number}-acknowledged",
            subject=_("A change of a goal is in force"),
            lines=[_("The other side has acknowledged it.")],
            actor=actor,
        )
    return revision


def decline_revision(*, actor: Membership, revision: GoalRevision, reason: str) -> GoalRevision:
    """Leave the goal as agreed. Raises PermissionDenied for the side that proposed it, DomainError without a reason."""
    goal = revision.goal
    require(rules.can_answer_revision(actor, revision))
    reason = require_words(reason, _("Say why not: the other side needs your reason to find another way."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        _settle(revision, RevisionStatus.DECLINED, actor, reason)
        fulfil(kind=Owed.ACKNOWLEDGE_REVISION, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        tell_side(
            revision.proposed_side,
            goal=goal,
            event=f"revision-{revision.number}-declined",
            subject=_("A change of a goal was declined"),
            lines=[_("The goal stays as agreed. The reason is on its page.")],
            actor=actor,
        )
    return revision


def withdraw_revision(*, actor: Membership, revision: GoalRevision) -> GoalRevision:
    """Take back a change nobody has answered. Raises PermissionDenied for the other side, DomainError if settled."""
    goal = revision.goal
    require(rules.can_withdraw_revision(actor, revision))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        _settle(revision, RevisionStatus.WITHDRAWN, actor, "")
        withdraw(
            about_type=ABOUT_GOAL,
            about_id=goal.pk,
            kind=Owed.ACKNOWLEDGE_REVISION,
            reason=_("The change was taken back."),
        )
    return revision


def as_json(field: str, value: Any) -> Any:
    """Return an agreed value as it is kept in a revision: figures as plain text, ISO dates, a metric by id."""
    if value is None or value == "":
        return None
    if field in _FIGURES:
        return f"{Decimal(value).normalize():f}"
    if field in _DATES:
        return value.isoformat()
    if field == "metric":
        return value.pk
    return str(value)


def steps_as_json(goal: Goal) -> list[list[str | None]]:
    """Return the milestones as they are kept in a revision: title and ISO date."""
    return [[step.title, as_json("due_on", step.due_on)] for step in goal.steps.all()]


def _differences(
    goal: Goal, changes: Mapping[str, Any], steps: list[tuple[str, datetime.date | None]] | None
) -> dict[str, list[Any]]:
    unknown = set(changes) - set(AGREED_FIELDS)
    if unknown:
        message = f"Not agreed between two sides: {sorted(unknown)}"
        raise ValueError(message)
    compared = {
        field: [as_json(field, getattr(goal, field)), as_json(field, value)] for field, value in changes.items()
    }
    if steps is not None:
        compared[STEPS] = [steps_as_json(goal), [[title, as_json("due_on", day)] for title, day in steps]]
    differences = {field: pair for field, pair in compared.items() if pair[0] != pair[1]}
    if not differences:
        raise DomainError(_("Nothing differs from what is agreed. Change at least one of the fields."))
    return differences


def _check_result(goal: Goal, differences: Mapping[str, list[Any]]) -> None:
    """Raise DomainError when the goal would not be whole with the changes."""

    def will_be(field: str) -> Any:
        return differences[field][1] if field in differences else as_json(field, getattr(goal, field))

    if will_be("due_on") < will_be("starts_on"):
        raise DomainError(_("The due date comes before the first day. Correct one of the two."))
    measure = will_be("measure")
    if measure in _MEASURED and (will_be("baseline") is None or will_be("target") is None):
        raise DomainError(_("Say where it stands today and what is to be reached: both figures are needed."))
    if will_be("metric") is not None and measure not in _MEASURED:
        raise DomainError(_("A metric gives a figure: choose a number or per cent, or take the metric away."))
    has_steps = bool(differences[STEPS][1]) if STEPS in differences else goal.steps.exists()
    if measure == Measure.MILESTONES and not has_steps:
        raise DomainError(_("List at least one milestone: nobody can tell otherwise how far the goal has come."))


def _settle(revision: GoalRevision, status: RevisionStatus, actor: Membership, answer: str) -> None:
    """Give the revision its answer, once. Raises DomainError when somebody was first."""
    settled = GoalRevision.objects.filter(pk=revision.pk, status=RevisionStatus.PENDING).update(
        status=status, answered_by=actor, answered_at=timezone.now(), answer=answer.strip()
    )
    revision.refresh_from_db()
    if not settled:
        raise DomainError(
            _("This change is settled already: %(state)s. Reload the page to see it.")
            % {"state": RevisionStatus(revision.status).label.lower()}
        )


def _apply(goal: Goal, revision: GoalRevision) -> None:
    columns: dict[str, Any] = {}
    for field, (_before, after) in revision.changes.items():
        if field == "metric":
            columns["metric_id"] = after
        elif field != STEPS:
            columns[field] = after if after is not None or field in _FIGURES else ""
    if not _SCALE.isdisjoint(columns):
        columns |= {"current_value": None, "current_on": None}
    for name, value in columns.items():
        setattr(goal, name, value)
    goal.revision_number = revision.number
    try:
        with transaction.atomic():
            goal.save(update_fields=[*(name.removesuffix("_id") for name in columns), "revision_number"])
    except IntegrityError as error:
        raise DomainError(_("What this change rests on is gone meanwhile. Decline it and propose another.")) from error
    goal.refresh_from_db()
    if STEPS in revision.changes:
        _replace_steps(goal, revision.changes[STEPS][1])
    follow_own_metric(goal)


def _replace_steps(goal: Goal, wanted: list[list[str | None]]) -> None:
    """Write the milestones anew; one that is done stays done under the same title."""
    done = {step.title: step for step in goal.steps.filter(done_on__isnull=False)}
    goal.steps.all().delete()
    GoalStep.objects.bulk_create(
        GoalStep(
            goal=goal,
            position=position,
            title=title or "",
            due_on=datetime.date.fromisoformat(day) if day else None,
            done_on=done[title].done_on if title in done else None,
            done_by=done[title].done_by if title in done else None,
        )
        for position, (title, day) in enumerate(wanted)
    )
