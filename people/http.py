"""The request of a page inside an organization."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.models import Membership, Organization, User


class TenantRequest(HttpRequest):
    """What ``TenantMiddleware`` makes of a request under ``/o/<slug>/``; used for types only."""

    organization: Organization
    member: Membership
    user: User
    htmx: HtmxDetails


def wants_part(request: TenantRequest) -> bool:
    """Return whether htmx asks for a part of the page; going back in the browser needs the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
