"""What time does to plans: leave begins and ends, starts and ends are reached, managers change."""

import logging

from celery import shared_task
from django.db import transaction
from django_rls_tenants import tenant_context

from people.models import Organization
from pips.discipline_enums import ACTION_OVER
from pips.enums import PlanStatus
from pips.models import DisciplinaryAction, Plan
from pips.services.closing import close_for_leaver
from pips.services.dates import refresh_plan_dates
from pips.services.discipline.delivery import expire_action
from pips.services.discipline.people import follow_people
from pips.services.handover import follow_reporting_line

logger = logging.getLogger(__name__)


@shared_task(name="pips.tasks.refresh_plan_states")
def refresh_plan_states() -> int:
    """Bring every open plan of every organization up to today; return how many changed their dates.

    Each plan has a transaction of its own, so one that fails holds up no other; doing it twice changes nothing.
    """
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        changed += refresh_organization(organization_id)
    return changed


def refresh_organization(organization_id: int) -> int:
    """Bring the open plans of one organization up to today; return how many changed their dates."""
    changed = 0
    with tenant_context(organization_id):
        keys = list(Plan.objects.exclude(status=PlanStatus.CLOSED).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        try:
            changed += refresh_one_plan(organization_id, key)
        except Exception:
            logger.exception("plan %s of organization %s was not refreshed", key, organization_id)
    return changed


def refresh_one_plan(organization_id: int, plan_id: int) -> bool:
    """Bring one plan up to today; return whether its dates changed."""
    with tenant_context(organization_id), transaction.atomic():
        plan = Plan.objects.select_related("employee", "manager").get(pk=plan_id)
        if close_for_leaver(plan=plan):
            return True
        follow_reporting_line(plan=plan)
        return refresh_plan_dates(plan=plan, announce=False)


@shared_task(name="pips.tasks.refresh_disciplinary_actions")
def refresh_disciplinary_actions() -> int:
    """Let actions expire on their day and follow the people, in every organization; return how many changed (rule 17).

    Each action has a transaction of its own, so one that fails holds up no other; doing it twice changes nothing.
    """
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        changed += refresh_actions_of(organization_id)
    return changed


def refresh_actions_of(organization_id: int) -> int:
    """Bring the actions of one organization up to today; return how many changed."""
    changed = 0
    with tenant_context(organization_id):
        keys = list(
            DisciplinaryAction.objects.exclude(status__in=ACTION_OVER).order_by("pk").values_list("pk", flat=True)
        )
    for key in keys:
        try:
            changed += refresh_one_action(organization_id, key)
        except Exception:
            logger.exception("disciplinary action %s of organization %s was not refreshed", key, organization_id)
    return changed


def refresh_one_action(organization_id: int, action_id: int) -> bool:
    """Bring one action up to today; return whether it changed."""
    with tenant_context(organization_id), transaction.atomic():
        action = DisciplinaryAction.objects.select_related("employee", "manager").get(pk=action_id)
        has_followed = follow_people(action=action)
        return expire_action(action=action) or has_followed
