"""The statements that follow a change of values: weeks and months, facts of the series, calculated metrics."""

# Which periods of which series are computed from the table. Where everything is later than what was known, that is
# the last period that was known, if it goes on; the periods after it are computed from the values that were written.
SPANS = """
CREATE TEMP TABLE observation_span ON COMMIT DROP AS
SELECT changed.series_id, series.metric_id, series.employee_id, metric.cadence, metric.aggregation,
       changed.from_on, changed.to_on, changed.added, changed.known_through,
       date_trunc('week', changed.from_on::timestamp)::date AS week_from,
       date_trunc('week', until.day::timestamp)::date + 6 AS week_to,
       date_trunc('month', changed.from_on::timestamp)::date AS month_from,
       (date_trunc('month', until.day::timestamp) + interval '1 month - 1 day')::date AS month_to
  FROM (SELECT series_id, min(from_on) AS from_on, max(to_on) AS to_on, sum(new) AS added,
               CASE WHEN bool_and(known_through IS NOT NULL) THEN min(known_through) END AS known_through
          FROM observation_changed GROUP BY series_id) changed
  JOIN metrics_series series ON series.organization_id = %(organization)s AND series.id = changed.series_id
  JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = series.metric_id
 CROSS JOIN LATERAL (
    SELECT CASE WHEN metric.aggregation <> 'last' THEN coalesce(changed.known_through, changed.to_on)
                ELSE changed.to_on END AS day) until
 ORDER BY changed.series_id
"""

_WRITE_ROLLUPS = """
ON CONFLICT (organization_id, series_id, grain, starts_on) DO UPDATE
   SET value = EXCLUDED.value, point_count = EXCLUDED.point_count
 WHERE (known.value, known.point_count) IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.point_count)
"""


def write_rollups(grain: str) -> str:
    """Return the statement that computes the weeks or months of the spans by mean or sum.

    It reads a series at a time, whatever the planner knows of rows written a moment ago in the same transaction.
    """
    return f"""
INSERT INTO metrics_seriesrollup AS known (organization_id, series_id, grain, starts_on, value, point_count)
SELECT %(organization)s, span.series_id, '{grain}', part.starts_on, part.value, part.point_count
  FROM observation_span span
 CROSS JOIN LATERAL (
    SELECT date_trunc('{grain}', point.starts_on::timestamp)::date AS starts_on,
           CASE span.aggregation WHEN 'sum' THEN sum(point.value) ELSE avg(point.value) END AS value,
           count(*) AS point_count
      FROM metrics_observation point
     WHERE point.organization_id = %(organization)s AND point.series_id = span.series_id
       AND point.starts_on BETWEEN span.{grain}_from AND span.{grain}_to
     GROUP BY date_trunc('{grain}', point.starts_on::timestamp)
 ) part
 WHERE span.aggregation <> 'last' AND span.known_through IS NULL
   AND (span.cadence <> 'month' OR '{grain}' = 'month')
{_WRITE_ROLLUPS}
"""  # noqa: S608  # the grain is one of our two words


# The week and the month through which a series was known, if they go on: both in one look at its points.
WRITE_OPEN_ROLLUPS = f"""
INSERT INTO metrics_seriesrollup AS known (organization_id, series_id, grain, starts_on, value, point_count)
SELECT %(organization)s, span.series_id, part.grain, part.starts_on,
       CASE span.aggregation WHEN 'sum' THEN part.total ELSE part.total / part.point_count END, part.point_count
  FROM observation_span span
 CROSS JOIN LATERAL (
    SELECT sum(point.value) FILTER (WHERE point.starts_on BETWEEN span.week_from AND span.week_to) AS week_total,
           count(*) FILTER (WHERE point.starts_on BETWEEN span.week_from AND span.week_to) AS week_count,
           sum(point.value) FILTER (WHERE point.starts_on BETWEEN span.month_from AND span.month_to) AS month_total,
           count(*) FILTER (WHERE point.starts_on BETWEEN span.month_from AND span.month_to) AS month_count
      FROM metrics_observation point
     WHERE point.organization_id = %(organization)s AND point.series_id = span.series_id
       AND point.starts_on BETWEEN least(span.week_from, span.month_from) AND greatest(span.week_to, span.month_to)
 ) points
 CROSS JOIN LATERAL (
    VALUES ('week', span.week_from, points.week_total, points.week_count),
           ('month', span.month_from, points.month_total, points.month_count)
 ) part (grain, starts_on, total, point_count)
 WHERE span.aggregation <> 'last' AND span.known_through IS NOT NULL AND part.point_count > 0
   AND (span.week_from <= span.week_to OR span.month_from <= span.month_to)
   AND (span.cadence <> 'month' OR part.grain = 'month')
{_WRITE_ROLLUPS}
"""  # noqa: S608  # built from constants only

# The weeks and months that begin after what was known, from the values that were written: nothing else is in them, and
# none of them is there yet.
WRITE_LATER_ROLLUPS = """
INSERT INTO metrics_seriesrollup (organization_id, series_id, grain, starts_on, value, point_count)
SELECT %(organization)s, span.series_id, part.grain, part.starts_on,
       CASE span.aggregation WHEN 'sum' THEN part.total ELSE part.total / part.point_count END, part.point_count
  FROM (
    SELECT id AS series_id, CASE WHEN GROUPING(week) = 0 THEN 'week' ELSE 'month' END AS grain,
           coalesce(week, month) AS starts_on, sum(value) AS total, count(*) AS point_count
      FROM (
        SELECT series.id, wanted.value, wanted.starts_on - (wanted.starts_on - '0001-01-01') %% 7 AS week,
               date_trunc('month', wanted.starts_on::timestamp)::date AS month
          FROM observation_wanted wanted
          JOIN observation_series series
            ON series.metric_id = wanted.metric_id AND series.employee_id = wanted.employee_id AND series.is_ahead
         WHERE NOT wanted.is_omitted
      ) point
     GROUP BY GROUPING SETS ((id, week), (id, month))
  ) part
  JOIN observation_span span ON span.series_id = part.series_id AND part.starts_on > span.known_through
 WHERE span.aggregation <> 'last' AND (span.cadence <> 'month' OR part.grain = 'month')
 ORDER BY span.series_id, part.grain, part.starts_on
"""


def write_last_rollups(grain: str) -> str:
    """Return the statement that takes the last value of each week or month of the spans."""
    return f"""
INSERT INTO metrics_seriesrollup AS known (organization_id, series_id, grain, starts_on, value, point_count)
SELECT %(organization)s, span.series_id, '{grain}', part.starts_on, part.value, part.point_count
  FROM observation_span span
 CROSS JOIN LATERAL (
    SELECT DISTINCT ON (date_trunc('{grain}', point.starts_on::timestamp))
           date_trunc('{grain}', point.starts_on::timestamp)::date AS starts_on, point.value,
           count(*) OVER (PARTITION BY date_trunc('{grain}', point.starts_on::timestamp)) AS point_count
      FROM metrics_observation point
     WHERE point.organization_id = %(organization)s AND point.series_id = span.series_id
       AND point.starts_on BETWEEN span.{grain}_from AND span.{grain}_to
     ORDER BY date_trunc('{grain}', point.starts_on::timestamp), point.starts_on DESC
 ) part
 WHERE span.aggregation = 'last' AND (span.cadence <> 'month' OR '{grain}' = 'month')
{_WRITE_ROLLUPS}
"""  # noqa: S608  # the grain is one of our two words


KINDS_OF_SPANS = """
SELECT bool_or(aggregation <> 'last' AND known_through IS NOT NULL),
       bool_or(aggregation <> 'last' AND known_through IS NULL), bool_or(aggregation = 'last')
  FROM observation_span
"""

FORGET_ROLLUPS = """
DELETE FROM metrics_seriesrollup gone USING observation_span span
 WHERE gone.organization_id = %(organization)s AND gone.series_id = span.series_id
   AND ((gone.grain = 'week' AND gone.starts_on BETWEEN span.week_from AND span.week_to)
        OR (gone.grain = 'month' AND gone.starts_on BETWEEN span.month_from AND span.month_to))
   AND NOT EXISTS (
        SELECT FROM metrics_observation known
         WHERE known.organization_id = %(organization)s AND known.series_id = gone.series_id
           AND known.starts_on >= gone.starts_on
           AND known.starts_on < gone.starts_on + CASE gone.grain WHEN 'week' THEN interval '7 days'
                                                                  ELSE interval '1 month' END)
"""

# The months know how many points there are: they are few, and were just computed from the points themselves. Where all
# that was written is later than what was known, the facts known so far go on.
FACTS = """
UPDATE metrics_series series
   SET first_on = CASE WHEN span.known_through > '-infinity' THEN series.first_on
                       ELSE (SELECT min(known.starts_on) FROM metrics_observation known
                              WHERE known.organization_id = %(organization)s AND known.series_id = span.series_id) END,
       last_on = last.starts_on, last_value = last.value,
       point_count = CASE WHEN span.known_through IS NOT NULL THEN series.point_count + span.added
                          ELSE coalesce((SELECT sum(month.point_count) FROM metrics_seriesrollup month
                                          WHERE month.organization_id = %(organization)s
                                            AND month.series_id = span.series_id AND month.grain = 'month'), 0) END,
       is_stale = true, changed_at = clock_timestamp(),
       -- The computation of signals reads no further back; without a day it reads the whole series.
       stale_from = CASE WHEN series.is_stale AND series.stale_from IS NULL THEN NULL
                         ELSE greatest(least(series.stale_from, span.from_on), '0001-01-01') END
  FROM observation_span span
  LEFT JOIN LATERAL (SELECT starts_on, value FROM metrics_observation known
                      WHERE known.organization_id = %(organization)s AND known.series_id = span.series_id
                      ORDER BY starts_on DESC LIMIT 1) last ON true
 WHERE series.organization_id = %(organization)s AND series.id = span.series_id
"""

CHANGED_SERIES = "SELECT series_id FROM observation_span ORDER BY series_id"

ALL_OF_SERIES = """
INSERT INTO observation_changed
SELECT series.id, least(coalesce(min(known.starts_on), min(series.first_on)), min(series.first_on)),
       greatest(coalesce(max(known.starts_on), max(series.last_on)), max(series.last_on)), 0, 0
  FROM metrics_series series
  LEFT JOIN metrics_observation known ON known.organization_id = %(organization)s AND known.series_id = series.id
 WHERE series.organization_id = %(organization)s AND series.id = ANY(%(series)s)
 GROUP BY series.id
HAVING coalesce(min(known.starts_on), min(series.first_on)) IS NOT NULL
"""

# Calculated metrics any of whose parts has changed, with the employees and periods they are to be calculated for.
AFFECTED_FORMULAS = """
CREATE TEMP TABLE observation_formula ON COMMIT DROP AS
SELECT metric.id AS metric_id, span.employee_id, min(span.from_on) AS from_on, max(span.to_on) AS to_on
  FROM observation_span span
  JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.formula_operator <> ''
   AND span.metric_id IN (metric.formula_left_id, metric.formula_right_id)
 GROUP BY metric.id, span.employee_id
"""

WHOLE_FORMULA = """
CREATE TEMP TABLE observation_formula ON COMMIT DROP AS
SELECT DISTINCT metric.id AS metric_id, series.employee_id, '-infinity'::date AS from_on, 'infinity'::date AS to_on
  FROM metrics_metric metric
  JOIN metrics_series series ON series.organization_id = %(organization)s
   AND series.metric_id IN (metric.id, metric.formula_left_id, metric.formula_right_id)
 WHERE metric.organization_id = %(organization)s AND metric.id = %(metric)s
"""

ANY_FORMULA = "SELECT EXISTS (SELECT FROM observation_formula)"

CREATE_FORMULA_SERIES = """
INSERT INTO metrics_series (organization_id, metric_id, employee_id, point_count, limit_points, is_stale, changed_at)
SELECT DISTINCT %(organization)s, formula.metric_id, formula.employee_id, 0, 0, false, now()
  FROM observation_formula formula
  JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = formula.metric_id
  JOIN metrics_series one ON one.organization_id = %(organization)s AND one.metric_id = metric.formula_left_id
   AND one.employee_id = formula.employee_id
  JOIN metrics_series other ON other.organization_id = %(organization)s AND other.metric_id = metric.formula_right_id
   AND other.employee_id = formula.employee_id
ON CONFLICT (organization_id, employee_id, metric_id) DO NOTHING
"""

# Period by period; a division by zero has no value, nor has what is beyond any number.
CALCULATED = """
CREATE TEMP TABLE observation_calculated ON COMMIT DROP AS
SELECT * FROM (
    SELECT series.id AS series_id, one.starts_on, metric.id AS metric_id,
           CASE WHEN metric.formula_operator = 'ratio'
                 AND (other.value = 0 OR abs(one.value) > abs(other.value) * 1e150)
                THEN NULL
                WHEN abs(one.value) > 1e150 OR abs(other.value) > 1e150 THEN NULL
                ELSE metric.formula_factor * CASE metric.formula_operator
                     WHEN 'ratio' THEN one.value / other.value WHEN 'product' THEN one.value * other.value
                     WHEN 'sum' THEN one.value + other.value ELSE one.value - other.value END END AS value
      FROM observation_formula formula
      JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = formula.metric_id
      JOIN metrics_series series ON series.organization_id = %(organization)s AND series.metric_id = metric.id
       AND series.employee_id = formula.employee_id
      JOIN metrics_series left_series ON left_series.organization_id = %(organization)s
       AND left_series.metric_id = metric.formula_left_id AND left_series.employee_id = formula.employee_id
      JOIN metrics_series right_series ON right_series.organization_id = %(organization)s
       AND right_series.metric_id = metric.formula_right_id AND right_series.employee_id = formula.employee_id
      JOIN metrics_observation one ON one.organization_id = %(organization)s AND one.series_id = left_series.id
       AND one.starts_on BETWEEN formula.from_on AND formula.to_on
      JOIN metrics_observation other ON other.organization_id = %(organization)s AND other.series_id = right_series.id
       AND other.starts_on = one.starts_on
) calculated WHERE value IS NOT NULL ORDER BY series_id, starts_on
"""

FORMULA_METRICS = "SELECT DISTINCT metric_id FROM observation_formula ORDER BY metric_id"

# A series at a time, whatever the planner knows of rows written a moment ago in the same transaction.
FORGET_CALCULATED = """
WITH gone AS (
    DELETE FROM metrics_observation known
     USING observation_formula formula
      JOIN metrics_series series ON series.organization_id = %(organization)s
       AND series.metric_id = formula.metric_id AND series.employee_id = formula.employee_id AND series.point_count > 0
     CROSS JOIN LATERAL (
            SELECT starts_on FROM metrics_observation
             WHERE organization_id = %(organization)s AND series_id = series.id
               AND starts_on BETWEEN formula.from_on AND formula.to_on
            EXCEPT
            SELECT starts_on FROM observation_calculated WHERE series_id = series.id) obsolete
     WHERE known.organization_id = %(organization)s AND known.series_id = series.id
       AND known.starts_on = obsolete.starts_on
    RETURNING known.series_id, known.starts_on
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, 0 FROM gone GROUP BY series_id
"""

WRITE_CALCULATED = """
WITH written AS (
    INSERT INTO metrics_observation AS known (organization_id, series_id, starts_on, value, reported_value, batch_id)
    SELECT %(organization)s, series_id, starts_on, value, NULL, %(batch)s FROM observation_calculated
     WHERE metric_id = %(metric)s
    ON CONFLICT (organization_id, series_id, starts_on) DO UPDATE
       SET value = EXCLUDED.value, reported_value = NULL, batch_id = EXCLUDED.batch_id
     WHERE known.value <> EXCLUDED.value
    RETURNING series_id, starts_on
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, 0 FROM written GROUP BY series_id
"""
