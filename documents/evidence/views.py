"""Bundles of evidence for HR: ask for one, watch it being built, take it away."""

import tempfile

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from documents.evidence.access import bundle_for, bundles_about, employee_to_prove, pieces_of
from documents.evidence.forms import BundleForm
from documents.evidence.progress import position_of
from documents.evidence.services import KEPT_DAYS, request_bundle
from documents.registry import bundle_subjects
from people.http import TenantRequest
from pipcycle.errors import DomainError

UNPROCESSABLE = 422
LISTED = 50
_DISK_AFTER = 4 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Ask for a bundle about the employee; see those asked for before."""
    employee = employee_to_prove(request.member, employee_id)
    subjects = bundle_subjects(request.member, employee)
    form = BundleForm(request.POST.dict() if request.method == "POST" else None, subjects=subjects)
    if form.is_valid():
        try:
            bundle = request_bundle(
                actor=request.member,
                employee=employee,
                purpose=form.cleaned_data["purpose"],
                subject=form.chosen_subject(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(bundle.get_absolute_url())
    bundles = list(bundles_about(employee)[:LISTED])
    context = {"employee": employee, "form": form, "bundles": bundles, "kept_days": KEPT_DAYS}
    return render(request, "documents/evidence/list.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def bundle(request: TenantRequest, bundle_id: int) -> HttpResponse:
    """Show how far a bundle is, or what it holds and how to check it."""
    found = bundle_for(request.member, bundle_id)
    if found.is_under_way:
        done, total = position_of(found)
        percent = None if total is None else 100 * done // max(total, 1)
        partial = "#progress" if request.htmx else ""
        context = {"bundle": found, "done": done, "total": total, "percent": percent}
        response = render(request, f"documents/evidence/running.html{partial}", context)
    elif request.htmx and request.htmx.target == "bundle-progress":  # it was under way when the page was drawn
        return HttpResponse(headers={"HX-Refresh": "true"})
    else:
        response = render(request, "documents/evidence/detail.html", {"bundle": found, "kept_days": KEPT_DAYS})
    add_never_cache_headers(response)
    return response


@require_safe
def bundle_file(request: TenantRequest, bundle_id: int) -> FileResponse:
    """Hand over the ZIP file; the download is on the record."""
    found = bundle_for(request.member, bundle_id)
    pieces = pieces_of(request.member, found)
    stream = tempfile.SpooledTemporaryFile(max_size=_DISK_AFTER)  # noqa: SIM115  # the response closes it
    for piece in pieces:
        stream.write(piece)
    stream.seek(0)
    name = (
        f"evidence-{slugify(found.employee.number) or found.employee_id}-{found.requested_at:%Y-%m-%d}-{found.pk}.zip"
    )
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
