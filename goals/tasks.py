"""What time does to goals and cycles."""

import logging

from celery import shared_task
from django_rls_tenants import tenant_context

from goals.selectors.structure import open_cycles
from goals.services.cycles import owe_proposals
from goals.services.handover import follow_the_people
from people.models import Organization

logger = logging.getLogger(__name__)


@shared_task(name="goals.tasks.ask_for_goals")
def ask_for_goals() -> int:
    """Ask for goals whoever has joined since a cycle was opened, in every organization; return how many were asked."""
    asked = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            asked += ask_in_organization(organization_id)
        except Exception:
            logger.exception("nobody was asked for goals in organization %s", organization_id)
    return asked


def ask_in_organization(organization_id: int) -> int:
    """Ask whoever has joined since in one organization; doing it twice changes nothing."""
    with tenant_context(organization_id):
        return sum(owe_proposals(cycle=cycle) for cycle in open_cycles())


@shared_task(name="goals.tasks.follow_reporting_lines")
def follow_reporting_lines() -> int:
    """Hand what is owed for goals to whoever manages the person now, in every organization; return how many changed."""
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                changed += follow_the_people()
        except Exception:
            logger.exception("what is owed for goals was not handed on in organization %s", organization_id)
    return changed
