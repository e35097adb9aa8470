"""The ladder of jobs: one's own, what is missing to a job on it, and the ladder as HR keeps it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development import rules
from development.forms.steps import StepForm
from development.models import JobStep
from development.selectors.career import all_steps, job_on_ladder, ladder_of, skills_for_job
from development.selectors.plans import plans_about
from development.services.career import add_step, make_aim, remove_step
from development.views.stepping import plan_url
from metrics.selectors.skills import Skill, skills_of
from metrics.views.skills import level_words
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pipcycle.errors import DomainError


@require_safe
def own_career(request: TenantRequest) -> HttpResponse:
    """Lead to the member's own ladder."""
    own = employee_of(request.member)
    if own is None:
        raise PermissionDenied
    return redirect(portal_url(request.organization, "development:career", employee_id=own.pk))


@require_safe
def career(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show the jobs that can be reached from the employee's, and how far away each is."""
    employee = _employee(request, employee_id)
    skills = skills_of(employee)
    rungs = list(enumerate(ladder_of(employee, skills), start=1))
    plan = plans_about(request.member, employee).select_related("aim").first()
    context = {
        "employee": employee,
        "is_own": is_self(request.member, employee),
        "rungs": rungs[::-1],
        "rated": sum(skill.gap.view is not None for skill in skills),
        "skill_count": len(skills),
        "aim": plan.aim if plan is not None and plan.is_open else None,
        "can_change": rules.can_change_ladder(request.member),
    }
    return render(request, "development/career/career.html", context)


@require_safe
def career_job(request: TenantRequest, employee_id: int, job_id: int) -> HttpResponse:
    """Show competency by competency what is missing to one job on the ladder."""
    employee = _employee(request, employee_id)
    job = job_on_ladder(employee, job_id)
    skills = skills_for_job(employee, job)
    plan = plans_about(request.member, employee).first()
    context = {
        "employee": employee,
        "is_own": is_self(request.member, employee),
        "job": job,
        "rows": [_row(skill) for skill in skills],
        "missing": sum(skill.gap.is_missing for skill in skills),
        "unknown": sum(skill.gap.view is None for skill in skills),
        "plan": plan if plan is not None and plan.is_open else None,
        "can_aim": rules.can_choose_aim(request.member, employee),
    }
    return render(request, "development/career/job.html", context)


def _row(skill: Skill) -> dict[str, Any]:
    return {
        "skill": skill,
        "gap": skill.gap,
        "expected": level_words(skill.expected),
        "own": level_words(skill.gap.own),
        "manager": level_words(skill.gap.manager),
    }


@require_POST
def aim(request: TenantRequest, employee_id: int, job_id: int) -> HttpResponse:
    """Make the job the aim of the employee's plan."""
    employee = _employee(request, employee_id)
    job = job_on_ladder(employee, job_id)
    try:
        plan = make_aim(actor=request.member, employee=employee, job=job)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        here = portal_url(request.organization, "development:career_job", employee_id=employee.pk, job_id=job.pk)
        return redirect(here)
    messages.success(request, _("The job is your aim. Now say what you will do to get there."))
    return redirect(plan_url(request, plan, "plan_edit"))


@ask_or_act
def ladder(request: TenantRequest) -> HttpResponse:
    """Show every step of the ladder; whoever writes jobs adds steps here."""
    can_change = rules.can_change_ladder(request.member)
    if request.method == "POST" and not can_change:
        raise PermissionDenied
    form = StepForm(handed_in(request), initial={"source": request.GET.get("from", "")}) if can_change else None
    context = {"steps": list(all_steps()), "can_change": can_change, "own": employee_of(request.member)}
    template = "development/career/ladder.html"
    if form is None:
        return render(request, template, {"form": None, **context})

    def act() -> str:
        add_step(actor=request.member, **form.cleaned_data)
        return portal_url(request.organization, "development:ladder")

    return ask(request, form, act=act, done=_("The step is on the ladder."), template=template, context=context)


@require_POST
def ladder_removal(request: TenantRequest, step_id: int) -> HttpResponse:
    """Take a step off the ladder."""
    if not rules.can_change_ladder(request.member):
        raise PermissionDenied
    step: JobStep = get_object_or_404(JobStep, pk=step_id)
    remove_step(actor=request.member, step=step)
    messages.success(request, _("The step is off the ladder. Plans that aim at the job keep their aim."))
    return redirect(portal_url(request.organization, "development:ladder"))


def _employee(request: TenantRequest, employee_id: int) -> Employee:
    rows = employees_followed_by(request.member).select_related("organization", "job_description")
    employee: Employee = get_object_or_404(rows, pk=employee_id)
    return employee
