"""What happens while a plan of the demo runs: leave, talks, milestones, support."""

import datetime
from decimal import Decimal

from django.utils import timezone

from demo.seed.stage import Cast, Story, days_ago, on
from people.enums import LeaveKind
from people.models import Employee
from people.services.leave import record_leave
from pips.enums import (
    Outcome,
    TrackStatus,
)
from pips.models import Milestone, Plan, PlanCheckIn
from pips.services import progress
from pips.tasks import refresh_organization


def go_on_leave(leave: tuple[int, int | None], cast: Cast, employee: Employee) -> None:
    """Let the employee be away: the first day of leave so many days ago, until the second."""
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


def make_progress(story: Story, cast: Cast, plan: Plan) -> None:
    """Hold the talks and deliver the support up to the day the story reaches."""
    until = days_ago(story.behind)
    steps: list[PlanCheckIn | Milestone] = [*plan.check_ins.all(), *plan.milestones.all()]
    for step in sorted(steps, key=lambda step: (step.due_on or until, step.day)):
        if step.due_on is None or step.due_on > until or _is_away(plan, step.due_on):
            continue
        with on(step.due_on):
            if isinstance(step, PlanCheckIn):
                _hold_check_in(cast, step)
            else:
                _hold_milestone(cast, step, story)
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


def _hold_milestone(cast: Cast, milestone: Milestone, story: Story) -> None:
    is_behind = story.outcome == Outcome.UNSUCCESSFUL
    progress.record_milestone(
        actor=cast.manager,
        milestone=milestone,
        held_on=timezone.localdate(),
        track_status=TrackStatus.OFF_TRACK if is_behind else TrackStatus.ON_TRACK,
        manager_view=(
            "Half of the way; the morning routine is kept on some days only."
            if is_behind
            else "The partial target is reached and the habits of the first weeks hold."
        ),
        next_steps="Keep the morning routine; look at the Monday load together.",
        readings=_readings(milestone, share=Decimal("0.5") if is_behind else Decimal(1)),
    )
    if story.answers_milestones:
        progress.answer_milestone(
            actor=cast.employee,
            milestone=milestone,
            employee_view="I can see it too. I would like the second training session.",
        )


def _readings(milestone: Milestone, *, share: Decimal) -> dict[int, Decimal | None]:
    """Return a reading on the straight way from the baseline to that share of the target."""
    share = share * Decimal(milestone.day) / 90
    return {
        expectation.pk: round(expectation.baseline + (expectation.target - expectation.baseline) * share, 1)
        for expectation in milestone.plan.expectations.all()
        if expectation.baseline is not None and expectation.target is not None
    }
