"""The bases of the administration's models: a tenant's own rows, and the platform's.

The tenant middleware opens the organization's context for every request below ``/admin/``, so lists, filters, choices,
autocompletes and actions hold that organization's rows only, by the manager and again by the database.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import ModelAdmin, ShowFacets, TabularInline
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pipcycle.admin_site import HR_ADMIN, is_operator, member_has_role

if TYPE_CHECKING:
    AnyModelAdmin = ModelAdmin[Any]
    AnyTabularInline = TabularInline[Any, Any]
else:  # the classes are generic in their stubs only
    AnyModelAdmin = ModelAdmin
    AnyTabularInline = TabularInline

MOST_EVENTS = 200


class _TenantPermissions:
    """Rights come from the role in the opened organization, never from Django's permissions or a staff flag."""

    roles: ClassVar[tuple[str, ...]] = (HR_ADMIN,)
    is_read_only: ClassVar[bool] = False
    may_delete: ClassVar[bool] = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the member may see the models at all."""
        return member_has_role(request, *self.roles)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the member may look."""
        return member_has_role(request, *self.roles)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the member may add."""
        return not self.is_read_only and member_has_role(request, *self.roles)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the member may change."""
        return not self.is_read_only and member_has_role(request, *self.roles)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the member may delete."""
        return self.may_delete and not self.is_read_only and member_has_role(request, *self.roles)


class TenantModelAdmin(_TenantPermissions, AnyModelAdmin):
    """The base of every admin of a tenant model.

    Django's log of the admin is one table for all tenants, so nothing of a tenant is written to it: the tracked models
    keep their history under the tenant's own policy, and ``history_view`` shows that.
    """

    show_facets = ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows of the opened organization; without the right there is nothing to query."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().get_queryset(request)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Write nothing; see the class."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Write nothing; see the class."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """Write nothing; see the class."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the recorded changes of the object."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        events = getattr(obj, "events", None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": obj},
            "opts": self.opts,
            "object": obj,
            "is_tracked": events is not None,
            "events": [] if events is None else events.order_by("-pgh_created_at", "-pgh_id")[:MOST_EVENTS],
            **(extra_context or {}),
        }
        return render(request, "admin/tenant_history.html", context)


class TenantInline(_TenantPermissions, AnyTabularInline):
    """Rows of a tenant model inside the form of another."""

    extra = 0


class OperatorModelAdmin(AnyModelAdmin):
    """The base of the few models an operator administers: the platform's own, without tenant content."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor is an operator."""
        return is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the visitor is an operator."""
        return is_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor is an operator."""
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the visitor is an operator."""
        return is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: what has content is closed, not deleted."""
        return False
