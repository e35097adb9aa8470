"""What the rooms above give to this one: kinds of obligation and sections of the home page.

A higher room fills both in its ``AppConfig.ready``; nothing else runs upwards (DESIGN.md, "The house").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.utils.functional import Promise

    from people.models import Employee, Membership
    from reminders.models import Obligation

    type Label = str | Promise

SOMETHING_IS_DUE = _("Something is due")
"""What a kind is called where others look on, unless it says otherwise."""

DEFAULT_OFFSETS: tuple[int, ...] = (-7, -1, 0, 2)
"""Days from the due date on which a reminder is due."""

DEFAULT_ESCALATION = 5
"""Days after the due date from which the manager above, or HR, is told too."""


@dataclass(frozen=True, kw_only=True)
class ObligationKind:
    """A sort of promise: its words, its default reminder policy and the page where it is kept.

    ``action`` is an imperative that names nobody ("Acknowledge the plan"): it goes into mail. ``url`` returns a path.
    ``subject`` is what may be said where others look on, in a calendar or a subject line: nothing of what it is about.
    ``shown_above_after_days`` is how long after the due date it stays on its owner's page alone; None: those above
    never see it.
    """

    key: str
    title: Label
    action: Label
    url: Callable[[Obligation], str]
    subject: Label = SOMETHING_IS_DUE
    offsets: tuple[int, ...] = DEFAULT_OFFSETS
    escalate_after_days: int | None = DEFAULT_ESCALATION
    shown_above_after_days: int | None = 0


@dataclass(frozen=True, kw_only=True)
class HomeSection:
    """A part of the home page below the to-do list; ``template`` is rendered with what ``context`` returns."""

    key: str
    title: Label
    template: str
    order: int
    visible: Callable[[Membership], bool]
    context: Callable[[Membership], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """A day in somebody's calendar. ``title`` may stand in a subject line; ``url`` is a path that names no case.

    What is owed ``about`` the same thing takes its place.
    """

    day: date
    title: Label
    about: tuple[str, int]
    url: str
    changed_at: datetime | None = None


type CalendarProvider = Callable[[Employee, date, date], Iterable[CalendarEntry]]

_calendar: list[CalendarProvider] = []
_kinds: dict[str, ObligationKind] = {}
_sections: dict[str, HomeSection] = {}


def register_kind(kind: ObligationKind) -> None:
    """Make a kind of obligation known; registering the same key again replaces it."""
    _kinds[kind.key] = kind


def kind_for(key: str) -> ObligationKind:
    """Return the kind. Raises LookupError for a key no room has registered."""
    try:
        return _kinds[key]
    except KeyError as error:
        message = f"No room has registered the obligation kind {key!r}."
        raise LookupError(message) from error


def registered_kinds() -> Sequence[ObligationKind]:
    """Return every kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]


def unregister_kind(key: str) -> None:
    """Forget a kind."""
    _kinds.pop(key, None)


def register_calendar(provider: CalendarProvider) -> None:
    """Add the days a room knows of an employee to their calendar, between two days."""
    if provider not in _calendar:
        _calendar.append(provider)


def calendar_providers() -> Sequence[CalendarProvider]:
    """Return what fills a calendar besides what is owed."""
    return list(_calendar)


def register_home_section(section: HomeSection) -> None:
    """Put a section on the home page; registering the same key again replaces it."""
    _sections[section.key] = section


def unregister_home_section(key: str) -> None:
    """Take a section off the home page."""
    _sections.pop(key, None)


def home_sections_for(member: Membership) -> Sequence[HomeSection]:
    """Return the sections the member sees, in order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.key))
    return [section for section in ordered if section.visible(member)]
