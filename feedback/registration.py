"""What this room gives to the rooms below: obligation kinds, pages, sections of the home page and of the profile."""

from feedback.calendar import calendar
from feedback.check_in_registration import register_check_ins
from feedback.note_registration import register_notes
from feedback.timeline import timeline
from people.registry import register_timeline
from reminders.registry import register_calendar


def register() -> None:
    """Fill every registry; called once, when the application is ready."""
    register_check_ins()
    register_notes()
    register_timeline(timeline)
    register_calendar(calendar)
