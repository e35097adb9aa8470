"""Batches of observations: where figures came from, and taking a batch back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metrics.enums import BatchKind
from metrics.forms.uploads import TakingBackForm
from metrics.rules import can_manage_observations
from metrics.selectors.uploads import batch_for, batches_visible_to, corrections_of, sample_of, taking_back_counts
from metrics.services.observations import take_back_batch
from people.addresses import portal_url
from people.http import TenantRequest
from pipcycle.errors import DomainError

PAGE_SIZE = 50
UNPROCESSABLE = 422


def _require_right(request: TenantRequest) -> None:
    if not can_manage_observations(request.member):
        raise PermissionDenied


@require_safe
def batch_list(request: TenantRequest) -> HttpResponse:
    """List every batch, those of one source if asked for."""
    _require_right(request)
    kind = request.GET.get("kind", "")
    page = Paginator(batches_visible_to(request.member, kind=kind), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "kind": kind, "kinds": [choice for choice in BatchKind.choices if choice[0] != "demo"]}
    return render(request, "metrics/batches/batch_list.html", context)


@require_safe
def batch(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Show what a batch brought and changed."""
    _require_right(request)
    found = batch_for(request.member, batch_id)
    context = {
        "batch": found,
        "sample": sample_of(request.member, found),
        "corrections": corrections_of(request.member, found),
    }
    return render(request, "metrics/batches/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_taking_back(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Say what taking the batch back would do, ask for the reason, then do it."""
    _require_right(request)
    found = batch_for(request.member, batch_id)
    to_batch = portal_url(request.organization, "metrics:batch", batch_id=found.pk)
    if found.taken_back_at:
        return redirect(to_batch)
    form = TakingBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = take_back_batch(actor=request.member, batch=found, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The batch is taken back: %(count)s figures have changed.") % {"count": count})
            return redirect(to_batch)
    context = {"batch": found, "form": form, **taking_back_counts(found)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/batches/batch_taking_back.html", context, status=status)
