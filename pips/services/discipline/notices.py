"""Immediate notices of a disciplinary action: that something happened and where to read it, never what it says."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for
from pips.models import DisciplinaryAction
from reminders.services.notices import notify

type Line = str | Promise


def tell_of_action(
    action: DisciplinaryAction,
    *,
    event: str,
    to: Iterable[Employee],
    subject: Line,
    lines: list[Line],
    actor: Membership | None,
) -> None:
    """Write one notice each; ``event`` makes its key, and nobody is told what they did themselves."""
    own = employee_of(actor) if actor is not None else None
    url = portal_url(action.organization, "discipline:action_detail", action_id=action.pk)
    for person in to:
        if own is None or own.pk != person.pk:
            notify(key=f"action:{action.pk}:{event}:{person.pk}", to=person, subject=subject, lines=lines, url=url)


def partners_of(action: DisciplinaryAction) -> list[Employee]:
    """Return the HR partners who serve the employee and are not the employee."""
    partners = (employee_of(partner) for partner in hr_partners_for(action.employee))
    return [own for own in partners if own is not None and own.pk != action.employee_id]


def tell_reviewers_of_action(action: DisciplinaryAction, *, event: str, actor: Membership) -> None:
    """Tell HR that an action awaits its review."""
    tell_of_action(
        action,
        event=event,
        to=partners_of(action),
        subject=_("A document awaits your review"),
        lines=[_("A document was submitted that needs an HR partner's review before it can be handed over.")],
        actor=actor,
    )
