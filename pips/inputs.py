"""What a draft is filled with; the shape the services take and the forms give."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from pips.enums import Direction, Verdict


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
    metric_id: int | None = None


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


@dataclass(frozen=True, kw_only=True)
class ActionInput:
    """What a disciplinary action says; every field may still be empty in a draft."""

    category: str = ""
    occurred_on: datetime.date | None = None
    occurred_at: datetime.time | None = None
    place: str = ""
    facts: str = ""
    witnesses: str = ""
    policy_name: str = ""
    policy_version: str = ""
    investigation: str = ""
    has_no_prior_actions: bool = False
    prior_actions: str = ""
    hearing: str = ""
    heard_on: datetime.date | None = None
    employee_statement: str = ""
    representation: str = ""
    representative: str = ""
    union_status: str = ""
    probation_status: str = ""
    level: str = ""
    level_reason: str = ""
    proportionality: str = ""
    corrective_action: str = ""
    corrective_due_on: datetime.date | None = None
    consequence: str = ""
    rights: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultInput:
    """What became of one expectation by the end of the plan."""

    verdict: Verdict
    final_value: Decimal | None = None
    note: str = ""
