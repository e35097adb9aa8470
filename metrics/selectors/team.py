"""The team page: people × metrics over two years in a fixed number of statements, whatever the numbers are."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, IntegerField, Max, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.enums import Aggregation, Cadence, Grain, SignalKind, SignalStatus
from metrics.freshness import is_fresh, period_end
from metrics.models import Metric, Series, SeriesPhase, SeriesRollup, Signal
from metrics.registry import TeamColumn, TeamFact, team_columns
from metrics.xmr import Limits, limits
from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine
from people.selectors.employees import employees_followed_by

WINDOW = datetime.timedelta(days=728)
DIRECT, EVERYONE = "direct", "everyone"
MARKS: dict[str, str | Promise] = {
    SignalKind.OUTSIDE: _("Outside limits"),
    SignalKind.NEAR_LIMIT: _("Near a limit"),
    SignalKind.SHIFT: _("Shifted"),
}


@dataclass(frozen=True, kw_only=True)
class TeamCell:
    """One metric of one person: its weeks (months where it is observed monthly), the band, and what the signals say."""

    metric: Metric
    days: Sequence[datetime.date]
    values: Sequence[float]
    band: Limits | None
    last_on: datetime.date | None
    last_value: float | None
    is_stale: bool
    axis: Sequence[datetime.date]
    signals: Sequence[Signal] = ()

    @property
    def points(self) -> list[float | None]:
        """Return a value for each period of the window, None where there is none: all cells share one axis."""
        known = dict(zip(self.days, self.values, strict=True))
        return [known.get(day) for day in self.axis]

    @property
    def lower(self) -> float | None:
        """Return the lower limit of what is drawn."""
        return self.band.lower if self.band else None

    @property
    def upper(self) -> float | None:
        """Return the upper limit of what is drawn."""
        return self.band.upper if self.band else None

    @property
    def signal(self) -> Signal | None:
        """Return the signal the cell shows: the latest worse one, else the latest better one."""
        return self.worse or self.better

    @property
    def mark(self) -> str | Promise:
        """Return the word of the signal, empty without one."""
        if self.worse:
            return MARKS[self.worse.kind]
        return _("Improved") if self.better else ""

    @property
    def state(self) -> str:
        """Return how the last point is drawn: "worse" and "better" are open signals."""
        return "worse" if self.worse else "better" if self.better else ""

    @property
    def worse(self) -> Signal | None:
        """Return the latest open signal that points the worse way."""
        return next((signal for signal in self.signals if not signal.is_improvement), None)

    @property
    def better(self) -> Signal | None:
        """Return the latest open signal that points the better way, where none points the worse."""
        return None if self.worse else next(iter(self.signals), None)


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    """One person: a cell for each metric of the page (None: never observed) and what other rooms say."""

    employee: Employee
    cells: Sequence[TeamCell | None]
    facts: Sequence[tuple[TeamColumn, TeamFact | None]]

    @property
    def through(self) -> datetime.date | None:
        """Return the day the latest figures of the person reach."""
        days = [period_end(cell.metric.cadence, cell.last_on) for cell in self.cells if cell and cell.last_on]
        return max(days, default=None)

    @property
    def is_stale(self) -> bool:
        """Return whether none of the figures is recent."""
        seen = [cell for cell in self.cells if cell is not None]
        return bool(seen) and all(cell.is_stale for cell in seen)

    @property
    def worse_count(self) -> int:
        """Return how many metrics have an open signal that points the worse way."""
        return sum(1 for cell in self.cells if cell is not None and cell.worse is not None)


@dataclass(frozen=True, kw_only=True)
class TeamTable:
    """The rows of one page of people, and the columns they share."""

    metrics: Sequence[Metric]
    columns: Sequence[TeamColumn]
    rows: Sequence[TeamRow]


@dataclass
class _Found:
    """What the statements about one page of people brought, by series or by employee and metric."""

    series: dict[tuple[int, int], Series] = field(default_factory=dict)
    weeks: dict[int, tuple[list[datetime.date], list[float]]] = field(default_factory=dict)
    phases: dict[int, datetime.date] = field(default_factory=dict)
    signals: dict[int, list[Signal]] = field(default_factory=lambda: defaultdict(list))
    axes: dict[str, Sequence[datetime.date]] = field(default_factory=dict)


def manager_for(member: Membership, employee_id: int) -> Employee:
    """Return the manager whose team the member may follow, or raise Http404: they follow the manager's own figures.

    That is the manager themself, the managers above, and the HR partners who serve the manager.
    """
    manager = employees_followed_by(member).select_related("department", "job_description").filter(pk=employee_id)
    found = manager.filter(_leads()).first()
    if found is None:
        raise Http404
    return found


def _leads() -> Exists:
    return Exists(ReportingLine.objects.filter(manager=OuterRef("pk")))


def leads_a_team(employee: Employee) -> bool:
    """Return whether there is a team page about those below the employee."""
    return ReportingLine.objects.filter(manager=employee).exists()


def team_of(member: Membership, manager: Employee, *, level: str = DIRECT) -> QuerySet[Employee]:
    """Return the employed people of the team whose figures the member may read, with their open worse signals."""
    lines = ReportingLine.objects.filter(manager=manager, employee=OuterRef("pk"))
    if level != EVERYONE:
        lines = lines.filter(distance=1)
    worse = (
        Signal.objects.filter(series__employee=OuterRef("pk"), status=SignalStatus.OPEN, is_improvement=False)
        .order_by()
        .values("series__employee")
        .annotate(number=Count("pk"))
        .values("number")
    )
    people: QuerySet[Employee] = employees_followed_by(member).filter(Exists(lines)).exclude(status=EmployeeStatus.LEFT)
    counted: QuerySet[Employee] = people.annotate(
        worse_signals=Coalesce(Subquery(worse, output_field=IntegerField()), 0), leads_a_team=_leads()
    )
    return counted


def sorted_team(people: QuerySet[Employee], sort: str) -> QuerySet[Employee]:
    """Return the people in the order asked for: ``name``, ``signals`` or ``metric-<id>``; "-" in front turns it round.

    Without an order, or with an unknown one, those with signals come first.
    """
    by_name = ("family_name", "given_name", "pk")
    is_descending, column = sort.startswith("-"), sort.removeprefix("-")
    if column == "name":
        return people.order_by(*(OrderBy(F(name), descending=is_descending) for name in by_name))
    metric_id = column.removeprefix("metric-")
    if column.startswith("metric-") and metric_id.isdecimal() and len(metric_id) < 19:
        value = Series.objects.filter(employee=OuterRef("pk"), metric=int(metric_id)).values("last_value")[:1]
        order = OrderBy(F("sorted_value"), descending=is_descending, nulls_last=True)
        valued: QuerySet[Employee] = people.annotate(sorted_value=Subquery(value))
        return valued.order_by(order, *by_name)
    return people.order_by(OrderBy(F("worse_signals"), descending=sort != "signals"), *by_name)


def metrics_of(people: QuerySet[Employee]) -> list[Metric]:
    """Return the metrics in use that the people have figures in, those most of them have first."""
    # Joined, not counted with a filter: that would read every series of the organization.
    theirs: QuerySet[Metric] = Metric.objects.filter(
        is_active=True, series__employee__in=people.order_by().values("pk"), series__point_count__gt=0
    )
    return list(theirs.annotate(people_count=Count("series")).order_by("-is_watched", "-people_count", "name"))


def team_stamp(people: QuerySet[Employee]) -> str:
    """Return a word that changes whenever a figure or a signal of the people does."""
    ids = people.order_by().values("pk")
    series = Series.objects.filter(employee__in=ids).aggregate(latest=Max("changed_at"), number=Count("pk"))
    signals = Signal.objects.filter(series__employee__in=ids, status=SignalStatus.OPEN).aggregate(
        latest=Max("pk"), number=Count("pk")
    )
    latest = series["latest"].timestamp() if series["latest"] else 0
    return f"{latest:.6f}-{series['number']}-{signals['latest'] or 0}-{signals['number']}"


def team_table(people: Sequence[Employee], metrics: Sequence[Metric], *, today: datetime.date) -> TeamTable:
    """Return the rows of the people for the metrics. Five statements, and those of the other rooms' columns."""
    ids = [person.pk for person in people]
    found = _find(ids, metrics, today - WINDOW)
    found.axes = {Grain.WEEK: _weeks(today - WINDOW, today), Grain.MONTH: _months(today - WINDOW, today)}
    columns = team_columns(ids)
    rows = [
        TeamRow(
            employee=person,
            cells=[_cell(found, found.series.get((person.pk, metric.pk)), metric, today) for metric in metrics],
            facts=[(column, column.facts.get(person.pk)) for column in columns],
        )
        for person in people
    ]
    return TeamTable(metrics=metrics, columns=columns, rows=rows)


def _find(employee_ids: Collection[int], metrics: Iterable[Metric], since: datetime.date) -> _Found:
    by_id = {metric.pk: metric for metric in metrics}
    found = _Found()
    chosen = Series.objects.filter(employee__in=employee_ids, metric__in=list(by_id), point_count__gt=0)
    for series in chosen:
        found.series[series.employee_id, series.metric_id] = series
    ids = [series.pk for series in found.series.values()]
    monthly = [s.pk for s in found.series.values() if by_id[s.metric_id].cadence == Cadence.MONTH]
    grains = Q(grain=Grain.WEEK) & ~Q(series__in=monthly) | Q(grain=Grain.MONTH, series__in=monthly)
    rollups = SeriesRollup.objects.filter(grains, series__in=ids, starts_on__gte=since).order_by()
    together = rollups.values("series").annotate(
        days=ArrayAgg("starts_on", order_by="starts_on"), values_of=ArrayAgg("value", order_by="starts_on")
    )
    for row in together:
        found.weeks[row["series"]] = row["days"], row["values_of"]
    phases = SeriesPhase.objects.filter(series__in=ids).order_by().values_list("series").annotate(Max("starts_on"))
    found.phases.update(phases)
    for signal in Signal.objects.filter(series__in=ids, status=SignalStatus.OPEN).order_by("-ends_on", "-pk"):
        found.signals[signal.series_id].append(signal)
    return found


def _cell(found: _Found, series: Series | None, metric: Metric, today: datetime.date) -> TeamCell | None:
    if series is None:
        return None
    days, values = _whole_weeks(metric, found.weeks.get(series.pk, ([], [])), today)
    last_value = values[-1] if metric.cadence == Cadence.DAY and values else series.last_value
    return TeamCell(
        metric=metric,
        days=days,
        values=values,
        band=_band(series, metric, days, values, found.phases.get(series.pk)),
        last_on=series.last_on,
        last_value=last_value,
        is_stale=not is_fresh(metric.cadence, series.last_on, today),
        axis=found.axes[Grain.MONTH if metric.cadence == Cadence.MONTH else Grain.WEEK],
        signals=found.signals[series.pk],
    )


def _whole_weeks(
    metric: Metric, weeks: tuple[list[datetime.date], list[float]], today: datetime.date
) -> tuple[list[datetime.date], list[float]]:
    """Return the weeks without the running one where days are added up: half a week looks like a fall."""
    days, values = weeks
    is_sum = metric.cadence == Cadence.DAY and metric.aggregation == Aggregation.SUM
    if is_sum and days and days[-1] > today - datetime.timedelta(days=7):
        return days[:-1], values[:-1]
    return days, values


def _band(
    series: Series,
    metric: Metric,
    days: Sequence[datetime.date],
    values: Sequence[float],
    phase: datetime.date | None,
) -> Limits | None:
    """Return the limits for what is drawn: the series' own, or those of its weeks where it is observed daily."""
    if metric.cadence == Cadence.DAY:
        current = [value for day, value in zip(days, values, strict=True) if phase is None or day >= phase]
        return limits(current, decimals=metric.decimals)
    if series.centre is None or series.lower is None or series.upper is None:
        return None
    return Limits(series.centre, series.mean_range or 0.0, series.lower, series.upper, series.limit_points)


def _weeks(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    monday = first - datetime.timedelta(days=first.weekday())
    return [monday + datetime.timedelta(weeks=step) for step in range((last - monday).days // 7 + 1)]


def _months(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in numbers]
