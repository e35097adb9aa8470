"""One value entered by hand by somebody who follows the person."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from metrics.enums import BatchKind, Cadence
from metrics.ingest.numbers import NumberStyle
from metrics.models import Metric, Observation, ObservationBatch
from metrics.rules import can_add_value
from metrics.services.observations import record_observations
from people.models import Employee, Membership
from pipcycle.errors import DomainError


@transaction.atomic
def add_value(
    *, actor: Membership, employee: Employee, metric: Metric, day: datetime.date, value: float
) -> ObservationBatch:
    """Record one value of the period the day lies in, in a batch of its own that HR can take back.

    A manager adds what is missing and never changes what is there. Raises PermissionDenied, or DomainError that says
    why the value cannot be taken.
    """
    if not can_add_value(actor, employee):
        raise PermissionDenied
    if metric.is_calculated:
        raise DomainError(_("This figure is calculated from two others. Add those instead."))
    starts_on = period_start(metric, day)
    known = Observation.objects.filter(series__employee=employee, series__metric=metric, starts_on=starts_on)
    if known.exists():
        raise DomainError(_("There is a value for this period already. An HR partner can correct it."))
    report = record_observations(
        actor=None,  # the rule above is this service's own: managers may do this one thing
        kind=BatchKind.MANUAL,
        source=str(_("Added by hand")),
        rows=[(1, metric.key, employee.number, starts_on.isoformat(), repr(float(value)), "")],
        is_strict=True,
        number_style=NumberStyle.POINT,
    )
    if report.batch is None:
        raise DomainError(next(iter(report.refused)).message)
    report.batch.created_by = actor
    report.batch.save(update_fields=["created_by"])
    return report.batch


def period_start(metric: Metric, day: datetime.date) -> datetime.date:
    """Return the first day of the metric's period that the day lies in."""
    if metric.cadence == Cadence.WEEK:
        return day - datetime.timedelta(days=day.weekday())
    return day.replace(day=1) if metric.cadence == Cadence.MONTH else day
