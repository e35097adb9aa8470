"""Opening an organization on the platform."""

from django.db import transaction
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import Membership, Organization
from people.services.accounts import invite_member


def invite_first_administrator(*, organization: Organization, email: str) -> Membership:
    """Invite the HR admin of a new organization; for the operator, who sees nothing of it afterwards."""
    with tenant_context(organization.pk), transaction.atomic():
        return invite_member(actor=None, email=email, roles=[Role.HR_ADMIN])
