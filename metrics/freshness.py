"""When figures are fresh, by how often they are observed; knows no database."""

import datetime

from metrics.enums import Cadence

#: Days after the first day of the latest period before it counts as stale: the period, the next one that is still
#: running, and a few days for the file to arrive.
FRESH_DAYS: dict[str, int] = {Cadence.DAY: 7, Cadence.WEEK: 20, Cadence.MONTH: 70}


def fresh_since(cadence: str, today: datetime.date) -> datetime.date:
    """Return the earliest first day of a period that still counts as fresh today."""
    return today - datetime.timedelta(days=FRESH_DAYS[cadence])


def is_fresh(cadence: str, last_on: datetime.date | None, today: datetime.date) -> bool:
    """Return whether the latest period of a metric observed at that cadence is recent enough to speak of today."""
    return last_on is not None and last_on >= fresh_since(cadence, today)


def period_end(cadence: str, starts_on: datetime.date) -> datetime.date:
    """Return the last day of the period that begins on the day."""
    if cadence == Cadence.DAY:
        return starts_on
    if cadence == Cadence.WEEK:
        return starts_on + datetime.timedelta(days=6)
    following = (starts_on.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    return following - datetime.timedelta(days=1)
