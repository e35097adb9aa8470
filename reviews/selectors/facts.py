"""Facts beside the questions: goals, figures, feedback, recognition, training; only what both sides read anyway."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from development.selectors.training import TrainingFact, completed_training
from feedback.models import FeedbackNote, Recognition
from feedback.selectors.notes import notes_shared_about
from feedback.selectors.recognition import recognition_of
from goals.enums import BEFORE_AGREEMENT, GoalStatus
from goals.models import Goal
from goals.selectors.goals import goals_of
from metrics.selectors.people import PersonFigure, figures_of
from metrics.selectors.skills import skills_of
from people.models import Competency, Membership
from reviews.answers import Item, Subject
from reviews.models import Review, ReviewForm

MOST_NOTES = 8


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of the person in the period of the review."""

    goals: list[Goal]
    figures: list[PersonFigure]
    notes: list[FeedbackNote]
    recognition: list[Recognition]
    training: list[TrainingFact]

    @property
    def signals(self) -> list[PersonFigure]:
        """Return the figures with an open signal."""
        return [figure for figure in self.figures if figure.worse or figure.better]


def goals_in_period(member: Membership, review: Review) -> QuerySet[Goal]:
    """Return the agreed goals of the period the member may read."""
    cycle = review.cycle
    return (
        goals_of(member, review.employee)
        .exclude(status__in=[*sorted(BEFORE_AGREEMENT), GoalStatus.CANCELLED])
        .filter(starts_on__lte=cycle.period_ends_on, due_on__gte=cycle.period_starts_on)
        .order_by("due_on", "pk")
    )


def subject_of(member: Membership, review: Review) -> Subject:
    """Return the goals and competencies the questions go through; the same for both sides."""
    goals = tuple(Item(pk=goal.pk, title=goal.title, result=goal.result) for goal in goals_in_period(member, review))
    asked = [skill for skill in skills_of(review.employee) if skill.expected is not None]
    competencies = tuple(
        Item(pk=skill.competency.pk, title=skill.competency.name, expected=skill.expected) for skill in asked
    )
    return Subject(goals=goals, competencies=competencies)


def subject_answered(member: Membership, review: Review, *forms: ReviewForm | None) -> Subject:
    """Return what the questions go through, with what was answered and is asked no more: the job may be another one."""
    subject = subject_of(member, review)
    said = [answer for form in forms if form is not None for answer in form.answers.values()]
    goals = {int(key) for answer in said for key in answer.get("goals", {})} - {item.pk for item in subject.goals}
    levels = {int(key) for answer in said for key in answer.get("levels", {})}
    levels -= {item.pk for item in subject.competencies}
    if goals:
        older = Goal.objects.filter(employee=review.employee_id, pk__in=goals).order_by("pk")
        subject = replace(subject, goals=(*subject.goals, *(Item(pk=one.pk, title=one.title) for one in older)))
    if levels:
        known = Competency.objects.filter(pk__in=levels).order_by("pk")
        more = tuple(Item(pk=one.pk, title=one.name) for one in known)
        subject = replace(subject, competencies=(*subject.competencies, *more))
    return subject


def facts_of(member: Membership, review: Review, *, today: datetime.date | None = None) -> Facts:
    """Return the facts of the period: a fixed number of statements. Notes only where both sides read them."""
    cycle = review.cycle
    period = (cycle.period_starts_on, cycle.period_ends_on)
    notes = notes_shared_about(member, review.employee).filter(sent_at__date__range=period)
    recognition = recognition_of(member, review.employee).filter(given_at__date__range=period)
    return Facts(
        goals=list(goals_in_period(member, review)),
        figures=figures_of(review.employee, today=today or timezone.localdate()),
        notes=list(notes.order_by("-sent_at")[:MOST_NOTES]),
        recognition=list(recognition.order_by("-given_at")[:MOST_NOTES]),
        training=completed_training(review.employee, since=cycle.period_starts_on, until=cycle.period_ends_on),
    )
