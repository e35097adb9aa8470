"""Immediate notices of a goal: that something happened and where to read it, never what it says."""

from django.utils.functional import Promise

from goals.enums import Side
from goals.models import Goal
from goals.services.moves import person_on
from people.addresses import portal_url
from people.models import Membership
from people.selectors.accounts import employee_of
from reminders.services.notices import notify

type Line = str | Promise


def tell_side(
    side: Side | str, *, goal: Goal, event: str, subject: Line, lines: list[Line], actor: Membership | None
) -> None:
    """Tell the person on that side; nobody is told what they did themselves. ``event`` makes the notice's key."""
    person = person_on(side, goal)
    own = employee_of(actor) if actor is not None else None
    if person is None or (own is not None and own.pk == person.pk):
        return
    notify(
        key=f"goal:{goal.pk}:{event}:{person.pk}",
        to=person,
        subject=subject,
        lines=lines,
        url=portal_url(goal.organization, "goals:goal_detail", goal_id=goal.pk),
    )
