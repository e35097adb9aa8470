"""Addresses of reviews: a planned and a running cycle, Alice's review in it, written by Bob."""

import datetime
from typing import Any

from django.utils import timezone
from django_rls_tenants import tenant_context

from documents.form_content import plain_content
from documents.models import FormTemplateVersion
from pips.enums import PlanStatus
from reviews.anonymity import build_report
from reviews.enums import CycleStatus, FormRole, FormStatus, RaterStatus, ReviewStatus, StepKind
from reviews.models import CycleStep, KeptAnswers, PlanReview, Rater, RaterReport, Review, ReviewCycle, ReviewForm
from reviews.rating import BEHAVIOURS
from reviews.wording import SHIPPED
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, WRITE_ONLY, Sample, World

HR = {"hana": OK, "adam": OK}
EMPLOYED = {**EVERYBODY, "ines": FORBIDDEN}
FOLLOW_ALICE = {"alice": OK, "bob": OK, "carol": OK, "hana": OK}
FOR_THE_EMPLOYER = {"alice": FORBIDDEN, "bob": OK, "carol": OK, "hana": OK}


def _cycle_of(world: World) -> ReviewCycle:
    now = timezone.now()
    cycle: ReviewCycle = world.one(
        ReviewCycle,
        status=CycleStatus.RUNNING,
        period_starts_on=datetime.date(2026, 1, 1),
        period_ends_on=datetime.date(2026, 6, 30),
        launched_at=now,
        template_version=world.one(FormTemplateVersion),
        closed_at=None,
        questions=plain_content(SHIPPED.content),
    )
    world.one(CycleStep, kind=StepKind.SHARE, position=1, due_on=now.date())
    return cycle


def _cycle(world: World) -> dict[str, Any]:
    return {"cycle_id": _cycle_of(world).pk}


def _review_of(world: World) -> Review:
    _cycle_of(world)
    review: Review = world.one(
        Review, employee=world.employee, manager=world.manager, status=ReviewStatus.WRITTEN, shared_at=None
    )
    return review


def _review(world: World) -> dict[str, Any]:
    return {"review_id": _review_of(world).pk}


def _form(world: World) -> dict[str, Any]:
    _review_of(world)
    form = world.one(ReviewForm, author=world.employee, role=FormRole.SELF, status=FormStatus.OPEN, answers={})
    return {"form_id": form.pk}


def _kept(world: World) -> dict[str, Any]:
    given = _form(world)
    return {**given, "kept_id": world.one(KeptAnswers, answers={}).pk}


def _follow_up(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk, "follow_up_id": world.follow_up.pk}


def _look_back(world: World) -> dict[str, Any]:
    return {"plan_review_id": world.one(PlanReview, follow_up=world.follow_up, response="", responded_at=None).pk}


def _rater(world: World) -> dict[str, Any]:
    _review_of(world)
    return {"rater_id": world.one(Rater, employee=world.employee, role=FormRole.PEER, status=RaterStatus.PROPOSED).pk}


def _rating(world: World) -> dict[str, Any]:
    review = _review_of(world)
    with tenant_context(world.organization.pk):  # beside the form of the world, which is a self-assessment
        form = ReviewForm.objects.create(
            review=review, author=world.employee, role=FormRole.OWN_VIEW, due_on=timezone.localdate()
        )
    return {"form_id": form.pk}


def _report(world: World) -> dict[str, Any]:
    given = _review(world)
    world.one(RaterReport, content=build_report(BEHAVIOURS, {}, own=None, seed=b"x"), withheld_at=None)
    return given


def _calibration(world: World) -> dict[str, Any]:
    cycle = _cycle_of(world)
    with tenant_context(world.organization.pk):
        CycleStep.objects.get_or_create(
            cycle=cycle, kind=StepKind.CALIBRATION, defaults={"position": 2, "due_on": timezone.localdate()}
        )
    return {"cycle_id": cycle.pk}


def _compared(world: World) -> dict[str, Any]:
    _calibration(world)
    return {}


def _calibrated(world: World) -> dict[str, Any]:
    review = _review_of(world)
    with tenant_context(world.organization.pk):
        Review.objects.filter(pk=review.pk).update(rating=3)
    return {**_calibration(world), "review_id": review.pk}


SAMPLES: dict[str, Sample] = {
    "reviews:own": Sample(EMPLOYED, FORBIDDEN),
    "reviews:review_list": Sample({"bob": OK, "carol": OK, "hana": OK}, FORBIDDEN),
    "reviews:review_export": Sample({"bob": OK, "carol": OK, "hana": OK}, FORBIDDEN),
    "reviews:review": Sample(FOLLOW_ALICE, MISSING, _review),
    "reviews:review_sharing": Sample(FOR_THE_EMPLOYER, MISSING, _review),
    "reviews:review_acknowledgement": Sample(FOLLOW_ALICE, MISSING, _review),
    "reviews:review_return": Sample(
        {"alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": OK}, MISSING, _review
    ),
    "reviews:form": Sample({"alice": OK}, MISSING, _form),
    "reviews:form_submission": Sample({"alice": OK}, MISSING, _form),
    "reviews:form_kept": Sample({"alice": OK}, MISSING, _kept),
    "reviews:plan_review": Sample(
        {"alice": FORBIDDEN, "bob": OK, "carol": OK, "hana": FORBIDDEN}, MISSING, _follow_up, PlanStatus.DECIDED
    ),
    "reviews:plan_review_acknowledgement": Sample(FOLLOW_ALICE, MISSING, _look_back, PlanStatus.DECIDED),
    "reviews:raters": Sample(FOLLOW_ALICE, MISSING, _review),
    "reviews:rater_decision": Sample({}, WRITE_ONLY, _rater),
    "reviews:rating": Sample({"alice": OK}, MISSING, _rating),
    "reviews:rater_report": Sample({"alice": FORBIDDEN, "bob": OK, "carol": OK, "hana": OK}, MISSING, _report),
    "reviews:rater_report_making": Sample(FOR_THE_EMPLOYER, MISSING, _review),
    "reviews:rater_report_comments": Sample(
        {"alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": OK}, MISSING, _report
    ),
    "reviews:calibrations": Sample({"bob": MOVED, "carol": MOVED, "hana": MOVED}, FORBIDDEN, _compared),
    "reviews:calibration": Sample({"bob": OK, "carol": OK, "hana": OK}, FORBIDDEN, _calibration),
    "reviews:calibration_export": Sample({"bob": OK, "carol": OK, "hana": OK}, FORBIDDEN, _calibration),
    "reviews:calibration_review": Sample({"bob": OK, "carol": OK, "hana": OK}, FORBIDDEN, _calibrated),
    "reviews:cycle_list": Sample(HR, FORBIDDEN),
    "reviews:cycle_new": Sample(HR, FORBIDDEN),
    "reviews:cycle": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_change": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_people": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_people_export": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_launch": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_dates": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_joiners": Sample({}, WRITE_ONLY, _cycle),
    "reviews:cycle_calibrated": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_close": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_archive": Sample(HR, FORBIDDEN, _cycle),
    "reviews:cycle_discard": Sample(HR, FORBIDDEN, _cycle),
}
