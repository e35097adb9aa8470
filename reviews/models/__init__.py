"""Models of the reviews room."""

from reviews.models.calibration import RatingMove
from reviews.models.cycles import CycleStep, ReviewCycle
from reviews.models.exits import ExitInterview
from reviews.models.plan_reviews import PlanReview, PlanReviewResult
from reviews.models.pulse import (
    PulseAnswer,
    PulseComment,
    PulseParticipation,
    PulseResult,
    PulseRound,
    PulseSurvey,
)
from reviews.models.raters import Rater, RaterReport
from reviews.models.reviews import KeptAnswers, Review, ReviewForm

__all__ = [
    "CycleStep",
    "ExitInterview",
    "KeptAnswers",
    "PlanReview",
    "PlanReviewResult",
    "PulseAnswer",
    "PulseComment",
    "PulseParticipation",
    "PulseResult",
    "PulseRound",
    "PulseSurvey",
    "Rater",
    "RaterReport",
    "RatingMove",
    "Review",
    "ReviewCycle",
    "ReviewForm",
]
