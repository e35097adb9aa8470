"""What a development plan or an action is started from: a signal, a goal, an outcome, a competency, or nothing."""

from dataclasses import dataclass

from goals.models import Goal
from metrics.models import Signal
from people.models import Competency
from pips.models import Plan


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the thought came from; at most one of them, or none."""

    signal: Signal | None = None
    goal: Goal | None = None
    outcome_of: Plan | None = None
    competency: Competency | None = None
