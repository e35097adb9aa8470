"""Addresses of pages inside an organization, for use outside templates."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from people.models import Organization


def portal_url(organization: Organization, name: str, **kwargs: Any) -> str:
    """Return the path of a page of the organization, as ``{% portal_url %}`` does in a template."""
    return reverse(name, kwargs={"organization_slug": organization.slug, **kwargs})


def absolute_url(path: str) -> str:
    """Return the path as an address that works in an e-mail."""
    return f"{settings.PUBLIC_URL}{path}"
