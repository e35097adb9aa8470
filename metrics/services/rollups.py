"""The months of groups: percentile bands of the organization and its departments, kept in step with the series.

One statement computes them for any number of people, metrics and months. Pages read these rows and nothing below
them, so what is not written here cannot be seen: groups under five, and the groups whose absence would give a small
one away, are never written (rule 25; the same rule as ``metrics.suppression``).
"""

import datetime
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from metrics.models import GroupRollup, Metric, Series
from metrics.suppression import FEWEST_LEFT_OUT, SMALLEST_GROUP

#: A value written before this long may belong to a transaction that had not ended when the groups were computed.
OVERLAP = datetime.timedelta(minutes=15)

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('metrics.group_rollups'), %s)"

#: People belong to the department they are in today. Sorted by size, those left out come first: whoever has no
#: department (there is no row to show them in), then the small groups, then as many of the next as it takes.
_WRITE = """
WITH months AS MATERIALIZED (
    SELECT series.metric_id, employee.department_id, rollup.starts_on, rollup.value
      FROM metrics_series series
      JOIN people_employee employee
        ON employee.organization_id = series.organization_id AND employee.id = series.employee_id
      JOIN metrics_seriesrollup rollup
        ON rollup.organization_id = series.organization_id AND rollup.series_id = series.id AND rollup.grain = 'month'
     WHERE series.organization_id = %(organization)s AND series.metric_id = ANY(%(metrics)s)
), departments AS (
    SELECT metric_id, starts_on, department_id, count(*) AS people,
           percentile_cont(ARRAY[0.1, 0.25, 0.5, 0.75, 0.9]) WITHIN GROUP (ORDER BY value) AS band
      FROM months GROUP BY metric_id, starts_on, department_id
), ranked AS (
    SELECT *, department_id IS NULL OR people < %(smallest)s AS is_left_out,
           bool_or(people < %(smallest)s) OVER breakdown AS has_small_group,
           coalesce(sum(people) OVER smaller, 0) AS people_before, count(*) OVER smaller AS groups_before
      FROM departments
    WINDOW breakdown AS (PARTITION BY metric_id, starts_on),
           smaller AS (
               PARTITION BY metric_id, starts_on
               ORDER BY (department_id IS NULL) DESC, people, department_id::text
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), written AS (
    SELECT metric_id, department_id, starts_on, people, band FROM ranked
     WHERE NOT is_left_out
       AND NOT (has_small_group AND (people_before < %(smallest)s OR groups_before < %(fewest)s))
    UNION ALL
    SELECT metric_id, NULL, starts_on, count(*),
           percentile_cont(ARRAY[0.1, 0.25, 0.5, 0.75, 0.9]) WITHIN GROUP (ORDER BY value)
      FROM months GROUP BY metric_id, starts_on HAVING count(*) >= %(smallest)s
)
INSERT INTO metrics_grouprollup
       (organization_id, metric_id, department_id, starts_on, people, p10, p25, p50, p75, p90, computed_at)
SELECT %(organization)s, metric_id, department_id, starts_on, people,
       band[1], band[2], band[3], band[4], band[5], %(now)s
  FROM written
"""


def refresh_group_rollups(*, organization_id: int, metric_ids: Collection[int] | None = None) -> int:
    """Compute the months of every group afresh for these metrics, or for all; return how many rows there are now.

    Runs in the organization's open context, in one transaction: readers see the old rows until the new ones are whole.
    While another process computes the same organization's groups it does nothing and returns 0; what it would have
    seen is found by the next run.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [organization_id % 2**31])
        if not cursor.fetchone()[0]:
            return 0
        chosen = list(Metric.objects.values_list("pk", flat=True)) if metric_ids is None else sorted(metric_ids)
        GroupRollup.objects.filter(metric_id__in=chosen).delete()
        cursor.execute(
            _WRITE,
            {
                "organization": organization_id,
                "metrics": chosen,
                "smallest": SMALLEST_GROUP,
                "fewest": FEWEST_LEFT_OUT,
                "now": timezone.now(),
            },
        )
        return int(cursor.rowcount)


def refresh_changed_group_rollups(*, organization_id: int) -> int:
    """Compute the groups of the metrics whose series have changed since; return how many rows were written.

    Nothing is remembered but the time in the rows themselves, so a crash at any line loses nothing.
    """
    changed = metrics_with_stale_groups()
    return refresh_group_rollups(organization_id=organization_id, metric_ids=changed) if changed else 0


def metrics_with_stale_groups() -> list[int]:
    """Return the metrics with a series that changed after, or shortly before, their groups were computed."""
    computed = dict(GroupRollup.objects.order_by().values_list("metric").annotate(Max("computed_at")))
    changed = Series.objects.order_by().values_list("metric").annotate(Max("changed_at"))
    return sorted(
        metric_id
        for metric_id, changed_at in changed
        if metric_id not in computed or changed_at > computed[metric_id] - OVERLAP
    )
