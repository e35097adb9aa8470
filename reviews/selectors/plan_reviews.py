"""Looking back at a plan: where each expectation stood, stands, and what its chart says; which dates were missed."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pips.days import today_for
from pips.enums import SignalVerdict
from pips.models import Expectation, FollowUp, Plan
from pips.readings import MetricReading, readings_of
from pips.selectors.plans import plan_for
from reviews.models import PlanReview


@dataclass(frozen=True, kw_only=True)
class Course:
    """One expectation from its baseline over the end of the plan until today."""

    expectation: Expectation
    final: Decimal | None
    outcome: str
    reading: MetricReading | None

    @property
    def verdict(self) -> str:
        """Return what the chart says, in words; an expectation without a metric has none."""
        return str(SignalVerdict(self.reading.verdict).label) if self.reading else ""


@dataclass(frozen=True, kw_only=True)
class MissedDate:
    """A date that passed before the thing was done: what, when it was due, when it was done, and who owed it."""

    what: str
    due_on: datetime.date
    done_on: datetime.date | None
    owed_by: str | Promise


def follow_up_for(member: Membership, plan_id: int, follow_up_id: int) -> tuple[Plan, FollowUp]:
    """Return a plan the member may read with one of its follow-ups, or raise Http404."""
    plan = plan_for(member, plan_id)
    follow_up = next((one for one in plan.follow_ups.all() if one.pk == follow_up_id), None)
    if follow_up is None:
        raise Http404
    follow_up.plan = plan
    return plan, follow_up


def plan_review_of(follow_up: FollowUp) -> PlanReview | None:
    """Return what was written at the follow-up; those recorded before reviews existed have a note only."""
    reviews = PlanReview.objects.select_related("written_by__user").prefetch_related("results__expectation")
    review = reviews.filter(follow_up=follow_up).first()
    if review is not None:
        review.follow_up = follow_up
    return review


def courses_of(plan: Plan) -> list[Course]:
    """Return every expectation of the plan with what its metric says today; a fixed number of statements."""
    expectations = list(plan.expectations.all())
    today = readings_of(expectations, plan.employee_id, today_for(plan.employee))
    return [
        Course(
            expectation=one,
            final=one.result.final_value if hasattr(one, "result") else None,
            outcome=one.result.get_verdict_display() if hasattr(one, "result") else "",
            reading=today.get(one.pk),
        )
        for one in expectations
    ]


def missed_dates_of(plan: Plan) -> list[MissedDate]:
    """Return the dates of the plan that were missed, of both sides: milestones, check-ins and promised support."""
    meetings: list[Any] = [*plan.milestones.all(), *plan.check_ins.all()]
    missed = [
        MissedDate(what=str(one), due_on=one.due_on, done_on=one.held_on, owed_by=_("Manager"))
        for one in meetings
        if one.due_on and one.held_on and one.held_on > one.due_on
    ]
    missed += [
        MissedDate(what=one.description, due_on=one.due_on, done_on=one.delivered_on, owed_by=one.owner.full_name)
        for one in plan.support_commitments.all()
        if one.due_on and (one.delivered_on is None or one.delivered_on > one.due_on)
    ]
    return sorted(missed, key=lambda one: one.due_on)
