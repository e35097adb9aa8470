"""Models of the goals room."""

from goals.models.goal import AGREED_FIELDS, Goal, GoalStep
from goals.models.record import Evidence, GoalRevision, GoalTransition, GoalUpdate
from goals.models.structure import Cycle, GoalTemplate, Objective

__all__ = [
    "AGREED_FIELDS",
    "Cycle",
    "Evidence",
    "Goal",
    "GoalRevision",
    "GoalStep",
    "GoalTemplate",
    "GoalTransition",
    "GoalUpdate",
    "Objective",
]
