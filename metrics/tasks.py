"""Work of the metrics room that no page waits for: ids in, each task opens its own organization."""

import logging
from collections.abc import Callable

from celery import shared_task
from django_rls_tenants import tenant_context

from metrics.services import rollups, signals, tokens
from people.models import Organization

logger = logging.getLogger(__name__)


@shared_task(name="metrics.tasks.refresh_group_rollups")
def refresh_group_rollups() -> int:
    """Compute the groups of every metric whose series have changed, in every organization; return the rows written."""
    return _in_each_organization(lambda key: rollups.refresh_changed_group_rollups(organization_id=key))


@shared_task(name="metrics.tasks.refresh_all_group_rollups")
def refresh_all_group_rollups() -> int:
    """Compute every group afresh once a day: people change departments without any new figure."""
    return _in_each_organization(lambda key: rollups.refresh_group_rollups(organization_id=key))


@shared_task(name="metrics.tasks.compute_signals")
def compute_signals(organization_id: int) -> int:
    """Bring the limits and signals of one organization's changed series up to date; return how many there were."""
    with tenant_context(organization_id):
        return signals.compute_stale_series()


@shared_task(name="metrics.tasks.sweep_signals")
def sweep_signals() -> int:
    """Compute what a lost task or a killed worker left stale, and let what is owed follow the people; everywhere."""

    def sweep(_organization_id: int) -> int:
        signals.follow_the_people()
        return signals.compute_stale_series()

    return _in_each_organization(sweep)


@shared_task(name="metrics.tasks.forget_answers")
def forget_answers() -> int:
    """Delete the answers of the API kept under keys that nobody sends again, in every organization."""
    return _in_each_organization(lambda _organization_id: tokens.forget_answers())


def _in_each_organization(work: Callable[[int], int]) -> int:
    done = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                done += work(organization_id)
        except Exception:
            logger.exception("the work for organization %s was not done", organization_id)
    return done
