"""Looking back at a plan: where each expectation stood, stands, and what its chart says; which dates were missed."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.form_kinds import SECTIONS
from documents.models import Document
from documents.selectors import documents_about
from people.models import Employee, Membership
from pips.days import day_for, today_for
from pips.enums import SignalVerdict
from pips.models import Expectation, FollowUp, Milestone, Plan, PlanCheckIn, SupportCommitment
from pips.readings import MetricReading, readings_of
from pips.selectors.plans import plan_for, plans_visible_to
from reviews.models import PlanReview
from reviews.obligations import ABOUT_PLAN_REVIEW


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
    """What was owed by a day: what, when it was due, when it was done if it ever was, and by whom."""

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


def plan_review_for(member: Membership, plan_review_id: int) -> PlanReview:
    """Return a look back at a plan the member may read, with its plan, or raise Http404."""
    found = PlanReview.objects.select_related("follow_up").filter(pk=plan_review_id).first()
    if found is None:
        raise Http404
    _plan, found.follow_up = follow_up_for(member, found.follow_up.plan_id, found.follow_up_id)
    return found


def sealed_look_back(review: PlanReview) -> Document | None:
    """Return the sealed document of the look back with its receipt; those before there was one have none."""
    return documents_about(ABOUT_PLAN_REVIEW, review.pk).first()


def words_of(review: PlanReview | None) -> list[tuple[str | Promise, str]]:
    """Return the sections that were written, each under its name, in the order of the form."""
    words = review.words if review is not None else {}
    return [(label, words[key]) for key, label in SECTIONS["review"].items() if words.get(key)]


def plan_reviews_visible_to(member: Membership) -> QuerySet[PlanReview]:
    """Return the look backs at the plans the member may read."""
    return PlanReview.objects.filter(Exists(plans_visible_to(member).filter(pk=OuterRef("follow_up__plan"))))


def readable_plan_reviews(member: Membership, employee: Employee) -> QuerySet[Any, Any]:
    """Return the keys of the look backs at the employee's plans whose documents the member may read."""
    own = plan_reviews_visible_to(member).filter(follow_up__plan__employee=employee)
    return own.order_by().values_list("pk", flat=True)


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
    """Return the dates of the plan that were missed, of both sides: milestones, check-ins and promised support.

    What was never done counts too. What was due when the plan had been decided was asked of nobody any more.
    """
    ended = day_for(plan.employee, plan.decided_at) if plan.decided_at is not None else today_for(plan.employee)
    owed = [*_meetings(plan.milestones.all()), *_meetings(plan.check_ins.all()), *_support(plan)]
    missed = [one for one in owed if one.due_on < ended and (one.done_on is None or one.done_on > one.due_on)]
    return sorted(missed, key=lambda one: one.due_on)


def _meetings(meetings: Iterable[Milestone] | Iterable[PlanCheckIn]) -> Iterator[MissedDate]:
    for one in meetings:
        if one.due_on is not None:
            yield MissedDate(what=str(one), due_on=one.due_on, done_on=one.held_on, owed_by=_("Manager"))


def _support(plan: Plan) -> Iterator[MissedDate]:
    commitments: Iterable[SupportCommitment] = plan.support_commitments.all()
    for one in commitments:
        if one.due_on is not None:
            yield MissedDate(
                what=one.description, due_on=one.due_on, done_on=one.delivered_on, owed_by=one.owner.full_name
            )
