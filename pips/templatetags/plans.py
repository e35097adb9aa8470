"""How figures and states of a plan are written: ``{% load plans %}``."""

from django import template
from django.template.context import Context
from django.utils.formats import localize

from people.addresses import portal_url
from pips.amendment_enums import AmendmentStatus, LeaveProposalStatus, NotProrated
from pips.enums import (
    AccommodationStatus,
    AppealStatus,
    CheckStatus,
    Outcome,
    PlanStatus,
    SignalVerdict,
    TrackStatus,
    Verdict,
)
from pips.models import FollowUp, Plan
from pips.quantities import quantity
from pips.registry import follow_up_page
from pips.snapshots import figure_of
from pips.views.next_steps import NextStep

register = template.Library()

#: The shape beside each state's word (the ``status`` component).
STATUS_KINDS: dict[str, str] = {
    PlanStatus.DRAFT: "neutral",
    PlanStatus.IN_REVIEW: "info",
    PlanStatus.CHANGES_REQUESTED: "warning",
    PlanStatus.APPROVED: "info",
    PlanStatus.ISSUED: "warning",
    PlanStatus.ACTIVE: "info",
    PlanStatus.PAUSED: "warning",
    PlanStatus.EXTENDED: "info",
    PlanStatus.DECIDED: "neutral",
    PlanStatus.FOLLOWED_UP: "success",
    PlanStatus.CLOSED: "neutral",
    AmendmentStatus.PROPOSED: "warning",
    AmendmentStatus.IN_FORCE: "success",
    AmendmentStatus.DECLINED: "neutral",
    LeaveProposalStatus.OPEN: "warning",
    LeaveProposalStatus.ACCEPTED: "success",
    LeaveProposalStatus.LAPSED: "neutral",
    TrackStatus.ON_TRACK: "success",
    TrackStatus.AT_RISK: "warning",
    TrackStatus.OFF_TRACK: "danger",
    Outcome.SUCCESSFUL: "success",
    Outcome.UNSUCCESSFUL: "danger",
    Outcome.WITHDRAWN: "neutral",
    Verdict.MET: "success",
    Verdict.PARTLY: "warning",
    Verdict.NOT_MET: "danger",
}


@register.filter
def state_kind(value: str) -> str:
    """Return the kind of status component for a plan's state, a track status or an outcome."""
    return STATUS_KINDS.get(value, "neutral")


#: The same for the employee's side: checks, accommodations, appeals, and the verdict of a chart.
VOICE_KINDS: dict[str, str] = {
    CheckStatus.OPEN: "warning",
    CheckStatus.CORRECTED: "success",
    CheckStatus.STANDS: "neutral",
    AccommodationStatus.GRANTED: "success",
    AccommodationStatus.DECLINED: "neutral",
    AppealStatus.FILED: "warning",
    AppealStatus.ASSIGNED: "info",
    AppealStatus.UPHELD: "neutral",
    AppealStatus.CHANGED: "success",
}
SIGNAL_KINDS: dict[str, str] = {SignalVerdict.BETTER: "success", SignalVerdict.WORSE: "danger"}


@register.filter
def voice_kind(value: str) -> str:
    """Return the kind of status component for a check, a request for an accommodation or an appeal."""
    return VOICE_KINDS.get(value, "neutral")


@register.filter
def signal_kind(value: str) -> str:
    """Return the kind of status component for what a chart says; noise is neutral."""
    return SIGNAL_KINDS.get(value, "neutral")


register.filter("quantity", quantity)


@register.filter
def percent(share: float) -> str:
    """Return a share of 0 to 1 as a percentage with one decimal, in the reader's way."""
    return f"{localize(round(share * 100, 1))} %"


@register.filter
def figure(value: str | None, unit: str = "") -> str:
    """Return a figure that a snapshot keeps as text, written like any other."""
    return quantity(figure_of(value), unit)


@register.filter
def why_not_prorated(value: str) -> str:
    """Return in words why leave does not change a target."""
    return str(NotProrated(value).label)


@register.simple_tag(takes_context=True)
def plan_step(context: Context, plan: Plan, step: NextStep) -> str:
    """Return the address of the page that takes a step of the plan."""
    return portal_url(context["request"].organization, step.page, plan_id=plan.pk, **step.ids)


@register.simple_tag(takes_context=True)
def follow_up_url(context: Context, plan: Plan, follow_up: FollowUp, may_record: bool) -> str:  # noqa: FBT001  # a tag
    """Return the page of a follow-up for its reader: to record it, or to read what was recorded; empty for neither."""
    if follow_up.recorded_at is None and not may_record:
        return ""
    organization = context["request"].organization
    return portal_url(organization, follow_up_page(), plan_id=plan.pk, follow_up_id=follow_up.pk)
