"""Check-ins of Alice and Bob in Harbor, on a Wednesday in spring."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import timezone
from django_rls_tenants import tenant_context

from feedback.models import CheckIn, CheckInSeries
from feedback.services.series import start_series
from people.models import Organization
from tests.cast import Person

#: A Wednesday; no public holiday of Massachusetts lies in the three weeks after it.
TODAY = datetime.date(2026, 4, 29)
NEXT_WEEK = datetime.date(2026, 5, 6)


def noon(day: datetime.date) -> datetime.datetime:
    """Return noon of the day in Boston."""
    return datetime.datetime.combine(day, datetime.time(16, 0, tzinfo=datetime.UTC))


@pytest.fixture
def at() -> Iterator[Callable[[datetime.date], None]]:
    """Return a function that moves the clock to noon of a day; it begins on ``TODAY``."""
    with time_machine.travel(noon(TODAY), tick=False) as traveller, timezone.override("America/New_York"):
        yield lambda day: traveller.move_to(noon(day))


@pytest.fixture
def stage(harbor: Organization, at: Callable[[datetime.date], None]) -> Iterator[Callable[[datetime.date], None]]:
    """Harbor's context, and the clock."""
    with tenant_context(harbor.pk):
        yield at


@pytest.fixture
def series(stage: Callable[[datetime.date], None], alice: Person, bob: Person) -> CheckInSeries:
    """Check-ins of Alice with Bob, every two weeks from next Wednesday on."""
    return start_series(actor=bob.member, other=alice.employee, every_weeks=2, first_on=NEXT_WEEK)


@pytest.fixture
def check_in(series: CheckInSeries) -> CheckIn:
    """The first of them."""
    first = CheckIn.objects.get(series=series)
    first.series = series
    return first
