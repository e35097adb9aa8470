"""The statements that take observations in: rows are staged as text, read and checked in whole sets, then written.

Row-level security forbids COPY into a tenant table, so rows are copied into ``observation_stage`` (of this transaction
only). Metrics, employees and days are looked up once for each different text. ``read`` says what each row says, or why
it is refused; it is written down once only, as ``observation_wanted``: one value for each metric, employee and period.
The refused rows are read a second time, where there are any: most files have few or none.
"""

TABLES = (
    "observation_stage",
    "observation_said",
    "observation_metric",
    "observation_employee",
    "observation_day_text",
    "observation_day",
    "observation_refused",
    "observation_wanted",
    "observation_pair",
    "observation_away",
    "observation_workday",
    "observation_changed",
    "observation_series",
    "observation_span",
    "observation_formula",
    "observation_calculated",
)

STAGE = """
CREATE TEMP TABLE observation_stage (
    line integer, metric text, employee text, day text, value text, unit text
) ON COMMIT DROP
"""

COPY_STAGE = "COPY observation_stage FROM STDIN"

# The time of day of a timestamp says nothing; without it there are as many texts as days.
_DAY_TEXT = """CASE WHEN length(stage.day) > 10 AND stage.day ~ '^\\d{4}-\\d\\d-\\d\\d[T ]' THEN left(stage.day, 10)
             ELSE stage.day END"""


def _day_text(*, is_plain: bool) -> str:
    return "stage.day" if is_plain else _DAY_TEXT


def said(*, is_plain: bool) -> str:
    """Return the statement that gathers the different texts of metrics, of employees and of days in one look."""
    return f"""
CREATE TEMP TABLE observation_said ON COMMIT DROP AS
SELECT metric, employee, day
  FROM (SELECT metric, employee, {_day_text(is_plain=is_plain)} AS day FROM observation_stage stage) stage
 GROUP BY GROUPING SETS ((metric), (employee), (day))
"""  # noqa: S608  # built from constants only


# A metric is known by its short name first, then by its name.
METRICS = """
CREATE TEMP TABLE observation_metric ON COMMIT DROP AS
SELECT DISTINCT ON (said.text) said.text, metric.id AS metric_id, metric.key, metric.cadence,
       metric.allowed_min, metric.allowed_max, metric.leave_handling,
       lower(btrim(metric.unit)) AS unit, lower(btrim(metric.unit)) IN ('%%', 'percent', 'per cent') AS is_percent,
       'point'::text AS style, true AS is_plain, false AS has_percent,
       CASE WHEN metric.id IS NULL THEN 'metric_unknown'
            WHEN metric.formula_operator <> '' THEN 'metric_calculated'
            WHEN NOT metric.is_active THEN 'metric_retired'
            ELSE '' END AS code
  FROM (SELECT metric AS text FROM observation_said WHERE metric IS NOT NULL) said
  LEFT JOIN metrics_metric metric
    ON metric.organization_id = %(organization)s
   AND lower(btrim(said.text)) IN (lower(metric.key), lower(metric.name))
 ORDER BY said.text, lower(metric.key) = lower(btrim(said.text)) DESC
"""

EMPLOYEES = """
CREATE TEMP TABLE observation_employee ON COMMIT DROP AS
SELECT said.text, employee.id AS employee_id, employee.hired_on, employee.left_on
  FROM (SELECT employee AS text FROM observation_said WHERE employee IS NOT NULL) said
  LEFT JOIN people_employee employee
    ON employee.organization_id = %(organization)s AND employee.number = btrim(said.text)
"""

DAY_TEXTS = """
CREATE TEMP TABLE observation_day_text ON COMMIT DROP AS
SELECT row_number() OVER () AS place, day AS text FROM observation_said WHERE day IS NOT NULL
"""

INDEX_DAY_TEXTS = "CREATE UNIQUE INDEX ON observation_day_text (place)"

DAY_TEXT_PAGE = """
SELECT text FROM observation_day_text WHERE place > %(after)s AND place <= %(through)s ORDER BY place
"""

DAYS = """
CREATE TEMP TABLE observation_day (text text, day date, code text) ON COMMIT DROP
"""

COPY_DAYS = "COPY observation_day FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (text, code))"

# Numbers: what can only be read with a decimal point, only with a decimal comma, or either way.
_EITHER = r"^[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}$"


def _one_way(decimal: str, group: str) -> str:
    """Return the pattern of numbers that make sense with that decimal sign only."""
    return (
        rf"^[-+]?([0-9]{{0,15}}{decimal}([0-9]{{1,2}}|[0-9]{{4,20}})|0[0-9]{{0,3}}{decimal}[0-9]{{1,20}}"
        rf"|[0-9]{{4,15}}{decimal}[0-9]{{3}}"
        rf"|[1-9][0-9]{{0,2}}({group}[0-9]{{3}}){{1,4}}{decimal}[0-9]{{1,20}}|[1-9][0-9]{{0,2}}({group}[0-9]{{3}}){{2,4}})$"
    )


_POINT = _one_way(r"\.", ",")
_COMMA = _one_way(",", r"\.")
_SCIENTIFIC = r"^[-+]?[0-9]{1,15}(\.[0-9]{1,20})?[eE][-+]?[0-9]{1,2}$"
# Spaces of every width and apostrophes group thousands; the minus of typesetters is a minus.
_TRIMMED = "translate(stage.value, U&'\\2212 \\0009\\000A\\000D\\00A0\\202F\\2009\\2007\\2019''', '-')"
_SUFFIX = r"(%%|[[:alpha:]°€$£].*)$"
_BODY = f"regexp_replace({_TRIMMED}, '{_SUFFIX}', '')"
_UNIT_OF_VALUE = f"lower(coalesce(substring({_TRIMMED} FROM '{_SUFFIX}'), ''))"
_STYLE_OF_VALUE = f"""CASE WHEN {_BODY} ~ '{_POINT}' THEN 'point' WHEN {_BODY} ~ '{_COMMA}' THEN 'comma'
    WHEN {_BODY} ~ '{_EITHER}' THEN metric.style END"""
_IS_PLAIN = "translate(stage.value, '0123456789.-', '') = '' AND pg_input_is_valid(stage.value, 'float8')"
_NUMBER = f"""CASE
    WHEN metric.is_plain AND {_IS_PLAIN} THEN stage.value::float8
    WHEN {_TRIMMED} ~ '{_SCIENTIFIC}' THEN {_TRIMMED}::float8
    WHEN {_BODY} ~ '^[-+]?[0-9]{{1,15}}$' THEN ({_BODY})::float8
    ELSE (CASE {_STYLE_OF_VALUE} WHEN 'point' THEN replace({_BODY}, ',', '')
              WHEN 'comma' THEN replace(replace({_BODY}, '.', ''), ',', '.') END)::float8 END"""

# A first look that most files pass: no comma, no second point, no per cent sign, and a point that must be decimal.
NUMBERS_ARE_ODD = """
SELECT bool_or(value LIKE '%%,%%' OR value LIKE '%%.%%.%%' OR value LIKE '%%!%%%%' ESCAPE '!'),
       bool_or(value LIKE '%%.%%')
  FROM observation_stage
"""

HAS_DECIMAL_POINT = f"""
SELECT EXISTS (SELECT FROM observation_stage WHERE value LIKE '%%.%%' AND value ~ '{_POINT}')
"""  # noqa: S608  # built from constants only

TALLY_STYLES = f"""
SELECT metric, count(*) FILTER (WHERE body ~ '{_POINT}'), count(*) FILTER (WHERE body ~ '{_COMMA}'),
       count(*) FILTER (WHERE body ~ '{_EITHER}'), bool_or(value ~ '%%\\s*$')
  FROM (SELECT metric, value, {_BODY} AS body FROM observation_stage stage) said
 GROUP BY metric ORDER BY metric
"""  # noqa: S608  # built from constants only

SET_STYLE = """
UPDATE observation_metric SET style = %(style)s, is_plain = %(is_plain)s, has_percent = %(has_percent)s
 WHERE text = %(metric)s
"""

_SAID_UNIT = f"""CASE WHEN stage.unit <> '' THEN lower(btrim(stage.unit))
    WHEN metric.is_plain AND translate(stage.value, '0123456789.-', '') = '' THEN ''
    WHEN {_TRIMMED} ~ '{_SCIENTIFIC}' THEN ''
    ELSE {_UNIT_OF_VALUE} END"""


def read(*, is_plain: bool) -> str:
    """Return the query for what each staged row says, or why it is refused.

    Where the whole file ``is_plain`` (no day with a time, no value with more than digits, a minus and a decimal
    point, and no metric that says otherwise), there is nothing to look for in them.
    """
    said_unit = "lower(btrim(stage.unit))" if is_plain else _SAID_UNIT
    number = "stage.value::float8" if is_plain else _NUMBER
    return f"""
    SELECT said.*, CASE
        WHEN metric_code <> '' THEN metric_code
        WHEN employee_id IS NULL THEN 'employee_unknown'
        WHEN day_code <> '' THEN day_code
        WHEN on_day > %(today)s THEN 'day_in_future'
        WHEN period_end < hired_on THEN 'before_hire'
        WHEN starts_on > left_on THEN 'after_leaving'
        WHEN number IS NULL THEN CASE
            WHEN btrim(value) = '' THEN 'value_missing'
            WHEN lower(btrim(value)) ~ '^[-+]?(nan|inf|infinity|#div/0!|#n/a|#value!|#ref!|#num!)$'
                THEN 'value_not_finite'
            WHEN style IS NULL AND value ~ '[0-9][.,][0-9]{{3}}\\D*$' THEN 'value_ambiguous'
            ELSE 'value_unreadable' END
        WHEN said_unit NOT IN ('', unit) AND NOT (is_percent AND said_unit IN ('%%', 'percent', 'per cent')) THEN
            CASE WHEN unit = '' THEN 'unit_not_expected' ELSE 'unit_differs' END
        WHEN has_percent AND number > 0 AND number <= 1 AND value NOT LIKE '%%!%%%%' ESCAPE '!' THEN 'units_mixed'
        WHEN number < allowed_min THEN 'value_too_small'
        WHEN number > allowed_max THEN 'value_too_large'
        ELSE '' END AS code
      FROM (
        SELECT stage.line, stage.metric, stage.employee, stage.day, stage.value, metric.metric_id,
               metric.code AS metric_code, metric.unit, metric.is_percent, metric.has_percent, metric.style,
               metric.allowed_min, metric.allowed_max,
               employee.employee_id, employee.hired_on, employee.left_on,
               day.day AS on_day, day.code AS day_code,
               CASE metric.cadence WHEN 'week' THEN day.week WHEN 'month' THEN day.month ELSE day.day END AS starts_on,
               CASE metric.cadence WHEN 'week' THEN day.week + 6 WHEN 'month' THEN day.month_end ELSE day.day END
                    AS period_end,
               {said_unit} AS said_unit, {number} AS number
          FROM observation_stage stage
          JOIN observation_metric metric ON metric.text = stage.metric
          JOIN observation_employee employee ON employee.text = stage.employee
          JOIN (SELECT text, code, day, date_trunc('week', day)::date AS week,
                       date_trunc('month', day)::date AS month,
                       (date_trunc('month', day) + interval '1 month - 1 day')::date AS month_end
                  FROM observation_day) day ON day.text = {_day_text(is_plain=is_plain)}
        OFFSET 0
      ) said
    OFFSET 0
"""  # noqa: S608  # built from constants only


def wanted(*, is_plain: bool) -> str:
    """Return the statement that keeps a value of each period, sorted as the table of observations is."""
    return f"""
CREATE TEMP TABLE observation_wanted ON COMMIT DROP AS
SELECT metric_id, employee_id, starts_on, min(number) AS reported, min(number) AS value, false AS is_omitted,
       %(batch)s::bigint AS batch_id, min(number) <> max(number) AS has_conflict, count(*)::integer AS times,
       (count(*) FILTER (WHERE starts_on <> on_day))::integer AS moved
  FROM ({read(is_plain=is_plain)}) said
 WHERE code = ''
 GROUP BY metric_id, employee_id, starts_on ORDER BY metric_id, employee_id, starts_on
"""  # noqa: S608  # built from constants only


# The same table for values that are known already.
EMPTY_WANTED = """
CREATE TEMP TABLE observation_wanted (
    metric_id bigint, employee_id bigint, starts_on date, reported float8, value float8, is_omitted boolean,
    batch_id bigint
) ON COMMIT DROP
"""

# Each metric of each employee once, with the periods that count.
PAIRS = """
CREATE TEMP TABLE observation_pair ON COMMIT DROP AS
SELECT metric_id, employee_id, count(*) AS periods, sum(times) AS times, sum(moved) AS moved,
       bool_or(has_conflict) AS has_conflict, min(starts_on) FILTER (WHERE NOT is_omitted) AS from_on,
       max(starts_on) FILTER (WHERE NOT is_omitted) AS to_on, count(*) FILTER (WHERE NOT is_omitted) AS counted
  FROM observation_wanted GROUP BY metric_id, employee_id
"""

FORGET_PAIRS = "DROP TABLE observation_pair"

COUNT_WANTED = """
SELECT coalesce(sum(periods), 0)::bigint, coalesce(sum(times), 0)::bigint,
       coalesce(sum(times - periods), 0)::bigint, coalesce(sum(moved), 0)::bigint,
       coalesce(bool_or(has_conflict), false)
  FROM observation_pair
"""

DROP_CONFLICTS = "DELETE FROM observation_wanted WHERE has_conflict"


def refused(*, is_plain: bool) -> str:
    """Return the statement that keeps the refused rows: those with a fault, and two values for one period."""
    return f"""
CREATE TEMP TABLE observation_refused ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY line, metric, day) AS place, *
  FROM (
    SELECT said.line,
           CASE said.code WHEN '' THEN twice.key ELSE left(said.metric, 200) END AS metric,
           CASE said.code WHEN '' THEN twice.number ELSE left(said.employee, 200) END AS employee,
           CASE said.code WHEN '' THEN said.starts_on::text ELSE left(said.day, 200) END AS day,
           CASE said.code WHEN '' THEN said.number::text ELSE left(said.value, 200) END AS value,
           CASE said.code WHEN '' THEN 'period_twice' ELSE said.code END AS code,
           CASE said.code
                WHEN '' THEN said.starts_on::text
                WHEN 'before_hire' THEN hired_on::text WHEN 'after_leaving' THEN left_on::text
                WHEN 'value_too_small' THEN allowed_min::text WHEN 'value_too_large' THEN allowed_max::text
                WHEN 'unit_differs' THEN unit ELSE '' END AS detail
      FROM ({read(is_plain=is_plain)}) said
      LEFT JOIN (
        SELECT wanted.metric_id, wanted.employee_id, wanted.starts_on, metric.key, employee.number
          FROM observation_wanted wanted
          JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = wanted.metric_id
          JOIN people_employee employee
            ON employee.organization_id = %(organization)s AND employee.id = wanted.employee_id
         WHERE wanted.has_conflict
      ) twice ON said.code = '' AND twice.metric_id = said.metric_id AND twice.employee_id = said.employee_id
             AND twice.starts_on = said.starts_on
     WHERE said.code <> '' OR twice.metric_id IS NOT NULL
  ) refused
"""  # noqa: S608  # built from constants only


COUNT_REFUSALS = "SELECT code, count(*) FROM observation_refused GROUP BY code ORDER BY code"

REFUSED_PAGE = """
SELECT line, metric, employee, day, value, code, detail FROM observation_refused
 WHERE place > %(after)s AND place <= %(through)s ORDER BY place
"""

INDEX_REFUSED = "CREATE UNIQUE INDEX ON observation_refused (place)"
