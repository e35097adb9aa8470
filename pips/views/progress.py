"""What is recorded while a plan runs: check-ins, milestones, support."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.asking import handed_in
from people.http import TenantRequest
from people.rules import is_self
from pips.days import today_for
from pips.enums import MEETING, RUNNING
from pips.forms.progress import AnswerForm, CheckInForm, MilestoneRecordForm, SupportDeliveryForm
from pips.models import Milestone, Plan, PlanCheckIn
from pips.readings import level_to_hold, readings_of
from pips.rules import can_answer, can_deliver_support, can_record_progress, can_view_plan
from pips.selectors.forms import form_of_check_in
from pips.selectors.plans import plan_for, support_commitment_for
from pips.services.progress import (
    answer_check_in,
    answer_milestone,
    deliver_support,
    record_check_in,
    record_milestone,
)
from pips.views.stepping import plan_url, take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


def _part[PartType](parts: Iterable[PartType], part_id: int) -> PartType:
    for part in parts:
        if part.pk == part_id:  # type: ignore[attr-defined]  # parts are models
            return part
    raise Http404


@_ask_or_act
def check_in(request: TenantRequest, plan_id: int, check_in_id: int) -> HttpResponse:
    """Record a check-in as the manager, or answer it as the employee."""
    plan = plan_for(request.member, plan_id)
    held = _part(plan.check_ins.all(), check_in_id)
    if is_self(request.member, plan.employee):
        return _answer(request, plan, held, answer_check_in, key="check_in", fragment="check-ins")
    recorded = {name: getattr(held, name) for name in CheckInForm.base_fields} if held.manager_recorded_at else None
    form = CheckInForm(handed_in(request), initial=recorded, form=form_of_check_in(held))
    return take_step(
        request,
        plan,
        rule=can_record_progress,
        open_in=MEETING,
        form=form,
        act=lambda: record_check_in(actor=request.member, check_in=held, **form.cleaned_data),
        done=_("Recorded. The employee is asked for their view."),
        template="pips/check_in_record.html",
        context={"check_in": held},
        fragment="check-ins",
    )


@_ask_or_act
def milestone(request: TenantRequest, plan_id: int, milestone_id: int) -> HttpResponse:
    """Record a milestone as the manager, or answer it as the employee."""
    plan = plan_for(request.member, plan_id)
    reached = _part(plan.milestones.all(), milestone_id)
    if is_self(request.member, plan.employee):
        return _answer(request, plan, reached, answer_milestone, key="milestone", fragment="milestones")
    form = _milestone_form(request, plan, reached)
    return take_step(
        request,
        plan,
        rule=can_record_progress,
        open_in=MEETING,
        form=form,
        act=lambda: _record_milestone(request, reached, form),
        done=_("Recorded. The employee is asked for their view."),
        template="pips/milestone_record.html",
        context={"milestone": reached, "rows": form.rows(), "measured_on": today_for(plan.employee)},
        fragment="milestones",
    )


def _answer(
    request: TenantRequest,
    plan: Plan,
    meeting: PlanCheckIn | Milestone,
    service: Callable[..., None],
    *,
    key: str,
    fragment: str,
) -> HttpResponse:
    said = {"employee_view": meeting.employee_view} if meeting.employee_view else None
    worded = form_of_check_in(meeting) if isinstance(meeting, PlanCheckIn) else None
    form = AnswerForm(handed_in(request), initial=said, form=worded)
    return take_step(
        request,
        plan,
        rule=can_answer,
        open_in=MEETING,
        form=form,
        act=lambda: service(actor=request.member, **{key: meeting}, **form.cleaned_data),
        done=_("Your view is on the record."),
        template=f"pips/{key}_answer.html",
        context={key: meeting},
        fragment=fragment,
    )


def _milestone_form(request: TenantRequest, plan: Plan, reached: Milestone) -> MilestoneRecordForm:
    names = ("held_on", "track_status", "manager_view", "next_steps")
    recorded = {name: getattr(reached, name) for name in names} if reached.manager_recorded_at else None
    expectations = list(plan.expectations.all())
    return MilestoneRecordForm(
        handed_in(request),
        initial=recorded,
        expectations=expectations,
        readings={reading.expectation_id: reading.value for reading in reached.readings.all()},
        measured=readings_of(expectations, plan.employee_id, today_for(plan.employee)),
        levels=_levels(plan, reached),
    )


def _levels(plan: Plan, reached: Milestone) -> dict[int, Decimal | None]:
    """Return what is to be held for each expectation: the best level of the milestones before (cumulative targets)."""
    before = [milestone for milestone in plan.milestones.all() if milestone.day < reached.day]
    readings = [reading for milestone in before for reading in milestone.readings.all()]
    return {
        expectation.pk: level_to_hold(
            expectation.direction, [one.value for one in readings if one.expectation_id == expectation.pk]
        )
        for expectation in plan.expectations.all()
    }


def _record_milestone(request: TenantRequest, reached: Milestone, form: MilestoneRecordForm) -> None:
    words = form.cleaned_data
    record_milestone(
        actor=request.member,
        milestone=reached,
        held_on=words["held_on"],
        track_status=words["track_status"],
        manager_view=words["manager_view"],
        next_steps=words["next_steps"],
        readings=form.readings(),
    )


@_ask_or_act
def support(request: TenantRequest, plan_id: int, commitment_id: int) -> HttpResponse:
    """Record that a promise of the employer was kept; whoever made it may, without reading the plan."""
    commitment = support_commitment_for(request.member, commitment_id)
    plan = commitment.plan
    if plan.pk != plan_id:
        raise Http404
    may_view = can_view_plan(request.member, plan)
    back = plan_url(request, plan, fragment="support") if may_view else request.organization.get_absolute_url()
    if plan.status not in RUNNING and not may_view:
        messages.info(request, _("This promise is no longer open."))
        return redirect(back)
    form = SupportDeliveryForm(
        handed_in(request), initial={"delivered_on": commitment.delivered_on, "note": commitment.delivered_note}
    )
    return take_step(
        request,
        plan,
        rule=lambda member, _plan: can_deliver_support(member, commitment),
        open_in=RUNNING,
        form=form,
        act=lambda: deliver_support(actor=request.member, commitment=commitment, **form.cleaned_data),
        done=_("Recorded as delivered."),
        template="pips/support_delivery.html",
        context={"commitment": commitment, "may_view": may_view, "back": back},
        back=back,
    )
