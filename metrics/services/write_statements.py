"""The statements that write what ``observation_wanted`` asks for: as observations, or apart where leave omits them.

Each keeps the former value as a correction in the same statement (``RETURNING old``), so no value is ever lost.
``observation_changed`` gets a line for each series that changed: from when to when, and how many values. Where all of
them are later than what was known, it says through when it was known (``known_through``): what follows from them can
then be told from ``observation_wanted`` alone.
"""

CHANGED = """
CREATE TEMP TABLE observation_changed (
    series_id bigint, from_on date, to_on date, new bigint, corrected bigint, known_through date
) ON COMMIT DROP
"""

CREATE_SERIES = """
INSERT INTO metrics_series (organization_id, metric_id, employee_id, point_count, limit_points, is_stale, changed_at)
SELECT %(organization)s, metric_id, employee_id, 0, 0, false, now()
  FROM observation_pair wanted
 WHERE NOT EXISTS (SELECT FROM metrics_series series
                    WHERE series.organization_id = %(organization)s AND series.metric_id = wanted.metric_id
                      AND series.employee_id = wanted.employee_id)
 ORDER BY metric_id, employee_id
"""

_WANTED = """
  FROM observation_wanted wanted
  JOIN metrics_series series ON series.organization_id = %(organization)s AND series.metric_id = wanted.metric_id
   AND series.employee_id = wanted.employee_id
"""

_SAME_ENTRY = """
 known.organization_id = %(organization)s AND known.series_id = series.id AND known.starts_on = wanted.starts_on
"""

# The series of the wanted values, and how far each is known: what lies later is certainly new. The facts of a series
# are brought up to date in the transaction that changes its values, so they tell without a look at the values.
SERIES = """
CREATE TEMP TABLE observation_series ON COMMIT DROP AS
SELECT *, coalesce(from_on > known_through, false) AS is_ahead
  FROM (
    SELECT series.id, series.metric_id, series.employee_id, wanted.from_on, wanted.to_on, wanted.counted,
           coalesce(series.last_on, '-infinity') AS known_through
      FROM metrics_series series
      JOIN observation_pair wanted
        ON wanted.metric_id = series.metric_id AND wanted.employee_id = series.employee_id
     WHERE series.organization_id = %(organization)s
  ) known
"""

_RECORDED = """
  FROM observation_wanted wanted
  JOIN observation_series series ON series.metric_id = wanted.metric_id AND series.employee_id = wanted.employee_id
"""

# Half as dear as an upsert, and most uploads are nothing else.
WRITE_NEW = f"""
INSERT INTO metrics_observation (organization_id, series_id, starts_on, value, reported_value, batch_id)
SELECT %(organization)s, series.id, wanted.starts_on, wanted.value,
       CASE WHEN wanted.value <> wanted.reported THEN wanted.reported END, wanted.batch_id
  {_RECORDED} WHERE NOT wanted.is_omitted AND wanted.starts_on > series.known_through
"""  # built from constants only

NOTE_NEW = f"""
INSERT INTO observation_changed
SELECT id, from_on, to_on, counted, 0, known_through FROM observation_series WHERE is_ahead
UNION ALL
SELECT series.id, min(wanted.starts_on), max(wanted.starts_on), count(*), 0, NULL
  {_RECORDED} WHERE NOT series.is_ahead AND NOT wanted.is_omitted AND wanted.starts_on > series.known_through
 GROUP BY series.id
"""  # noqa: S608  # built from constants only

_LOG = """
logged AS (
    INSERT INTO metrics_observationcorrection (organization_id, series_id, starts_on, old_value, old_reported_value,
                                               old_batch_id, new_value, new_batch_id, reason, made_at)
    SELECT %(organization)s, series_id, starts_on, old_value, old_reported, old_batch_id, new_value, new_batch_id,
           %(reason)s, now()
      FROM written WHERE old_batch_id IS NOT NULL AND %(keeps_corrections)s
)
INSERT INTO observation_changed
SELECT series_id, min(starts_on), max(starts_on), count(*) FILTER (WHERE old_batch_id IS NULL),
       count(*) FILTER (WHERE old_batch_id IS NOT NULL)
  FROM written GROUP BY series_id
"""

WRITE_OBSERVATIONS = f"""
WITH written AS (
    INSERT INTO metrics_observation AS known (organization_id, series_id, starts_on, value, reported_value, batch_id)
    SELECT %(organization)s, series.id, wanted.starts_on, wanted.value,
           CASE WHEN wanted.value <> wanted.reported THEN wanted.reported END, wanted.batch_id
      {_RECORDED} WHERE NOT wanted.is_omitted AND wanted.starts_on <= series.known_through
    ON CONFLICT (organization_id, series_id, starts_on) DO UPDATE
       SET value = EXCLUDED.value, reported_value = EXCLUDED.reported_value, batch_id = EXCLUDED.batch_id
     WHERE coalesce(known.reported_value, known.value) <> coalesce(EXCLUDED.reported_value, EXCLUDED.value)
    RETURNING new.series_id, new.starts_on, new.value AS new_value, new.batch_id AS new_batch_id,
              old.value AS old_value, old.reported_value AS old_reported, old.batch_id AS old_batch_id
), {_LOG}
"""  # noqa: S608  # built from constants only

WRITE_OMITTED = f"""
WITH written AS (
    INSERT INTO metrics_omittedobservation AS known (organization_id, series_id, starts_on, reported_value, batch_id)
    SELECT %(organization)s, series.id, wanted.starts_on, wanted.reported, wanted.batch_id
      {_WANTED} WHERE wanted.is_omitted
    ON CONFLICT (organization_id, series_id, starts_on) DO UPDATE
       SET reported_value = EXCLUDED.reported_value, batch_id = EXCLUDED.batch_id
     WHERE known.reported_value <> EXCLUDED.reported_value
    RETURNING new.series_id, new.starts_on, new.reported_value AS new_value, new.batch_id AS new_batch_id,
              old.reported_value AS old_value, old.reported_value AS old_reported, old.batch_id AS old_batch_id
), {_LOG}
"""  # noqa: S608  # built from constants only

# Entries that lie on the wrong side of the leave are moved first, as they are: the write then corrects them in place.
MOVE_TO_OMITTED = f"""
WITH moved AS (
    DELETE FROM metrics_observation known
     USING (SELECT series.id, wanted.starts_on {_WANTED} WHERE wanted.is_omitted) gone
     WHERE known.organization_id = %(organization)s AND known.series_id = gone.id AND known.starts_on = gone.starts_on
    RETURNING known.series_id, known.starts_on, coalesce(known.reported_value, known.value) AS reported, known.batch_id
), kept AS (
    INSERT INTO metrics_omittedobservation (organization_id, series_id, starts_on, reported_value, batch_id)
    SELECT %(organization)s, series_id, starts_on, reported, batch_id FROM moved
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, 0 FROM moved GROUP BY series_id
"""  # noqa: S608  # built from constants only

MOVE_TO_OBSERVATIONS = f"""
WITH moved AS (
    DELETE FROM metrics_omittedobservation known
     USING (SELECT series.id, wanted.* {_WANTED} WHERE NOT wanted.is_omitted) back
     WHERE known.organization_id = %(organization)s AND known.series_id = back.id AND known.starts_on = back.starts_on
    RETURNING known.series_id, known.starts_on, known.reported_value, known.batch_id, back.value, back.reported
), kept AS (
    INSERT INTO metrics_observation (organization_id, series_id, starts_on, value, reported_value, batch_id)
    SELECT %(organization)s, series_id, starts_on,
           CASE WHEN reported_value = reported THEN value ELSE reported_value END,
           CASE WHEN reported_value = reported AND value <> reported THEN reported END, batch_id FROM moved
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, 0 FROM moved GROUP BY series_id
"""  # noqa: S608  # built from constants only

# The value of an entry that stays what the source said, and is counted otherwise because a leave has changed, or that
# goes back to what another batch said.
SETTLE_OBSERVATIONS = f"""
WITH settled AS (
    UPDATE metrics_observation known
       SET value = back.value, reported_value = CASE WHEN back.value <> back.reported THEN back.reported END,
           batch_id = back.batch_id
      FROM (SELECT series.id, wanted.* {_WANTED} WHERE NOT wanted.is_omitted) back
     WHERE known.organization_id = %(organization)s AND known.series_id = back.id AND known.starts_on = back.starts_on
       AND (known.value, known.reported_value, known.batch_id) IS DISTINCT FROM
           (back.value, CASE WHEN back.value <> back.reported THEN back.reported END, back.batch_id)
    RETURNING known.series_id, known.starts_on
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, count(*)
  FROM settled GROUP BY series_id
"""  # noqa: S608  # built from constants only

SETTLE_OMITTED = f"""
WITH settled AS (
    UPDATE metrics_omittedobservation known SET reported_value = back.reported, batch_id = back.batch_id
      FROM (SELECT series.id, wanted.* {_WANTED} WHERE wanted.is_omitted) back
     WHERE known.organization_id = %(organization)s AND known.series_id = back.id AND known.starts_on = back.starts_on
       AND (known.reported_value, known.batch_id) IS DISTINCT FROM (back.reported, back.batch_id)
    RETURNING known.series_id, known.starts_on
)
INSERT INTO observation_changed SELECT series_id, min(starts_on), max(starts_on), 0, count(*)
  FROM settled GROUP BY series_id
"""  # noqa: S608  # built from constants only

# What a check would write, without writing it.
COUNT_WOULD = f"""
SELECT count(*) FILTER (WHERE known.reported IS NULL),
       count(*) FILTER (WHERE known.reported <> wanted.reported),
       count(*) FILTER (WHERE known.reported = wanted.reported),
       count(*) FILTER (WHERE wanted.is_omitted)
  FROM observation_wanted wanted
  LEFT JOIN metrics_series series ON series.organization_id = %(organization)s AND series.metric_id = wanted.metric_id
   AND series.employee_id = wanted.employee_id
  LEFT JOIN LATERAL (
    SELECT coalesce(known.reported_value, known.value) AS reported FROM metrics_observation known WHERE {_SAME_ENTRY}
    UNION ALL
    SELECT known.reported_value FROM metrics_omittedobservation known WHERE {_SAME_ENTRY}
  ) known ON true
"""  # noqa: S608  # built from constants only

# The references of many rows are checked before the facts of their series are written: after that there are two
# versions of each series in this transaction, and each check would pass by the older one.
_REFERENCES = "metrics_observation_series_same_tenant, metrics_observation_batch_same_tenant"
CHECK_AT_ONCE = f"SET CONSTRAINTS {_REFERENCES} IMMEDIATE"
CHECK_LATER = f"SET CONSTRAINTS {_REFERENCES} DEFERRED"

COUNT_CHANGED = "SELECT coalesce(sum(new), 0)::bigint, coalesce(sum(corrected), 0)::bigint FROM observation_changed"

ANY_OMITTED = "SELECT EXISTS (SELECT FROM metrics_omittedobservation WHERE organization_id = %(organization)s)"
