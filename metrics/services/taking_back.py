"""What comes back when a batch goes, and what counts otherwise when a leave has changed."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from metrics.models import Metric, ObservationBatch
from metrics.services import ingest_statements, write_statements
from metrics.services.changes import series_changed
from metrics.services.ingest_run import lock_observations, prepare
from metrics.services.leave_off import take_leave_off
from people.models import Employee
from pipcycle.tenancy.models import current_organization_id

# The batch is marked already, so the latest value of a batch that still holds is never its own.
_REMOVE = """
WITH gone AS (
    SELECT series_id, starts_on FROM metrics_observation
     WHERE organization_id = %(organization)s AND batch_id = %(batch)s
    UNION ALL
    SELECT series_id, starts_on FROM metrics_omittedobservation
     WHERE organization_id = %(organization)s AND batch_id = %(batch)s
), former AS (
    SELECT DISTINCT ON (gone.series_id, gone.starts_on) gone.series_id, gone.starts_on,
           coalesce(correction.old_reported_value, correction.old_value) AS reported, correction.old_batch_id
      FROM gone
      JOIN metrics_observationcorrection correction
        ON correction.organization_id = %(organization)s AND correction.series_id = gone.series_id
       AND correction.starts_on = gone.starts_on
      JOIN metrics_observationbatch batch ON batch.organization_id = %(organization)s
       AND batch.id = correction.old_batch_id AND batch.taken_back_at IS NULL
     ORDER BY gone.series_id, gone.starts_on, correction.id DESC
), restored AS (
    INSERT INTO observation_wanted (metric_id, employee_id, starts_on, reported, value, is_omitted, batch_id)
    SELECT series.metric_id, series.employee_id, former.starts_on, former.reported, former.reported, false,
           former.old_batch_id
      FROM former JOIN metrics_series series
        ON series.organization_id = %(organization)s AND series.id = former.series_id
    RETURNING 1
), removed AS (
    DELETE FROM metrics_observation known USING (TABLE gone EXCEPT SELECT series_id, starts_on FROM former) lost
     WHERE known.organization_id = %(organization)s AND known.series_id = lost.series_id
       AND known.starts_on = lost.starts_on
), removed_omitted AS (
    DELETE FROM metrics_omittedobservation known USING (TABLE gone EXCEPT SELECT series_id, starts_on FROM former) lost
     WHERE known.organization_id = %(organization)s AND known.series_id = lost.series_id
       AND known.starts_on = lost.starts_on
), changed AS (
    INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, 0 FROM gone GROUP BY series_id
)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM restored)
"""

_OF_SERIES = """
INSERT INTO observation_wanted (metric_id, employee_id, starts_on, reported, value, is_omitted, batch_id)
SELECT series.metric_id, series.employee_id, known.starts_on, known.reported, known.reported, false, known.batch_id
  FROM metrics_series series
  JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = series.metric_id
   AND metric.formula_operator = '' AND (metric.leave_handling <> 'none' OR %(metric)s::bigint IS NOT NULL)
  JOIN LATERAL (
    SELECT starts_on, coalesce(reported_value, value) AS reported, batch_id, reported_value IS NOT NULL AS is_adjusted
      FROM metrics_observation WHERE organization_id = %(organization)s AND series_id = series.id
    UNION ALL
    SELECT starts_on, reported_value, batch_id, true
      FROM metrics_omittedobservation WHERE organization_id = %(organization)s AND series_id = series.id
  ) known ON true
 WHERE series.organization_id = %(organization)s
   AND (series.employee_id = %(employee)s OR series.metric_id = %(metric)s)
"""


def restore_former_values(batch: ObservationBatch) -> int:
    """Replace each value of a batch marked as taken back by the latest of a batch that holds; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(_REMOVE, {"organization": current_organization_id(), "batch": batch.pk})
        gone, restored = cursor.fetchone()
        if restored:
            _settle(cursor)
        if gone:
            series_changed(cursor)
    return int(gone)


def readjust_for_leave(*, employee: Employee) -> None:
    """Count the figures of an employee afresh after a leave was recorded, changed or withdrawn (rule 7)."""
    _readjust(employee=employee.pk, metric=None)


def readjust_metric(*, metric: Metric) -> None:
    """Count the figures of a metric afresh after its handling of leave has changed."""
    _readjust(employee=None, metric=metric.pk)


def _readjust(*, employee: int | None, metric: int | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(_OF_SERIES, {"organization": current_organization_id(), "employee": employee, "metric": metric})
        if cursor.rowcount:
            _settle(cursor)
            series_changed(cursor)


def _begin(cursor: CursorWrapper) -> None:
    prepare(cursor)
    lock_observations(cursor)
    cursor.execute(ingest_statements.EMPTY_WANTED)
    cursor.execute(write_statements.CHANGED)


def _settle(cursor: CursorWrapper) -> None:
    take_leave_off(cursor)
    parameters = {"organization": current_organization_id()}
    for statement in (
        write_statements.MOVE_TO_OMITTED,
        write_statements.MOVE_TO_OBSERVATIONS,
        write_statements.SETTLE_OBSERVATIONS,
        write_statements.SETTLE_OMITTED,
    ):
        cursor.execute(statement, parameters)
