"""The request of a page inside an organization, and the pages a guest may open."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Membership, Organization, User


class TenantRequest(HttpRequest):
    """What ``TenantMiddleware`` makes of a request under ``/o/<slug>/``; used for types only."""

    organization: Organization
    member: Membership
    user: User
    htmx: HtmxDetails


def open_to_guests[View: Callable[..., Any]](view: View) -> View:
    """Let a guest reach the page, whose own rules then decide; the tenant middleware refuses them every other one."""
    view.open_to_guests = True  # type: ignore[attr-defined]  # read by ``is_open_to_guests``
    return view


def is_open_to_guests(view: Callable[..., Any]) -> bool:
    """Return whether the page is one of the few a guest may reach."""
    return getattr(view, "open_to_guests", False)


def wants_part(request: TenantRequest) -> bool:
    """Return whether htmx asks for a part of the page; going back in the browser needs the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
