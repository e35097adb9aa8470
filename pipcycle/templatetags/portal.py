"""Links to pages of the organization of the request: ``{% load portal %}``."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_url(context: Context, name: str, **kwargs: Any) -> str:
    """Return the path of a page of the organization: ``{% portal_url 'pips:plan_detail' plan_id=plan.pk %}``."""
    organization = context.get("organization") or context["request"].organization
    return reverse(name, kwargs={"organization_slug": organization.slug, **kwargs})
