"""The statements that follow a change of values: weeks and months, facts of the series, calculated metrics."""

# Which periods of which series are to be computed afresh.
SPANS = """
CREATE TEMP TABLE observation_span ON COMMIT DROP AS
SELECT changed.series_id, series.metric_id, series.employee_id, metric.cadence, metric.aggregation,
       changed.from_on, changed.to_on,
       date_trunc('week', changed.from_on)::date AS week_from, date_trunc('week', changed.to_on)::date + 6 AS week_to,
       date_trunc('month', changed.from_on)::date AS month_from,
       (date_trunc('month', changed.to_on) + interval '1 month - 1 day')::date AS month_to
  FROM (SELECT series_id, min(from_on) AS from_on, max(to_on) AS to_on FROM observation_changed GROUP BY series_id)
       changed
  JOIN metrics_series series ON series.organization_id = %(organization)s AND series.id = changed.series_id
  JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = series.metric_id
 ORDER BY changed.series_id
"""

_WRITE_ROLLUPS = """
ON CONFLICT (organization_id, series_id, grain, starts_on) DO UPDATE
   SET value = EXCLUDED.value, point_count = EXCLUDED.point_count
 WHERE (known.value, known.point_count) IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.point_count)
"""


def write_rollups(grain: str) -> str:
    """Return the statement that computes the weeks or months of the spans by mean or sum."""
    return f"""
INSERT INTO metrics_seriesrollup AS known (organization_id, series_id, grain, starts_on, value, point_count)
SELECT %(organization)s, span.series_id, '{grain}', date_trunc('{grain}', known.starts_on)::date,
       CASE span.aggregation WHEN 'sum' THEN sum(known.value) ELSE avg(known.value) END, count(*)
  FROM observation_span span
  JOIN metrics_observation known ON known.organization_id = %(organization)s AND known.series_id = span.series_id
   AND known.starts_on BETWEEN span.{grain}_from AND span.{grain}_to
 WHERE span.aggregation <> 'last' AND (span.cadence <> 'month' OR '{grain}' = 'month')
 GROUP BY span.series_id, span.aggregation, date_trunc('{grain}', known.starts_on)::date
{_WRITE_ROLLUPS}
"""  # noqa: S608  # the grain is one of our two words


def write_last_rollups(grain: str) -> str:
    """Return the statement that takes the last value of each week or month of the spans."""
    return f"""
INSERT INTO metrics_seriesrollup AS known (organization_id, series_id, grain, starts_on, value, point_count)
SELECT DISTINCT ON (span.series_id, date_trunc('{grain}', known.starts_on)::date)
       %(organization)s, span.series_id, '{grain}', date_trunc('{grain}', known.starts_on)::date, known.value,
       count(*) OVER (PARTITION BY span.series_id, date_trunc('{grain}', known.starts_on)::date)
  FROM observation_span span
  JOIN metrics_observation known ON known.organization_id = %(organization)s AND known.series_id = span.series_id
   AND known.starts_on BETWEEN span.{grain}_from AND span.{grain}_to
 WHERE span.aggregation = 'last' AND (span.cadence <> 'month' OR '{grain}' = 'month')
 ORDER BY span.series_id, date_trunc('{grain}', known.starts_on)::date, known.starts_on DESC
{_WRITE_ROLLUPS}
"""  # noqa: S608  # the grain is one of our two words


HAS_LAST = "SELECT EXISTS (SELECT FROM observation_span WHERE aggregation = 'last')"

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

# The months know how many points there are: they are few, and were just computed from the points themselves.
FACTS = """
UPDATE metrics_series series
   SET first_on = first.starts_on, last_on = last.starts_on, last_value = last.value,
       point_count = coalesce((SELECT sum(month.point_count) FROM metrics_seriesrollup month
                                WHERE month.organization_id = %(organization)s AND month.series_id = span.series_id
                                  AND month.grain = 'month'), 0),
       is_stale = true, changed_at = clock_timestamp(),
       -- The computation of signals reads no further back; without a day it reads the whole series.
       stale_from = CASE WHEN series.is_stale AND series.stale_from IS NULL THEN NULL
                         ELSE greatest(least(series.stale_from, span.from_on), '0001-01-01') END
  FROM observation_span span
  LEFT JOIN LATERAL (SELECT starts_on FROM metrics_observation known
                      WHERE known.organization_id = %(organization)s AND known.series_id = span.series_id
                      ORDER BY starts_on LIMIT 1) first ON true
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
