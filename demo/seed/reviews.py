"""A finished, a running and a planned cycle of reviews, told through the services; answers are written in bulk."""

import datetime
import random
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone

from demo.seed import review_texts as texts
from demo.seed.raters import answer_all, ask_others, propose_some
from demo.seed.stage import days_ago, member_of, on
from documents.enums import AcknowledgementKind
from documents.models import FormTemplate
from documents.services.templates import provide_templates
from people.models import Employee, Membership
from pips.models import FollowUp
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reviews.enums import FormRole, FormStatus, Lasting, LateJoiners, ReviewStatus, StepKind
from reviews.models import PlanReview, PlanReviewResult, Review, ReviewCycle, ReviewForm
from reviews.obligations import ABOUT_FORM, ABOUT_REVIEW
from reviews.services.cycles import close_cycle, finish_calibration, launch_cycle, plan_cycle
from reviews.services.plan_review_documents import acknowledge_plan_review, hand_over
from reviews.services.rater_reports import make_report
from reviews.services.running import run_cycle
from reviews.services.sharing import acknowledge_review, share_review
from reviews.services.writing import save_answers

#: In a larger organization the cycles of the demo are about the department of its manager.
MOST_PEOPLE = 400
_WEIGHTS = (2, 12, 55, 25, 6)


def create_reviews(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Tell all three cycles inside the open tenant context."""
    provide_templates()
    teller = _Teller(signed_in, chance)
    teller.tell_finished()
    teller.tell_running()
    teller.tell_planned()
    _tell_look_backs()


class _Teller:
    """Tells the reviews of a demo tenant."""

    def __init__(self, signed_in: dict[str, Employee], chance: random.Random) -> None:
        self.employee, self.manager = signed_in["employee"], signed_in["manager"]
        self.hr: Membership = member_of(signed_in["hr"])
        self.chance = chance
        is_large = Employee.objects.count() > MOST_PEOPLE
        self.departments = [self.employee.department_id] if is_large and self.employee.department_id else []

    def tell_finished(self) -> None:
        """A cycle of half a year ago: written, shared, acknowledged and closed."""
        with on(days_ago(170)):
            cycle = self._launched("Review of the first half-year", ago=180, weeks=(2, 3, 4, 5, 6, 7))
            rated = ask_others(cycle, [self.employee, self.manager], by=self.hr)
        with on(days_ago(150)):
            self._hand_in(self._forms(cycle, FormRole.SELF), share=0.92)
            answer_all(rated, chance=self.chance)
            for review in rated:
                make_report(actor=self.hr, review=review)
        with on(days_ago(135)):
            self._hand_in(self._forms(cycle, FormRole.MANAGER), share=0.97)
            finish_calibration(actor=self.hr, cycle=cycle)
        with on(days_ago(128)):
            self._share_for_real(cycle)
            self._share_rest(cycle)
        with on(days_ago(110)):
            close_cycle(actor=self.hr, cycle=cycle)
            run_cycle(cycle_id=cycle.pk)

    def tell_running(self) -> None:
        """The cycle of today: half of the self-assessments are in, the demo's employee has begun."""
        with on(days_ago(9)):
            cycle = self._launched("Review of the year", ago=10, weeks=(2, 3, 4, 5, 6, 7), length=330)
        with on(days_ago(2)):
            others = self._forms(cycle, FormRole.SELF).exclude(author=self.employee)
            self._hand_in(others, share=0.5)
            written = self._forms(cycle, FormRole.MANAGER).exclude(author=self.manager)
            self._hand_in(written, share=0.25)
            self._begin_own(cycle)
            propose_some(cycle, self.employee)

    def tell_planned(self) -> None:
        """A cycle nobody has been asked in."""
        self._planned("Talk after the first months", ago=0, weeks=(9, None, 11, None, 12, 13), length=150)

    def _launched(self, name: str, **more: Any) -> ReviewCycle:
        cycle = self._planned(name, **more)
        launch_cycle(actor=self.hr, cycle=cycle, accepts_overlap=True)
        run_cycle(cycle_id=cycle.pk)
        cycle.refresh_from_db()
        return cycle

    def _planned(self, name: str, *, ago: int, weeks: tuple[int | None, ...], length: int = 180) -> ReviewCycle:
        today = timezone.localdate()
        ends_on = today - datetime.timedelta(days=1 if ago else -30)
        return plan_cycle(
            actor=self.hr,
            dates={
                kind: None if week is None else today + datetime.timedelta(weeks=week)
                for kind, week in zip(StepKind, weeks, strict=True)
            },
            name=name,
            period_starts_on=ends_on - datetime.timedelta(days=length),
            period_ends_on=ends_on,
            template=FormTemplate.objects.get(kind="appraisal", key="standard"),
            departments=self.departments,
            jobs=[],
            hired_before=ends_on - datetime.timedelta(days=90),
            leaves_out_on_notice=True,
            late_joiners=LateJoiners.PROPOSE,
            accepts_late=True,
        )

    def _forms(self, cycle: ReviewCycle, role: FormRole) -> Any:
        forms = ReviewForm.objects.filter(review__cycle=cycle, role=role, status=FormStatus.OPEN)
        return forms.select_related("review").order_by("pk")

    def _hand_in(self, forms: Iterable[ReviewForm], *, share: float) -> None:
        """Hand in a share of the forms at once, with all that follows from it."""
        chosen = [form for form in forms if form.author_id == self.employee.pk or self.chance.random() < share]
        reviews = []
        for form in chosen:
            form.answers = self._answers(FormRole(form.role))
            form.status, form.submitted_at, form.saved_at = FormStatus.SUBMITTED, timezone.now(), timezone.now()
            form.revision = 1
            if form.role == FormRole.MANAGER:
                form.review.status, form.review.rating = ReviewStatus.WRITTEN, form.answers["overall"]["rating"]
                reviews.append(form.review)
        ReviewForm.objects.bulk_update(chosen, ["answers", "status", "submitted_at", "saved_at", "revision"])
        Review.objects.bulk_update(reviews, ["status", "rating"])
        _keep(ABOUT_FORM, [form.pk for form in chosen])

    def _answers(self, role: FormRole) -> dict[str, Any]:
        pick, levels = self.chance.choice, range(1, 6)
        work, together, overall = self.chance.choices(levels, _WEIGHTS, k=3)
        said: dict[str, Any] = {
            "work": {"rating": work, "comment": pick(texts.COMMENTS)},
            "together": {"rating": together, "comment": pick(texts.COMMENTS)},
            "strengths": {"text": pick(texts.STRENGTHS)},
            "ahead": {"text": pick(texts.AHEAD)},
            "goals": {"comment": "Most of what was agreed is done."},
        }
        if role == FormRole.SELF:
            return said | {
                "obstacles": {"text": pick(texts.OBSTACLES)},
                "manager_feedback": {"text": pick(texts.TO_MANAGER)},
            }
        return said | {"overall": {"rating": overall, "comment": pick(texts.OVERALL)}}

    def _share_for_real(self, cycle: ReviewCycle) -> None:
        """Seal the review of the demo's employee, and let them answer."""
        found = Review.objects.select_related("cycle", "employee", "manager").filter(
            cycle=cycle, employee=self.employee, status=ReviewStatus.WRITTEN
        )
        for review in found:
            share_review(actor=self.hr, review=review)
            review.refresh_from_db()
            acknowledge_review(
                actor=member_of(self.employee),
                review=review,
                kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
                comment=texts.RECEIPT,
            )

    def _share_rest(self, cycle: ReviewCycle) -> None:
        """Mark the other written reviews as shared and received; their letters are not drawn, to be quick."""
        written = Review.objects.filter(cycle=cycle, status=ReviewStatus.WRITTEN)
        keys = list(written.values_list("pk", flat=True))
        written.update(status=ReviewStatus.SHARED, shared_at=timezone.now(), shared_by=self.hr)
        Review.objects.filter(pk__in=keys).update(status=ReviewStatus.ACKNOWLEDGED, acknowledged_at=F("shared_at"))
        _keep(ABOUT_REVIEW, keys)

    def _begin_own(self, cycle: ReviewCycle) -> None:
        form = self._forms(cycle, FormRole.SELF).select_related("review__cycle").filter(author=self.employee).first()
        if form is not None:
            answers: dict[str, dict[str, Any]] = {
                "work": {"rating": 3, "comment": texts.COMMENTS[0]},
                "strengths": {"text": texts.STRENGTHS[0]},
            }
            save_answers(actor=member_of(self.employee), form=form, answers=answers, seen=0, tab="demo")


def _tell_look_backs() -> None:
    """Say what was found at each follow-up of a plan that is on record."""
    recorded = FollowUp.objects.filter(recorded_at__isnull=False).select_related("recorded_by")
    for follow_up in recorded.prefetch_related("plan__expectations").order_by("pk"):
        review = PlanReview.objects.create(
            follow_up=follow_up,
            words={**texts.LOOK_BACK, "sustained": follow_up.note},
            written_by=follow_up.recorded_by,
            written_at=follow_up.recorded_at or timezone.now(),
        )
        PlanReviewResult.objects.bulk_create(
            PlanReviewResult(
                review=review,
                expectation=expectation,
                value=expectation.target if follow_up.is_sustained else expectation.baseline,
                lasting=Lasting.HELD if follow_up.is_sustained else Lasting.SLIPPED,
            )
            for expectation in follow_up.plan.expectations.all()
        )
    _seal_latest(recorded.order_by("held_on", "pk").last())


def _seal_latest(follow_up: FollowUp | None) -> None:
    """Seal the latest look back, whose employee has received it; the others are not drawn, to be quick."""
    if follow_up is None or follow_up.recorded_by is None or follow_up.held_on is None:
        return
    review = PlanReview.objects.select_related("follow_up__plan__employee").get(follow_up=follow_up)
    with on(follow_up.held_on):
        hand_over(actor=follow_up.recorded_by, review=review)
        acknowledge_plan_review(
            actor=member_of(follow_up.plan.employee), review=review, kind=AcknowledgementKind.RECEIVED
        )


def _keep(about_type: str, keys: list[int]) -> None:
    """Close what was owed about the objects as kept."""
    owed = Obligation.objects.filter(about_type=about_type, about_id__in=keys, status=ObligationStatus.OPEN)
    owed.update(status=ObligationStatus.FULFILLED, closed_at=timezone.now(), closed_on=timezone.localdate())
