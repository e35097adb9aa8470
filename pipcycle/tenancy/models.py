"""The one base model of every tenant table."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django_rls_tenants import RLSConstraint, RLSProtectedModel
from django_rls_tenants.tenants.state import get_current_tenant_id

from pipcycle.tenancy.keys import TenantKey


def current_organization_id() -> int | None:
    """Return the organization of the open tenant context, or None outside one (the database then refuses the row)."""
    tenant_id = get_current_tenant_id()
    return None if tenant_id is None else int(tenant_id)


def tenant_policy() -> RLSConstraint:
    """Return the row-level policy every table with an organization column carries."""
    return RLSConstraint(
        field="organization",
        tenant_pk_type="bigint",
        name="%(app_label)s_%(class)s_policy",
    )


class TenantModel(RLSProtectedModel):  # type: ignore[misc]  # the library exports it without a type
    """A row of one organization: policy, key for same-tenant references, organization filled from the context."""

    if TYPE_CHECKING:  # the library's manager forgets whose rows it returns
        objects: ClassVar[models.Manager[Self]]

    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
        default=current_organization_id,
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            tenant_policy(),
            TenantKey(fields=["organization", "id"], name="%(app_label)s_%(class)s_tenant_key"),
        ]
