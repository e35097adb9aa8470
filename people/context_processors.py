"""What every page knows of its tenant."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from people.models import Organization
from people.selectors.accounts import organizations_of


def tenant(request: HttpRequest) -> dict[str, Any]:
    """Return the organization and the member of the request, both None outside a tenant, and the switcher's choices.

    ``organizations`` is read only by the pages that show it.
    """
    return {
        "organization": getattr(request, "organization", None),
        "member": getattr(request, "member", None),
        "organizations": SimpleLazyObject(lambda: _organizations(request)),
    }


def _organizations(request: HttpRequest) -> list[Organization]:
    user = getattr(request, "user", None)
    return organizations_of(user) if user is not None and user.is_authenticated else []
