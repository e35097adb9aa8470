"""What is recorded while a plan runs: check-ins, milestones, support, follow-ups."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.http import TenantRequest
from people.rules import is_self
from pips.enums import RUNNING, PlanStatus
from pips.forms.progress import AnswerForm, CheckInForm, MilestoneRecordForm, SupportDeliveryForm
from pips.forms.steps import FollowUpForm
from pips.models import Milestone, Plan, PlanCheckIn
from pips.rules import can_answer, can_deliver_support, can_record_follow_up, can_record_progress, can_view_plan
from pips.selectors import plan_for, support_commitment_for
from pips.services.outcome import record_follow_up
from pips.services.progress import (
    answer_check_in,
    answer_milestone,
    deliver_support,
    record_check_in,
    record_milestone,
)
from pips.views.stepping import handed_in, plan_url, take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_RECORDABLE = frozenset({PlanStatus.ACTIVE, PlanStatus.PAUSED})


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
    form = CheckInForm(handed_in(request), initial=recorded)
    return take_step(
        request,
        plan,
        rule=can_record_progress,
        open_in=_RECORDABLE,
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
        open_in=_RECORDABLE,
        form=form,
        act=lambda: _record_milestone(request, reached, form),
        done=_("Recorded. The employee is asked for their view."),
        template="pips/milestone_record.html",
        context={"milestone": reached},
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
    form = AnswerForm(handed_in(request), initial={"employee_view": meeting.employee_view})
    return take_step(
        request,
        plan,
        rule=can_answer,
        open_in=_RECORDABLE,
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
    return MilestoneRecordForm(
        handed_in(request),
        initial=recorded,
        expectations=plan.expectations.all(),
        readings={reading.expectation_id: reading.value for reading in reached.readings.all()},
    )


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


@_ask_or_act
def follow_up(request: TenantRequest, plan_id: int, follow_up_id: int) -> HttpResponse:
    """Record whether the improvement has lasted."""
    plan = plan_for(request.member, plan_id)
    look_back = _part(plan.follow_ups.all(), follow_up_id)
    form = FollowUpForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_record_follow_up,
        open_in=frozenset({PlanStatus.DECIDED}),
        form=form,
        act=lambda: record_follow_up(actor=request.member, follow_up=look_back, **form.cleaned_data),
        done=_("The follow-up is on the record."),
        template="pips/follow_up.html",
        context={"follow_up": look_back},
        fragment="outcome",
    )
