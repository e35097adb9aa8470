"""Models of the metrics room."""

from metrics.models.api import ApiToken, IdempotentAnswer
from metrics.models.definitions import Metric, MetricTarget
from metrics.models.observations import (
    GroupRollup,
    Observation,
    ObservationBatch,
    ObservationCorrection,
    OmittedObservation,
    Series,
    SeriesRollup,
)
from metrics.models.signals import SeriesPhase, Signal
from metrics.models.skills import SkillRating

__all__ = [
    "ApiToken",
    "GroupRollup",
    "IdempotentAnswer",
    "Metric",
    "MetricTarget",
    "Observation",
    "ObservationBatch",
    "ObservationCorrection",
    "OmittedObservation",
    "Series",
    "SeriesPhase",
    "SeriesRollup",
    "Signal",
    "SkillRating",
]
