"""What services of the metrics room are given."""

from typing import TypedDict

from metrics.enums import Aggregation, Cadence, Direction, FormulaOperator, LeaveHandling
from metrics.models import Metric


class MetricFacts(TypedDict, total=False):
    """What a metric is, besides its name and short name. ``formula`` is None for one that is observed."""

    description: str
    unit: str
    decimals: int
    direction: Direction
    cadence: Cadence
    aggregation: Aggregation
    leave_handling: LeaveHandling
    allowed_min: float | None
    allowed_max: float | None
    target: float | None
    is_watched: bool
    formula: tuple[Metric, FormulaOperator, Metric] | None
    formula_factor: float
