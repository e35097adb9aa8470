"""Asking a colleague for feedback, and the page of the question."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import note_rules as rules
from feedback.forms.notes import AskForm, WordForm
from feedback.selectors.colleagues import colleague_for, nearest_colleagues, people_to_ask_about
from feedback.selectors.notes import notes_visible_to, request_for
from feedback.services.requests import ask_for_feedback, decline_request, withdraw_request
from feedback.views.colleagues import find_colleague
from feedback.views.note_steps import press
from goals.models import Goal
from goals.selectors.goals import goals_visible_to
from people.asking import ask, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError

MOST_GOALS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: TenantRequest) -> HttpResponse:
    """Ask a colleague what they think, about oneself or somebody below."""
    own = employee_of(request.member)
    if own is None or not rules.can_write_notes(request.member):
        raise PermissionDenied
    form = _form(request, own)

    def act() -> str:
        words = form.cleaned_data
        found, refusal = find_colleague(request.member, words["who"])
        if len(found) != 1:
            raise DomainError(refusal)
        made = ask_for_feedback(
            actor=request.member,
            asked=colleague_for(request.member, found[0].pk) or found[0],
            about=words["about"],
            question=words["question"],
            due_on=words["due_on"],
            goal=words.get("goal"),
        )
        return made.get_absolute_url()

    context = {"near": nearest_colleagues(request.member), "has_people": len(people_to_ask_about(request.member)) > 1}
    done = _("The question is sent. You are told when there is an answer.")
    return ask(request, form, act=act, done=done, template="feedback/request_form.html", context=context)


@require_safe
def request_detail(request: TenantRequest, request_id: int) -> HttpResponse:
    """Show a question: to the one who asked, and to the one who is asked."""
    found = request_for(request.member, request_id)
    answer = notes_visible_to(request.member).filter(request=found).first()
    if answer is not None:
        answer.organization = request.organization
    is_open = rules.is_open(found)
    is_asked = rules.is_asked(request.member, found)
    context = {
        "asked": found,
        "answer": answer,
        "is_asked": is_asked,
        "can_answer": is_open and is_asked,
        "can_withdraw": is_open and rules.is_asker(request.member, found),
        "is_late": is_open and found.due_on < timezone.localdate(),
    }
    return render(request, "feedback/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_declining(request: TenantRequest, request_id: int) -> HttpResponse:
    """Decline to answer, with a word or without."""
    found = request_for(request.member, request_id)
    if not rules.is_asked(request.member, found):
        raise PermissionDenied
    form = WordForm(handed_in(request), label=_("A word to %(name)s, if you like") % {"name": found.asked_by.full_name})

    def act() -> str:
        decline_request(actor=request.member, request=found, reason=form.cleaned_data["words"])
        return found.get_absolute_url()

    context = {"asked": found}
    done = _("You have declined. Nothing more is asked of you.")
    return ask(request, form, act=act, done=done, template="feedback/request_declining.html", context=context)


@require_POST
def request_withdrawal(request: TenantRequest, request_id: int) -> HttpResponse:
    """Take a question back nobody has answered."""
    found = request_for(request.member, request_id)
    if not rules.is_asker(request.member, found):
        raise PermissionDenied

    def act() -> str:
        withdraw_request(actor=request.member, request=found)
        return _("The question is taken back.")

    return press(request, act=act, back=found.get_absolute_url())


def _form(request: TenantRequest, own: Employee) -> AskForm:
    people = people_to_ask_about(request.member)
    keys = [person.pk for person in people]
    initial = {name: request.GET[name] for name in ("about", "goal") if request.GET.get(name, "").isdecimal()}
    theirs = goals_visible_to(request.member).filter(employee__in=keys).values_list("pk", flat=True)
    offered = {*theirs[:MOST_GOALS], *theirs.filter(pk=initial.get("goal", 0))}
    goals = Goal.objects.filter(pk__in=offered).select_related("employee")
    to = colleague_for(request.member, request.GET.get("to", ""))
    if to is not None:
        initial["who"] = to.full_name
    return AskForm(
        handed_in(request),
        people=Employee.objects.filter(pk__in=keys),
        goals=goals.order_by("employee__family_name", "title", "pk"),
        own=own,
        initial=initial,
    )
