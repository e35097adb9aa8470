"""The demo's figures, handed in like those of any source, and what became of the signals in them."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from demo.seed.figures import TEAM_STORIES, Person, Turn, figures_of
from demo.seed.plans import member_of
from metrics.enums import BatchKind, SignalCause, SignalStatus
from metrics.models import Signal
from metrics.presets import PRESETS
from metrics.services.definitions import add_presets
from metrics.services.observations import ObservationInput, record_observations
from metrics.services.rollups import refresh_group_rollups
from metrics.services.signals import acknowledge_signal, compute_stale_series, dismiss_signal
from people.enums import EmployeeStatus
from people.models import Employee, Leave
from people.working_days import WorkingCalendar, calendar_for

COUNTS_ITEMS = "Customer Support"
LONG_AGO = date(2015, 1, 1)
NOT_AWAY_YET = timedelta(days=365)


def create_measurements(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Define every ready-made metric, hand in two years of figures of everybody employed, and look for signals."""
    add_presets(actor=None, keys=list(PRESETS))
    record_observations(actor=None, kind=BatchKind.DEMO, source="Demo", rows=_rows(_people(signed_in), chance))
    compute_stale_series()
    refresh_group_rollups(organization_id=signed_in["manager"].organization_id)
    _answer_some(signed_in["manager"])


@dataclass(frozen=True)
class Measured:
    """A person whose figures are told, with the calendar of their place of work."""

    number: str
    person: Person
    calendar: WorkingCalendar


def _people(signed_in: dict[str, Employee]) -> list[Measured]:
    """Read everybody at once: nothing can be asked of the database while the rows stream into it."""
    stories, away = _stories(signed_in), _leaves(timezone.localdate())
    employed = Employee.objects.exclude(status=EmployeeStatus.LEFT).select_related(
        "location", "department", "organization"
    )
    return [
        Measured(
            employee.number,
            Person(
                employee.hired_on or LONG_AGO,
                counts_items=employee.department is not None and employee.department.name == COUNTS_ITEMS,
                away=away.get(employee.pk, ()),
                turns=stories.get(employee.pk, ()),
            ),
            calendar_for(employee),
        )
        for employee in employed.order_by("number")
    ]


def _rows(people: Sequence[Measured], chance: random.Random) -> Iterator[ObservationInput]:
    today = timezone.localdate()
    line = 0
    for one in people:
        own = random.Random(chance.random())  # noqa: S311  # invented figures
        for metric, day, value in figures_of(
            one.person, today=today, is_worked=one.calendar.is_working_day, chance=own
        ):
            line += 1
            yield ObservationInput(line, metric, one.number, day.isoformat(), str(value))


def _answer_some(manager: Employee) -> None:
    """Let the demo manager have answered two of the older signals; the rest wait."""
    actor = member_of(manager)
    below = Signal.objects.filter(
        series__employee__manager=manager, status=SignalStatus.OPEN, is_improvement=False
    ).order_by("ends_on", "pk")
    waiting = list(below[:2])
    if len(waiting) == 2:
        acknowledge_signal(
            actor=actor, signal=waiting[0], cause=SignalCause.WORKLOAD, note="Two colleagues were away that week."
        )
        dismiss_signal(actor=actor, signal=waiting[1], reason="The scanner was down; the count is by hand.")


def _stories(signed_in: dict[str, Employee]) -> dict[int, Sequence[Turn]]:
    """Return what happened to whom: the demo employee first, then the rest of the demo manager's team."""
    others = signed_in["manager"].direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")
    return {person.pk: story for person, story in zip([signed_in["employee"], *others], TEAM_STORIES, strict=False)}


def _leaves(today: date) -> dict[int, list[tuple[date, date]]]:
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for leave in Leave.objects.all():
        away[leave.employee_id].append((leave.starts_on, leave.ends_on or today + NOT_AWAY_YET))
    return away
