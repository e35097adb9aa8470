"""Plans in every state, told through the real services on the days they would have happened."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import time_machine
from django.utils import timezone

from demo.seed.plan_texts import ATTENDANCE, DELIVERY, QUALITY, PlanText
from documents.enums import AcknowledgementKind
from people.enums import LeaveKind
from people.models import Employee, Membership, User
from people.services.leave import record_leave
from pips.enums import Confirmation, Direction, Outcome, PlanStatus, TrackStatus
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import FollowUp, Milestone, Plan, PlanCheckIn
from pips.plan_templates import template_for
from pips.services import outcome as outcomes
from pips.services import plan as plans
from pips.services import progress
from pips.tasks import refresh_organization

HOUR = datetime.time(15, 0, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Story:
    """How far one plan has come. Days are counted from today; ``behind`` leaves what is due since then undone."""

    text: PlanText
    reaches: PlanStatus
    begins: int = 10
    leave: tuple[int, int | None] | None = None
    behind: int = 0
    answers_milestones: bool = True
    refused: bool = False
    outcome: Outcome | None = None


#: The first is the demo employee's own; the others go to the rest of the demo manager's team, in order.
STORIES = (
    Story(DELIVERY, PlanStatus.ACTIVE, begins=43, leave=(34, 25), behind=2, answers_milestones=False),
    Story(QUALITY, PlanStatus.DRAFT, begins=4),
    Story(ATTENDANCE, PlanStatus.IN_REVIEW, begins=9),
    Story(QUALITY, PlanStatus.CHANGES_REQUESTED, begins=12),
    Story(DELIVERY, PlanStatus.APPROVED, begins=6),
    Story(ATTENDANCE, PlanStatus.ISSUED, begins=3),
    Story(DELIVERY, PlanStatus.PAUSED, begins=40, leave=(6, None)),
    Story(QUALITY, PlanStatus.ACTIVE, begins=101, refused=True),
    Story(ATTENDANCE, PlanStatus.DECIDED, begins=140, outcome=Outcome.SUCCESSFUL),
)


@dataclass(frozen=True)
class Cast:
    """Who acts in a story."""

    hr: Membership
    manager: Membership
    employee: Membership
    witness: Employee


def create_plans(signed_in: dict[str, Employee]) -> None:
    """Tell every story inside the open tenant context."""
    manager = signed_in["manager"]
    team = [signed_in["employee"], *manager.direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")]
    hr, bob = member_of(signed_in["hr"]), member_of(manager)
    for story, employee in zip(STORIES, team, strict=False):
        tell(story, Cast(hr, bob, member_of(employee), witness=signed_in["admin"]), employee)


def tell(story: Story, cast: Cast, employee: Employee) -> Plan:
    """Run one plan through the services up to the state the story reaches."""
    plan = _write(story, cast, employee)
    if story.reaches == PlanStatus.DRAFT:
        return plan
    if not _pass_review(story, cast, plan):
        return plan
    _issue(story, cast, plan)
    if story.reaches == PlanStatus.ISSUED:
        return plan
    _acknowledge(story, cast, plan)
    if story.leave is not None:
        _go_on_leave(story.leave, cast, employee)
    _make_progress(story, cast, plan)
    if story.outcome is not None:
        _decide(story.outcome, cast, plan)
    return plan


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    """Let the services run in the middle of that day."""
    with time_machine.travel(datetime.datetime.combine(day, HOUR), tick=True):
        yield


def days_ago(days: int) -> datetime.date:
    """Return the date that many days before today."""
    return timezone.localdate() - datetime.timedelta(days=days)


def member_of(employee: Employee) -> Membership:
    """Return the employee's membership; one who has none yet gets it, without a password."""
    member = Membership.objects.filter(employee=employee).first()
    if member is None:
        user = User.objects.create_user(employee.email, None, full_name=employee.full_name)
        member = Membership.objects.create(user=user)
        Employee.objects.filter(pk=employee.pk).update(membership=member)
    employee.membership = member
    return member


def _write(story: Story, cast: Cast, employee: Employee) -> Plan:
    text = story.text
    template = template_for(text.template_key)
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


def _pass_review(story: Story, cast: Cast, plan: Plan) -> bool:
    with on(days_ago(story.begins + 7)):
        plans.submit_plan(actor=cast.manager, plan=plan, note="The examples are from the weekly report.")
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
        plans.approve_plan(
            actor=cast.hr,
            plan=plan,
            confirmations=frozenset(Confirmation.values),
            note="Checked against the job description.",
        )
    return story.reaches != PlanStatus.APPROVED


def _issue(story: Story, cast: Cast, plan: Plan) -> None:
    with on(days_ago(story.begins)):
        plans.issue_plan(actor=cast.manager, plan=plan)


def _acknowledge(story: Story, cast: Cast, plan: Plan) -> None:
    with on(days_ago(story.begins - 2)):
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


def _go_on_leave(leave: tuple[int, int | None], cast: Cast, employee: Employee) -> None:
    first, last = leave
    with on(days_ago(first)):
        record_leave(
            actor=cast.hr,
            employee=employee,
            starts_on=days_ago(0),
            ends_on=None if last is None else days_ago(last - first),
            kind=LeaveKind.FAMILY,
            is_protected=True,
        )
        refresh_organization(employee.organization_id)
    if last is not None:
        with on(days_ago(last - 1)):
            refresh_organization(employee.organization_id)


def _make_progress(story: Story, cast: Cast, plan: Plan) -> None:
    until = days_ago(story.behind)
    steps: list[PlanCheckIn | Milestone] = [*plan.check_ins.all(), *plan.milestones.all()]
    for step in sorted(steps, key=lambda step: (step.due_on or until, step.day)):
        if step.due_on is None or step.due_on > until or _is_away(plan, step.due_on):
            continue
        with on(step.due_on):
            if isinstance(step, PlanCheckIn):
                _hold_check_in(cast, step)
            else:
                _hold_milestone(cast, step, is_answered=story.answers_milestones)
    for commitment in plan.support_commitments.all():
        if commitment.due_on is not None and commitment.due_on <= until:
            with on(commitment.due_on):
                progress.deliver_support(
                    actor=cast.manager, commitment=commitment, delivered_on=commitment.due_on, note="As agreed."
                )


def _is_away(plan: Plan, day: datetime.date) -> bool:
    leaves = plan.employee.leaves.all()
    return any(leave.starts_on <= day and (leave.ends_on is None or day <= leave.ends_on) for leave in leaves)


def _hold_check_in(cast: Cast, check_in: PlanCheckIn) -> None:
    progress.record_check_in(
        actor=cast.manager,
        check_in=check_in,
        held_on=timezone.localdate(),
        track_status=TrackStatus.ON_TRACK if check_in.day > 20 else TrackStatus.AT_RISK,
        manager_view="The week’s report was gone through line by line; the late ones were all from one customer.",
        support_delivered="The weekly half hour took place.",
        obstacles="Two colleagues away at the same time.",
        actions="Sort the queue by due time each morning before anything else.",
    )
    progress.answer_check_in(
        actor=cast.employee, check_in=check_in, employee_view="Agreed. The new view helps; Mondays are still too full."
    )


def _hold_milestone(cast: Cast, milestone: Milestone, *, is_answered: bool) -> None:
    progress.record_milestone(
        actor=cast.manager,
        milestone=milestone,
        held_on=timezone.localdate(),
        track_status=TrackStatus.ON_TRACK,
        manager_view="The partial target is reached and the habits of the first weeks hold.",
        next_steps="Keep the morning routine; look at the Monday load together.",
        readings=_readings(milestone),
    )
    if is_answered:
        progress.answer_milestone(
            actor=cast.employee,
            milestone=milestone,
            employee_view="I can see it too. I would like the second training session.",
        )


def _readings(milestone: Milestone) -> dict[int, Decimal | None]:
    """Return a reading on the straight way from the baseline to the target."""
    share = Decimal(milestone.day) / 90
    return {
        expectation.pk: round(expectation.baseline + (expectation.target - expectation.baseline) * share, 1)
        for expectation in milestone.plan.expectations.all()
        if expectation.baseline is not None and expectation.target is not None
    }


def _decide(outcome: Outcome, cast: Cast, plan: Plan) -> None:
    plan.refresh_from_db()
    with on((plan.ends_on or timezone.localdate()) + datetime.timedelta(days=2)):
        outcomes.decide_plan(
            actor=cast.hr,
            plan=plan,
            outcome=outcome,
            reason="All targets were met on day 90 and had been held for a month; the support was given as promised.",
        )
    follow_ups: Sequence[FollowUp] = plan.follow_ups.filter(due_on__lte=timezone.localdate())
    for follow_up in follow_ups:
        with on(follow_up.due_on):
            outcomes.record_follow_up(
                actor=cast.manager,
                follow_up=follow_up,
                held_on=follow_up.due_on,
                is_sustained=True,
                note="One late start in thirty days; the earlier bus now runs.",
            )
