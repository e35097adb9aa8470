"""Expectations a draft may begin with: what the job answers for, and what is measured in it already."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from metrics.enums import Direction as MetricDirection
from metrics.models import Metric
from metrics.selectors.definitions import metrics_in_use, targets_for_job
from people.models import JobDescription
from pips.enums import Direction
from pips.models import Plan

#: More would bury the ones that fit best.
MOST = 12


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An expectation to take over with one click, and where it is from. The figure for today stays open."""

    key: str
    source: str
    title: str
    measure: str = ""
    target: Decimal | None = None
    unit: str = ""
    direction: Direction = Direction.AT_LEAST
    data_source: str = ""
    metric_id: int | None = None

    def row(self) -> dict[str, Any]:
        """Return the values of a row of the draft."""
        names = ("title", "measure", "target", "unit", "direction", "data_source", "metric_id")
        return {name: getattr(self, name) for name in names}


def suggestions_for(plan: Plan) -> list[Suggestion]:
    """Return what could be expected in the plan's job, without what the draft expects already."""
    job = plan.job_description
    known = {expectation.title.strip().casefold() for expectation in plan.expectations.all()}
    found = [*_of_targets(job), *_of_responsibilities(job), *_of_metrics(job)]
    return [one for one in found if one.title.strip().casefold() not in known][:MOST]


def _of_targets(job: JobDescription | None) -> list[Suggestion]:
    if job is None:
        return []
    return [_measured(target.metric, target.target, _("Target of this job")) for target in targets_for_job(job)]


def _of_metrics(job: JobDescription | None) -> list[Suggestion]:
    own = set() if job is None else {target.metric_id for target in targets_for_job(job)}
    return [
        _measured(metric, metric.target, _("Target of the metric"))
        for metric in metrics_in_use()
        if metric.target is not None and metric.pk not in own
    ]


def _of_responsibilities(job: JobDescription | None) -> list[Suggestion]:
    if job is None:
        return []
    return [
        Suggestion(
            key=f"responsibility-{one.pk}",
            source=_("Responsibility of this job"),
            title=one.title,
            measure=one.description[:300],
        )
        for one in job.responsibilities.all()
    ]


def _measured(metric: Metric, target: float | None, source: str) -> Suggestion:
    return Suggestion(
        key=f"metric-{metric.pk}",
        source=source,
        title=metric.name,
        measure=metric.description[:300],
        target=None if target is None else Decimal(str(round(target, 2))),
        unit=metric.unit,
        direction=Direction.AT_LEAST if metric.direction == MetricDirection.HIGHER else Direction.AT_MOST,
        data_source=metric.name,
        metric_id=metric.pk,
    )
