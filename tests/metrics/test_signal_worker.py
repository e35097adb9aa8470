"""From a value that is handed in to the signal on the page, with a real worker."""

import subprocess

from django_rls_tenants import tenant_context

from metrics.enums import BatchKind
from metrics.ingest.report import ObservationInput
from metrics.models import Signal
from metrics.services.observations import record_observations
from metrics.services.signals import compute_stale_series
from people.models import Organization
from pipcycle.local.spawn import wait_until
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import QUIET, recent_series, this_monday


def test_a_value_handed_in_becomes_a_signal_by_itself(
    worker: subprocess.Popen[bytes], harbor: Organization, alice: Person
) -> None:
    with tenant_context(harbor.pk):
        metric = MetricFactory.create(key="items", name="Items done")
        recent_series(alice.employee, metric, QUIET, ended_weeks_ago=1)
        compute_stale_series()
        day = this_monday().isoformat()
        row = ObservationInput(line=1, metric="items", employee=alice.employee.number, day=day, value="1")

        record_observations(actor=None, kind=BatchKind.MANUAL, source="by hand", rows=[row])

    def is_seen() -> bool:
        with tenant_context(harbor.pk):
            return Signal.objects.filter(series__employee=alice.employee, ends_on=this_monday(), status="open").exists()

    assert wait_until(is_seen, seconds=60, pause=0.3)
