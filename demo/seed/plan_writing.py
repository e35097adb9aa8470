"""A plan of the demo up to its receipt: written, reviewed, handed over."""

import datetime

from demo.seed.plan_texts import PlanText
from demo.seed.stage import Cast, Story, days_ago, on
from documents.enums import AcknowledgementKind
from people.models import Employee
from pips.enums import (
    Confirmation,
    Direction,
    EmploymentEffect,
    LegalReviewStatus,
    PlanStatus,
    Step,
)
from pips.gates.catalogue import findings, unanswered
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Plan
from pips.plan_templates import TEMPLATES
from pips.services import plan as plans
from pips.services.legal import decide_legal_review, require_legal_review


def write_plan(story: Story, cast: Cast, employee: Employee) -> Plan:
    """Write the draft, ten days before it begins."""
    text = story.text
    template = TEMPLATES[text.template_key]
    day = days_ago(story.begins + 10)
    with on(day):
        plan = plans.draft_plan(actor=cast.manager, employee=employee, template_key=text.template_key)
        return plans.revise_draft(
            actor=cast.manager,
            plan=plan,
            title=text.title,
            job_description=employee.job_description,
            length_days=90,
            starts_on=None,
            check_in_every_days=template.check_in_every_days,
            root_cause=text.root_cause,
            success_consequence=str(template.success_consequence),
            failure_consequence=str(template.failure_consequence),
            rights=str(template.rights),
            concerns=_concerns(text, day),
            expectations=_expectations(text),
            milestones=[
                MilestoneInput(day=at, goal=goal) for at, goal in zip((30, 60, 90), text.milestones, strict=True)
            ],
            support=[SupportInput(description=what, owner_id=plan.manager_id, due_day=by) for what, by in text.support],
            # One of the plans before HR changes the job, so that there is a legal review to look at.
            employment_effects=[EmploymentEffect.ADDS_DUTIES] if story.reaches == PlanStatus.IN_REVIEW else [],
        )


def _concerns(text: PlanText, day: datetime.date) -> list[ConcernInput]:
    return [
        ConcernInput(
            occurred_on=day - datetime.timedelta(days=before),
            description=what,
            evidence=evidence,
            standard=standard,
            impact=impact,
            prior_coaching=coaching,
        )
        for before, what, evidence, standard, impact, coaching in text.concerns
    ]


def _expectations(text: PlanText) -> list[ExpectationInput]:
    return [
        ExpectationInput(
            title=title,
            measure=measure,
            baseline=baseline,
            target=target,
            unit=unit,
            direction=Direction(direction),
            data_source=source,
        )
        for title, measure, baseline, target, unit, direction, source in text.expectations
    ]


def pass_review(story: Story, cast: Cast, plan: Plan) -> bool:
    """Submit it and let HR answer; return whether it may be handed over."""
    with on(days_ago(story.begins + 7)):
        plans.submit_plan(
            actor=cast.manager,
            plan=plan,
            note="The examples are from the weekly report.",
            reasons=_reasons(plan, Step.SUBMIT),
        )
    if story.reaches == PlanStatus.IN_REVIEW:
        return False
    with on(days_ago(story.begins + 4)):
        if story.reaches == PlanStatus.CHANGES_REQUESTED:
            plans.request_changes(
                actor=cast.hr,
                plan=plan,
                reason="Please say who takes the second look while the named colleague is away.",
            )
            return False
        _clear_legal_review(cast, plan)
        plans.approve_plan(
            actor=cast.hr,
            plan=plan,
            confirmations=frozenset(Confirmation.values),
            note="Checked against the job description.",
            reasons=_reasons(plan, Step.APPROVE),
        )
    return story.reaches != PlanStatus.APPROVED


def _reasons(plan: Plan, step: Step) -> dict[str, str]:
    """Return a reason for each warning before the step."""
    reason = "Talked through with the manager; the gap is in the figures of this person for three months in a row."
    return {finding.code: reason for finding in unanswered(findings(plan, step))}


def _clear_legal_review(cast: Cast, plan: Plan) -> None:
    review = require_legal_review(plan=plan) or plan.legal_reviews.filter(status=LegalReviewStatus.OPEN).first()
    if review is not None:
        reasons = "The examples and the first talks lie before the leave, and others were treated alike."
        decide_legal_review(actor=cast.hr, review=review, may_go_on=True, reasons=reasons)


def hand_over(story: Story, cast: Cast, plan: Plan) -> None:
    """Issue the plan on the day it begins."""
    with on(days_ago(story.begins)):
        _clear_legal_review(cast, plan)
        plans.issue_plan(actor=cast.manager, plan=plan)


def receive(story: Story, cast: Cast, plan: Plan) -> None:
    """Record the receipt, or its refusal before a witness: after two days, or at a start a holiday has put off."""
    day = days_ago(story.begins - 2)
    with on(day if plan.starts_on is None else max(day, plan.starts_on)):
        if story.refused:
            plans.acknowledge_plan(
                actor=cast.manager, plan=plan, kind=AcknowledgementKind.REFUSED, witness=cast.witness,
                comment="Read in full together; wished to speak with a representative first.",
            )  # fmt: skip
        else:
            plans.acknowledge_plan(
                actor=cast.employee, plan=plan, kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
                comment="Received. The queue view was new to me; I ask that the training comes first.",
            )  # fmt: skip
