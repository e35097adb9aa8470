"""Somebody's place in a course: answered, completed, given back; and who has what their job asks for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development import learning_rules as rules
from development.forms.steps import ReasonForm
from development.forms.training import CompletionForm
from development.learning_enums import Standing
from development.models import DevelopmentAction, Enrolment
from development.rules import side_towards
from development.selectors.evidence import open_actions_for
from development.selectors.training import certificate_for, coverage_of, enrolment_for, needs_of_people
from development.services.training import (
    approve_enrolment,
    cancel_enrolment,
    complete_enrolment,
    decline_enrolment,
)
from goals.services.evidence import handed_file
from people.addresses import portal_url
from people.asking import attempt
from people.http import TenantRequest
from people.services.audit import record_access
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response, file_response

PAGE_SIZE = 50


@require_safe
def enrolment(request: TenantRequest, enrolment_id: int) -> HttpResponse:
    """Show a place with the steps the member may take."""
    return _page(request, enrolment_for(request.member, enrolment_id))


def _page(request: TenantRequest, shown: Enrolment, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "enrolment": shown,
        "certificates": list(shown.certificates.defer("content")),
        "actions": _actions_to_finish(request, shown),
        "can_answer": rules.can_answer_enrolment(request.member, shown),
        "can_complete": rules.can_complete_enrolment(request.member, shown),
        "can_cancel": rules.can_cancel_enrolment(request.member, shown),
        "can_renew": shown.expires_on is not None and rules.can_enrol(request.member, shown.employee),
        "is_over": shown.expires_on is not None and shown.expires_on < timezone.localdate(),
        "answer": ReasonForm(label=_("Why not?"), is_optional=True),
        "completion": CompletionForm(initial={"completed_on": timezone.localdate()}),
        **forms,
    }
    return render(request, "development/training/enrolment.html", context, status=status)


def _actions_to_finish(request: TenantRequest, shown: Enrolment) -> list[DevelopmentAction]:
    """Return the actions the reader can mark as done, now that the course is completed."""
    if shown.completed_on is None or side_towards(request.member, shown.employee) is None:
        return []
    return list(open_actions_for(shown))


@require_POST
def enrolment_answer(request: TenantRequest, enrolment_id: int) -> HttpResponse:
    """Approve a place, or decline it with a reason."""
    shown = enrolment_for(request.member, enrolment_id)
    is_approved = request.POST.get("answer") == "approve"
    form = ReasonForm(request.POST, label=_("Why not?"), is_optional=is_approved)

    def act() -> str:
        if is_approved:
            approve_enrolment(actor=request.member, enrolment=shown)
        else:
            decline_enrolment(actor=request.member, enrolment=shown, reason=form.cleaned_data["reason"])
        return _url(request, shown)

    done = _("The place is approved.") if is_approved else _("The place is declined.")
    answer = attempt(request, form, act, done=done)
    return answer if isinstance(answer, HttpResponse) else _page(request, shown, status=answer, answer=form)


@require_POST
def enrolment_completion(request: TenantRequest, enrolment_id: int) -> HttpResponse:
    """Record that the course is completed, with the certificate."""
    shown = enrolment_for(request.member, enrolment_id)
    form = CompletionForm(request.POST, request.FILES)

    def act() -> str:
        complete_enrolment(
            actor=request.member,
            enrolment=shown,
            completed_on=form.cleaned_data["completed_on"],
            expires_on=form.cleaned_data["expires_on"],
            certificate=handed_file(form.cleaned_data["certificate"]),
        )
        return _url(request, shown)

    answer = attempt(request, form, act, done=_("The course is completed."))
    return answer if isinstance(answer, HttpResponse) else _page(request, shown, status=answer, completion=form)


@require_POST
def enrolment_cancellation(request: TenantRequest, enrolment_id: int) -> HttpResponse:
    """Give the place back."""
    shown = enrolment_for(request.member, enrolment_id)
    try:
        cancel_enrolment(actor=request.member, enrolment=shown)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The place is given back."))
    return redirect(_url(request, shown))


def _url(request: TenantRequest, shown: Enrolment) -> str:
    return portal_url(request.organization, "development:enrolment", enrolment_id=shown.pk)


@require_safe
def certificate(request: TenantRequest, certificate_id: int) -> HttpResponse:
    """Hand a certificate to somebody who may read the enrolment."""
    file = certificate_for(request.member, certificate_id)
    return file_response(filename=file.filename, content_type=file.content_type, content=bytes(file.content))


@require_safe
def coverage(request: TenantRequest) -> HttpResponse:
    """Show of the people the member follows who has the training their job asks for, and who lacks it."""
    needs = _needs(request)
    wanted = request.GET.get("course", "")
    lacking = [need for need in needs if need.standing != Standing.HAS]
    rows = coverage_of(needs)
    chosen = next((row for row in rows if str(row.course_id) == wanted), None)
    if chosen is not None:
        lacking = [need for need in lacking if need.course_id == chosen.course_id]
    context = {
        "coverage": rows,
        "page": Paginator(lacking, PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": chosen,
    }
    return render(request, "development/training/coverage.html", context)


def _needs(request: TenantRequest) -> list[Any]:
    if not rules.can_see_coverage(request.member):
        raise PermissionDenied
    return needs_of_people(request.member)


@require_safe
def coverage_export(request: TenantRequest) -> HttpResponse:
    """Hand over who has what as CSV."""
    needs = _needs(request)
    record_access(member=request.member, about_type="development_training", about_id="coverage", action="export")
    headings = [_("Number"), _("Employee"), _("Department"), _("Course"), _("Standing"), _("Valid until")]
    return csv_response(
        filename=f"training-{request.organization.slug}.csv",
        headings=headings,
        rows=(
            (need.number, need.name, need.department, need.course, need.standing.label, need.expires_on)
            for need in needs
        ),
    )
