"""Models of the feedback room."""

from feedback.models.check_ins import ActionItem, AgendaItem, CheckIn, CheckInSeries, PrivateNote
from feedback.models.notes import FeedbackNote, FeedbackRequest, NoteVersion
from feedback.models.recognition import (
    OrganizationValue,
    Recognition,
    RecognitionOptOut,
    RecognitionPolicy,
    TeamWall,
)

__all__ = [
    "ActionItem",
    "AgendaItem",
    "CheckIn",
    "CheckInSeries",
    "FeedbackNote",
    "FeedbackRequest",
    "NoteVersion",
    "OrganizationValue",
    "PrivateNote",
    "Recognition",
    "RecognitionOptOut",
    "RecognitionPolicy",
    "TeamWall",
]
