"""Notes that save themselves while one types: the shared ones, and each one's own that nobody else ever reads."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.models import CheckIn, PrivateNote
from feedback.selectors.check_ins import check_in_for
from feedback.selectors.private_notes import has_private_note, private_notes_of
from feedback.services.notes import Saved, erase_private_note, save_private_note, save_shared_notes
from feedback.services.notices import other_of
from people.addresses import portal_url
from people.asking import CONFLICT
from people.http import TenantRequest, wants_part
from people.models import Membership
from pipcycle.errors import DomainError
from pipcycle.exports import file_response


@require_POST
def check_in_notes(request: TenantRequest, check_in_id: int) -> HttpResponse:
    """Save the shared notes; words the other has written meanwhile stay beside them."""
    found = check_in_for(request.member, check_in_id)
    body, base = request.POST.get("body", ""), request.POST.get("base", "")
    try:
        saved = save_shared_notes(actor=request.member, check_in=found, body=body, base=base)
    except DomainError as refusal:
        return _refused(request, found, body, refusal, "notes")
    return _saved(request, found, saved, body, "notes")


@sensitive_post_parameters()
@sensitive_variables("body", "base", "saved")
@never_cache
@require_POST
def check_in_private(request: TenantRequest, check_in_id: int) -> HttpResponse:
    """Save what the member writes for themself alone."""
    found = check_in_for(request.member, check_in_id)
    body, base = request.POST.get("body", ""), request.POST.get("base", "")
    try:
        saved = save_private_note(actor=request.member, check_in=found, body=body, base=base)
    except DomainError as refusal:
        return _refused(request, found, body, refusal, "private")
    return _saved(request, found, saved, body, "private")


@never_cache
@require_safe
def private_notes(request: TenantRequest) -> HttpResponse:
    """Show the member everything they have written for themself, also of check-ins that have ended."""
    notes = [
        {"note": note, "other": other_of(note.check_in.series, request.member)}
        for note in private_notes_of(request.member)
    ]
    return render(request, "feedback/check_ins/private_notes.html", {"notes": notes})


@sensitive_variables("notes", "parts", "text")
@never_cache
@require_safe
def private_notes_export(request: TenantRequest) -> HttpResponse:
    """Hand the member all they have written for themself as one text, made while they ask and kept nowhere.

    It is on no record: that somebody keeps notes is as much their own as what is in them.
    """
    notes = private_notes_of(request.member, most=None)
    parts = [f"{_heading(request.member, note)}\n\n{note.body.strip()}\n" for note in notes]
    text = "\n\n".join(parts) or _("You have written nothing for yourself.") + "\n"
    name = f"private-notes-{request.organization.slug}.txt"
    return file_response(filename=name, content_type="text/plain; charset=utf-8", content=text.encode())


def _heading(member: Membership, note: PrivateNote) -> str:
    other = other_of(note.check_in.series, member).full_name
    day = date_format(note.check_in.planned_on, "j F Y")
    heading = _("Check-in with %(name)s, %(day)s") % {"name": other, "day": day}
    return f"{heading}\n{'-' * len(heading)}"


@require_http_methods(["GET", "HEAD", "POST"])
def private_note_erasure(request: TenantRequest, note_id: int) -> HttpResponse:
    """Erase one of the member's own private notes, after asking; of somebody else's there is nothing to be found."""
    if request.method != "POST":
        if not has_private_note(request.member, note_id):
            raise Http404
        return render(request, "feedback/check_ins/private_note_erasure.html")
    if not erase_private_note(actor=request.member, note_id=note_id):
        raise Http404
    messages.success(request, _("The note is erased."))
    return redirect(portal_url(request.organization, "feedback:private_notes"))


@sensitive_variables("saved", "body", "context")
def _saved(request: TenantRequest, found: CheckIn, saved: Saved, body: str, part: str) -> HttpResponse:
    if wants_part(request):
        context: dict[str, Any] = {"check_in": found, "part": part, "base": body, "is_merged": saved.is_merged}
        return render(request, "feedback/check_ins/_notes_saved.html", context)
    messages.success(request, _("Saved. The other’s words are in it too.") if saved.is_merged else _("Saved."))
    return redirect(f"{found.get_absolute_url()}#{part}")


@sensitive_variables("body", "context")
def _refused(request: TenantRequest, found: CheckIn, body: str, refusal: DomainError, part: str) -> HttpResponse:
    """Say why; without JavaScript the page comes back with what was typed."""
    if wants_part(request):
        context: dict[str, Any] = {"check_in": found, "part": part, "refusal": str(refusal)}
        return render(request, "feedback/check_ins/_notes_saved.html", context, status=CONFLICT)
    context = {"check_in": found, "series": found.series, "part": part, "body": body, "refusal": str(refusal)}
    return render(request, "feedback/check_ins/notes_refused.html", context, status=CONFLICT)
