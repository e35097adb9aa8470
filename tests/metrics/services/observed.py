"""Short words for tests of observations: record rows, read what is there."""

import datetime
from typing import Any

from metrics.enums import BatchKind
from metrics.models import Observation, ObservationBatch, OmittedObservation
from metrics.services.observations import IngestReport, ObservationInput, record_observations


def record(*rows: tuple[str, ...], **given: Any) -> IngestReport:
    """Record rows of (metric, employee, day, value[, unit])."""
    inputs = [ObservationInput(line, *row) for line, row in enumerate(rows, start=2)]
    return record_observations(actor=None, kind=BatchKind.FILE, source="figures.csv", rows=inputs, **given)


def record_batch(*rows: tuple[str, ...]) -> ObservationBatch:
    """Record rows; return their batch."""
    batch = record(*rows).batch
    assert batch is not None
    return batch


def table() -> list[tuple[int, datetime.date, float, float | None, int]]:
    """Return the observations as they lie in the table."""
    rows = Observation.objects.order_by("series_id", "starts_on")
    return list(rows.values_list("series_id", "starts_on", "value", "reported_value", "batch_id"))


def counted(metric: str) -> dict[str, tuple[float, float | None]]:
    """Return by day what counts and, where leave was taken off it, what the source said."""
    rows = Observation.objects.filter(series__metric__key=metric).order_by("starts_on")
    return {str(row.starts_on): (row.value, row.reported_value) for row in rows}


def left_out(metric: str) -> dict[str, float]:
    """Return by day what lies wholly in a leave."""
    rows = OmittedObservation.objects.filter(series__metric__key=metric).order_by("starts_on")
    return {str(row.starts_on): row.reported_value for row in rows}
