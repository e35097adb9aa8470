"""Competencies: the list and their words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.enums import CompetencyLevel
from people.http import TenantRequest
from people.job_forms import CompetencyForm
from people.models import Competency
from people.rules import can_change_jobs, can_list_jobs
from people.selectors.jobs import competencies_with_facts, competency_for
from people.services.jobs import change_competency, create_competency, remove_competency
from pipcycle.errors import DomainError


@require_safe
def competency_list(request: TenantRequest) -> HttpResponse:
    """Show every competency and the five levels."""
    if not can_list_jobs(request.member):
        raise PermissionDenied
    context = {
        "competencies": competencies_with_facts(),
        "levels": [str(level.label).partition(":") for level in CompetencyLevel],
        "can_change": can_change_jobs(request.member),
    }
    return render(request, "people/jobs/competency_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def competency_new(request: TenantRequest) -> HttpResponse:
    """Describe a new competency."""
    _require_writer(request)
    form = CompetencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            create_competency(actor=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The competency is described. Ask for it in the jobs that need it."))
            return _to_list(request)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def competency_change(request: TenantRequest, competency_id: int) -> HttpResponse:
    """Change the words of a competency, or remove one that is not used."""
    _require_writer(request)
    competency = competency_for(competency_id)
    initial = {"name": competency.name, "description": competency.description}
    form = CompetencyForm(request.POST if request.method == "POST" else None, initial=initial)
    is_removal = request.method == "POST" and "remove" in request.POST
    if is_removal or form.is_valid():
        try:
            if is_removal:
                remove_competency(actor=request.member, competency=competency)
            else:
                change_competency(actor=request.member, competency=competency, **form.cleaned_data)
        except DomainError as refusal:
            form.is_valid()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The competency is removed.") if is_removal else _("The competency is saved."))
            return _to_list(request)
    return _form_page(request, form, competency)


def _form_page(request: TenantRequest, form: CompetencyForm, competency: Competency | None = None) -> HttpResponse:
    context = {"form": form, "competency": competency}
    return render(request, "people/jobs/competency_form.html", context, status=422 if form.errors else 200)


def _require_writer(request: TenantRequest) -> None:
    if not can_change_jobs(request.member):
        raise PermissionDenied


def _to_list(request: TenantRequest) -> HttpResponse:
    return redirect(portal_url(request.organization, "people:competency_list"))
