"""What every page knows of its tenant."""

from typing import Any

from django.http import HttpRequest


def tenant(request: HttpRequest) -> dict[str, Any]:
    """Return the organization and the member of the request, both None outside a tenant."""
    return {
        "organization": getattr(request, "organization", None),
        "member": getattr(request, "member", None),
    }
