"""The first page: to the organization, to a choice of organizations, or to a page that says what to do."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.http import TenantRequest
from people.rules import is_hr_admin
from people.selectors.accounts import administered_organizations, memberships_of


@require_safe
@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead the user to their organization; choose where there are several, explain where there is none."""
    memberships = memberships_of(request.user)
    if len(memberships) == 1:
        return redirect(memberships[0].organization.get_absolute_url())
    template = "people/choose_organization.html" if memberships else "people/no_organization.html"
    return render(request, template, {"memberships": memberships})


@require_safe
def administration(request: TenantRequest) -> HttpResponse:
    """Open the administration of this organization."""
    if not is_hr_admin(request.member):
        raise PermissionDenied
    request.session["admin_organization_id"] = request.organization.pk
    return redirect(reverse("admin:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose_administration(request: HttpRequest) -> HttpResponse:
    """Let an HR admin of several organizations choose the one to administer."""
    choices = administered_organizations(request.user)
    if request.method != "POST":
        return render(request, "people/choose_administration.html", {"choices": choices})
    chosen = [choice.pk for choice in choices if str(choice.pk) == request.POST.get("organization")]
    if not chosen:
        raise PermissionDenied
    request.session["admin_organization_id"] = chosen[0]
    return redirect(reverse("admin:index"))
