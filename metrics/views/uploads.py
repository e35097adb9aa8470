"""The upload wizard of figures: upload, columns, check, apply, report. HR partners and HR admins."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metrics.forms.uploads import MeaningsForm, UploadForm
from metrics.rules import can_manage_observations
from metrics.selectors.uploads import refused_rows, report_rows, upload_for, uploads_visible_to
from metrics.services.uploads import choose_meanings, named_metrics, upload_observations
from metrics.uploads.columns import Choice
from metrics.uploads.report import finding_counts, notes_of, reason_title, remarks_of
from people.addresses import portal_url
from people.enums import ImportStatus
from people.http import TenantRequest
from people.imports.errors import FileRefused
from people.models import ImportBatch
from people.services import uploads
from people.services.import_progress import position_of
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response

PAGE_SIZE = 50
LISTED_UPLOADS = 20
UNPROCESSABLE, CONFLICT = 422, 409


def _require_right(request: TenantRequest) -> None:
    if not can_manage_observations(request.member):
        raise PermissionDenied


def _to(request: TenantRequest, name: str, batch: ImportBatch) -> HttpResponse:
    return redirect(portal_url(request.organization, f"metrics:{name}", batch_id=batch.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def upload_list(request: TenantRequest) -> HttpResponse:
    """Upload a file; see the last files."""
    _require_right(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            batch = upload_observations(
                actor=request.member, filename=upload.name or "", stream=upload.file, size=upload.size or 0
            )
        except FileRefused as refusal:
            form.add_error("upload", str(refusal.message))
        else:
            return _to(request, "upload_columns", batch)
    context = {
        "form": form,
        "batches": uploads_visible_to(request.member)[:LISTED_UPLOADS],
        "has_metrics": bool(named_metrics()),
        "limit": settings.IMPORT_MAX_BYTES // 1_000_000,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/uploads/upload_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_columns(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Choose what each column means, then have the file checked."""
    _require_right(request)
    batch = upload_for(request.member, batch_id)
    if batch.is_running or batch.status == ImportStatus.APPLIED:
        return _to(request, "upload_detail", batch)
    form = MeaningsForm(request.POST if request.method == "POST" else None, batch=batch, metrics=named_metrics())
    if form.is_valid():
        try:
            choose_meanings(actor=request.member, batch=batch, choice=form.choice())
            uploads.start_check(actor=request.member, batch=batch)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to(request, "upload_detail", batch)
    context = {"batch": batch, "form": form, "columns": form.columns()}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "metrics/uploads/upload_columns.html", context, status=status)


@require_safe
def upload_detail(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Show how far the file is, what it would record, or what it did."""
    _require_right(request)
    batch = upload_for(request.member, batch_id)
    if batch.status == ImportStatus.UPLOADED:
        return _to(request, "upload_columns", batch)
    if batch.is_running:
        partial = "#progress" if request.htmx else ""
        context = {"batch": batch, "position": position_of(batch)}
        return render(request, f"metrics/uploads/import_running.html{partial}", context)
    if request.htmx and request.htmx.target == "import-progress":  # it was running when the page was drawn
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"batch": batch, **_report_context(request, batch), **_links(request, batch)}
    return render(request, "metrics/uploads/upload_detail.html", context)


def _links(request: TenantRequest, batch: ImportBatch) -> dict[str, Any]:
    recorded = getattr(batch, "observation_batch", None)
    if recorded is None:
        return {}
    return {"observation_batch_url": portal_url(request.organization, "metrics:batch", batch_id=recorded.pk)}


def _report_context(request: TenantRequest, batch: ImportBatch) -> dict[str, Any]:
    code = request.GET.get("finding", "")
    page = Paginator(refused_rows(batch, code=code), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = batch.summary.get("counts", {})
    is_strict = Choice.from_json(batch.mapping).is_strict
    writes = counts.get("new", 0) + counts.get("corrected", 0)
    return {
        "page": page,
        "lines": [{**vars(row), "employee": row.employee, "remarks": remarks_of(row)} for row in page],
        "finding": reason_title(code) if code else "",
        "findings": finding_counts(batch),
        "notes": notes_of(batch),
        "counts": counts,
        "writes": writes,
        "is_strict": is_strict,
        "can_apply": writes and not (is_strict and counts.get("refused", 0)),
        "is_order_assumed": any(note["code"] == "day_order_assumed" for note in batch.summary.get("remarks", [])),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def upload_application(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Ask once more, then have the checked file recorded."""
    _require_right(request)
    batch = upload_for(request.member, batch_id)
    if request.method != "POST" and batch.status != ImportStatus.CHECKED:
        return _to(request, "upload_detail", batch)
    refusal = None
    if request.method == "POST":
        try:
            uploads.start_applying(actor=request.member, batch=batch)
        except DomainError as error:
            refusal = error
        else:
            return _to(request, "upload_detail", batch)
    context = {"batch": batch, "refusal": refusal, **_report_context(request, batch)}
    return render(request, "metrics/uploads/upload_application.html", context, status=CONFLICT if refusal else 200)


@require_POST
def upload_removal(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Delete a file that was not recorded."""
    _require_right(request)
    batch = upload_for(request.member, batch_id)
    try:
        uploads.discard_upload(actor=request.member, batch=batch)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _to(request, "upload_detail", batch)
    messages.success(request, _("The file “%(name)s” is deleted. No figure was changed.") % {"name": batch.filename})
    return redirect(portal_url(request.organization, "metrics:upload_list"))


@require_safe
def upload_report(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Download every refused row with its reason."""
    _require_right(request)
    batch = upload_for(request.member, batch_id)
    rows = (
        (row.line, row.number, remark["metric"], remark["day"], remark["value"], remark["sentence"])
        for row in report_rows(batch)
        for remark in remarks_of(row)
    )
    return csv_response(
        filename=f"figures-{batch.pk}-{slugify(batch.filename) or 'report'}.csv",
        headings=[_("Line"), _("Employee"), _("Metric"), _("Date"), _("Value"), _("Reason")],
        rows=rows,
    )
