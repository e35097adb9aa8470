"""Today is the day where the employee works, on the days of clock changes and at year ends too."""

import datetime

import pytest
import time_machine

from pips.days import day_for, today_for
from tests.cast import Person

D = datetime.date


@pytest.mark.parametrize(
    ("moment", "boston", "berlin"),
    [
        ("2027-03-14T04:59:00+00:00", D(2027, 3, 13), D(2027, 3, 14)),  # the last minute of winter time's Saturday
        ("2027-03-15T03:59:00+00:00", D(2027, 3, 14), D(2027, 3, 15)),  # the same an hour earlier: summer time
        ("2027-03-15T04:00:00+00:00", D(2027, 3, 15), D(2027, 3, 15)),
        ("2026-10-24T22:30:00+00:00", D(2026, 10, 24), D(2026, 10, 25)),
        ("2026-10-25T22:59:00+00:00", D(2026, 10, 25), D(2026, 10, 25)),
        ("2026-10-25T23:00:00+00:00", D(2026, 10, 25), D(2026, 10, 26)),
        ("2027-01-01T04:59:59+00:00", D(2026, 12, 31), D(2027, 1, 1)),
        ("2027-01-01T05:00:00+00:00", D(2027, 1, 1), D(2027, 1, 1)),
    ],
)
def test_today_is_the_day_at_the_place_of_work(
    harbor_context: object, alice: Person, moment: str, boston: D, berlin: D
) -> None:
    employee = alice.employee
    assert employee.location is not None
    found = []
    with time_machine.travel(datetime.datetime.fromisoformat(moment), tick=False):
        for place in ("America/New_York", "Europe/Berlin"):
            employee.location.time_zone = place
            found.append((today_for(employee), day_for(employee, datetime.datetime.fromisoformat(moment))))

    assert found == [(boston, boston), (berlin, berlin)]
