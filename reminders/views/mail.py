"""What became of the organization's mail."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.addresses import portal_url
from people.http import TenantRequest
from reminders.rules import can_view_mail
from reminders.selectors import mail_counts, messages_in_trouble, owners_without_address
from reminders.services.outbox import retry_given_up

PAGE_SIZE = 25
COUNTED_SINCE = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: TenantRequest) -> HttpResponse:
    """Show what did not arrive and whom mail cannot reach; a POST sends what was given up again."""
    member = request.member
    if not can_view_mail(member):
        raise PermissionDenied
    if request.method == "POST":
        count = retry_given_up(actor=member)
        words = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
        messages.success(request, words % {"count": count})
        return redirect(portal_url(request.organization, "reminders:mail"))
    page = Paginator(messages_in_trouble(member), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "counts": mail_counts(member, since=timezone.now() - COUNTED_SINCE),
        "unreachable": owners_without_address(member),
    }
    return render(request, "reminders/mail.html", context)
