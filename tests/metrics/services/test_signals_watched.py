"""A metric that only feeds others is drawn, and asks nobody."""

import datetime

from django.utils import timezone

from metrics.enums import SignalStatus
from metrics.models import Metric, Signal
from metrics.services.definitions import change_metric
from metrics.services.signals import compute_stale_series
from people.models import Organization
from reminders.models import Obligation
from tests.cast import Person
from tests.metrics.factories import MetricFactory, SeriesFactory, fill

STEADY = [10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0]


def outlier_for(person: Person, metric: Metric) -> None:
    """Give the person twelve steady weeks and one far below them."""
    monday = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday() + 7 * 13)
    series = SeriesFactory.create(metric=metric, employee=person.employee)
    fill(series, [*STEADY, 0.0], monday)
    series.is_stale = True
    series.save(update_fields=["is_stale"])


def test_no_signal_is_opened_in_a_metric_that_is_not_watched(harbor_context: Organization, alice: Person) -> None:
    outlier_for(alice, MetricFactory.create(is_watched=False))

    compute_stale_series()

    assert not Signal.objects.exists()
    assert not Obligation.objects.exists()


def test_watching_begins_and_ends_with_the_definition(
    harbor_context: Organization, alice: Person, hana: Person
) -> None:
    metric = MetricFactory.create(is_watched=False)
    outlier_for(alice, metric)
    compute_stale_series()

    change_metric(actor=hana.member, metric=metric, name=metric.name, is_watched=True)
    compute_stale_series()
    assert [signal.status for signal in Signal.objects.all()] == [SignalStatus.OPEN]
    assert [one.status for one in Obligation.objects.all()] == ["open"]

    change_metric(actor=hana.member, metric=metric, name=metric.name, is_watched=False)
    compute_stale_series()
    assert [signal.status for signal in Signal.objects.all()] == [SignalStatus.WITHDRAWN]
    assert [one.status for one in Obligation.objects.all()] == ["withdrawn"]
