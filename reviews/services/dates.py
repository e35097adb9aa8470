"""Moving the dates of a cycle: forms and promises move along, nothing freezes, and everybody is told once."""

import datetime
from collections.abc import Mapping
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.notices import notify
from reminders.services.obligations import move, move_many
from reviews.enums import FormRole, FormStatus, StepKind
from reviews.models import CycleStep, ReviewCycle, ReviewForm
from reviews.obligations import ABOUT_CYCLE, ABOUT_FORM, ABOUT_REVIEW, Owed
from reviews.rules import can_manage_cycles
from reviews.selectors.audience import due_dates, people_waited_for
from reviews.services.forms_opened import KIND_OF_ROLE, STEP_OF_ROLE
from reviews.services.steps import checked_dates, lock_cycle, require_ahead, require_days

_OWED_ABOUT_REVIEWS = {
    StepKind.PEERS: Owed.AGREE_RATERS,
    StepKind.SHARE: Owed.SHARE,
    StepKind.ACKNOWLEDGE: Owed.ACKNOWLEDGE,
}


def move_dates(
    *, actor: Membership, cycle: ReviewCycle, dates: Mapping[StepKind, datetime.date | None]
) -> list[StepKind]:
    """Give the steps of a running cycle new days; return which moved. What is open moves; whoever had longer keeps it.

    Raises PermissionDenied, or DomainError for a cycle that does not run, a step left without a day, days that are over
    or out of order.
    """
    require(can_manage_cycles(actor))
    taken = checked_dates(dates)
    with transaction.atomic():
        lock_cycle(cycle)
        if not cycle.is_running:
            raise DomainError(_("Only the dates of a running cycle are moved. Change the cycle itself instead."))
        was = due_dates(cycle)
        require_days(was, taken)
        moved = [kind for kind, day in taken.items() if kind in was and was[kind] != day]
        for kind in moved:
            require_ahead(taken[kind])
            CycleStep.objects.filter(cycle=cycle, kind=kind).update(due_on=taken[kind])
            _move_step(cycle, kind, was[kind], taken[kind])
        if moved:
            cycle.dates_changed += 1
            cycle.save(update_fields=["dates_changed"])
            tell = partial(current_app.send_task, "reviews.tasks.tell_of_dates", args=[cycle.organization_id, cycle.pk])
            transaction.on_commit(tell)
    return moved


def tell_of_dates(*, cycle_id: int) -> int:
    """Tell whoever owes something in the cycle that its dates moved, once per change; return how many were told.

    Told again after a crash, nobody gets two: a notice has a key.
    """
    cycle = ReviewCycle.objects.select_related("organization").get(pk=cycle_id)
    change = cycle.dates_changed
    if cycle.dates_told >= change:
        return 0
    told = 0
    people = people_waited_for(cycle).select_related("organization", "location", "membership__user")
    for person in people.iterator(chunk_size=500):
        notify(
            key=f"review-dates:{cycle.pk}:{change}:{person.pk}",
            to=person,
            subject=_("The dates of the reviews have moved"),
            lines=[
                gettext("The days of “%(cycle)s” have changed. What is due on your list has moved with them.")
                % {"cycle": cycle.name}
            ],
            url=portal_url(cycle.organization, "reminders:home"),
        )
        told += 1
    ReviewCycle.objects.filter(pk=cycle.pk, dates_told__lt=change).update(dates_told=change)
    return told


def _move_step(cycle: ReviewCycle, kind: StepKind, was: datetime.date, day: datetime.date) -> None:
    reason = gettext("The date of the cycle moved from %(old)s to %(new)s.") % {
        "old": date_format(was, "j F Y"),
        "new": date_format(day, "j F Y"),
    }
    latest = max(was, day)
    for role, step in STEP_OF_ROLE.items():
        if step == kind:
            _move_forms(cycle, role, day, latest=latest, reason=reason)
    if kind in _OWED_ABOUT_REVIEWS:
        reviews, owed = cycle.reviews.order_by().values("pk"), _OWED_ABOUT_REVIEWS[kind]
        move_many(kind=owed, about_type=ABOUT_REVIEW, about_ids=reviews, due_on=day, reason=reason, latest=latest)
    if kind == StepKind.CALIBRATION:
        move(kind=Owed.CALIBRATE, about_type=ABOUT_CYCLE, about_id=cycle.pk, due_on=day, reason=reason)


def _move_forms(cycle: ReviewCycle, role: FormRole, day: datetime.date, *, latest: datetime.date, reason: str) -> None:
    """Move the open forms of the role; whoever was given longer than the cycle keeps their own day."""
    forms = ReviewForm.objects.filter(review__cycle=cycle, role=role, status=FormStatus.OPEN, due_on__lte=latest)
    keys = forms.order_by().values("pk")
    move_many(kind=KIND_OF_ROLE[role], about_type=ABOUT_FORM, about_ids=keys, due_on=day, reason=reason)
    forms.update(due_on=day)
