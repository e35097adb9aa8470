"""Background work of the reminders room: planning and delivering (the schedule is in ``pipcycle/celery.py``)."""

from celery import shared_task
from django_rls_tenants import tenant_context

from people.models import Organization
from reminders.services import delivery, planning


@shared_task
def plan_reminders() -> None:
    """Start the planning of every active organization, each in a task of its own: one that fails stops no other."""
    for organization_id in Organization.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        plan_organization.delay(organization_id)


@shared_task
def plan_organization(organization_id: int) -> None:
    """Write the digests that are due in one organization."""
    organization = Organization.objects.get(pk=organization_id)
    with tenant_context(organization.pk):
        planning.plan_reminders(organization=organization)


@shared_task
def deliver_messages() -> None:
    """Send what waits in the outboxes; ends by itself before the schedule starts the next."""
    delivery.deliver_messages()
