"""Models of the development room."""

from development.models.career import JobStep, ShownSuccess
from development.models.evidence import ActionEvidence
from development.models.mentorship import MentorProfile, MentorSession, Mentorship, MentorSkill
from development.models.plans import (
    ActionUpdate,
    DevelopmentAction,
    DevelopmentGap,
    DevelopmentMove,
    DevelopmentPlan,
)
from development.models.training import (
    Certificate,
    CourseCompetency,
    Enrolment,
    RequiredTraining,
    TrainingCourse,
)

__all__ = [
    "ActionEvidence",
    "ActionUpdate",
    "Certificate",
    "CourseCompetency",
    "DevelopmentAction",
    "DevelopmentGap",
    "DevelopmentMove",
    "DevelopmentPlan",
    "Enrolment",
    "JobStep",
    "MentorProfile",
    "MentorSession",
    "MentorSkill",
    "Mentorship",
    "RequiredTraining",
    "ShownSuccess",
    "TrainingCourse",
]
