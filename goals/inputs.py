"""What the services of a goal are given."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from goals.enums import Measure, Purpose, Visibility
from goals.models import Objective
from metrics.enums import Direction
from metrics.models import Metric
from people.models import Responsibility


@dataclass(frozen=True, kw_only=True)
class StepInput:
    """One milestone of a goal that is measured by a list of them."""

    title: str
    due_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class GoalInput:
    """Everything a goal says: specific, measurable, achievable, relevant, time-bound."""

    title: str
    starts_on: datetime.date
    due_on: datetime.date
    why: str = ""
    measure: Measure = Measure.NUMBER
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    direction: Direction = Direction.HIGHER
    metric: Metric | None = None
    steps: Sequence[StepInput] = field(default_factory=tuple)
    support_needed: str = ""
    objective: Objective | None = None
    responsibility: Responsibility | None = None
    purpose: Purpose = Purpose.PERFORMANCE
    weight: int = 1
    visibility: Visibility = Visibility.PRIVATE
