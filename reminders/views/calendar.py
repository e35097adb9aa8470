"""The member's own calendar: the page on which its address is made and ended, what it gives, and where it leads."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from django_rls_tenants import tenant_context

from people.addresses import absolute_url, portal_url
from people.http import TenantRequest
from reminders.calendar.address import organization_of
from reminders.calendar.feed import feed_of
from reminders.registry import kind_for
from reminders.selectors import address_of, address_with, is_open_organization, own_obligation
from reminders.services.calendar import make_address, note_reading, revoke_address

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def calendar(request: TenantRequest) -> HttpResponse:
    """Say whether the member's calendar can be read from outside, and since when; the address itself is not kept."""
    return render(request, "reminders/calendar.html", {"address": address_of(request.member)})


@sensitive_variables("secret", "link", "context")
@never_cache
@_ask_or_act
def calendar_address(request: TenantRequest) -> HttpResponse:
    """Make the address and show it, this once; where there is one already, ask first."""
    if request.method != "POST":
        address = address_of(request.member)
        if address is None:
            return redirect(portal_url(request.organization, "reminders:calendar"))
        return render(request, "reminders/calendar_replacement.html", {"address": address})
    secret = make_address(actor=request.member)
    link = absolute_url(reverse("calendar_feed", kwargs={"secret": secret}))
    context = {"link": link, "subscription": link.replace("https://", "webcal://").replace("http://", "webcal://")}
    return render(request, "reminders/calendar_made.html", context)


@_ask_or_act
def calendar_revocation(request: TenantRequest) -> HttpResponse:
    """Ask, then end the address."""
    page = portal_url(request.organization, "reminders:calendar")
    if request.method != "POST":
        address = address_of(request.member)
        if address is None:
            return redirect(page)
        return render(request, "reminders/calendar_revocation.html", {"address": address})
    if revoke_address(actor=request.member):
        messages.success(request, _("The address is revoked. Calendars that read it find nothing any more."))
    return redirect(page)


@require_safe
def due(request: TenantRequest, obligation_id: int) -> HttpResponse:
    """Lead from an entry of the calendar to where the thing is done."""
    obligation = own_obligation(request.member, obligation_id)
    if obligation is None:
        raise Http404
    return redirect(kind_for(obligation.kind).url(obligation))


@sensitive_variables("secret")
@never_cache
@require_safe
def calendar_feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever holds its address; any other address is unknown."""
    organization_id = organization_of(secret)
    if organization_id is None or not is_open_organization(organization_id):
        raise Http404
    with tenant_context(organization_id):
        address = address_with(secret)
        if address is None:
            raise Http404
        text = feed_of(address.member)
        note_reading(address=address)
    headers = {
        "Content-Disposition": 'inline; filename="pipcycle.ics"',
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8", headers=headers)
