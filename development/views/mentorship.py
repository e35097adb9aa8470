"""Mentorship: one's own page, the profile, a request, and what two people write together."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development import learning_rules as rules
from development.forms.mentorship import (
    AnswerForm,
    FeedbackForm,
    GoalsForm,
    ProfileForm,
    RequestForm,
    SessionForm,
)
from development.learning_enums import MentorshipStatus, SkillDirection
from development.models import Mentorship
from development.selectors.mentorship import (
    mentorship_for,
    mentorships_known_to_hr,
    mentorships_of,
    profile_for,
    profile_of,
    skills_in,
    suggestions_for,
    with_people,
)
from development.services.mentorship import (
    accept_mentorship,
    close_mentorship,
    decline_mentorship,
    record_session,
    request_mentorship,
    save_profile,
    withdraw_mentorship,
    write_goals,
)
from people.addresses import portal_url
from people.asking import ask, ask_or_act, attempt, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError
from pipcycle.ui.pages import page_of

PAGE_SIZE = 50
OFFERED, WANTED = SkillDirection.OFFERED, SkillDirection.WANTED


@require_safe
def mentors(request: TenantRequest) -> HttpResponse:
    """Show the member's mentorships, and who could be a mentor of theirs."""
    own = employee_of(request.member)
    context: dict[str, Any] = {"own": own, "sees_all": rules.can_see_mentorships(request.member)}
    if own is not None:
        profile = profile_of(own)
        context |= {
            "profile": profile,
            "wanted": skills_in(profile, WANTED),
            "offered": skills_in(profile, OFFERED),
            "mentorships": list(mentorships_of(own)),
            "suggestions": suggestions_for(own, profile),
        }
    return render(request, "development/mentors/mentors.html", context)


@ask_or_act
def profile(request: TenantRequest) -> HttpResponse:
    """Write one's own profile."""
    known = profile_of(_own(request))
    initial: dict[str, Any] = {"wanted": skills_in(known, WANTED), "offered": skills_in(known, OFFERED)}
    if known is not None:
        initial |= {"is_open": known.is_open, "capacity": known.capacity, "about": known.about}
    form = ProfileForm(handed_in(request), initial=initial)

    def act() -> str:
        save_profile(actor=request.member, **form.cleaned_data)
        return portal_url(request.organization, "development:mentors")

    return ask(
        request,
        form,
        act=act,
        done=_("Your profile is saved."),
        template="development/mentors/profile.html",
        context={},
    )


@ask_or_act
def request_new(request: TenantRequest, profile_id: int) -> HttpResponse:
    """Ask somebody to be one's mentor."""
    _own(request)
    asked = profile_for(request.member, profile_id)
    form = RequestForm(handed_in(request))

    def act() -> str:
        request_mentorship(actor=request.member, profile=asked, message=form.cleaned_data["message"])
        return portal_url(request.organization, "development:mentors")

    return ask(
        request,
        form,
        act=act,
        done=_("They are asked. You will hear from them."),
        template="development/mentors/request.html",
        context={"profile": asked, "offered": skills_in(asked, OFFERED)},
    )


def _own(request: TenantRequest) -> Employee:
    own = employee_of(request.member)
    if own is None:
        raise PermissionDenied
    return own


@require_safe
def mentorship(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """Show a mentorship to one of the two in it."""
    return _page(request, mentorship_for(request.member, mentorship_id))


def _page(request: TenantRequest, shown: Mentorship, *, status: int = 200, **bound: Any) -> HttpResponse:
    part = rules.part_in(request.member, shown)
    context = {
        "mentorship": shown,
        "part": part,
        "other": shown.mentee if part == "mentor" else shown.mentor,
        "can_answer": rules.can_answer_mentorship(request.member, shown),
        "can_write": rules.can_write_mentorship(request.member, shown),
        "can_close": shown.status in (MentorshipStatus.ACTIVE, MentorshipStatus.CLOSED)
        and not getattr(shown, f"{part}_feedback"),
        "sessions": list(shown.sessions.select_related("written_by__user")),
        "answer": AnswerForm(),
        "goals": GoalsForm(initial={"goals": shown.goals}),
        "feedback": FeedbackForm(),
        **bound,
    }
    return render(request, "development/mentors/mentorship.html", context, status=status)


def _step(
    request: TenantRequest, shown: Mentorship, name: str, form: forms.Form, act: Callable[[], object], *, done: str
) -> HttpResponse:
    """Take a step of a mentorship, or show its page with the form that was refused."""

    def act_and_return() -> str:
        act()
        return _url(request, shown)

    answer = attempt(request, form, act_and_return, done=done)
    return answer if isinstance(answer, HttpResponse) else _page(request, shown, status=answer, **{name: form})


def _url(request: TenantRequest, shown: Mentorship) -> str:
    return portal_url(request.organization, "development:mentorship", mentorship_id=shown.pk)


@require_POST
def mentorship_answer(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """Accept a request, or decline it."""
    shown, form = mentorship_for(request.member, mentorship_id), AnswerForm(request.POST)
    is_accepted = request.POST.get("answer_is") == "accept"

    def act() -> None:
        if is_accepted:
            accept_mentorship(actor=request.member, mentorship=shown)
        else:
            decline_mentorship(actor=request.member, mentorship=shown, answer=form.cleaned_data["answer"])

    done = _("You are a mentor now. Agree on what you want to reach.") if is_accepted else _("The request is declined.")
    return _step(request, shown, "answer", form, act, done=done)


@require_POST
def mentorship_withdrawal(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """Take a request back."""
    shown = mentorship_for(request.member, mentorship_id)
    try:
        withdraw_mentorship(actor=request.member, mentorship=shown)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(portal_url(request.organization, "development:mentors"))


@require_POST
def mentorship_goals(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """Write what the two want to reach."""
    shown, form = mentorship_for(request.member, mentorship_id), GoalsForm(request.POST)

    def act() -> None:
        write_goals(actor=request.member, mentorship=shown, **form.cleaned_data)

    return _step(request, shown, "goals", form, act, done=_("Your goals are saved."))


@ask_or_act
def mentorship_session(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """Keep that the two met; on a page of its own, so that what was typed is known to have arrived."""
    shown = mentorship_for(request.member, mentorship_id)
    form = SessionForm(handed_in(request), initial={"held_on": timezone.localdate()})

    def act() -> str:
        record_session(actor=request.member, mentorship=shown, **form.cleaned_data)
        return _url(request, shown)

    return ask(
        request,
        form,
        act=act,
        done=_("The session is kept."),
        template="development/mentors/session.html",
        context={"mentorship": shown},
    )


@require_POST
def mentorship_closing(request: TenantRequest, mentorship_id: int) -> HttpResponse:
    """End a mentorship with a word on it, or give one's word on one that has ended."""
    shown, form = mentorship_for(request.member, mentorship_id), FeedbackForm(request.POST)

    def act() -> None:
        close_mentorship(actor=request.member, mentorship=shown, feedback=form.cleaned_data["feedback"])

    return _step(request, shown, "feedback", form, act, done=_("Thank you. The other reads your words, nobody else."))


@require_safe
def overview(request: TenantRequest) -> HttpResponse:
    """Show HR which mentorships exist, and no word of what they say."""
    if not rules.can_see_mentorships(request.member):
        raise PermissionDenied
    rows = mentorships_known_to_hr(request.member)
    page = page_of(rows, number=request.GET.get("page"), size=PAGE_SIZE, load=with_people)
    return render(request, "development/mentors/overview.html", {"page": page})
