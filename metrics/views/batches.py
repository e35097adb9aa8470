"""Batches of observations: where figures came from, and taking a batch back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metrics.filters import BatchFilter, ordered_batches
from metrics.forms.uploads import TakingBackForm
from metrics.models import ObservationBatch
from metrics.rules import can_manage_observations
from metrics.selectors.uploads import batch_for, batches_visible_to, corrections_of, sample_of, taking_back_counts
from metrics.services.observations import take_back_batch
from people.addresses import portal_url
from people.http import TenantRequest, wants_part
from people.services.audit import record_access
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 50
UNPROCESSABLE = 422


def _require_right(request: TenantRequest) -> None:
    if not can_manage_observations(request.member):
        raise PermissionDenied


@require_safe
def batch_list(request: TenantRequest) -> HttpResponse:
    """List the batches, narrowed and sorted as they were last left."""
    _require_right(request)
    remembered = remembered_query(request, key=f"batches:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen, batches = _chosen(request)
    context = {
        "page": Paginator(batches, PAGE_SIZE).get_page(request.GET.get("page")),
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in BatchFilter.base_filters),
        "query": request.GET.urlencode(),
    }
    template = "metrics/batches/batch_list.html"
    return render(request, f"{template}#results" if wants_part(request) else template, context)


@require_safe
def batch_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, with the same filters; the export is on the record."""
    _require_right(request)
    _filter, batches = _chosen(request)
    record_access(member=request.member, about_type="observation batch", about_id="list", action="export")
    headings = [
        _("Batch"), _("Source"), _("When"), _("By"), _("New"), _("Corrected"), _("Unchanged"), _("Refused"),
        _("Taken back"), _("Why it was taken back"),
    ]  # fmt: skip
    rows = batches.iterator(chunk_size=2000)
    return csv_response(
        filename=f"batches-{request.organization.slug}.csv", headings=headings, rows=(_csv_row(one) for one in rows)
    )


def _chosen(request: TenantRequest) -> tuple[BatchFilter, QuerySet[ObservationBatch]]:
    chosen = BatchFilter(request.GET, queryset=batches_visible_to(request.member), request=request)
    return chosen, ordered_batches(chosen.qs, request.GET.get("sort", ""))


def _csv_row(found: ObservationBatch) -> tuple[Any, ...]:
    return (
        found.title,
        found.get_kind_display(),
        _minute(found.created_at),
        found.created_by or "",
        found.new_count,
        found.corrected_count,
        found.unchanged_count,
        found.refused_count,
        _minute(found.taken_back_at) if found.taken_back_at else "",
        found.taken_back_reason,
    )


def _minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@require_safe
def batch(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Show what a batch brought and changed."""
    _require_right(request)
    found = batch_for(request.member, batch_id)
    corrections = list(corrections_of(request.member, found))
    context = {
        "batch": found,
        "sample": sample_of(request.member, found),
        "corrections": corrections,
        "has_reasons": any(correction.reason for correction in corrections),
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
