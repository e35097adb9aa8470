"""Downloading a sealed document, and verifying one that somebody holds."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms import VerifyForm
from documents.selectors import document_for, verify_hash
from documents.throttle import is_too_often
from people.http import TenantRequest, open_to_guests
from pipcycle.exports import file_response

#: Checks one address may make within ten minutes.
VERIFY_LIMIT = 30
VERIFY_WINDOW_SECONDS = 600


@open_to_guests
@require_safe
def document_download(request: TenantRequest, document_id: uuid.UUID) -> HttpResponse:
    """Hand over the sealed file to whoever may read it; the reading is on the record."""
    document = document_for(request.member, document_id)
    filename = f"{slugify(document.title) or 'document'}-v{document.version}.pdf"
    return file_response(filename=filename, content_type="application/pdf", content=bytes(document.content))


@require_http_methods(["GET", "HEAD", "POST"])
def verify_document(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """Tell a person who holds a file whether it is the sealed document; nobody learns a name."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context = {"form": form, "document_id": document_id, "is_checked": False, "seal": None}
    status = 200
    if request.method == "POST":
        if is_too_often(request, action="verify", limit=VERIFY_LIMIT, seconds=VERIFY_WINDOW_SECONDS):
            form.add_error(None, _("Too many checks from your address. Wait ten minutes, then try again."))
            status = 429
        elif form.is_valid():
            context |= {"is_checked": True, "seal": verify_hash(document_id, form.digest())}
        else:
            status = 422
    response = render(request, "documents/verify.html", context, status=status)
    add_never_cache_headers(response)
    return response
