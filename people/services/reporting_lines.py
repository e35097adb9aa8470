"""The reporting line as a closure table, kept right by the database in sets, never row by row."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from people.models import Employee, ReportingLine
from pipcycle.errors import DomainError
from pipcycle.tenancy.models import current_organization_id

_CYCLES = """
WITH RECURSIVE line (employee_id, manager_id) AS (
    SELECT id, manager_id FROM people_employee
     WHERE organization_id = %(organization)s AND manager_id IS NOT NULL
    UNION ALL
    SELECT line.employee_id, above.manager_id
      FROM line JOIN people_employee above
        ON above.organization_id = %(organization)s AND above.id = line.manager_id
     WHERE above.manager_id IS NOT NULL
) CYCLE manager_id SET is_cycle USING path
SELECT DISTINCT employee_id FROM line WHERE employee_id = manager_id ORDER BY employee_id LIMIT 20
"""

_REBUILD = """
WITH RECURSIVE wanted (manager_id, employee_id, distance) AS (
    SELECT manager_id, id, 1 FROM people_employee
     WHERE organization_id = %(organization)s AND manager_id IS NOT NULL
    UNION ALL
    SELECT above.manager_id, wanted.employee_id, wanted.distance + 1
      FROM wanted JOIN people_employee above
        ON above.organization_id = %(organization)s AND above.id = wanted.manager_id
     WHERE above.manager_id IS NOT NULL
), removed AS (
    DELETE FROM people_reportingline existing
     WHERE existing.organization_id = %(organization)s
       AND NOT EXISTS (SELECT FROM wanted
                        WHERE wanted.manager_id = existing.manager_id
                          AND wanted.employee_id = existing.employee_id)
)
INSERT INTO people_reportingline (organization_id, manager_id, employee_id, distance)
SELECT %(organization)s, manager_id, employee_id, distance FROM wanted
ON CONFLICT (organization_id, manager_id, employee_id)
DO UPDATE SET distance = EXCLUDED.distance WHERE people_reportingline.distance <> EXCLUDED.distance
"""


def lock_reporting_lines() -> None:
    """Let one change of the organization's reporting lines run at a time, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('reporting_lines', %s))", [current_organization_id()]
        )


def rebuild_reporting_lines() -> None:
    """Make the closure of the open organization match ``Employee.manager``; changes nothing where it does already.

    For bulk changes such as an import. Raises DomainError when somebody stands above themself.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        lock_reporting_lines()
        parameters = {"organization": current_organization_id()}
        cursor.execute(_CYCLES, parameters)
        circle = [row[0] for row in cursor.fetchall()]
        if circle:
            names = ", ".join(employee.full_name for employee in Employee.objects.filter(pk__in=circle))
            raise DomainError(
                _("These people report to each other in a circle: %(names)s. Change the manager of one of them.")
                % {"names": names}
            )
        cursor.execute(_REBUILD, parameters)


_ADD = """
INSERT INTO people_reportingline (organization_id, manager_id, employee_id, distance)
SELECT %(organization)s, above.id, below.id, above.distance + below.distance + 1
  FROM (SELECT %(manager)s::bigint AS id, 0 AS distance
        UNION ALL
        SELECT manager_id, distance FROM people_reportingline
         WHERE organization_id = %(organization)s AND employee_id = %(manager)s) above
 CROSS JOIN
       (SELECT %(employee)s::bigint AS id, 0 AS distance
        UNION ALL
        SELECT employee_id, distance FROM people_reportingline
         WHERE organization_id = %(organization)s AND manager_id = %(employee)s) below
"""

_CUT = """
DELETE FROM people_reportingline line
 USING people_reportingline above
 WHERE line.organization_id = %(organization)s
   AND above.organization_id = %(organization)s AND above.employee_id = %(employee)s
   AND line.manager_id = above.manager_id
   AND (line.employee_id = %(employee)s
        OR line.employee_id IN (SELECT employee_id FROM people_reportingline
                                 WHERE organization_id = %(organization)s AND manager_id = %(employee)s))
"""


def add_reporting_lines(employee: Employee) -> None:
    """Put a new employee below their manager. The caller holds ``lock_reporting_lines``."""
    move_reporting_lines(employee, employee.manager)


def move_reporting_lines(employee: Employee, manager: Employee | None) -> None:
    """Move the employee and everyone below them under the manager. The caller holds ``lock_reporting_lines``."""
    parameters = {"organization": current_organization_id(), "employee": employee.pk}
    with connection.cursor() as cursor:
        cursor.execute(_CUT, parameters)
        if manager is not None:
            cursor.execute(_ADD, {**parameters, "manager": manager.pk})


def stands_above(manager: Employee, employee: Employee) -> bool:
    """Return whether the manager is the employee, or stands above them."""
    return manager.pk == employee.pk or ReportingLine.objects.filter(manager=manager, employee=employee).exists()
