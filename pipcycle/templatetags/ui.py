"""Template tags and filters of the interface: ``{% load ui %}``."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.safestring import SafeString

from pipcycle.ui import demo, relative_time
from pipcycle.ui.icons import render_icon
from pipcycle.ui.navigation import NavigationSection, navigation_for

register = template.Library()

INITIALS = 2


@register.simple_tag
def icon(name: str, size: int = 18, extra_class: str = "") -> SafeString:
    """Render a lucide icon."""
    return render_icon(name, size, extra_class)


@register.filter
def html_attrs(attrs: Any) -> SafeString:
    """Return a component's remaining attributes, escaped (cotton's own output trusts them)."""
    remaining: Mapping[str, Any] = attrs.attrs_dict()
    return flatatt({name: value for name, value in remaining.items() if value is not None and value is not False})


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and last word: "Ada King Lovelace" is "AL"."""
    words = [word for word in str(name).replace(".", " ").split() if word[0].isalnum()]
    chosen = words if len(words) <= INITIALS else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


@register.filter
def relative_days(value: date | datetime) -> str:
    """Return "in 3 days", "today", "2 weeks ago"."""
    return relative_time.relative_days(value)


@register.filter
def due_words(value: date | datetime) -> str:
    """Return "Due in 3 days" or "2 days overdue"."""
    return relative_time.due_words(value)


@register.filter
def due_state(value: date | datetime) -> str:
    """Return the state of a deadline: danger, warning or neutral."""
    return relative_time.due_state(value)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Return whether the field is a single checkbox, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """Return each error of the form with the id of the control it belongs to, in field order."""
    links = [{"target": "", "message": str(error)} for error in form.non_field_errors()]
    for field in form:
        target = field.auto_id if field.use_fieldset else field.id_for_label or field.auto_id
        first = f"{field.auto_id}_0" if field.use_fieldset else target
        links.extend({"target": first, "message": f"{field.label}: {error}"} for error in field.errors)
    return links


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavigationSection]:
    """Return the rail of the member of the request, nothing outside an organization and for a guest of it."""
    request: HttpRequest | None = context.get("request")
    member, organization = getattr(request, "member", None), getattr(request, "organization", None)
    if request is None or member is None or member.is_guest or organization is None:
        return []
    return navigation_for(member=member, organization_slug=organization.slug, path=request.path)


@register.simple_tag(takes_context=True)
def sort_state(context: Context, name: str, parameter: str = "sort") -> dict[str, str]:
    """Return the ``aria-sort`` of a column now and the value that a click would ask for."""
    request: HttpRequest | None = context.get("request")
    current = request.GET.get(parameter, "") if request is not None else ""
    if current == name:
        return {"aria": "ascending", "next": f"-{name}", "icon": "arrow-up"}
    if current == f"-{name}":
        return {"aria": "descending", "next": name, "icon": "arrow-down"}
    return {"aria": "", "next": name, "icon": "arrow-down-up"}


@register.simple_tag
def page_numbers(page: Any) -> list[int | str]:
    """Return the page numbers to offer around the current one, with an ellipsis for each leap."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag(takes_context=True)
def sort_query(context: Context, value: str, parameter: str = "sort") -> str:
    """Return the query string that sorts by ``value`` from the first page on, keeping the filters."""
    return _changed_query(context, {"page": None, parameter: value})


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """Return the query string of another page of the same list."""
    return _changed_query(context, {"page": str(number)})


def _changed_query(context: Context, changes: Mapping[str, str | None]) -> str:
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def demo_sign_ins() -> list[dict[str, Any]]:
    """Return the demo organizations with their sign-ins, nothing outside a demo."""
    return demo.sign_ins()
