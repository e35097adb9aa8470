"""What time does to check-ins and to questions for feedback."""

import logging

from celery import shared_task
from django_rls_tenants import tenant_context

from feedback.services.requests import end_questions_of_leavers
from feedback.services.series import follow_the_people
from people.models import Organization

logger = logging.getLogger(__name__)


@shared_task(name="feedback.tasks.follow_reporting_lines")
def follow_reporting_lines() -> int:
    """Hand check-ins to whoever manages the person now, in every organization; return how many series changed."""
    changed = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                changed += follow_the_people()
        except Exception:
            logger.exception("check-ins were not handed on in organization %s", organization_id)
    return changed


@shared_task(name="feedback.tasks.end_questions")
def end_questions() -> int:
    """Take back what people who have left asked or are asked, in every organization; return how many questions."""
    ended = 0
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        try:
            with tenant_context(organization_id):
                ended += end_questions_of_leavers()
        except Exception:
            logger.exception("questions of leavers were not ended in organization %s", organization_id)
    return ended
