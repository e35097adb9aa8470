"""Working days by country and region, from the ``holidays`` package; pure but for ``calendar_for``."""

import datetime
from functools import lru_cache

import holidays
from holidays.holiday_base import HolidayBase

from people.models import Employee


@lru_cache(maxsize=256)
def _holidays_of(country: str, subdivision: str) -> HolidayBase:
    """Return the holidays of the region, of the country where the region is unknown, else none at all."""
    for wanted in (subdivision or None, None):
        try:
            return holidays.country_holidays(country, subdiv=wanted)
        except NotImplementedError:
            continue
    return HolidayBase()


class WorkingCalendar:
    """Which days are worked in a country and, where given, a state or region of it (ISO 3166 codes).

    An unknown country has Saturdays and Sundays off and no holidays.
    """

    def __init__(self, country: str, subdivision: str = "") -> None:
        self.country = country.upper()
        self.subdivision = subdivision.upper()
        self._holidays = _holidays_of(self.country, self.subdivision)

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.country!r}, {self.subdivision!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkingCalendar):
            return NotImplemented
        return (self.country, self.subdivision) == (other.country, other.subdivision)

    def __hash__(self) -> int:
        return hash((self.country, self.subdivision))

    def is_working_day(self, day: datetime.date) -> bool:
        """Return whether the day is neither a weekend nor a public holiday."""
        return bool(self._holidays.is_working_day(day))

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """Return the day itself if it is worked, else the next that is."""
        while not self.is_working_day(day):
            day += datetime.timedelta(days=1)
        return day

    def add_working_days(self, day: datetime.date, count: int) -> datetime.date:
        """Return the ``count``-th working day after the day; with 0 the day itself or the next that is worked.

        Raises ValueError for a negative count.
        """
        if count < 0:
            message = "Working days are only counted forwards."
            raise ValueError(message)
        if count == 0:
            return self.next_working_day(day)
        for _step in range(count):
            day = self.next_working_day(day + datetime.timedelta(days=1))
        return day

    def holiday_name(self, day: datetime.date) -> str:
        """Return the name of the public holiday, or an empty text."""
        return str(self._holidays.get(day) or "")


def calendar_for(employee: Employee) -> WorkingCalendar:
    """Return the calendar of the employee's place of work, else of the organization's country."""
    if employee.location is not None:
        return WorkingCalendar(employee.location.country, employee.location.subdivision)
    return WorkingCalendar(employee.organization.country)
