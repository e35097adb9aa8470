"""Work of the documents room outside a request: ids in, the tenant opened here."""

from celery import shared_task
from django_rls_tenants import tenant_context

from documents.evidence import services
from people.models import Organization


@shared_task
def build_bundle(organization_id: int, bundle_id: int) -> None:
    """Build a bundle of evidence that waits."""
    with tenant_context(organization_id):
        services.build_bundle(bundle_id=bundle_id)


@shared_task
def resume_bundles() -> None:
    """Hand out again what a killed worker left behind, and erase what has expired, in every organization."""
    for organization_id in Organization.objects.filter(is_active=True).values_list("pk", flat=True):
        with tenant_context(organization_id):
            services.resume_bundles()
