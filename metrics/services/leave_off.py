"""Taking leave off the values in ``observation_wanted``: leave of any kind is never counted as absence (rule 7).

Working days are those of the person's place of work today, without the days before they were hired and after they
left. A period in which no working day is left is omitted; shares are recalculated over the working days that remain.
"""

import datetime
import io
from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper

from metrics.enums import LeaveHandling
from metrics.models import Metric
from people.models import Location, Organization
from people.working_days import WorkingCalendar
from pipcycle.tenancy.models import current_organization_id

# The days of every wanted period that a leave touches.
_AWAY = """
CREATE TEMP TABLE observation_away ON COMMIT DROP AS
SELECT DISTINCT wanted.metric_id, wanted.employee_id, wanted.starts_on, wanted.metric_handling,
       coalesce(employee.location_id, 0) AS location_id,
       greatest(wanted.starts_on, employee.hired_on) AS first_day, least(wanted.ends_on, employee.left_on) AS last_day
  FROM (SELECT wanted.*, metric.leave_handling AS metric_handling,
               CASE metric.cadence WHEN 'day' THEN starts_on WHEN 'week' THEN starts_on + 6
                    ELSE (starts_on + interval '1 month - 1 day')::date END AS ends_on
          FROM observation_wanted wanted
          JOIN metrics_metric metric ON metric.organization_id = %(organization)s AND metric.id = wanted.metric_id
         WHERE metric.leave_handling <> 'none') wanted
  JOIN people_employee employee
    ON employee.organization_id = %(organization)s AND employee.id = wanted.employee_id
  JOIN people_leave leave
    ON leave.organization_id = %(organization)s AND leave.employee_id = wanted.employee_id
   AND leave.starts_on <= wanted.ends_on AND coalesce(leave.ends_on, 'infinity') >= wanted.starts_on
"""

_SPANS = """
SELECT location_id, min(first_day), max(last_day) FROM observation_away WHERE first_day <= last_day GROUP BY location_id
"""

_WORKDAYS = "CREATE TEMP TABLE observation_workday (location_id bigint, day date) ON COMMIT DROP"

_TAKE_OFF = """
UPDATE observation_wanted wanted
   SET is_omitted = counted.is_whole,
       value = CASE WHEN counted.is_whole OR counted.away = 0 THEN wanted.reported
                    ELSE round(CASE counted.metric_handling
                        WHEN 'days_absent' THEN greatest(wanted.reported - counted.away, 0)
                        WHEN 'share_absent' THEN
                            least(greatest(wanted.reported / 100 * counted.worked - counted.away, 0)
                                  / (counted.worked - counted.away) * 100, greatest(wanted.reported, 0))
                        WHEN 'share_present' THEN
                            greatest(least(wanted.reported / 100 * counted.worked
                                           / (counted.worked - counted.away) * 100, 100), wanted.reported)
                        ELSE wanted.reported END::numeric, 9)::float8 END
  FROM (
    SELECT away.metric_id, away.employee_id, away.starts_on, away.metric_handling,
           count(workday.day) AS worked, count(workday.day) FILTER (WHERE day.is_away) AS away,
           CASE WHEN count(workday.day) > 0 THEN bool_and(day.is_away) FILTER (WHERE workday.day IS NOT NULL)
                ELSE bool_and(day.is_away) END AS is_whole
      FROM observation_away away
     CROSS JOIN LATERAL (
        SELECT days.day::date AS day, EXISTS (
                 SELECT FROM people_leave leave
                  WHERE leave.organization_id = %(organization)s AND leave.employee_id = away.employee_id
                    AND leave.starts_on <= days.day::date AND coalesce(leave.ends_on, 'infinity') >= days.day::date
               ) AS is_away
          FROM generate_series(away.first_day, away.last_day, interval '1 day') AS days (day)
     ) day
      LEFT JOIN observation_workday workday ON workday.location_id = away.location_id AND workday.day = day.day
     GROUP BY away.metric_id, away.employee_id, away.starts_on, away.metric_handling
  ) counted
 WHERE counted.metric_id = wanted.metric_id AND counted.employee_id = wanted.employee_id
   AND counted.starts_on = wanted.starts_on
"""

_COUNT = """
SELECT count(*) FILTER (WHERE is_omitted), count(*) FILTER (WHERE value <> reported AND NOT is_omitted)
  FROM observation_wanted
"""


def take_leave_off(cursor: CursorWrapper) -> tuple[int, int]:
    """Set ``value`` and ``is_omitted`` of the wanted values that a leave touches; return how many each became."""
    if not Metric.objects.exclude(leave_handling=LeaveHandling.NONE).exists():
        return 0, 0
    parameters = {"organization": current_organization_id()}
    cursor.execute("ANALYZE observation_wanted")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.observation_away, pg_temp.observation_workday")
    cursor.execute(_AWAY, parameters)
    cursor.execute(_SPANS)
    spans: list[tuple[int, datetime.date, datetime.date]] = cursor.fetchall()
    if not spans:
        return 0, 0
    cursor.execute(_WORKDAYS)
    _copy_working_days(cursor, spans)
    cursor.execute("ANALYZE observation_away; ANALYZE observation_workday")
    cursor.execute(_TAKE_OFF, parameters)
    cursor.execute(_COUNT)
    omitted, shortened = cursor.fetchone()
    return omitted, shortened


def _copy_working_days(cursor: CursorWrapper, spans: list[tuple[int, datetime.date, datetime.date]]) -> None:
    places = Location.objects.in_bulk([location for location, _first, _last in spans])
    country = Organization.objects.values_list("country", flat=True).get(pk=current_organization_id() or 0)
    text = io.StringIO()
    for location, first, last in spans:
        place = places.get(location)
        calendar = WorkingCalendar(place.country, place.subdivision) if place else WorkingCalendar(country)
        text.writelines(f"{location}\t{day}\n" for day in _working_days(calendar, first, last))
    with cursor.copy("COPY observation_workday FROM STDIN") as copy:
        copy.write(text.getvalue())


def _working_days(calendar: WorkingCalendar, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    day = first
    while day <= last:
        if calendar.is_working_day(day):
            yield day
        day += datetime.timedelta(days=1)
