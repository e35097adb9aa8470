"""The page of a note, and what its author and its receiver can do with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import note_rules as rules
from feedback.forms.notes import CorrectionForm, WordForm
from feedback.models import FeedbackNote
from feedback.readers import readers_of
from feedback.selectors.notes import earlier_versions, note_for
from feedback.services.feedback_notes import correct_note, keep_note, mark_seen, reply_to_note, show_note, withdraw_note
from feedback.views.note_steps import press
from people.asking import ask, handed_in
from people.http import TenantRequest


@require_safe
def note(request: TenantRequest, note_id: int) -> HttpResponse:
    """Show one note: its words, who reads them, and what can be done."""
    found = note_for(request.member, note_id)
    mark_seen(actor=request.member, note=found)
    return _note_page(request, found, _reply_form())


def _note_page(request: TenantRequest, found: FeedbackNote, form: WordForm, *, status: int = 200) -> HttpResponse:
    is_author = rules.is_author(request.member, found)
    is_receiver = rules.is_receiver(request.member, found)
    context = {
        "note": found,
        "readers": readers_of(readers=found.readers, about=found.about, manager=found.manager),
        "versions": list(earlier_versions(found)) if is_author or not found.is_withdrawn else [],
        "is_author": is_author,
        "shows_text": is_author or not found.is_withdrawn,
        "can_correct": is_author and rules.may_correct(found),
        "can_withdraw": is_author and rules.may_withdraw(found),
        "can_show": is_author and rules.may_show(found),
        "can_reply": rules.is_addressee(request.member, found) and not found.is_withdrawn and not found.thanked_at,
        "can_keep": is_receiver and not found.is_withdrawn,
        "corrects_until": found.sent_at + rules.TIME_TO_CORRECT,
        "reply_form": form,
    }
    return render(request, "feedback/note.html", context, status=status)


def _reply_form(data: Any = None) -> WordForm:
    return WordForm(data, label=_("A word to the author, if you like"))


@require_http_methods(["GET", "HEAD", "POST"])
def note_correction(request: TenantRequest, note_id: int) -> HttpResponse:
    """Change the words of a note within a day."""
    found = _own_note(request, note_id)
    if not rules.may_correct(found) and request.method != "POST":
        return redirect(found.get_absolute_url())
    form = CorrectionForm(handed_in(request), initial={"text": found.text})

    def act() -> str:
        return correct_note(actor=request.member, note=found, text=form.cleaned_data["text"]).get_absolute_url()

    context = {"note": found, "corrects_until": found.sent_at + rules.TIME_TO_CORRECT}
    done = _("The note is corrected. What it said before stays beside it.")
    return ask(request, form, act=act, done=done, template="feedback/note_correction.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_withdrawal(request: TenantRequest, note_id: int) -> HttpResponse:
    """Take a note back."""
    found = _own_note(request, note_id)
    if not rules.may_withdraw(found) and request.method != "POST":
        return redirect(found.get_absolute_url())
    form = WordForm(handed_in(request), label=_("Why, if you like to say it"))

    def act() -> str:
        return withdraw_note(actor=request.member, note=found, reason=form.cleaned_data["words"]).get_absolute_url()

    done = _("The note is withdrawn. Its readers see that there was one, no longer what it said.")
    return ask(request, form, act=act, done=done, template="feedback/note_withdrawal.html", context={"note": found})


@require_POST
def note_reply(request: TenantRequest, note_id: int) -> HttpResponse:
    """Thank for a note, with a word or without."""
    found = note_for(request.member, note_id)
    if not rules.is_addressee(request.member, found):
        raise PermissionDenied
    form = _reply_form(request.POST)
    if not form.is_valid():
        return _note_page(request, found, form, status=422)

    def act() -> str:
        reply_to_note(actor=request.member, note=found, reply=form.cleaned_data["words"])
        return _("Your thanks are sent.")

    return press(request, act=act, back=found.get_absolute_url())


@require_POST
def note_file(request: TenantRequest, note_id: int) -> HttpResponse:
    """Put a note into one's own file, or take it out."""
    found = note_for(request.member, note_id)
    if not rules.is_receiver(request.member, found):
        raise PermissionDenied
    is_kept = request.POST.get("keep") == "yes"

    def act() -> str:
        keep_note(actor=request.member, note=found, is_kept=is_kept)
        return _("The note is in your file.") if is_kept else _("The note is out of your file.")

    return press(request, act=act, back=found.get_absolute_url())


@require_POST
def note_showing(request: TenantRequest, note_id: int) -> HttpResponse:
    """Show the person a note their manager alone has read so far."""
    found = _own_note(request, note_id)

    def act() -> str:
        show_note(actor=request.member, note=found)
        return _("%(name)s reads the note from now on.") % {"name": found.about.full_name}

    return press(request, act=act, back=found.get_absolute_url())


def _own_note(request: TenantRequest, note_id: int) -> FeedbackNote:
    found = note_for(request.member, note_id)
    if not rules.is_author(request.member, found):
        raise PermissionDenied
    return found
