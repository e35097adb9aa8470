"""The admin site: HR admins administer their own organization, operators the platform."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """Open to operators and to the HR admins of an organization."""

    site_header = _("PIPCycle administration")
    site_title = _("PIPCycle administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor is an operator or an HR admin inside their organization."""
        member = getattr(request, "member", None)
        is_hr_admin = member is not None and "hr_admin" in member.roles
        return bool(request.user.is_active and (getattr(request.user, "is_superuser", False) or is_hr_admin))


class PortalAdminConfig(AdminConfig):
    """Uses ``PortalAdminSite`` for ``django.contrib.admin``."""

    default_site = "pipcycle.admin_site.PortalAdminSite"
