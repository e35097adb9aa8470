"""The import wizard: upload, columns, check, apply, report. HR admins only."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.addresses import portal_url
from people.enums import ImportStatus, RowOutcome
from people.http import TenantRequest
from people.import_forms import ColumnsForm, UploadForm
from people.imports.errors import FileRefused
from people.imports.fields import field_label
from people.imports.findings import KINDS, describe
from people.models import ImportBatch
from people.rules import can_import_people
from people.selectors.imports import finding_counts, import_for, imports_visible_to, report_rows, rows_of
from people.services import imports, uploads
from people.services.import_progress import position_of
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response

PAGE_SIZE = 50
LISTED_IMPORTS = 20
UNPROCESSABLE = 422
CONFLICT = 409


def _require_importer(request: TenantRequest) -> None:
    if not can_import_people(request.member):
        raise PermissionDenied


def _to(request: TenantRequest, name: str, batch: ImportBatch) -> HttpResponse:
    return redirect(portal_url(request.organization, f"people:{name}", batch_id=batch.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: TenantRequest) -> HttpResponse:
    """Upload a file; see the last imports."""
    _require_importer(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            batch = imports.upload_file(
                actor=request.member, filename=upload.name or "", stream=upload.file, size=upload.size or 0
            )
        except FileRefused as refusal:
            form.add_error("upload", str(refusal.message))
        else:
            return _to(request, "import_columns", batch)
    context = {"form": form, "batches": imports_visible_to(request.member)[:LISTED_IMPORTS]}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "people/imports/import_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Choose what each column means, then have the file checked."""
    _require_importer(request)
    batch = import_for(request.member, batch_id)
    if batch.is_running or batch.status == ImportStatus.APPLIED:
        return _to(request, "import_detail", batch)
    form = ColumnsForm(request.POST if request.method == "POST" else None, batch=batch)
    if form.is_valid():
        try:
            imports.choose_columns(
                actor=request.member,
                batch=batch,
                columns=form.chosen_columns(),
                date_order=form.chosen_order(),
            )
            uploads.start_check(actor=request.member, batch=batch)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to(request, "import_detail", batch)
    context = {"batch": batch, "form": form, "columns": form.columns()}
    return render(request, "people/imports/import_columns.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def import_detail(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Show how far the import is, what it would do, or what it did."""
    _require_importer(request)
    batch = import_for(request.member, batch_id)
    if batch.status == ImportStatus.UPLOADED:
        return _to(request, "import_columns", batch)
    if batch.is_running:
        return _progress(request, batch)
    if request.htmx and request.htmx.target == "import-progress":  # it was running when the page was drawn
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"batch": batch, **_report_context(request, batch)}
    partial = "#rows" if request.htmx else ""
    return render(request, f"people/imports/import_detail.html{partial}", context)


def _progress(request: TenantRequest, batch: ImportBatch) -> HttpResponse:
    partial = "#progress" if request.htmx else ""
    context = {"batch": batch, "position": position_of(batch)}
    return render(request, f"people/imports/import_running.html{partial}", context)


def _report_context(request: TenantRequest, batch: ImportBatch) -> dict[str, Any]:
    outcome, code = request.GET.get("outcome", ""), request.GET.get("finding", "")
    page = Paginator(rows_of(batch, outcome=outcome, code=code), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = batch.summary.get("outcomes", {})
    return {
        "page": page,
        "outcome": outcome if outcome in RowOutcome.values else "",
        "finding": KINDS[code].title if code in KINDS else "",
        "outcomes": [(choice.value, choice.label, counts.get(choice.value, 0)) for choice in RowOutcome],
        "findings": [(code, KINDS[code].title, level.value, count) for code, level, count in finding_counts(batch)],
        "assumed_dates": [
            field_label(key)
            for key, order in batch.summary.get("date_orders", {}).items()
            if order["certainty"] in ("assumed", "mixed")
        ],
        "writes": counts.get(RowOutcome.CREATED, 0) + counts.get(RowOutcome.UPDATED, 0),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def import_application(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Ask once more, then have the checked file applied."""
    _require_importer(request)
    batch = import_for(request.member, batch_id)
    if request.method != "POST" and batch.status != ImportStatus.CHECKED:
        return _to(request, "import_detail", batch)
    refusal = None
    if request.method == "POST":
        try:
            uploads.start_applying(actor=request.member, batch=batch)
        except DomainError as error:
            refusal = error
        else:
            return _to(request, "import_detail", batch)
    context = {"batch": batch, "refusal": refusal, **_report_context(request, batch)}
    return render(request, "people/imports/import_application.html", context, status=CONFLICT if refusal else 200)


@require_POST
def import_removal(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Delete a file that was not applied."""
    _require_importer(request)
    batch = import_for(request.member, batch_id)
    try:
        uploads.discard_upload(actor=request.member, batch=batch)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _to(request, "import_detail", batch)
    messages.success(request, _("The file “%(name)s” is deleted. Nobody was changed.") % {"name": batch.filename})
    return redirect(portal_url(request.organization, "people:import_list"))


@require_safe
def import_report(request: TenantRequest, batch_id: int) -> HttpResponse:
    """Download what became of every row."""
    _require_importer(request)
    batch = import_for(request.member, batch_id)
    rows = (
        (
            row.line,
            row.number,
            row.name,
            row.get_outcome_display(),
            "\n".join(describe(finding) for finding in row.findings),
        )
        for row in report_rows(batch)
    )
    return csv_response(
        filename=f"import-{batch.pk}-{slugify(batch.filename) or 'report'}.csv",
        headings=[_("Line"), _("Number"), _("Name"), _("Outcome"), _("Remarks")],
        rows=rows,
    )
