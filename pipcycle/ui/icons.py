"""Icons of the ``lucide`` package as inline SVG, rendered once per name and size."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@cache
def render_icon(name: str, size: int = 18, extra_class: str = "") -> SafeString:
    """Return the icon, hidden from assistive technology: the word beside it says what it means."""
    css_class = f"icon {extra_class}".strip()
    svg = lucide(str(name) + "", size=size, **{"class": css_class, "aria-hidden": "true", "focusable": "false"})
    return mark_safe(svg)  # noqa: S308  # markup of the installed icon package, our own attributes
