"""Planning a cycle: opened, changed, launched, closed, archived."""

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.models import FormTemplate
from documents.questions import QuestionsContent
from documents.selectors.templates import content_of, current_version
from documents.services.templates import require_complete
from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil
from reviews.enums import CycleStatus, LateJoiners, ReviewStatus, StepKind
from reviews.models import CycleStep, ReviewCycle
from reviews.obligations import ABOUT_CYCLE, Owed
from reviews.rules import can_manage_cycles
from reviews.selectors.audience import audience_of, overlaps_of
from reviews.services.running import enqueue
from reviews.services.steps import checked_dates, lock_cycle, move_cycle, require_ahead

Dates = Mapping[StepKind, datetime.date | None]


def plan_cycle(*, actor: Membership, dates: Dates, **facts: Any) -> ReviewCycle:
    """Plan a cycle; nobody is asked before it is launched. Raises PermissionDenied or DomainError with what to mend."""
    require(can_manage_cycles(actor))
    columns, taken = _checked(**facts), checked_dates(dates)
    with transaction.atomic():
        cycle = _written(ReviewCycle(**columns, created_by=actor))
        _write_steps(cycle, taken)
    return cycle


def change_cycle(*, actor: Membership, cycle: ReviewCycle, dates: Dates, **facts: Any) -> ReviewCycle:
    """Change a cycle that is still planned. Raises PermissionDenied or DomainError with what to mend."""
    require(can_manage_cycles(actor))
    columns, taken = _checked(**facts), checked_dates(dates)
    with transaction.atomic():
        lock_cycle(cycle)
        if not cycle.is_planned:
            raise DomainError(_("The cycle is launched: only its dates can still be moved."))
        for name, value in columns.items():
            setattr(cycle, name, value)
        _written(cycle)
        _write_steps(cycle, taken)
    return cycle


def discard_cycle(*, actor: Membership, cycle: ReviewCycle) -> None:
    """Drop a cycle nobody has been asked in. Raises PermissionDenied, or DomainError once it is launched."""
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        if not cycle.is_planned:
            raise DomainError(_("The cycle is launched and stays on record. Close it instead."))
        cycle.delete()


def launch_cycle(*, actor: Membership, cycle: ReviewCycle, accepts_overlap: bool = False) -> ReviewCycle:
    """Freeze the questions and let a worker open everybody's forms, in batches that can be taken up half-way.

    Raises PermissionDenied, or DomainError for a cycle without audience, with days that are over, without published
    questions, or beside another one that asks the same people, unless that is accepted.
    """
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        people = audience_of(cycle).count()
        _require_launchable(cycle, people, accepts_overlap=accepts_overlap)
        version = current_version(FormKind.APPRAISAL, cycle.template.key)
        content = content_of(version)
        require_complete(FormKind.APPRAISAL, content)
        move_cycle(
            cycle,
            CycleStatus.LAUNCHING,
            template_version=version,
            questions=version.content,
            launched_by=actor,
            launched_at=timezone.now(),
            run_total=people,
            run_done=0,
            run_at=timezone.now(),
        )
        transaction.on_commit(partial(enqueue, cycle.organization_id, cycle.pk))
    return cycle


def close_cycle(*, actor: Membership, cycle: ReviewCycle) -> ReviewCycle:
    """End the cycle: what is not shared by now is left out, what is shared stays. A worker does it in batches.

    Raises PermissionDenied, or DomainError for a cycle that does not run.
    """
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        unshared = cycle.reviews.filter(status__in=[ReviewStatus.OPEN, ReviewStatus.WRITTEN]).count()
        move_cycle(cycle, CycleStatus.CLOSING, run_total=unshared, run_done=0, run_at=timezone.now())
        transaction.on_commit(partial(enqueue, cycle.organization_id, cycle.pk))
    return cycle


def archive_cycle(*, actor: Membership, cycle: ReviewCycle) -> ReviewCycle:
    """Put a closed cycle away; it is kept and read. Raises PermissionDenied or DomainError."""
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        move_cycle(cycle, CycleStatus.ARCHIVED)
    return cycle


def finish_calibration(*, actor: Membership, cycle: ReviewCycle) -> None:
    """Say that the ratings have been compared: from now on reviews may be shared. Raises as ``close_cycle`` does."""
    require(can_manage_cycles(actor))
    with transaction.atomic():
        lock_cycle(cycle)
        step = cycle.steps.filter(kind=StepKind.CALIBRATION).first()
        if not cycle.is_running or step is None or step.done_at is not None:
            raise DomainError(_("There is no calibration to end. Reload the page to see where the cycle stands."))
        step.done_at = timezone.now()
        step.save(update_fields=["done_at"])
        fulfil(kind=Owed.CALIBRATE, about_type=ABOUT_CYCLE, about_id=cycle.pk, actor=actor)


def _require_launchable(cycle: ReviewCycle, people: int, *, accepts_overlap: bool) -> None:
    if not people:
        raise DomainError(
            _("Nobody fits the audience of this cycle. Widen its departments, jobs or day of hire first.")
        )
    for step in cycle.steps.all():
        require_ahead(step.due_on)
    others = [] if accepts_overlap else overlaps_of(cycle)
    if others:
        raise DomainError(
            gettext(
                "“%(name)s” asks %(people)d of the same people. Confirm that you want both, or change the audience."
            )
            % {"name": others[0].cycle.name, "people": others[0].people}
        )


def _checked(**facts: Any) -> dict[str, Any]:
    """Return the columns of a cycle. Raises DomainError with what to mend."""
    facts["name"] = facts["name"].strip()[:200]
    if not facts["name"]:
        raise DomainError(_("Give the cycle a name, such as “Review of 2027”."))
    if facts["period_ends_on"] <= facts["period_starts_on"]:
        raise DomainError(_("The last day of the period comes after its first."))
    facts["late_joiners"] = LateJoiners(facts["late_joiners"])
    template: FormTemplate = facts["template"]
    content = content_of(current_version(FormKind.APPRAISAL, template.key))
    if template.kind != FormKind.APPRAISAL or not isinstance(content, QuestionsContent):
        raise DomainError(_("Choose questions that are made for the review of a cycle."))
    return facts


def _written(cycle: ReviewCycle) -> ReviewCycle:
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError as error:
        raise DomainError(
            gettext("There is a cycle called “%(name)s” already. Open that one, or give this one another name.")
            % {"name": cycle.name}
        ) from error
    return cycle


def _write_steps(cycle: ReviewCycle, taken: Mapping[StepKind, datetime.date]) -> None:
    cycle.steps.exclude(kind__in=list(taken)).delete()
    for position, kind in enumerate(StepKind):
        if kind in taken:
            CycleStep.objects.update_or_create(
                cycle=cycle, kind=kind, defaults={"position": position, "due_on": taken[kind]}
            )
