"""A goal linked to a metric stands where its metric stands, by itself."""

from collections.abc import Collection

from django.db import connection

from goals.enums import UpdateKind
from goals.models import Goal
from metrics.models import Series
from pipcycle.tenancy.models import current_organization_id

#: More than this does not fit the column of a goal's value; such an observation moves no goal.
_TOO_LARGE = 10**11

#: The latest value of the metric since the goal began, taken over by every active goal that is linked to it; none where
#: the values were taken back. The period the goal begins in counts: a value carries the first day of its period, so one
#: of the goal's first week carries a Monday before it. The record gets an entry where the target is crossed, either
#: way: the chart has the rest.
_FOLLOW = """
WITH moving AS (
     SELECT goal.id, goal.current_value AS was, goal.target, goal.direction, latest.value, latest.starts_on
       FROM metrics_series series
       JOIN metrics_metric metric ON metric.organization_id = series.organization_id AND metric.id = series.metric_id
       JOIN goals_goal goal
         ON goal.organization_id = series.organization_id
        AND goal.metric_id = series.metric_id AND goal.employee_id = series.employee_id AND goal.status = 'active'
       LEFT JOIN LATERAL (
            SELECT round(value::numeric, 3) AS value, starts_on
              FROM metrics_observation
             WHERE organization_id = series.organization_id AND series_id = series.id
             ORDER BY starts_on DESC LIMIT 1) latest
         ON latest.starts_on >= date_trunc(metric.cadence, goal.starts_on::timestamp)::date
        AND abs(latest.value) < %(too_large)s
      WHERE series.organization_id = %(organization)s AND series.id = ANY (%(series)s)
        AND (goal.current_value, goal.current_on) IS DISTINCT FROM (latest.value, latest.starts_on)
        FOR NO KEY UPDATE OF goal),
moved AS (
     UPDATE goals_goal goal
        SET current_value = moving.value, current_on = moving.starts_on
       FROM moving
      WHERE goal.organization_id = %(organization)s AND goal.id = moving.id),
told AS (
     SELECT id, value, starts_on,
            CASE direction WHEN 'higher' THEN value >= target ELSE value <= target END AS is_reached,
            CASE direction WHEN 'higher' THEN was >= target ELSE was <= target END AS was_reached
       FROM moving)
INSERT INTO goals_goalupdate (organization_id, goal_id, kind, value, confidence, comment, evidence_link, side, at)
SELECT %(organization)s, id, %(kind)s, value, '', '', '', '', now()
  FROM told
 WHERE value IS NOT NULL AND is_reached IS DISTINCT FROM COALESCE(was_reached, false)
"""


def follow_metrics(series_ids: Collection[int]) -> None:
    """Let every active goal linked to one of the series stand where its metric stands; an observer of series.

    One statement however many goals there are. The first value that counts is that of the day, week or month in which
    the goal begins, though only part of it may lie within the goal: agreed on a Wednesday, the same week counts.
    """
    if not series_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _FOLLOW,
            {
                "organization": current_organization_id(),
                "series": list(series_ids),
                "kind": UpdateKind.METRIC.value,
                "too_large": _TOO_LARGE,
            },
        )


def follow_own_metric(goal: Goal) -> None:
    """Let one goal stand where its metric stands now: when it is agreed, goes on, or begins to follow a metric."""
    if goal.metric_id is None:
        return
    follow_metrics(
        list(Series.objects.filter(metric=goal.metric_id, employee=goal.employee_id).values_list("pk", flat=True))
    )
    goal.refresh_from_db(fields=["current_value", "current_on"])
