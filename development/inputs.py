"""What the services of development plans are given."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from development.enums import ActionKind
from development.models import TrainingCourse
from people.models import Competency, Employee, JobDescription


@dataclass(frozen=True, kw_only=True)
class GapInput:
    """A competency to grow in, from the level seen today (None: not rated) to the level wanted."""

    competency: Competency
    target_level: int
    current_level: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActionInput:
    """One action; ``competency`` names the gap it is for, ``course`` one of the catalogue where it is a course."""

    kind: ActionKind
    title: str
    owner: Employee
    starts_on: datetime.date
    due_on: datetime.date
    competency: Competency | None = None
    course: TrainingCourse | None = None
    resources: str = ""
    measure: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanInput:
    """Everything a draft says."""

    starts_on: datetime.date
    ends_on: datetime.date
    aspiration: str = ""
    strengths: str = ""
    aim: JobDescription | None = None
    gaps: Sequence[GapInput] = field(default_factory=tuple)
    actions: Sequence[ActionInput] = field(default_factory=tuple)
