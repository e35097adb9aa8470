"""Skill gaps: of one person, of a team, and rating them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metrics.enums import Rater
from metrics.forms.skills import SkillRatingForm
from metrics.registry import skill_actions
from metrics.rules import rater_of
from metrics.selectors.skills import Skill, skills_of, team_gaps, team_of
from metrics.selectors.team import EVERYONE
from metrics.services.skills import rate_skills
from people.addresses import portal_url
from people.enums import CompetencyLevel
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_manager, is_self
from people.selectors.employees import employees_followed_by
from pipcycle.errors import DomainError
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of

PAGE_SIZE = 25


@require_safe
def skills(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show what the job expects of one person, both views, and how they came about."""
    employee = _employee(request, employee_id)
    context = {
        "employee": employee,
        "is_own": is_self(request.member, employee),
        "rows": skill_rows(request, employee, skills_of(employee)),
        "can_rate": rater_of(request.member, employee) is not None and not employee.has_left,
    }
    return render(request, "metrics/skills/skills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def skill_rating(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Rate the competencies of one person, as that person or as a manager above."""
    employee = _employee(request, employee_id)
    rater = rater_of(request.member, employee)
    if rater is None:
        raise PermissionDenied
    form = SkillRatingForm(request.POST if request.method == "POST" else None, skills=skills_of(employee))
    status = 200
    if form.is_valid():
        try:
            rate_skills(actor=request.member, employee=employee, ratings=form.ratings())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The ratings are recorded under today's date."))
            return redirect(portal_url(request.organization, "metrics:skills", employee_id=employee.pk))
    context = {
        "employee": employee,
        "form": form,
        "is_own": rater is Rater.SELF,
        "rows": [(skill, level, note, _last(skill, rater)) for skill, level, note in form.rows()],
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "metrics/skills/skill_rating.html", context, status=status)


@require_safe
def team_skills(request: TenantRequest) -> HttpResponse:
    """Show a manager the gaps of their direct reports, or of everyone below them."""
    if not is_manager(request.member):
        raise PermissionDenied
    is_direct = request.GET.get("level") != EVERYONE
    page = page_of(
        team_of(request.member, is_direct=is_direct),
        number=request.GET.get("page"),
        size=PAGE_SIZE,
        load=lambda people: people.select_related("job_description"),
    )
    columns, rows = team_gaps(list(page))
    context = {
        "page": page,
        "is_direct": is_direct,
        "columns": columns,
        "rows": [(row.employee, list(zip(columns, row.gaps, strict=True))) for row in rows],
        "below": [_below([row.gaps[index] for row in rows]) for index, _column in enumerate(columns)],
    }
    return render(request, "metrics/skills/team_skills.html", context)


@require_safe
def team_skills_export(request: TenantRequest) -> HttpResponse:
    """Download the gaps of everyone below the manager, in levels: positive is missing."""
    if not is_manager(request.member):
        raise PermissionDenied
    columns, rows = team_gaps(list(team_of(request.member, is_direct=False).select_related("job_description")))
    return csv_response(
        filename=f"skill-gaps-{request.organization.slug}.csv",
        headings=[_("Number"), _("Name"), _("Job description"), *(column.name for column in columns)],
        rows=(
            (
                row.employee.number,
                row.employee.full_name,
                row.employee.job_description,
                *("" if gap is None else gap.levels for gap in row.gaps),
            )
            for row in rows
        ),
    )


def skill_rows(request: TenantRequest, employee: Employee, known: list[Skill]) -> list[dict[str, Any]]:
    """Return what a row of the table shows: words, drawing, and the ways to close a gap."""
    today = timezone.localdate()
    actions = skill_actions(request.member, employee)
    return [
        {
            "skill": skill,
            "gap": skill.gap,
            "expected": level_words(skill.expected),
            "own": level_words(skill.gap.own),
            "manager": level_words(skill.gap.manager),
            "history": skill.history(today) if len(skill.ratings) > 1 else None,
            "actions": [(action.label, action.url(employee, skill.competency)) for action in actions]
            if skill.gap.is_missing
            else [],
        }
        for skill in known
    ]


def level_words(level: int | None) -> str:
    """Return "3 · Proficient", or an empty text."""
    return "" if level is None else f"{level} · {CompetencyLevel(level).short_label}"


def _employee(request: TenantRequest, employee_id: int) -> Employee:
    rows = employees_followed_by(request.member).select_related("organization", "job_description")
    employee: Employee = get_object_or_404(rows, pk=employee_id)
    return employee


def _last(skill: Skill, rater: Rater) -> dict[str, Any] | None:
    rating = skill.own if rater is Rater.SELF else skill.manager
    return None if rating is None else {"words": level_words(rating.level), "on": rating.rated_on}


def _below(gaps: list[Any]) -> dict[str, int]:
    rated = [gap for gap in gaps if gap is not None and gap.levels is not None]
    return {"below": sum(gap.is_missing for gap in rated), "rated": len(rated)}
