"""The demo's figures, handed in like those of any source, and what became of the signals in them."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.utils import timezone

from demo.seed.figures import TEAM_STORIES, Person, Turn, figures_of
from demo.seed.stage import member_of
from metrics.enums import BatchKind, SignalCause, SignalStatus
from metrics.models import Metric, Signal
from metrics.presets import PRESETS
from metrics.services.definitions import add_presets, set_targets
from metrics.services.observations import ObservationInput, record_observations
from metrics.services.rollups import refresh_group_rollups
from metrics.services.signals import acknowledge_signal, compute_stale_series, dismiss_signal
from people.enums import EmployeeStatus
from people.models import Employee, JobDescription, Leave
from people.working_days import WorkingCalendar, calendar_for

COUNTS_ITEMS = "Customer Support"
TARGETS_OF_JOBS: dict[str, float | None] = {"items": 185, "errors": 4, "error-rate": 2.0}
LONG_AGO = date(2015, 1, 1)
NOT_AWAY_YET = timedelta(days=365)
ANSWERED_WITHIN = timedelta(days=10)
ANSWERS = (
    (SignalCause.ONE_OFF, "A single bad day; the week before and after were as usual."),
    (SignalCause.WORKLOAD, "Half the shift covered the second queue that week."),
    (SignalCause.DATA_ERROR, "Two batches were counted twice; the source is corrected."),
    (SignalCause.SKILL_GAP, "The new form was not known yet; it was shown on Monday."),
)


def create_measurements(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Define every ready-made metric, hand in two years of figures of everybody employed, and look for signals."""
    add_presets(actor=None, keys=list(PRESETS))
    _name_jobs()
    record_observations(actor=None, kind=BatchKind.DEMO, source="Demo", rows=_rows(_people(signed_in), chance))
    compute_stale_series()
    refresh_group_rollups(organization_id=signed_in["manager"].organization_id)
    _answer_some(signed_in["manager"])
    _answer_older(signed_in["manager"])


def _name_jobs() -> None:
    """Say that items, and the errors in them, are meant for the jobs of the department that counts them."""
    jobs = JobDescription.objects.filter(employees__department__name=COUNTS_ITEMS).distinct()
    for metric in Metric.objects.filter(key__in=TARGETS_OF_JOBS, target=None):
        set_targets(actor=None, metric=metric, targets=dict.fromkeys(jobs, TARGETS_OF_JOBS[metric.key]))


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


def _answer_older(but: Employee) -> None:
    """Let the other managers have answered what they were asked some days ago: lists show what is new."""
    older = Signal.objects.filter(
        status=SignalStatus.OPEN,
        ends_on__lt=timezone.localdate() - ANSWERED_WITHIN,
        series__employee__manager__isnull=False,
    ).exclude(series__employee__manager=but)
    answers = cycle(ANSWERS)
    for signal in older.select_related("series__employee__manager").order_by("pk"):
        cause, note = next(answers)
        acknowledge_signal(actor=member_of(signal.series.employee.manager), signal=signal, cause=cause, note=note)


def _stories(signed_in: dict[str, Employee]) -> dict[int, Sequence[Turn]]:
    """Return what happened to whom: the demo employee first, then the rest of the demo manager's team."""
    others = signed_in["manager"].direct_reports.exclude(pk=signed_in["employee"].pk).order_by("number")
    return {person.pk: story for person, story in zip([signed_in["employee"], *others], TEAM_STORIES, strict=False)}


def _leaves(today: date) -> dict[int, list[tuple[date, date]]]:
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for leave in Leave.objects.all():
        away[leave.employee_id].append((leave.starts_on, leave.ends_on or today + NOT_AWAY_YET))
    return away
