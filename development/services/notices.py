"""Immediate notices of a development plan: that something happened and where to read it, never what it says."""

from django.utils.functional import Promise

from development.enums import Side
from development.models import DevelopmentPlan
from development.services.moves import person_on
from people.addresses import portal_url
from people.models import Membership
from people.selectors.accounts import employee_of
from reminders.services.notices import notify

type Line = str | Promise


def tell_side(
    side: Side | str, *, plan: DevelopmentPlan, event: str, subject: Line, line: Line, actor: Membership | None
) -> None:
    """Tell the person on that side; nobody is told what they did themselves. ``event`` makes the notice's key."""
    person = person_on(side, plan)
    own = employee_of(actor) if actor is not None else None
    if person is None or person.has_left or (own is not None and own.pk == person.pk):
        return
    notify(
        key=f"development:{plan.pk}:{event}:{person.pk}",
        to=person,
        subject=subject,
        lines=[line],
        url=portal_url(plan.organization, "development:plan", plan_id=plan.pk),
    )
