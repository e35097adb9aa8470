"""The demo's figures, handed in like those of any source, and what became of the signals in them."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from demo.seed.figures import TEAM_STORIES, Person, Turn, figures_of
from metrics.enums import BatchKind
from metrics.presets import PRESETS
from metrics.services.definitions import add_presets
from metrics.services.observations import ObservationInput, record_observations
from people.enums import EmployeeStatus
from people.models import Employee, Leave
from people.working_days import calendar_for

COUNTS_ITEMS = "Customer Support"
LONG_AGO = date(2015, 1, 1)
NOT_AWAY_YET = timedelta(days=365)


def create_measurements(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Define every ready-made metric and hand in two years of figures of everybody employed, in the open tenant."""
    add_presets(actor=None, keys=list(PRESETS))
    record_observations(actor=None, kind=BatchKind.DEMO, source="Demo", rows=_rows(signed_in, chance))


def _rows(signed_in: dict[str, Employee], chance: random.Random) -> Iterator[ObservationInput]:
    today = timezone.localdate()
    stories = _stories(signed_in)
    away = _leaves(today)
    employed = Employee.objects.exclude(status=EmployeeStatus.LEFT).select_related(
        "location", "department", "organization"
    )
    line = 0
    for employee in employed.order_by("number"):
        person = Person(
            employee.hired_on or LONG_AGO,
            counts_items=employee.department is not None and employee.department.name == COUNTS_ITEMS,
            away=away.get(employee.pk, ()),
            turns=stories.get(employee.pk, ()),
        )
        calendar = calendar_for(employee)
        own = random.Random(chance.random())  # noqa: S311  # invented figures
        for metric, day, value in figures_of(person, today=today, is_worked=calendar.is_working_day, chance=own):
            line += 1
            yield ObservationInput(line, metric, employee.number, day.isoformat(), str(value))


def _stories(signed_in: dict[str, Employee]) -> dict[int, Sequence[Turn]]:
    """Return what happened to whom: the demo employee first, then the rest of the demo manager's team."""
    others = signed_in["manager"].direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")
    return {person.pk: story for person, story in zip([signed_in["employee"], *others], TEAM_STORIES, strict=False)}


def _leaves(today: date) -> dict[int, list[tuple[date, date]]]:
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for leave in Leave.objects.all():
        away[leave.employee_id].append((leave.starts_on, leave.ends_on or today + NOT_AWAY_YET))
    return away
