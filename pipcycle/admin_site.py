"""The admin site: HR admins administer their own organization, operators the platform.

The tenant middleware opens the organization's context for every request below ``/admin/``, so lists, filters, choices,
autocompletes and actions hold that organization's rows only, by the manager and again by the database.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

HR_ADMIN = "hr_admin"
HR_ANALYST = "hr_analyst"


def member_has_role(request: HttpRequest, *roles: str) -> bool:
    """Return whether the member of the opened organization holds one of the roles."""
    member = getattr(request, "member", None)
    return member is not None and bool(member.is_active) and any(role in member.roles for role in roles)


def is_operator(request: HttpRequest) -> bool:
    """Return whether the visitor operates the platform."""
    return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


class PortalAdminSite(AdminSite):
    """Open to operators, and to the HR admins and HR analysts of the opened organization."""

    site_header = _("PIPCycle administration")
    site_title = _("PIPCycle administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor may enter; what is inside each model's admin decides."""
        if not request.user.is_active:
            return False
        return is_operator(request) or member_has_role(request, HR_ADMIN, HR_ANALYST)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Use the one sign-in page; who is signed in and may not enter is told so."""
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    def password_change(  # type: ignore[override]  # a redirect, not the admin's own page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Use the one page for a new password."""
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Name the organization that is administered."""
        return {**super().each_context(request), "administered": getattr(request, "organization", None)}


class PortalAdminConfig(AdminConfig):
    """Uses ``PortalAdminSite`` for ``django.contrib.admin``."""

    default_site = "pipcycle.admin_site.PortalAdminSite"
