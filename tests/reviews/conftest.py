"""A cycle of Harbor about everybody, planned or launched, and the forms of Alice."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from documents.models import FormTemplate
from documents.services.templates import provide_templates
from people.models import Organization
from reviews.enums import FormRole, LateJoiners, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.services.cycles import launch_cycle, plan_cycle
from reviews.services.running import run_cycle
from reviews.services.writing import save_answers, submit_form
from tests.cast import Person

PlanCycle = Callable[..., ReviewCycle]
OWN: dict[str, dict[str, Any]] = {
    "goals": {"comment": "All of it."},
    "work": {"rating": 3, "comment": "On time."},
    "together": {"rating": 4},
    "strengths": {"text": "Careful figures."},
    "ahead": {"text": "Lead a small project."},
}
WRITTEN: dict[str, dict[str, Any]] = {
    **OWN,
    "strengths": {"text": "Reliable."},
    "overall": {"rating": 3, "comment": "As the job asks."},
}


def days(**changes: Any) -> dict[StepKind, datetime.date | None]:
    """Return a day for each step, two weeks apart; a step may be left out or given another one."""
    today = timezone.localdate()
    usual = {
        StepKind.SELF: today + datetime.timedelta(days=14),
        StepKind.MANAGER: today + datetime.timedelta(days=28),
        StepKind.SHARE: today + datetime.timedelta(days=42),
        StepKind.ACKNOWLEDGE: today + datetime.timedelta(days=49),
    }
    return {**usual, **{StepKind(name): day for name, day in changes.items()}}


@pytest.fixture
def facts(harbor_context: Organization) -> dict[str, Any]:
    """The facts of a cycle about everybody."""
    provide_templates()
    today = timezone.localdate()
    return {
        "name": "Review of the year",
        "period_starts_on": today - datetime.timedelta(days=300),
        "period_ends_on": today,
        "template": FormTemplate.objects.get(kind="appraisal"),
        "departments": [],
        "jobs": [],
        "hired_before": None,
        "leaves_out_on_notice": True,
        "late_joiners": LateJoiners.ADD,
        "accepts_late": True,
    }


@pytest.fixture
def plan(facts: dict[str, Any], alice: Person, bob: Person, carol: Person, hana: Person) -> PlanCycle:
    """Return a function that plans a cycle; those it would be about are there."""

    def make(dates: dict[StepKind, datetime.date | None] | None = None, **changes: Any) -> ReviewCycle:
        return plan_cycle(actor=hana.member, dates=dates or days(), **{**facts, **changes})

    return make


@pytest.fixture
def cycle(plan: PlanCycle) -> ReviewCycle:
    """A planned cycle."""
    return plan()


def launch(cycle: ReviewCycle, by: Person, **more: Any) -> ReviewCycle:
    """Launch the cycle and let the worker do its part."""
    launch_cycle(actor=by.member, cycle=cycle, **more)
    run_cycle(cycle_id=cycle.pk)
    cycle.refresh_from_db()
    return cycle


@pytest.fixture
def running(cycle: ReviewCycle, hana: Person) -> ReviewCycle:
    """A launched cycle."""
    return launch(cycle, hana)


@pytest.fixture
def review(running: ReviewCycle, alice: Person) -> Review:
    """The review of Alice."""
    return Review.objects.select_related("cycle", "employee", "manager").get(cycle=running, employee=alice.employee)


def form_about(review: Review, role: FormRole) -> ReviewForm:
    """Return the open or handed in form of the role."""
    forms = ReviewForm.objects.select_related("review__cycle", "review__employee", "author")
    return forms.exclude(status="withdrawn").get(review=review, role=role)


def hand_in(review: Review, role: FormRole, by: Person, answers: dict[str, Any] | None = None) -> ReviewForm:
    """Write the form in full and hand it in."""
    form = form_about(review, role)
    said = answers or (OWN if role == FormRole.SELF else WRITTEN)
    seen = save_answers(actor=by.member, form=form, answers=said, seen=form.revision, tab="a")
    submit_form(actor=by.member, form=form, seen=seen)
    return form_about(review, role)


@pytest.fixture
def written(review: Review, alice: Person, bob: Person) -> Review:
    """The review of Alice with both forms handed in."""
    hand_in(review, FormRole.SELF, alice)
    hand_in(review, FormRole.MANAGER, bob)
    review.refresh_from_db()
    return review
