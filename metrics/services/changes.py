"""What follows when values change: weeks and months, facts of the series, calculated metrics, whoever listens."""

from collections.abc import Collection
from functools import partial

from celery import current_app
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from metrics.enums import Grain
from metrics.models import Metric
from metrics.registry import tell_series_observers
from metrics.services import change_statements as statements
from metrics.services.formulas import calculate
from metrics.services.write_statements import CHANGED
from pipcycle.tenancy.models import current_organization_id


def observations_changed(series_ids: Collection[int]) -> None:
    """Bring everything that rests on the observations of the series up to date, in the caller's transaction.

    For who wrote observations without the services of this room. It computes all periods of the series.
    """
    if not series_ids:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        parameters = {"organization": current_organization_id(), "series": list(series_ids)}
        cursor.execute(statements.ALL_OF_SERIES, parameters)
        series_changed(cursor)


def recalculate_metric(metric: Metric) -> None:
    """Calculate a metric afresh after its definition has changed: its formula, or how it aggregates."""
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        if metric.is_calculated:
            calculate(cursor, metric=metric)
        else:
            series = list(metric.series.values_list("pk", flat=True))
            cursor.execute(statements.ALL_OF_SERIES, {"organization": current_organization_id(), "series": series})
        series_changed(cursor)


def series_changed(cursor: CursorWrapper, *, may_vanish: bool = True) -> None:
    """Do what ``observations_changed`` does for what ``observation_changed`` holds, and no period more.

    ``may_vanish`` is False where values were only added or changed. The caller holds the lock of the observations.
    """
    changed = _refresh_series(cursor, may_vanish=may_vanish)
    if not changed:
        return
    if calculate(cursor):
        changed += _refresh_series(cursor, may_vanish=True)
    tell_series_observers(changed)
    transaction.on_commit(partial(_enqueue, current_organization_id()))


def _begin(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('observations', %s))", [current_organization_id()])
    cursor.execute("DROP TABLE IF EXISTS pg_temp.observation_changed")
    cursor.execute(CHANGED)


def _refresh_series(cursor: CursorWrapper, *, may_vanish: bool) -> list[int]:
    """Compute weeks, months and facts of the series that changed; return their keys."""
    parameters = {"organization": current_organization_id()}
    cursor.execute("DROP TABLE IF EXISTS pg_temp.observation_span")
    cursor.execute(statements.SPANS, parameters)
    cursor.execute("ANALYZE observation_span")
    cursor.execute(statements.CHANGED_SERIES)
    changed = [series for (series,) in cursor.fetchall()]
    if not changed:
        return []
    if may_vanish:
        cursor.execute(statements.FORGET_ROLLUPS, parameters)
    _write_rollups(cursor)
    cursor.execute(statements.FACTS, parameters)
    return changed


def _write_rollups(cursor: CursorWrapper) -> None:
    parameters = {"organization": current_organization_id()}
    cursor.execute(statements.KINDS_OF_SPANS)
    is_ahead, is_within, has_last = cursor.fetchone()
    if is_ahead:
        cursor.execute(statements.WRITE_OPEN_ROLLUPS, parameters)
        cursor.execute(statements.WRITE_LATER_ROLLUPS, parameters)
    for grain in Grain.values:
        if is_within:
            cursor.execute(statements.write_rollups(grain), parameters)
        if has_last:
            cursor.execute(statements.write_last_rollups(grain), parameters)


def _enqueue(organization_id: int | None) -> None:
    """Have the signals computed, by the task's name: tasks import the services, not the other way round."""
    current_app.send_task("metrics.tasks.compute_signals", args=[organization_id])
