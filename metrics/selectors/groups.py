"""The organization and its departments as aggregates: percentile bands, coverage, freshness, open signals.

Everything is read from ``GroupRollup`` and from the facts of the series, in a fixed number of statements. Nobody is
named here, and no group of fewer than five, nor one that subtraction would isolate, has a figure (rule 25).
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404

from metrics.enums import Aggregation, Cadence, SignalStatus
from metrics.freshness import fresh_since, is_fresh, period_end
from metrics.models import GroupRollup, Metric, MetricTarget, ObservationBatch, Series, Signal
from metrics.suppression import SMALLEST_GROUP, hidden_groups
from people.enums import EmployeeStatus
from people.models import Department, Employee

MONTHS = 24
type Place = int | None
"""A department's id, or None for people without one."""
type Post = tuple[Place, int | None]
"""A department and a job."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many of the people a metric is meant for have a recent figure."""

    measured: int
    meant: int

    @property
    def share(self) -> float | None:
        """Return the share in per cent, None where the metric is meant for nobody."""
        return 100 * self.measured / self.meant if self.meant else None


@dataclass(frozen=True, kw_only=True)
class GroupMetric:
    """One metric of one group.

    ``latest`` is None where too few people have figures, ``coverage`` where it is meant for too few.
    """

    metric: Metric
    latest: GroupRollup | None
    coverage: Coverage | None
    worse: int
    better: int
    last_on: datetime.date | None
    arrived_at: datetime.datetime | None
    is_stale: bool

    @property
    def through(self) -> datetime.date | None:
        """Return the last day the figures reach."""
        return period_end(self.metric.cadence, self.last_on) if self.last_on else None


@dataclass(frozen=True, kw_only=True)
class DepartmentRow:
    """One department in the breakdown; ``is_hidden`` means too few people, or a group that would give one away."""

    department: Department
    employed: int
    is_hidden: bool
    cells: Sequence[GroupMetric]

    @property
    def worse(self) -> int:
        """Return the number of open signals that point the worse way."""
        return sum(cell.worse for cell in self.cells)


@dataclass
class _Counts:
    """Series and signals of employed people, by metric and department."""

    measured: dict[tuple[int, Place], int] = field(default_factory=lambda: defaultdict(int))
    last_on: dict[tuple[int, Place], datetime.date] = field(default_factory=dict)
    arrived: dict[tuple[int, Place], datetime.datetime] = field(default_factory=dict)
    worse: dict[tuple[int, Place], int] = field(default_factory=lambda: defaultdict(int))
    better: dict[tuple[int, Place], int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, kw_only=True)
class _Breakdown:
    """What the statements brought, from which each group takes its own."""

    metrics: Sequence[Metric]
    posts: Mapping[Post, int]
    jobs: Mapping[int, frozenset[int]]
    counts: _Counts
    latest: Mapping[tuple[int, Place], GroupRollup]
    today: datetime.date

    @cached_property
    def employed(self) -> Mapping[Place, int]:
        """Return how many people each department employs."""
        return self._people(None)

    @cached_property
    def hidden(self) -> frozenset[Place]:
        """Return the departments whose figures are left out."""
        return hidden_groups(self.employed, never_shown=[None])

    def cells(self, places: Sequence[Place], *, is_whole: bool = False) -> list[GroupMetric]:
        """Return a cell for each metric over the places together; ``is_whole``: they are the organization."""
        return [self._cell(metric, places, None if is_whole else places[0]) for metric in self.metrics]

    def _people(self, jobs: frozenset[int] | None) -> dict[Place, int]:
        """Return how many people with one of the jobs (everybody for None) each department employs."""
        people: dict[Place, int] = defaultdict(int)
        for (place, job), number in self.posts.items():
            if jobs is None or job in jobs:
                people[place] += number
        return people

    def _coverage(self, metric: Metric, places: Sequence[Place], group: Place) -> Coverage | None:
        """Return the coverage, or None where a few people could be worked out from it."""
        meant = self._meant[metric.pk]
        size = sum(meant.get(place, 0) for place in places)
        if 0 < size < SMALLEST_GROUP or (group is not None and group in self._uncovered[metric.pk]):
            return None
        return Coverage(measured=sum(self.counts.measured.get((metric.pk, place), 0) for place in places), meant=size)

    @cached_property
    def _meant(self) -> Mapping[int, Mapping[Place, int]]:
        """Return for each metric how many people of each department it is meant for."""
        named = {pk: self._people(jobs) for pk, jobs in self.jobs.items()}
        return {metric.pk: named.get(metric.pk, self.employed) for metric in self.metrics}

    @cached_property
    def _uncovered(self) -> Mapping[int, frozenset[Place]]:
        """Return for each metric the departments whose coverage is left out, lest subtraction give a few away."""
        unseen = self.hidden | {None}
        return {pk: hidden_groups(meant, never_shown=unseen) for pk, meant in self._meant.items()}

    def _cell(self, metric: Metric, places: Sequence[Place], group: Place) -> GroupMetric:
        keys, counts = [(metric.pk, place) for place in places], self.counts
        last_on = max((counts.last_on[key] for key in keys if key in counts.last_on), default=None)
        return GroupMetric(
            metric=metric,
            latest=self.latest.get((metric.pk, group)),
            coverage=self._coverage(metric, places, group),
            worse=sum(counts.worse.get(key, 0) for key in keys),
            better=sum(counts.better.get(key, 0) for key in keys),
            last_on=last_on,
            arrived_at=max((counts.arrived[key] for key in keys if key in counts.arrived), default=None),
            is_stale=not is_fresh(metric.cadence, last_on, self.today),
        )


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The organization on one page: each metric as a whole, and the breakdown by department."""

    metrics: Sequence[GroupMetric]
    departments: Sequence[DepartmentRow]
    employed: int
    scales: Mapping[int, tuple[float, float]]
    latest_batch: ObservationBatch | None

    @property
    def worse(self) -> int:
        """Return the number of open signals that point the worse way."""
        return sum(row.worse for row in self.metrics)

    @property
    def stale(self) -> Sequence[GroupMetric]:
        """Return the metrics whose figures have stopped arriving."""
        return [row for row in self.metrics if row.is_stale]

    def shown(self, department: Department) -> DepartmentRow | None:
        """Return the department's row in the breakdown, None where it is left out."""
        rows = [row for row in self.departments if row.department == department and not row.is_hidden]
        return rows[0] if rows else None


def organization_figures(*, today: datetime.date) -> Figures:
    """Return everything the organization's page shows, in nine statements."""
    breakdown = _breakdown(today)
    employed = breakdown.employed
    hidden = breakdown.hidden
    rows = [
        DepartmentRow(
            department=department,
            employed=employed[department.pk],
            is_hidden=department.pk in hidden,
            cells=[] if department.pk in hidden else breakdown.cells([department.pk]),
        )
        for department in Department.objects.order_by("name")
        if employed.get(department.pk)
    ]
    total = sum(employed.values())
    return Figures(
        metrics=breakdown.cells(list(employed), is_whole=True) if total >= SMALLEST_GROUP else [],
        departments=rows,
        employed=total,
        scales=_scales(breakdown.latest),
        latest_batch=ObservationBatch.objects.filter(taken_back_at__isnull=True).first(),
    )


def department_for(department_id: int) -> Department:
    """Return the department, or raise Http404."""
    department = Department.objects.filter(pk=department_id).first()
    if department is None:
        raise Http404
    return department


def bands_of(metric: Metric, department: Department | None = None, *, today: datetime.date) -> QuerySet[GroupRollup]:
    """Return the last two years of months of the organization, or of the department, oldest first."""
    since = _months_before(today.replace(day=1), MONTHS)
    rows = GroupRollup.objects.filter(_is_whole(today), metric=metric, department=department, starts_on__gte=since)
    return rows.order_by("starts_on")


def figures_stamp() -> str:
    """Return a word that changes whenever a group or an open signal of the organization does."""
    groups = GroupRollup.objects.aggregate(latest=Max("computed_at"), number=Count("pk"))
    signals = Signal.objects.filter(status=SignalStatus.OPEN).aggregate(latest=Max("pk"), number=Count("pk"))
    batches = ObservationBatch.objects.aggregate(latest=Max("pk"), taken=Count("taken_back_at"))
    computed = groups["latest"].timestamp() if groups["latest"] else 0
    return "-".join(
        str(part or 0)
        for part in (
            f"{computed:.6f}", groups["number"], signals["latest"], signals["number"], batches["latest"],
            batches["taken"],
        )
    )  # fmt: skip


def _breakdown(today: datetime.date) -> _Breakdown:
    measured = Exists(Series.objects.filter(metric=OuterRef("pk"), point_count__gt=0))
    metrics = list(Metric.objects.filter(measured, is_active=True))
    jobs = _jobs_named(metrics)
    return _Breakdown(
        metrics=metrics,
        posts=_posts(),
        jobs=jobs,
        counts=_count(metrics, jobs, today),
        latest=_latest_groups(metrics, today),
        today=today,
    )


def _posts() -> dict[Post, int]:
    """Return how many people are employed in each department and job."""
    people = Employee.objects.exclude(status=EmployeeStatus.LEFT).order_by()
    posts = people.values_list("department", "job_description").annotate(Count("pk"))
    return {(department, job): number for department, job, number in posts}


def _jobs_named(metrics: Sequence[Metric]) -> dict[int, frozenset[int]]:
    """Return the jobs a metric is meant for, where it names any.

    A metric names jobs by targets of their own while it has no target for everybody else. Without them, and with a
    general target, it is meant for everybody.
    """
    named: dict[int, set[int]] = defaultdict(set)
    general = [metric.pk for metric in metrics if metric.target is None]
    targets = MetricTarget.objects.filter(metric__in=general)
    for metric, job in targets.values_list("metric", "job_description"):
        named[metric].add(job)
    return {metric: frozenset(jobs) for metric, jobs in named.items()}


def _is_covered(jobs: Mapping[int, frozenset[int]], today: datetime.date) -> Q:
    """Return the condition "a recent figure of somebody the metric is meant for"."""
    fresh = Q(pk__in=[])
    for cadence in Cadence:
        fresh |= Q(metric__cadence=cadence, last_on__gte=fresh_since(cadence, today))
    meant = ~Q(metric__in=list(jobs))
    for metric, named in jobs.items():
        meant |= Q(metric=metric, employee__job_description__in=named)
    return fresh & meant


def _count(metrics: Sequence[Metric], jobs: Mapping[int, frozenset[int]], today: datetime.date) -> _Counts:
    counts = _Counts()
    ids = [metric.pk for metric in metrics]
    working = Series.objects.filter(metric__in=ids, point_count__gt=0).exclude(employee__status=EmployeeStatus.LEFT)
    grouped = working.order_by().values_list("metric", "employee__department")
    facts = grouped.annotate(
        measured=Count("pk", filter=_is_covered(jobs, today)), latest=Max("last_on"), arrived=Max("changed_at")
    )
    for metric, place, measured, last_on, arrived in facts:
        key = (metric, place)
        counts.measured[key], counts.last_on[key], counts.arrived[key] = measured, last_on, arrived
    signals = Signal.objects.filter(status=SignalStatus.OPEN, series__metric__in=ids)
    signals = signals.exclude(series__employee__status=EmployeeStatus.LEFT).order_by()
    by_place = signals.values_list("series__metric", "series__employee__department", "is_improvement")
    for metric, place, is_improvement, number in by_place.annotate(Count("pk")):
        (counts.better if is_improvement else counts.worse)[metric, place] += number
    return counts


def _latest_groups(metrics: Sequence[Metric], today: datetime.date) -> dict[tuple[int, Place], GroupRollup]:
    """Return the latest month of each metric, the organization under None: one month for all of its departments."""
    months = GroupRollup.objects.filter(_is_whole(today), metric__in=[m.pk for m in metrics], department=None)
    latest = months.order_by("metric", "-starts_on").distinct("metric").values("metric", "starts_on")
    wanted = Q(pk__in=[])
    for row in latest:
        wanted |= Q(metric=row["metric"], starts_on=row["starts_on"])
    return {(row.metric_id, row.department_id): row for row in GroupRollup.objects.filter(wanted)}


def _is_whole(today: datetime.date) -> Q:
    """Return the condition "this month can be compared": a sum of a month that still runs looks like a fall."""
    return ~Q(metric__aggregation=Aggregation.SUM) | Q(starts_on__lt=today.replace(day=1))


def _scales(latest: Mapping[tuple[int, Place], GroupRollup]) -> dict[int, tuple[float, float]]:
    """Return for each metric the ends of the axis its groups are drawn on, one for all departments."""
    scales: dict[int, tuple[float, float]] = {}
    for (metric_id, _place), row in latest.items():
        low, high = scales.get(metric_id, (row.p10, row.p90))
        scales[metric_id] = min(low, row.p10), max(high, row.p90)
    return scales


def _months_before(month: datetime.date, number: int) -> datetime.date:
    months = month.year * 12 + month.month - 1 - number
    return datetime.date(months // 12, months % 12 + 1, 1)
