"""Calculated metrics: a metric of two others, period by period, for each employee who has both."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.enums import BatchKind
from metrics.models import Metric, ObservationBatch
from metrics.services import change_statements as statements
from pipcycle.tenancy.models import current_organization_id


def calculate(cursor: CursorWrapper, *, metric: Metric | None = None) -> bool:
    """Calculate what rests on the spans that changed, or the whole of one metric; return whether there was anything.

    What changes goes to ``observation_changed``, which is emptied first. Calculated values are not kept as
    corrections: they follow from values that are. They belong to one standing batch for each metric.
    """
    cursor.execute("DROP TABLE IF EXISTS pg_temp.observation_formula, pg_temp.observation_calculated")
    if metric is None:
        _execute(cursor, statements.AFFECTED_FORMULAS)
    else:
        _execute(cursor, statements.WHOLE_FORMULA, metric=metric.pk)
    cursor.execute(statements.FORMULA_METRICS)
    metrics = [key for (key,) in cursor.fetchall()]
    if not metrics:
        return False
    cursor.execute("TRUNCATE observation_changed; ANALYZE observation_formula")
    _execute(cursor, statements.CREATE_FORMULA_SERIES)
    _execute(cursor, statements.CALCULATED)
    cursor.execute("CREATE INDEX ON observation_calculated (series_id, starts_on); ANALYZE observation_calculated")
    _execute(cursor, statements.FORGET_CALCULATED)
    for key in metrics:
        _execute(cursor, statements.WRITE_CALCULATED, metric=key, batch=_batch_of(key).pk)
    return True


def _batch_of(metric_id: int) -> ObservationBatch:
    """Return the standing batch of a calculated metric; its source is the metric's number."""
    batch, _is_new = ObservationBatch.objects.get_or_create(kind=BatchKind.FORMULA, source=f"metric:{metric_id}")
    return batch


def _execute(cursor: CursorWrapper, statement: str, **given: Any) -> None:
    cursor.execute(statement, {"organization": current_organization_id(), **given})
