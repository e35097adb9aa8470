"""Sections that other rooms put on the home page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reminders.registry import HomeSection

register = template.Library()


@register.simple_tag(takes_context=True)
def home_section(context: Context, section: HomeSection, values: Mapping[str, Any]) -> SafeString:
    """Render the inside of a registered section with its own values."""
    return render_to_string(section.template, {"section": section, **values}, request=context["request"])
