"""Models of the pips room."""

from pips.models.parts import Concern, Expectation, Milestone, MilestoneReading, SupportCommitment
from pips.models.plan import Plan, PlanNote, PlanTransition
from pips.models.progress import FollowUp, PlanCheckIn

__all__ = [
    "Concern",
    "Expectation",
    "FollowUp",
    "Milestone",
    "MilestoneReading",
    "Plan",
    "PlanCheckIn",
    "PlanNote",
    "PlanTransition",
    "SupportCommitment",
]
