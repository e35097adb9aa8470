"""Writing a note: to a colleague of one's own accord, or as the answer to a question; help with the words."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback import note_rules as rules
from feedback.forms.notes import NoteForm
from feedback.note_enums import Readers
from feedback.readers import ReadersChoice, choices_for, named_manager
from feedback.selectors.notes import request_for
from feedback.services.feedback_notes import answer_request, give_note
from feedback.views.colleagues import ask_for_colleague, colleague_in
from feedback.wording import shown_remarks
from goals.selectors.goals import goals_visible_to
from people.asking import ask, handed_in
from people.http import TenantRequest, wants_part
from people.models import Employee
from people.selectors.accounts import employee_of
from pipcycle.writing import knows_language


@require_http_methods(["GET", "HEAD", "POST"])
def note_new(request: TenantRequest) -> HttpResponse:
    """Write a colleague a note nobody asked for; without a person in the address, ask whom it is for."""
    if not rules.can_write_notes(request.member):
        raise PermissionDenied
    about = colleague_in(request)
    if about is None:
        words = {
            "title": _("Give feedback"),
            "lead": _(
                "A note to a colleague, with your name under it. You choose who else reads it before it is sent."
            ),
            "button": _("Write the note"),
        }
        return ask_for_colleague(request, words)
    goals = goals_visible_to(request.member).filter(employee=about).order_by("-due_on", "pk")
    initial = {"readers": Readers.RECEIVER, "goal": request.GET.get("goal", "")}
    form = NoteForm(handed_in(request), choices=_choices(request, about), goals=goals, initial=initial)

    def act() -> str:
        words = form.cleaned_data
        note = give_note(
            actor=request.member,
            about=about,
            text=words["text"],
            readers=Readers(words["readers"]),
            goal=words.get("goal"),
        )
        return note.get_absolute_url()

    context = {"about": about, "asked": None}
    return ask(request, form, act=act, done=_("The note is sent."), template="feedback/note_form.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_answer(request: TenantRequest, request_id: int) -> HttpResponse:
    """Answer a question with a note."""
    asked = request_for(request.member, request_id)
    if not rules.is_asked(request.member, asked):
        raise PermissionDenied
    if not rules.is_open(asked) and request.method != "POST":
        return redirect(asked.get_absolute_url())
    choices = _choices(request, asked.about, asked_by=asked.asked_by)
    form = NoteForm(handed_in(request), choices=choices, initial={"readers": choices[0].readers})

    def act() -> str:
        words = form.cleaned_data
        note = answer_request(
            actor=request.member, request=asked, text=words["text"], readers=Readers(words["readers"])
        )
        return note.get_absolute_url()

    context = {"about": asked.about, "asked": asked}
    done = _("Your answer is sent.")
    return ask(request, form, act=act, done=done, template="feedback/note_form.html", context=context)


@require_POST
def words(request: TenantRequest) -> HttpResponse:
    """Say what could be clearer in the words typed so far; nothing is saved."""
    if not rules.can_write_notes(request.member):
        raise PermissionDenied
    language = get_language() or "en"
    text = request.POST.get("text", "")[:20_000]
    context = {
        "remarks": shown_remarks(text, language=language),
        "knows_language": knows_language(language),
        "is_part": wants_part(request),
        "has_text": bool(text.strip()),
    }
    template = "feedback/_words.html" if wants_part(request) else "feedback/words.html"
    return render(request, template, context)


def _choices(request: TenantRequest, about: Employee, *, asked_by: Employee | None = None) -> list[ReadersChoice]:
    author = employee_of(request.member)
    assert author is not None  # noqa: S101  # as the rule asks; narrows the type
    manager = named_manager(author=author, about=about, asked_by=asked_by)
    return choices_for(author=author, about=about, manager=manager, asked_by=asked_by)
