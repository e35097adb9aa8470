"""Launching and closing in batches, each a transaction of its own: a killed worker leaves whole ones behind."""

import datetime
from collections.abc import Callable

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from reminders.services.obligations import owe, withdraw, withdraw_many
from reviews.enums import CycleStatus, ReviewStatus, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.obligations import ABOUT_CYCLE, ABOUT_REVIEW, Owed
from reviews.selectors.audience import yet_to_take_in
from reviews.services.forms_opened import take_in, withdraw_open
from reviews.services.steps import lock_cycle, move_cycle

AT_ONCE = 1000
#: A run nobody has been seen at for so long is handed out again.
RESUME_AFTER = datetime.timedelta(seconds=60)
_RUNS = (CycleStatus.LAUNCHING, CycleStatus.CLOSING)


def enqueue(organization_id: int, cycle_id: int) -> None:
    """Hand the cycle to a worker; called once the transaction is committed."""
    current_app.send_task("reviews.tasks.run_cycle", args=[organization_id, cycle_id])


def run_cycle(*, cycle_id: int, at_once: int = AT_ONCE) -> int:
    """Launch or close the cycle, whichever it waits for, batch by batch; return how many people this call did.

    Two workers, or a second run after a crash, do each person once: a batch holds the cycle while it looks for who is
    left, and a review exists once per person and cycle.
    """
    cycle = ReviewCycle.objects.filter(pk=cycle_id).first()
    if cycle is None:
        return 0
    done = 0
    while (batch := _BATCHES.get(CycleStatus(cycle.status))) is not None:
        done += batch(cycle, at_once)
    if done >= at_once:
        _count_anew()
    return done


def _count_anew() -> None:
    """Let the database count what was written: pages over many reviews are planned by what the tables hold now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE (SKIP_LOCKED) reviews_review, reviews_reviewform, reminders_obligation")


def resume_runs() -> list[int]:
    """Return the cycles whose run was left behind, marked as handed out again."""
    with transaction.atomic():
        stale = ReviewCycle.objects.select_for_update(skip_locked=True).filter(
            status__in=_RUNS, run_at__lt=timezone.now() - RESUME_AFTER
        )
        cycles = list(stale)
        ReviewCycle.objects.filter(pk__in=[cycle.pk for cycle in cycles]).update(run_at=timezone.now())
    return [cycle.pk for cycle in cycles]


def _launch_some(cycle: ReviewCycle, at_once: int) -> int:
    """Open the forms of the next people; with nobody left, the cycle runs."""
    with transaction.atomic():
        lock_cycle(cycle)
        if cycle.status != CycleStatus.LAUNCHING:
            return 0
        taken = take_in(cycle=cycle, people=yet_to_take_in(cycle).order_by("pk")[:at_once])
        if not taken:
            _begin(cycle)
        _seen(cycle, taken)
    return taken


def _begin(cycle: ReviewCycle) -> None:
    move_cycle(cycle, CycleStatus.RUNNING)
    calibration = cycle.steps.filter(kind=StepKind.CALIBRATION).first()
    if calibration is not None:
        owe(
            kind=Owed.CALIBRATE,
            about_type=ABOUT_CYCLE,
            about_id=cycle.pk,
            due_on=calibration.due_on,
            owner_role=Role.HR_PARTNER,
        )


def _close_some(cycle: ReviewCycle, at_once: int) -> int:
    """Leave the next people out whose review is not shared; with nobody left, the cycle is closed."""
    with transaction.atomic():
        lock_cycle(cycle)
        if cycle.status != CycleStatus.CLOSING:
            return 0
        unshared = cycle.reviews.filter(status__in=[ReviewStatus.OPEN, ReviewStatus.WRITTEN]).order_by("pk")
        keys = list(unshared.values_list("pk", flat=True)[:at_once])
        if keys:
            leave_out(keys, gettext("The cycle was closed before the review was shared."))
        else:
            move_cycle(cycle, CycleStatus.CLOSED, closed_at=timezone.now())
            withdraw(about_type=ABOUT_CYCLE, about_id=cycle.pk, reason=_("The cycle was closed."))
        _seen(cycle, len(keys))
    return len(keys)


def leave_out(review_ids: list[int], reason: str) -> None:
    """Take reviews out of their cycle with all that is still written and owed for them; a few statements.

    Each is held first, before its forms, as sharing does: one that is shared meanwhile stays as it is.
    """
    held = Review.objects.select_for_update(of=("self",)).order_by("pk")
    unshared = held.filter(pk__in=review_ids, status__in=[ReviewStatus.OPEN, ReviewStatus.WRITTEN])
    keys = list(unshared.values_list("pk", flat=True))
    reviews = Review.objects.filter(pk__in=keys)
    withdraw_open(ReviewForm.objects.filter(review__in=keys), reason=reason)
    withdraw_many(about_type=ABOUT_REVIEW, about_ids=reviews.order_by().values("pk"), reason=reason)
    reviews.update(status=ReviewStatus.LEFT_OUT, left_out_reason=reason[:300])


def _seen(cycle: ReviewCycle, done: int) -> None:
    cycle.run_done += done
    cycle.run_total = max(cycle.run_total, cycle.run_done)
    cycle.run_at = timezone.now()
    cycle.save(update_fields=["run_done", "run_total", "run_at"])


_BATCHES: dict[CycleStatus, Callable[[ReviewCycle, int], int]] = {
    CycleStatus.LAUNCHING: _launch_some,
    CycleStatus.CLOSING: _close_some,
}
