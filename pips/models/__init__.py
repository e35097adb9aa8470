"""Models of the pips room."""

from pips.models.accommodations import AccommodationDetail, AccommodationRequest
from pips.models.amendments import Amendment, DateShift, LeaveProposal
from pips.models.appeal import DisciplinaryAppeal
from pips.models.appeals import Appeal
from pips.models.autosave import DraftAutosave
from pips.models.discipline import DisciplinaryAction, DisciplineMove
from pips.models.equity import EquitySnapshot
from pips.models.gates import GateAnswer, LegalReview
from pips.models.outcome import ExpectationResult, PlanDecision, SlippedExpectation
from pips.models.parts import Concern, Expectation, Milestone, MilestoneReading, SupportCommitment
from pips.models.plan import Plan, PlanNote, PlanTransition
from pips.models.policy import PlanPolicy
from pips.models.progress import FollowUp, PlanCheckIn
from pips.models.voice import DataCheck, PlanCompanion, VoiceEntry

__all__ = [
    "AccommodationDetail",
    "AccommodationRequest",
    "Amendment",
    "Appeal",
    "Concern",
    "DataCheck",
    "DateShift",
    "DisciplinaryAction",
    "DisciplinaryAppeal",
    "DisciplineMove",
    "DraftAutosave",
    "EquitySnapshot",
    "Expectation",
    "ExpectationResult",
    "FollowUp",
    "GateAnswer",
    "LeaveProposal",
    "LegalReview",
    "Milestone",
    "MilestoneReading",
    "Plan",
    "PlanCheckIn",
    "PlanCompanion",
    "PlanDecision",
    "PlanNote",
    "PlanPolicy",
    "PlanTransition",
    "SlippedExpectation",
    "SupportCommitment",
    "VoiceEntry",
]
