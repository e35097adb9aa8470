"""Words of check-ins; imports nothing of ours."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Rhythm(IntegerChoices):
    """How many weeks lie between two check-ins."""

    WEEKLY = 1, _("Every week")
    TWO_WEEKS = 2, _("Every 2 weeks")
    THREE_WEEKS = 3, _("Every 3 weeks")
    FOUR_WEEKS = 4, _("Every 4 weeks")
    SIX_WEEKS = 6, _("Every 6 weeks")
    TWELVE_WEEKS = 12, _("Every 12 weeks")


class SeriesStatus(TextChoices):
    """Whether a series goes on."""

    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class CheckInStatus(TextChoices):
    """What became of one check-in."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    SKIPPED = "skipped", _("Did not take place")
    CANCELLED = "cancelled", _("Cancelled with its series")


CHECK_IN_TRANSITIONS: dict[CheckInStatus, frozenset[CheckInStatus]] = {
    CheckInStatus.PLANNED: frozenset({CheckInStatus.HELD, CheckInStatus.SKIPPED, CheckInStatus.CANCELLED}),
    CheckInStatus.HELD: frozenset(),
    CheckInStatus.SKIPPED: frozenset(),
    CheckInStatus.CANCELLED: frozenset(),
}


class Attendance(TextChoices):
    """Who came. A check-in takes two: where one was missing, it did not take place."""

    BOTH = "both", _("Both of us")
    EMPLOYEE = "employee", _("The employee waited alone")
    LEADER = "leader", _("The leader waited alone")
    NOBODY = "nobody", _("Nobody")


class ActionStatus(TextChoices):
    """Where an action item stands; it is carried over until it is done or given up."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")
