"""Job descriptions: the list, one job, writing it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.enums import CompetencyLevel
from people.filters import JobFilter
from people.http import TenantRequest, wants_part
from people.job_forms import JobForms, saved_job, typed_job
from people.models import JobDescription
from people.registry import job_sections
from people.rules import can_change_jobs, can_list_jobs, can_list_people
from people.selectors.jobs import (
    count_in_job,
    job_for,
    jobs_to_export,
    jobs_visible_to,
    people_in_job,
    uses_of,
    with_job_facts,
)
from people.services.jobs import change_job, create_job
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response
from pipcycle.ui.level_scale import draw_level_scale
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query
from pipcycle.ui.rows import asks_for_rows

PAGE_SIZE = 25
MOST_PEOPLE = 50


@require_safe
def job_list(request: TenantRequest) -> HttpResponse:
    """Show the jobs the member may read."""
    if not can_list_jobs(request.member):
        raise PermissionDenied
    remembered = remembered_query(request, key=f"jobs:{request.organization.pk}")
    if remembered is not None:
        return remembered
    filtered = JobFilter(request.GET, queryset=jobs_visible_to(request.member))
    context = {
        "filter": filtered,
        "page": page_of(filtered.qs, number=request.GET.get("page"), size=PAGE_SIZE, load=with_job_facts),
        "query": urlencode(request.GET.dict()),
        "can_change": can_change_jobs(request.member),
    }
    template = "people/jobs/job_list.html#results" if wants_part(request) else "people/jobs/job_list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def job_export(request: TenantRequest) -> HttpResponse:
    """Download the jobs of the list, filtered and sorted as it is, with what they answer for and ask."""
    if not can_list_jobs(request.member):
        raise PermissionDenied
    jobs = JobFilter(request.GET, queryset=jobs_to_export(request.member)).qs
    headings = [_("Job"), _("Purpose"), _("People"), _("Responsibilities"), _("Competencies")]
    rows = (
        (
            job.name,
            job.purpose,
            job.people_count,
            "\n".join(row.title for row in job.responsibilities.all()),
            "\n".join(f"{row.competency.name}: {row.expected_level}" for row in job.competencies.all()),
        )
        for job in jobs.iterator(chunk_size=500)
    )
    return csv_response(filename=f"jobs-{request.organization.slug}.csv", headings=headings, rows=rows)


@require_safe
def job(request: TenantRequest, job_id: int) -> HttpResponse:
    """Show what a job is for, answers for and asks."""
    shown = job_for(request.member, job_id)
    people = list(people_in_job(request.member, shown)[: MOST_PEOPLE + 1]) if can_list_people(request.member) else []
    context = {
        "job": shown,
        "levels": [
            {
                "row": row,
                "word": CompetencyLevel(row.expected_level).short_label,
                "scale": draw_level_scale(expected=row.expected_level),
            }
            for row in shown.competencies.all()
        ],
        "people": people[:MOST_PEOPLE],
        "has_more": len(people) > MOST_PEOPLE,
        "people_count": count_in_job(shown),
        "can_change": can_change_jobs(request.member),
        "can_list": can_list_jobs(request.member),
        "parts": _rendered_sections(request, shown),
    }
    return render(request, "people/jobs/job.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: TenantRequest) -> HttpResponse:
    """Describe a new job."""
    _require_writer(request)

    def save(facts: dict[str, Any]) -> HttpResponse:
        made = create_job(actor=request.member, **facts)
        messages.success(request, _("The job is described. Give it to people in their record or by import."))
        return _to_job(request, made)

    return _form_page(request, None, save)


@require_http_methods(["GET", "HEAD", "POST"])
def job_change(request: TenantRequest, job_id: int) -> HttpResponse:
    """Change what a job is for, answers for and asks."""
    _require_writer(request)
    known = job_for(request.member, job_id)

    def save(facts: dict[str, Any]) -> HttpResponse:
        change = change_job(actor=request.member, job=known, **facts)
        messages.success(request, _("The job description is saved."))
        if change.unanchored:
            words = ngettext(
                "%(count)d goal was anchored to a responsibility that is gone; it stays and needs a new anchor.",
                "%(count)d goals were anchored to a responsibility that is gone; they stay and need a new anchor.",
                change.unanchored,
            )
            messages.warning(request, words % {"count": change.unanchored})
        return _to_job(request, known)

    return _form_page(request, known, save)


def _form_page(
    request: TenantRequest, known: JobDescription | None, save: Callable[[dict[str, Any]], HttpResponse]
) -> HttpResponse:
    """Show the form, change its rows, or save it; nothing typed is lost on the way."""
    if request.method != "POST":
        return _render_form(request, known, saved_job(known))
    if asks_for_rows(request.POST):
        return _render_form(request, known, typed_job(request.POST))
    forms = JobForms(initial={}, rows={}, data=request.POST)
    if not forms.is_valid():
        return _render_form(request, known, forms, status=422)
    try:
        return save(forms.facts())
    except DomainError as refusal:
        forms.add_error(None, str(refusal))
        return _render_form(request, known, forms, status=409)


def _render_form(
    request: TenantRequest, known: JobDescription | None, forms: JobForms, *, status: int = 200
) -> HttpResponse:
    ids = [row.pk for row in known.responsibilities.all()] if known else []
    uses = uses_of(ids) if ids else {}
    rows = [(row, uses.get(_known_id(row), 0)) for row in forms.responsibilities]
    part = "people/jobs/job_form.html#form" if wants_part(request) else "people/jobs/job_form.html"
    return render(request, part, {"job": known, "forms": forms, "rows": rows}, status=status)


def _known_id(row: Any) -> int:
    value = str(row["id"].value() or "")
    return int(value) if value.isdecimal() else 0


def _require_writer(request: TenantRequest) -> None:
    if not can_change_jobs(request.member):
        raise PermissionDenied


def _to_job(request: TenantRequest, shown: JobDescription) -> HttpResponse:
    return redirect(portal_url(request.organization, "people:job", job_id=shown.pk))


def _rendered_sections(request: TenantRequest, shown: JobDescription) -> list[dict[str, Any]]:
    return [
        {
            "key": section.key,
            "title": section.title,
            "html": render_to_string(
                section.template, {**section.context(request.member, shown), "job": shown}, request
            ),
        }
        for section in job_sections(request.member, shown)
    ]
