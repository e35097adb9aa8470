"""The figures of one person: what is observed about them, where each stands, and what it is held against."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from metrics.enums import Cadence, Grain, SignalStatus
from metrics.freshness import is_fresh, period_end
from metrics.models import Metric, MetricTarget, Series, SeriesRollup
from metrics.xmr import LOCKING_POINTS, MINIMUM_POINTS
from people.models import Employee, Membership
from people.selectors.employees import employees_followed_by

SPARK_DAYS = 364
NEEDED = MINIMUM_POINTS


@dataclass(frozen=True, kw_only=True)
class PersonFigure:
    """One metric of a person: its series, the target of their job (or of everybody), and how many signals are open."""

    series: Series
    target: float | None
    worse: int
    better: int
    is_fresh: bool

    @property
    def metric(self) -> Metric:
        """Return what is measured."""
        metric: Metric = self.series.metric
        return metric

    @property
    def through(self) -> datetime.date | None:
        """Return the last day the latest value speaks of."""
        return period_end(self.metric.cadence, self.series.last_on) if self.series.last_on else None

    @property
    def state(self) -> str:
        """Return where the figure stands: worse, better, few (not enough data), trial or steady."""
        if self.worse:
            return "worse"
        if self.better:
            return "better"
        if self.series.centre is None:
            return "few"
        return "trial" if self.series.limit_points < LOCKING_POINTS else "steady"

    @property
    def state_words(self) -> str:
        """Return the state in a word or two."""
        words = {
            "worse": _("Open signal"),
            "better": _("Signal for the better"),
            "few": _("Not enough data"),
            "trial": _("Trial limits"),
            "steady": _("Steady"),
        }
        return words[self.state]

    @property
    def state_kind(self) -> str:
        """Return the kind of the status component: red is for an open signal that points the worse way alone."""
        return {"worse": "danger", "better": "success"}.get(self.state, "neutral")


def person_for(member: Membership, employee_id: int) -> Employee:
    """Return a person whose figures the member may read; Http404 otherwise."""
    rows = employees_followed_by(member).select_related("job_description", "department")
    employee: Employee = get_object_or_404(rows, pk=employee_id)
    return employee


def series_with_facts(employee: Employee) -> QuerySet[Series]:
    """Return the person's series with their metric, target and open signals; one statement."""
    is_open = Q(signals__status=SignalStatus.OPEN)
    job_target = MetricTarget.objects.filter(metric=OuterRef("metric"), job_description=employee.job_description_id)
    rows: QuerySet[Series] = (
        Series.objects.filter(employee=employee, metric__is_active=True)
        .select_related("metric")
        .annotate(
            job_target=Subquery(job_target.values("target")[:1]),
            worse_count=Count("signals", filter=is_open & Q(signals__is_improvement=False)),
            better_count=Count("signals", filter=is_open & Q(signals__is_improvement=True)),
        )
        .order_by("metric__name")
    )
    return rows


def figure_of(series: Series, *, today: datetime.date) -> PersonFigure:
    """Return the figure of a series that ``series_with_facts`` found."""
    target: float | None = getattr(series, "job_target", None)
    return PersonFigure(
        series=series,
        target=series.metric.target if target is None else target,
        worse=getattr(series, "worse_count", 0),
        better=getattr(series, "better_count", 0),
        is_fresh=is_fresh(series.metric.cadence, series.last_on, today),
    )


def figures_of(employee: Employee, *, today: datetime.date) -> list[PersonFigure]:
    """Return every figure with at least one value, by the name of its metric; one statement."""
    return [figure_of(series, today=today) for series in series_with_facts(employee).filter(point_count__gt=0)]


def recent_values(figures: Sequence[PersonFigure], *, today: datetime.date) -> dict[int, list[float]]:
    """Return a year of weeks (of months where a metric is monthly) by series, for lines the size of a word."""
    monthly = [figure.series.pk for figure in figures if figure.metric.cadence == Cadence.MONTH]
    weekly = [figure.series.pk for figure in figures if figure.metric.cadence != Cadence.MONTH]
    grains = Q(grain=Grain.WEEK, series__in=weekly) | Q(grain=Grain.MONTH, series__in=monthly)
    since = today - datetime.timedelta(days=SPARK_DAYS)
    rows = SeriesRollup.objects.filter(grains, starts_on__gte=since).order_by().values("series")
    together = rows.annotate(values_of=ArrayAgg("value", order_by="starts_on"))
    return {row["series"]: row["values_of"] for row in together}


def year_of_values(employee_id: int, metric: Metric, *, today: datetime.date) -> list[float]:
    """Return a year of one metric of a person by week, or by month where it is monthly, oldest first; one statement."""
    rows = SeriesRollup.objects.filter(
        series__employee=employee_id,
        series__metric=metric,
        grain=Grain.MONTH if metric.cadence == Cadence.MONTH else Grain.WEEK,
        starts_on__gte=today - datetime.timedelta(days=SPARK_DAYS),
    )
    return list(rows.order_by("starts_on").values_list("value", flat=True))
