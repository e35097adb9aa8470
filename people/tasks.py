"""Work of the people room outside a request: ids in, the tenant opened here."""

from celery import shared_task
from django_rls_tenants import tenant_context

from people.models import Membership, Organization
from people.services import upload_run
from people.services.invitations import write_invitation
from people.services.leave_status import refresh_leave_statuses


@shared_task
def send_invitation_mail(*, organization_id: int, membership_id: int) -> None:
    """Send a member the mail that tells how to sign in."""
    with tenant_context(organization_id):
        membership = Membership.objects.select_related("user", "organization").get(pk=membership_id)
        write_invitation(membership).send()


@shared_task
def refresh_leave_status() -> None:
    """Let the status of everyone follow the leave dates, in every organization."""
    for organization in Organization.objects.filter(is_active=True):
        with tenant_context(organization.pk):
            refresh_leave_statuses(organization=organization)


@shared_task
def run_import(organization_id: int, batch_id: int) -> None:
    """Check or apply an uploaded file, whichever it waits for."""
    with tenant_context(organization_id):
        upload_run.run_import(batch_id=batch_id)


@shared_task
def resume_imports() -> None:
    """Hand out again the imports that a killed worker or a forgetful broker left behind, in every organization."""
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        with tenant_context(organization_id):
            upload_run.resume_imports()
