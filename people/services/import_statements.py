"""The statements of an import: the file is staged in temporary tables, then compared and written in whole sets.

Row-level security forbids COPY into a tenant table, and row-by-row writes would be slow, so rows are copied into
``import_stage`` (of this transaction only) and reach the tenant tables by INSERT ... SELECT under the policies.
"""

TABLES = (
    "import_stage",
    "import_verdict",
    "import_wanted",
    "import_change",
    "import_final",
)

STAGE = """
CREATE TEMP TABLE import_stage (
    line integer PRIMARY KEY, number text, name text, given_name text, family_name text, email text,
    job_title text, department text, location text, country text, subdivision text, time_zone text,
    hired_on date, left_on date, leaving_kind text, leaving_reason text, status text,
    last_rating text, last_reviewed_on date,
    born_on date, gender text, ethnicity text, hispanic_or_latino text, marital_status text, citizenship text,
    is_refused boolean, is_repeat boolean, findings jsonb
) ON COMMIT DROP
"""

STAGE_COLUMNS = (
    "line", "number", "name", "given_name", "family_name", "email",
    "job_title", "department", "location", "country", "subdivision", "time_zone",
    "hired_on", "left_on", "leaving_kind", "leaving_reason", "status",
    "last_rating", "last_reviewed_on",
    "born_on", "gender", "ethnicity", "hispanic_or_latino", "marital_status", "citizenship",
    "is_refused", "is_repeat", "findings",
)  # fmt: skip

COPY_STAGE = "COPY import_stage FROM STDIN"

VERDICT = """
CREATE TEMP TABLE import_verdict (
    line integer PRIMARY KEY, manager text, reported text, findings jsonb
) ON COMMIT DROP
"""

COPY_VERDICT = "COPY import_verdict FROM STDIN"

# What each taken row should look like in the end: the file's facts over the ones already known. A file that says
# "active" neither ends a recorded leave nor keeps an old date of leaving.
WANTED = """
CREATE TEMP TABLE import_wanted ON COMMIT DROP AS
SELECT stage.line, stage.number, known.id AS employee_id, stage.given_name,
       coalesce(stage.family_name, '') AS family_name,
       coalesce(stage.email, known.email, '') AS email, stage.job_title, stage.department, stage.location,
       coalesce(stage.hired_on, known.hired_on) AS hired_on,
       CASE WHEN stage.status IN ('active', 'on_leave') THEN stage.left_on
            ELSE coalesce(stage.left_on, known.left_on) END AS left_on,
       CASE WHEN stage.status IN ('active', 'on_leave') THEN ''
            ELSE coalesce(stage.leaving_kind, known.leaving_kind, '') END AS leaving_kind,
       CASE WHEN stage.status IN ('active', 'on_leave') AND stage.left_on IS NULL THEN ''
            ELSE coalesce(stage.leaving_reason, known.leaving_reason, '') END AS leaving_reason,
       CASE WHEN stage.status = 'active' AND known.status = 'on_leave' THEN 'on_leave'
            ELSE coalesce(stage.status, known.status, 'active') END AS status,
       coalesce(stage.last_rating, known.last_rating, '') AS last_rating,
       coalesce(stage.last_reviewed_on, known.last_reviewed_on) AS last_reviewed_on
  FROM import_stage stage
  LEFT JOIN people_employee known ON known.organization_id = %(organization)s AND known.number = stage.number
 WHERE NOT stage.is_refused AND NOT stage.is_repeat
"""

INDEX_WANTED = (
    "CREATE UNIQUE INDEX ON import_wanted (line); CREATE UNIQUE INDEX ON import_wanted (number); ANALYZE import_wanted"
)

# Rows whose facts, joined with those already known, no employee may have.
REFUSE_IMPOSSIBLE = """
WITH impossible AS (
    SELECT wanted.line, CASE
             WHEN wanted.left_on < wanted.hired_on THEN jsonb_build_object(
                  'code', 'left_before_hired', 'field', 'left_on',
                  'value', wanted.left_on::text, 'detail', wanted.hired_on::text)
             ELSE jsonb_build_object('code', 'left_without_date', 'field', 'left_on', 'value', 'left', 'detail', '')
           END AS finding
      FROM import_wanted wanted
     WHERE wanted.left_on < wanted.hired_on OR (wanted.status = 'left' AND wanted.left_on IS NULL)
), removed AS (
    DELETE FROM import_wanted USING impossible WHERE import_wanted.line = impossible.line
)
UPDATE import_stage SET is_refused = true, findings = findings || impossible.finding
  FROM impossible WHERE import_stage.line = impossible.line RETURNING import_stage.line, import_stage.number
"""

DIRECTORY = """
SELECT known.number, known.given_name || ' ' || known.family_name, coalesce(manager.number, ''), known.reported_manager,
       known.status = 'left'
  FROM people_employee known
  LEFT JOIN people_employee manager ON manager.id = known.manager_id AND manager.organization_id = %(organization)s
 WHERE known.organization_id = %(organization)s
"""

# One row for each employee who would change, with a remark for each fact: from what, to what.
CHANGES = """
CREATE TEMP TABLE import_change ON COMMIT DROP AS
SELECT wanted.line, jsonb_agg(jsonb_build_object(
           'code', 'changed', 'field', fact.field,
           'value', CASE WHEN fact.is_shown THEN left(coalesce(fact.before, ''), 200) ELSE '' END,
           'detail', CASE WHEN fact.is_shown THEN left(coalesce(fact.after, ''), 200) ELSE '' END)) AS findings
  FROM import_wanted wanted
  JOIN import_stage stage ON stage.line = wanted.line
  JOIN people_employee known ON known.id = wanted.employee_id AND known.organization_id = %(organization)s
  LEFT JOIN import_verdict verdict ON verdict.line = wanted.line
  LEFT JOIN people_employee manager ON manager.id = known.manager_id AND manager.organization_id = %(organization)s
  LEFT JOIN people_department department ON department.id = known.department_id
  LEFT JOIN people_location location ON location.id = known.location_id
  LEFT JOIN people_jobdescription job ON job.id = known.job_description_id
  LEFT JOIN people_employeedemographics restricted ON restricted.employee_id = known.id
 CROSS JOIN LATERAL (VALUES
    (true, 'given_name', known.given_name, wanted.given_name),
    (true, 'family_name', known.family_name, wanted.family_name),
    (true, 'email', known.email, wanted.email),
    (true, 'job_title', job.name, CASE WHEN lower(wanted.job_title) <> lower(job.name) OR job.id IS NULL
                                            THEN wanted.job_title ELSE job.name END),
    (true, 'department', department.name,
        CASE WHEN lower(wanted.department) <> lower(department.name) OR department.id IS NULL
             THEN wanted.department ELSE department.name END),
    (true, 'location', location.name,
        CASE WHEN lower(wanted.location) <> lower(location.name) OR location.id IS NULL
             THEN wanted.location ELSE location.name END),
    (true, 'hired_on', known.hired_on::text, wanted.hired_on::text),
    (true, 'left_on', known.left_on::text, wanted.left_on::text),
    (true, 'leaving_kind', known.leaving_kind, wanted.leaving_kind),
    (true, 'leaving_reason', known.leaving_reason, wanted.leaving_reason),
    (true, 'status', known.status, wanted.status),
    (true, 'last_rating', known.last_rating, wanted.last_rating),
    (true, 'last_reviewed_on', known.last_reviewed_on::text, wanted.last_reviewed_on::text),
    (true, 'manager_number', manager.number,
        CASE WHEN verdict.line IS NULL THEN manager.number ELSE nullif(verdict.manager, '') END),
    (true, 'manager_name', known.reported_manager, coalesce(verdict.reported, known.reported_manager)),
    (false, 'born_on', restricted.born_on::text, coalesce(stage.born_on, restricted.born_on)::text),
    (false, 'gender', restricted.gender, coalesce(stage.gender, restricted.gender)),
    (false, 'ethnicity', restricted.ethnicity, coalesce(stage.ethnicity, restricted.ethnicity)),
    (false, 'hispanic_or_latino', restricted.hispanic_or_latino,
        coalesce(stage.hispanic_or_latino, restricted.hispanic_or_latino)),
    (false, 'marital_status', restricted.marital_status,
        coalesce(stage.marital_status, restricted.marital_status)),
    (false, 'citizenship', restricted.citizenship, coalesce(stage.citizenship, restricted.citizenship))
 ) AS fact (is_shown, field, before, after)
 WHERE fact.before IS DISTINCT FROM fact.after
 GROUP BY wanted.line
"""

# The first spelling in the file names a new department, job description or place of work.
NEW_DEPARTMENTS = """
SELECT DISTINCT ON (lower(wanted.department)) wanted.department AS name FROM import_wanted wanted
 WHERE wanted.department IS NOT NULL AND NOT EXISTS (
       SELECT FROM people_department known
        WHERE known.organization_id = %(organization)s AND lower(known.name) = lower(wanted.department))
 ORDER BY lower(wanted.department), wanted.line
"""

NEW_JOB_DESCRIPTIONS = """
SELECT DISTINCT ON (lower(wanted.job_title)) wanted.job_title AS name FROM import_wanted wanted
 WHERE wanted.job_title IS NOT NULL AND NOT EXISTS (
       SELECT FROM people_jobdescription known
        WHERE known.organization_id = %(organization)s AND lower(known.name) = lower(wanted.job_title))
 ORDER BY lower(wanted.job_title), wanted.line
"""

NEW_LOCATIONS = """
SELECT DISTINCT ON (lower(wanted.location)) wanted.location AS name,
       coalesce(stage.country, organization.country) AS country, coalesce(stage.subdivision, '') AS subdivision,
       coalesce(stage.time_zone, organization.time_zone) AS time_zone
  FROM import_wanted wanted
  JOIN import_stage stage ON stage.line = wanted.line
  JOIN people_organization organization ON organization.id = %(organization)s
 WHERE wanted.location IS NOT NULL AND NOT EXISTS (
       SELECT FROM people_location known
        WHERE known.organization_id = %(organization)s AND lower(known.name) = lower(wanted.location))
 ORDER BY lower(wanted.location), wanted.line
"""

CREATE_DEPARTMENTS = f"""
INSERT INTO people_department (organization_id, name)
SELECT %(organization)s, name FROM ({NEW_DEPARTMENTS}) AS found
"""  # noqa: S608  # built from the constants above only

CREATE_JOB_DESCRIPTIONS = f"""
INSERT INTO people_jobdescription (organization_id, name, purpose)
SELECT %(organization)s, name, '' FROM ({NEW_JOB_DESCRIPTIONS}) AS found
"""  # noqa: S608  # built from the constants above only

CREATE_LOCATIONS = f"""
INSERT INTO people_location (organization_id, name, country, subdivision, time_zone)
SELECT %(organization)s, name, country, subdivision, time_zone FROM ({NEW_LOCATIONS}) AS found
"""  # noqa: S608  # built from the constants above only

# New people get their keys before they are written, so that one INSERT can point at managers of the same file.
FINAL = """
CREATE TEMP TABLE import_final ON COMMIT DROP AS
SELECT wanted.line, wanted.employee_id IS NULL AS is_new,
       coalesce(wanted.employee_id, nextval(pg_get_serial_sequence('people_employee', 'id'))) AS employee_id
  FROM import_wanted wanted
  LEFT JOIN import_change change ON change.line = wanted.line
 WHERE wanted.employee_id IS NULL OR change.line IS NOT NULL
 ORDER BY wanted.line
"""

INDEX_FINAL = "CREATE UNIQUE INDEX ON import_final (line); ANALYZE import_final"

COUNT_FINAL = "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM import_final"

_RESOLVED = """
  FROM import_final final
  JOIN import_wanted wanted ON wanted.line = final.line
  LEFT JOIN import_verdict verdict ON verdict.line = final.line
  LEFT JOIN import_wanted above ON above.number = verdict.manager
  LEFT JOIN import_final new_above ON new_above.line = above.line
  LEFT JOIN people_employee known_above
    ON known_above.organization_id = %(organization)s AND known_above.number = verdict.manager
  LEFT JOIN people_department department
    ON department.organization_id = %(organization)s AND lower(department.name) = lower(wanted.department)
  LEFT JOIN people_location location
    ON location.organization_id = %(organization)s AND lower(location.name) = lower(wanted.location)
  LEFT JOIN people_jobdescription job
    ON job.organization_id = %(organization)s AND lower(job.name) = lower(wanted.job_title)
"""

CREATE_EMPLOYEES = f"""
INSERT INTO people_employee (
    id, organization_id, number, given_name, family_name, email, job_description_id, department_id, location_id,
    manager_id, reported_manager, hired_on, left_on, leaving_kind, leaving_reason, status, last_rating,
    last_reviewed_on, updated_at)
SELECT final.employee_id, %(organization)s, wanted.number, wanted.given_name, wanted.family_name, wanted.email,
       job.id, department.id, location.id, coalesce(known_above.id, new_above.employee_id),
       coalesce(verdict.reported, ''), wanted.hired_on, wanted.left_on, wanted.leaving_kind, wanted.leaving_reason,
       wanted.status, wanted.last_rating, wanted.last_reviewed_on, now()
{_RESOLVED} WHERE final.is_new ORDER BY final.line
"""  # built from the constants above only

UPDATE_EMPLOYEES = f"""
UPDATE people_employee SET
    given_name = target.given_name, family_name = target.family_name, email = target.email,
    job_description_id = coalesce(target.job_id, job_description_id),
    department_id = coalesce(target.department_id, people_employee.department_id),
    location_id = coalesce(target.location_id, people_employee.location_id),
    manager_id = CASE WHEN target.has_verdict THEN target.manager_id ELSE people_employee.manager_id END,
    reported_manager = coalesce(target.reported, reported_manager),
    hired_on = target.hired_on, left_on = target.left_on, leaving_kind = target.leaving_kind,
    leaving_reason = target.leaving_reason, status = target.status, last_rating = target.last_rating,
    last_reviewed_on = target.last_reviewed_on, updated_at = now()
  FROM (SELECT final.employee_id, wanted.*, job.id AS job_id, department.id AS department_id,
               location.id AS location_id, verdict.line IS NOT NULL AS has_verdict, verdict.reported,
               coalesce(known_above.id, new_above.employee_id) AS manager_id
        {_RESOLVED} WHERE NOT final.is_new) AS target (
               final_id, line, number, employee_id, given_name, family_name, email, job_title, department, location,
               hired_on, left_on, leaving_kind, leaving_reason, status, last_rating, last_reviewed_on,
               job_id, department_id, location_id, has_verdict, reported, manager_id)
 WHERE people_employee.id = target.final_id AND people_employee.organization_id = %(organization)s
   AND (people_employee.given_name, people_employee.family_name, people_employee.email, people_employee.hired_on,
        people_employee.left_on, people_employee.leaving_kind, people_employee.leaving_reason, people_employee.status,
        people_employee.last_rating, people_employee.last_reviewed_on, people_employee.job_description_id,
        people_employee.department_id, people_employee.location_id, people_employee.manager_id,
        people_employee.reported_manager)
       IS DISTINCT FROM
       (target.given_name, target.family_name, target.email, target.hired_on,
        target.left_on, target.leaving_kind, target.leaving_reason, target.status,
        target.last_rating, target.last_reviewed_on, coalesce(target.job_id, people_employee.job_description_id),
        coalesce(target.department_id, people_employee.department_id),
        coalesce(target.location_id, people_employee.location_id),
        CASE WHEN target.has_verdict THEN target.manager_id ELSE people_employee.manager_id END,
        coalesce(target.reported, people_employee.reported_manager))
"""  # noqa: S608  # built from the constants above only

WRITE_DEMOGRAPHICS = """
INSERT INTO people_employeedemographics AS known (
    organization_id, employee_id, born_on, gender, ethnicity, hispanic_or_latino, marital_status, citizenship)
SELECT %(organization)s, final.employee_id, stage.born_on, coalesce(stage.gender, ''), coalesce(stage.ethnicity, ''),
       coalesce(stage.hispanic_or_latino, ''), coalesce(stage.marital_status, ''), coalesce(stage.citizenship, '')
  FROM import_final final JOIN import_stage stage ON stage.line = final.line
 WHERE (stage.born_on, stage.gender, stage.ethnicity, stage.hispanic_or_latino, stage.marital_status, stage.citizenship)
       IS DISTINCT FROM (NULL::date, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text)
ON CONFLICT (employee_id) DO UPDATE SET
    born_on = coalesce(EXCLUDED.born_on, known.born_on),
    gender = coalesce(nullif(EXCLUDED.gender, ''), known.gender),
    ethnicity = coalesce(nullif(EXCLUDED.ethnicity, ''), known.ethnicity),
    hispanic_or_latino = coalesce(nullif(EXCLUDED.hispanic_or_latino, ''), known.hispanic_or_latino),
    marital_status = coalesce(nullif(EXCLUDED.marital_status, ''), known.marital_status),
    citizenship = coalesce(nullif(EXCLUDED.citizenship, ''), known.citizenship)
"""

FORGET_ROWS = "DELETE FROM people_importrow WHERE organization_id = %(organization)s AND batch_id = %(batch)s"

_ROWS = """
INSERT INTO people_importrow (organization_id, batch_id, line, number, name, outcome, findings, employee_id)
SELECT %(organization)s, %(batch)s, stage.line, left(coalesce(stage.number, ''), 50), left(stage.name, 250),
       CASE WHEN stage.is_refused THEN 'refused'
            WHEN stage.is_repeat THEN 'unchanged'
            WHEN wanted.employee_id IS NULL THEN 'created'
            WHEN change.line IS NOT NULL THEN 'updated'
            ELSE 'unchanged' END,
       stage.findings || coalesce(verdict.findings, '[]') || coalesce(change.findings, '[]'),
"""

_ROW_SOURCES = """
  FROM import_stage stage
  LEFT JOIN import_wanted wanted ON wanted.line = stage.line
  LEFT JOIN import_verdict verdict ON verdict.line = stage.line
  LEFT JOIN import_change change ON change.line = stage.line
"""

WRITE_CHECKED_ROWS = f"{_ROWS} wanted.employee_id {_ROW_SOURCES} ORDER BY stage.line"

WRITE_APPLIED_ROWS = f"""{_ROWS} coalesce(wanted.employee_id, final.employee_id) {_ROW_SOURCES}
  LEFT JOIN import_final final ON final.line = stage.line ORDER BY stage.line"""

COUNT_OUTCOMES = """
SELECT outcome, count(*) FROM people_importrow
 WHERE organization_id = %(organization)s AND batch_id = %(batch)s GROUP BY outcome
"""

COUNT_FINDINGS = """
SELECT finding ->> 'code', count(*)
  FROM people_importrow, jsonb_array_elements(findings) AS finding
 WHERE organization_id = %(organization)s AND batch_id = %(batch)s
 GROUP BY 1 ORDER BY 2 DESC, 1
"""
