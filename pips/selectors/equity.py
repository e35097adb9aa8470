"""The equity check before an approval (rules 23–25): who is rated and works alike, and who of them is on a plan.

For HR alone. People are compared with those of the same job, or of the same department where the job has fewer than
five; the breakdown by demographic group takes everybody of the organization with the same rating.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Avg, Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.enums import Direction as MetricDirection
from metrics.enums import Grain
from metrics.models import SeriesRollup
from people.enums import EmployeeStatus
from people.models import Employee, EmployeeDemographics
from pips.days import today_for
from pips.enums import RUNNING, PlanStatus
from pips.fairness import SMALLEST_GROUP, Breakdown, Counts, break_down
from pips.looking import once_a_look
from pips.models import Plan

RECENT_DAYS = 92
PROTECTED_AGE = 40
#: Plans that count as being on one: before HR or handed over, and not decided. A draft is nobody's business yet.
ON_PLAN = RUNNING | {PlanStatus.IN_REVIEW, PlanStatus.APPROVED}


@dataclass(frozen=True, kw_only=True)
class Equity:
    """What the check found. ``alike`` are peers not on a plan whose figures are no better, by employee id."""

    rating: str
    is_same_job: bool
    peers: int
    peers_on_plan: int
    alike: tuple[int, ...]
    compared_metrics: int
    breakdowns: dict[str, Breakdown]

    @property
    def peers_without_plan(self) -> int:
        """Return how many peers with the same rating are not on a plan."""
        return self.peers - self.peers_on_plan

    @property
    def has_enough(self) -> bool:
        """Return whether there are peers enough to say anything about them as a group."""
        return self.peers >= SMALLEST_GROUP

    def as_data(self) -> dict[str, Any]:
        """Return the figures as plain data for the record."""
        return {**asdict(self), "alike": list(self.alike)}


@once_a_look
def equity_of(plan: Plan) -> Equity:
    """Return the check for the plan as of today; without a rating on record there are no peers to compare with."""
    employee = plan.employee
    if not employee.last_rating:
        return Equity(
            rating="", is_same_job=True, peers=0, peers_on_plan=0, alike=(), compared_metrics=0, breakdowns={}
        )
    rated = _with_plans().filter(last_rating=employee.last_rating).exclude(status=EmployeeStatus.LEFT)
    peers, is_same_job = _peers(rated.exclude(pk=employee.pk), employee)
    free = [peer.pk for peer in peers if not peer.is_on_plan]
    alike, compared = _no_better_than(employee, free, today_for(employee))
    return Equity(
        rating=employee.last_rating,
        is_same_job=is_same_job,
        peers=len(peers),
        peers_on_plan=len(peers) - len(free),
        alike=alike,
        compared_metrics=compared,
        breakdowns=_breakdowns(plan, rated),
    )


def peers_alike(equity: Equity) -> QuerySet[Employee]:
    """Return the comparable people who are not on a plan, for HR's page."""
    return Employee.objects.filter(pk__in=equity.alike).select_related("job_description", "department")


def _with_plans() -> QuerySet[Any]:
    plans = Plan.objects.filter(employee=OuterRef("pk"), status__in=ON_PLAN)
    return Employee.objects.annotate(is_on_plan=Exists(plans))


def _peers(rated: QuerySet[Any], employee: Employee) -> tuple[list[Any], bool]:
    """Return the peers of the same job, or where they are fewer than five those of the department."""
    same_job = list(rated.filter(job_description=employee.job_description_id)) if employee.job_description_id else []
    if len(same_job) >= SMALLEST_GROUP or not employee.department_id:
        return same_job, True
    return list(rated.filter(department=employee.department_id)), False


def _no_better_than(employee: Employee, others: list[int], today: datetime.date) -> tuple[tuple[int, ...], int]:
    """Return who of the others is no better than the employee in each metric both have, and how many metrics.

    The mean of the last three months counts. Somebody without a common metric cannot be compared and is left out.
    """
    recent = SeriesRollup.objects.filter(
        grain=Grain.MONTH,
        starts_on__gte=today - datetime.timedelta(days=RECENT_DAYS),
        series__employee__in=[employee.pk, *others],
        series__metric__is_watched=True,
    )
    rows = recent.values_list("series__employee", "series__metric", "series__metric__direction").annotate(
        mean=Avg("value")
    )
    means: dict[int, dict[int, float]] = defaultdict(dict)
    for person, metric, direction, mean in rows.order_by():
        means[person][metric] = mean if direction == MetricDirection.HIGHER else -mean
    own = means.pop(employee.pk, {})
    alike = [person for person, theirs in means.items() if _is_no_better(theirs, own)]
    return tuple(sorted(alike)), len(own)


def _is_no_better(theirs: dict[int, float], own: dict[int, float]) -> bool:
    common = theirs.keys() & own.keys()
    return bool(common) and all(theirs[metric] <= own[metric] for metric in common)


def _breakdowns(plan: Plan, rated: QuerySet[Any]) -> dict[str, Breakdown]:
    """Return the breakdown of everybody with the rating, this plan's employee counted as on one, by characteristic."""
    on_plan = dict(rated.values_list("pk", "is_on_plan")) | {plan.employee_id: True}
    facts = EmployeeDemographics.objects.filter(employee__in=on_plan)
    today = today_for(plan.employee)
    return {
        name: break_down(_counted([(group_of(row, today), on_plan[row.employee_id]) for row in facts]))
        for name, group_of in _CHARACTERISTICS.items()
    }


def _counted(people: list[tuple[str, bool]]) -> dict[str, Counts]:
    groups: dict[str, Counts] = {}
    for group, is_on_plan in people:
        if group:
            one = Counts(people=1, on_plan=int(is_on_plan))
            groups[group] = groups[group] + one if group in groups else one
    return groups


def _age_group(row: EmployeeDemographics, today: datetime.date) -> str:
    if row.born_on is None:
        return ""
    age = today.year - row.born_on.year - ((today.month, today.day) < (row.born_on.month, row.born_on.day))
    return "40+" if age >= PROTECTED_AGE else "<40"


_CHARACTERISTICS: dict[str, Callable[[EmployeeDemographics, datetime.date], str]] = {
    "gender": lambda row, _today: row.gender,
    "ethnicity": lambda row, _today: row.ethnicity,
    "age": _age_group,
}

CHARACTERISTIC_NAMES: dict[str, str | Promise] = {
    "gender": _("Gender"),
    "ethnicity": _("Ethnicity"),
    "age": _("Age"),
}
