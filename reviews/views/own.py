"""What a person has been reviewed in, and what they are asked to write."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import TenantRequest
from reviews.rules import has_reviews, reviews_others
from reviews.selectors.reviews import forms_to_write, own_reviews


@require_safe
def own(request: TenantRequest) -> HttpResponse:
    """Show the member's own reviews, the latest first, and the forms that wait for them."""
    if not has_reviews(request.member):
        raise PermissionDenied
    context = {
        "forms": forms_to_write(request.member),
        "reviews": own_reviews(request.member),
        "reviews_others": reviews_others(request.member),
    }
    return render(request, "reviews/own.html", context)
