"""The path names the tenant: resolve it, check the membership, open the tenant context for the whole request."""

import re
import zoneinfo
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django_rls_tenants import tenant_context

from people.http import is_open_to_guests
from people.models import Membership, Organization
from people.selectors.accounts import admin_organization_of, member_for, member_time_zone, organization_by_slug

_PORTAL_PATH = re.compile(r"^/o/(?P<slug>[-\w]+)/")
_ADMIN_PATH = re.compile(r"^/admin/")


class TenantMiddleware:
    """A stranger gets 404, an anonymous visitor the sign-in page; the rest runs inside the tenant.

    A guest is a stranger everywhere but on the pages marked with ``open_to_guests``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request inside its organization's context, if its path names one."""
        request.organization = None  # type: ignore[attr-defined]  # set for every request, read by views and templates
        request.member = None  # type: ignore[attr-defined]  # likewise
        match = _PORTAL_PATH.match(request.path_info)
        if match:
            return self._serve_portal(request, match["slug"])
        if _ADMIN_PATH.match(request.path_info) and request.user.is_authenticated:
            organization = admin_organization_of(request.user, chosen_id=request.session.get("admin_organization_id"))
            if organization is not None:
                return self._serve_inside(request, organization)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> None:
        """Keep the short name out of the views' arguments: they read ``request.organization``. Keep guests out."""
        kwargs.pop("organization_slug", None)
        member: Membership | None = request.member  # type: ignore[attr-defined]  # see __call__
        if member is not None and member.is_guest and not is_open_to_guests(view):
            raise Http404

    def _serve_portal(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        organization = organization_by_slug(slug)
        if organization is None:
            raise Http404
        return self._serve_inside(request, organization)

    def _serve_inside(self, request: HttpRequest, organization: Organization) -> HttpResponseBase:
        with tenant_context(organization.pk):
            member: Membership | None = member_for(user=request.user, organization=organization)
            if member is None:
                raise Http404
            request.organization = organization  # type: ignore[attr-defined]  # see __call__
            request.member = member  # type: ignore[attr-defined]  # see __call__
            with timezone.override(zoneinfo.ZoneInfo(member_time_zone(member))):
                return self.get_response(request)
