"""Writing a plan: where it starts from, the draft as one form with rows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from development import rules
from development.enums import ENDED, DevelopmentStatus, Side
from development.forms.plans import Choices, PlanForms, typed_plan
from development.inputs import PlanInput
from development.models import DevelopmentPlan
from development.origin import Origin
from development.selectors.plans import plan_for, plans_about
from development.selectors.starting import first_plan
from development.services.plans import change_draft, draft_plan, submit_plan
from development.views.asked import ORIGINS, origin_in, person_in
from development.views.choices import choices_for
from development.views.stepping import plan_url
from goals.selectors.goals import goal_for
from people.addresses import portal_url
from people.asking import CONFLICT, UNPROCESSABLE
from people.http import TenantRequest, wants_part
from people.models import Employee
from pipcycle.errors import DomainError
from pipcycle.ui.rows import asks_for_rows
from pips.enums import ENDED as PLAN_ENDED
from pips.selectors.plans import plans_by_standing


@require_safe
def start(request: TenantRequest) -> HttpResponse:
    """Lead to where the thought belongs: an action of the open plan, its draft, or a new plan, filled in."""
    employee = person_in(request)
    if not rules.can_start_plan_for(request.member, employee):
        raise PermissionDenied
    origin_in(request, employee)
    asked = {name: request.GET[name] for name in ORIGINS if name in request.GET}
    plan = plans_about(request.member, employee).exclude(status__in=ENDED).first()
    if plan is None:
        page, query = portal_url(request.organization, "development:plan_new"), {"employee": employee.pk, **asked}
        return redirect(f"{page}?{urlencode(query)}")
    if plan.status in (DevelopmentStatus.APPROVED, DevelopmentStatus.RUNNING):
        return redirect(f"{plan_url(request, plan, 'action_new')}?{urlencode(asked)}")
    messages.info(request, _("This plan is open already: what you have in mind belongs into it."))
    return redirect(plan_url(request, plan))


@require_safe
def from_goal(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Lead from a goal to what has to be learned for it."""
    goal = goal_for(request.member, goal_id)
    return redirect(f"{portal_url(request.organization, 'development:start')}?goal={goal.pk}")


@require_safe
def from_outcome(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Lead from a decided plan to the development of its employee."""
    plan = get_object_or_404(plans_by_standing(request.member).filter(status__in=PLAN_ENDED), pk=plan_id)
    return redirect(f"{portal_url(request.organization, 'development:start')}?outcome={plan.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: TenantRequest) -> HttpResponse:
    """Begin a plan, filled in from the skill gaps and from what it starts from."""
    employee = person_in(request)
    if not rules.can_start_plan_for(request.member, employee):
        raise PermissionDenied
    origin = origin_in(request, employee)

    def save(facts: PlanInput) -> DevelopmentPlan:
        return draft_plan(actor=request.member, employee=employee, facts=facts, origin=origin)

    def fresh(choices: Choices) -> PlanForms:
        first = first_plan(employee, origin)
        return PlanForms(choices=choices, initial=first["plan"], rows=first)

    return _form_page(request, employee, None, fresh=fresh, save=save, origin=origin)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Change a draft."""
    plan = plan_for(request.member, plan_id)
    if rules.side_of(request.member, plan) is None:
        raise PermissionDenied
    if not rules.can_write_draft(request.member, plan):
        messages.info(request, _("This plan is no draft any more."))
        return redirect(plan_url(request, plan))

    def save(facts: PlanInput) -> DevelopmentPlan:
        return change_draft(actor=request.member, plan=plan, facts=facts)

    def fresh(choices: Choices) -> PlanForms:
        return _saved(plan, choices)

    return _form_page(request, plan.employee, plan, fresh=fresh, save=save)


def _form_page(
    request: TenantRequest,
    employee: Employee,
    plan: DevelopmentPlan | None,
    *,
    fresh: Callable[[Choices], PlanForms],
    save: Callable[[PlanInput], DevelopmentPlan],
    origin: Origin | None = None,
) -> HttpResponse:
    """Show the form, change its rows, or save it; nothing typed is lost on the way."""
    choices = choices_for(employee, plan=plan)
    if request.method != "POST":
        return _render(request, employee, plan, fresh(choices), origin=origin)
    if asks_for_rows(request.POST):
        return _render(request, employee, plan, typed_plan(request.POST, choices), origin=origin)
    forms = PlanForms(choices=choices, data=request.POST)
    if not forms.is_valid():
        return _render(request, employee, plan, forms, origin=origin, status=UNPROCESSABLE)
    try:
        saved = save(forms.facts())
    except DomainError as refusal:
        forms.add_error(None, str(refusal))
        return _render(request, employee, plan, forms, origin=origin, status=CONFLICT)
    return _after(request, saved)


def _after(request: TenantRequest, plan: DevelopmentPlan) -> HttpResponse:
    """Submit where that was asked for, then go to the plan; one that is not whole stays a draft that says why."""
    if request.POST.get("then") == "submit" and rules.can_submit(request.member, plan):
        try:
            submit_plan(actor=request.member, plan=plan)
        except DomainError as refusal:
            messages.warning(request, _("Saved as a draft. %(refusal)s") % {"refusal": refusal})
        else:
            messages.success(request, _("The plan is submitted. Your manager is asked to answer it."))
    else:
        messages.success(request, _("The draft is saved."))
    return redirect(plan_url(request, plan))


def _render(
    request: TenantRequest,
    employee: Employee,
    plan: DevelopmentPlan | None,
    forms: PlanForms,
    *,
    origin: Origin | None,
    status: int = 200,
) -> HttpResponse:
    side = rules.side_towards(request.member, employee)
    part = "#form" if wants_part(request) else ""
    context: dict[str, Any] = {
        "plan": plan,
        "employee": employee,
        "forms": forms,
        "origin": origin,
        "is_own": side == Side.EMPLOYEE,
    }
    return render(request, f"development/plan_form.html{part}", context, status=status)


def _saved(plan: DevelopmentPlan, choices: Choices) -> PlanForms:
    """Return the forms of the draft as it stands."""
    words = {name: getattr(plan, name) for name in ("aspiration", "strengths", "starts_on", "ends_on")}
    gaps = [
        {
            "competency": gap.competency_id,
            "current_level": gap.current_level or "",
            "target_level": gap.target_level,
        }
        for gap in plan.gaps.all()
    ]
    actions = [
        {
            **{name: getattr(one, name) for name in ("title", "kind", "starts_on", "due_on", "measure", "resources")},
            "competency": one.gap.competency_id if one.gap is not None else "",
            "course": one.course_id or "",
            "owner": one.owner_id,
        }
        for one in plan.actions.all()
    ]
    initial = {**words, "aim": plan.aim_id or ""}
    return PlanForms(choices=choices, initial=initial, rows={"gaps": gaps, "actions": actions})
