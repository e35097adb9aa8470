"""Work of the reviews room outside a request: ids in, the tenant opened here."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db.models import F
from django_rls_tenants import tenant_context

from people.models import Organization
from reviews.enums import CycleStatus
from reviews.models import ReviewCycle
from reviews.services import dates, exits, pulse_rounds, running
from reviews.services.following import follow_the_people

logger = logging.getLogger(__name__)


@shared_task(name="reviews.tasks.run_cycle")
def run_cycle(organization_id: int, cycle_id: int) -> int:
    """Launch or close a cycle, whichever it waits for."""
    with tenant_context(organization_id):
        return running.run_cycle(cycle_id=cycle_id)


@shared_task(name="reviews.tasks.tell_of_dates")
def tell_of_dates(organization_id: int, cycle_id: int) -> int:
    """Tell everybody who has something open that the dates of the cycle have moved."""
    with tenant_context(organization_id):
        return dates.tell_of_dates(cycle_id=cycle_id)


@shared_task(name="reviews.tasks.resume_cycles")
def resume_cycles() -> None:
    """Hand out again what a killed worker or a forgetful broker left behind, in every organization."""
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        with tenant_context(organization_id):
            for cycle_id in running.resume_runs():
                run_cycle.delay(organization_id, cycle_id)
            untold = ReviewCycle.objects.filter(dates_told__lt=F("dates_changed"))
            for cycle_id in untold.values_list("pk", flat=True):
                tell_of_dates.delay(organization_id, cycle_id)


@shared_task(name="reviews.tasks.follow_people")
def follow_people() -> int:
    """Let every running cycle follow its people, in every organization; return how many reviews changed."""
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        with tenant_context(organization_id):
            for cycle in ReviewCycle.objects.filter(status=CycleStatus.RUNNING):
                try:
                    changed += follow_the_people(cycle=cycle)
                except Exception:
                    logger.exception("cycle %s did not follow its people", cycle.pk)
    return changed


@shared_task(name="reviews.tasks.run_pulses")
def run_pulses() -> int:
    """Close the rounds of pulses that are over and open those that are due, in every organization."""
    return _everywhere(pulse_rounds.run_pulses)


@shared_task(name="reviews.tasks.follow_leavers")
def follow_leavers() -> int:
    """Open, move and end exit interviews as last days come and go, in every organization."""
    return _everywhere(exits.follow_leavers)


def _everywhere(work: Callable[[], int]) -> int:
    """Do the work in every organization, also where it fails in one; return the sum."""
    done = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                done += work()
        except Exception:
            logger.exception("organization %s: %s failed", organization_id, work.__name__)
    return done
