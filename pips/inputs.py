"""What a draft is filled with; the shape the services take and the forms give."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from pips.enums import Direction


@dataclass(frozen=True, kw_only=True)
class ConcernInput:
    """A dated example of the gap."""

    occurred_on: datetime.date
    description: str
    standard: str
    evidence: str = ""
    impact: str = ""
    prior_coaching: str = ""


@dataclass(frozen=True, kw_only=True)
class ExpectationInput:
    """A measurable target."""

    title: str
    measure: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    direction: Direction = Direction.AT_LEAST
    data_source: str = ""


@dataclass(frozen=True, kw_only=True)
class MilestoneInput:
    """What should be reached by a day of the plan."""

    day: int
    goal: str


@dataclass(frozen=True, kw_only=True)
class SupportInput:
    """What the employer promises: ``owner_id`` is the employee who delivers it."""

    description: str
    owner_id: int
    due_day: int
