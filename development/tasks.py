"""What time does to development plans."""

import logging

from celery import shared_task
from django_rls_tenants import tenant_context

from development.services.learning_upkeep import hand_on_requests, release_leavers
from development.services.recertification import owe_recertification
from development.services.upkeep import end_plans_of_leavers, follow_the_people, start_due_plans
from people.models import Organization

logger = logging.getLogger(__name__)


@shared_task(name="development.tasks.refresh_development_plans")
def refresh_development_plans() -> int:
    """Do for every organization what time asks: plans start and end, duties pass on, certificates want renewal."""
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                changed += start_due_plans() + end_plans_of_leavers() + follow_the_people()
                changed += release_leavers() + hand_on_requests() + owe_recertification()
        except Exception:
            logger.exception("development plans were not refreshed in organization %s", organization_id)
    return changed
