"""Writing a form: it saves itself, is looked over, and is handed in once."""

import secrets
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.questions import QuestionsContent
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from pipcycle.errors import DomainError
from pipcycle.wordings import MINE
from reviews.answers import Answers, Subject, differences, is_answered, missing, read
from reviews.enums import FormRole, FormStatus
from reviews.forms.answers import AnswersForm
from reviews.models import ReviewForm
from reviews.selectors.facts import facts_of, subject_of
from reviews.selectors.reviews import content_of_cycle, form_for, kept_for
from reviews.services.writing import (
    OvertakenError,
    choose_answers,
    forget_overtaken,
    keep_overtaken,
    save_answers,
    submit_form,
    typed_revision,
)


@ask_or_act
def form(request: TenantRequest, form_id: int) -> HttpResponse:
    """Show the form to its author, or save it; one that is handed in is read on the page of the review."""
    found = form_for(request.member, form_id)
    if found.status == FormStatus.SUBMITTED and request.method != "POST":
        return redirect(found.review.get_absolute_url())
    if found.status == FormStatus.WITHDRAWN:
        return render(request, "reviews/form_over.html", {"form": found}, status=409 if request.POST else 200)
    content, subject = content_of_cycle(found.review.cycle), subject_of(request.member, found.review)
    fields = AnswersForm(handed_in(request), content=content, role=found.role, subject=subject, answers=found.answers)
    if request.method != "POST":
        return _page(request, found, fields)
    return _autosave(request, found, fields) if "autosave" in request.POST else _save(request, found, fields)


@ask_or_act
def form_submission(request: TenantRequest, form_id: int) -> HttpResponse:
    """Read the form once more, see what is open, and hand it in."""
    found = form_for(request.member, form_id)
    if found.status == FormStatus.WITHDRAWN:
        return render(request, "reviews/form_over.html", {"form": found})
    content, subject = content_of_cycle(found.review.cycle), subject_of(request.member, found.review)
    review_url: str = found.review.get_absolute_url()
    handed_in_already = found.status == FormStatus.SUBMITTED

    def act() -> str:
        submit_form(actor=request.member, form=found, seen=typed_revision(request.POST))
        return review_url

    return ask(
        request,
        django_forms.Form(handed_in(request)),
        act=act,
        done=_("Handed in."),
        template="reviews/form_submission.html",
        context={
            "review_form": found,
            "is_own": found.role == FormRole.SELF,
            "left": [] if handed_in_already else missing(content, found.role, found.answers, subject),
            "passages": answers_read(content, found.role, found.answers, subject),
            "handed_in_already": handed_in_already,
            "today": timezone.localdate(),
            **_addresses(request, found),
        },
    )


@ask_or_act
def form_kept(request: TenantRequest, form_id: int, kept_id: int) -> HttpResponse:
    """Compare what an overtaken tab kept with what is saved, and choose question by question."""
    found = form_for(request.member, form_id)
    kept = kept_for(found, kept_id)
    kept.form = found
    here = _addresses(request, found)
    if "drop" in request.POST:
        forget_overtaken(actor=request.member, kept=kept)
        return redirect(here["form_url"])
    content, subject = content_of_cycle(found.review.cycle), subject_of(request.member, found.review)
    choices = differences(content, kept.answers, found.answers, subject)
    mine = frozenset(one.name for one in choices if request.POST.get(f"choice-{one.name}") == MINE)

    def act() -> str:
        choose_answers(actor=request.member, form=found, kept=kept, mine=mine, seen=typed_revision(request.POST))
        return here["form_url"]

    return ask(
        request,
        django_forms.Form(handed_in(request)),
        act=act,
        done=_("Saved as you chose."),
        template="reviews/form_kept.html",
        context={"review_form": found, "kept": kept, "choices": choices, **here},
    )


def answers_read(content: QuestionsContent, role: str, answers: Answers, subject: Subject) -> list[dict[str, Any]]:
    """Return each question of the role with its answer in words, and whether it is complete."""
    return [
        {
            "question": one,
            "answer": read(one, answers.get(one.key, {}), subject),
            "is_answered": is_answered(one, answers.get(one.key, {}), subject),
        }
        for one in content.questions
        if one.is_asked_of(role)
    ]


def _autosave(request: TenantRequest, found: ReviewForm, fields: AnswersForm) -> HttpResponse:
    """Save what is typed and say so; a tab that was overtaken keeps its words and is told."""
    state: dict[str, Any] = {"review_form": found, "at": timezone.now(), "seen": request.POST.get("seen", "")}
    try:
        state["seen"] = _written(request, found, fields)
    except OvertakenError:
        state["conflict"] = _keep(request, found, fields)
    except DomainError as refusal:
        state["refusal"] = str(refusal)
    else:
        if fields.errors:
            state["refusal"] = _("Saved, but for one answer that cannot be read as it stands. Press “Save” to see why.")
    return render(request, "reviews/_form_state.html", state)


def _save(request: TenantRequest, found: ReviewForm, fields: AnswersForm) -> HttpResponse:
    here = _addresses(request, found)
    if not fields.is_valid():
        return _page(request, found, fields, status=422)
    try:
        _written(request, found, fields)
    except OvertakenError:
        kept = _keep(request, found, fields)
        page = "reviews:form_kept"
        return redirect(portal_url(request.organization, page, form_id=found.pk, kept_id=kept.pk))
    except DomainError as refusal:
        fields.add_error(None, str(refusal))
        return _page(request, found, fields, status=409)
    if "next" in request.POST:
        return redirect(here["submission_url"])
    messages.success(request, _("Saved. Nobody else reads it before you hand it in."))
    return redirect(here["form_url"])


def _written(request: TenantRequest, found: ReviewForm, fields: AnswersForm) -> int:
    tab = request.POST.get("tab", "")
    seen = typed_revision(request.POST)
    return save_answers(actor=request.member, form=found, answers=fields.answers(), seen=seen, tab=tab)


def _keep(request: TenantRequest, found: ReviewForm, fields: AnswersForm) -> Any:
    tab = request.POST.get("tab", "") or secrets.token_hex(8)
    return keep_overtaken(actor=request.member, form=found, answers=fields.answers(), tab=tab)


def _page(request: TenantRequest, found: ReviewForm, fields: AnswersForm, *, status: int = 200) -> HttpResponse:
    review = found.review
    context = {
        "review_form": found,
        "review": review,
        "form": fields,
        "is_own": found.role == FormRole.SELF,
        "own_answers": _own_answers(request, found, fields),
        "facts": facts_of(request.member, review),
        "kept": found.kept.all() if status == 200 else [],
        "seen": request.POST.get("seen", "") if status != 200 else found.revision,
        "tab": request.POST.get("tab", "") or secrets.token_hex(8),
        "today": timezone.localdate(),
        **_addresses(request, found),
    }
    return render(request, "reviews/form.html", context, status=status)


def _own_answers(request: TenantRequest, found: ReviewForm, fields: AnswersForm) -> dict[str, Any]:
    """Return, for a manager, what the employee handed in, by the key of the question."""
    if found.role == FormRole.SELF:
        return {}
    own = ReviewForm.objects.filter(review=found.review_id, role=FormRole.SELF, status=FormStatus.SUBMITTED).first()
    if own is None:
        return {}
    passages = answers_read(fields.content, FormRole.SELF, own.answers, fields.subject)
    return {one["question"].key: one["answer"] for one in passages if not one["answer"].is_empty}


def _addresses(request: TenantRequest, found: ReviewForm) -> dict[str, str]:
    organization = request.organization
    return {
        "form_url": portal_url(organization, "reviews:form", form_id=found.pk),
        "submission_url": portal_url(organization, "reviews:form_submission", form_id=found.pk),
    }
