"""Immediate notices of a plan: that something happened and where to read it, never what it says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for
from pips.models import Plan
from reminders.services.notices import notify

type Line = str | Promise


def plan_url(plan: Plan) -> str:
    """Return the path of the plan's page."""
    return portal_url(plan.organization, "pips:plan_detail", plan_id=plan.pk)


def tell(
    *, plan: Plan, event: str, to: Employee, subject: Line, lines: list[Line], actor: Membership | None = None
) -> None:
    """Write one notice; ``event`` makes its key, and nobody is told what they did themselves."""
    own = employee_of(actor) if actor is not None else None
    if own is not None and own.pk == to.pk:
        return
    notify(key=f"plan:{plan.pk}:{event}:{to.pk}", to=to, subject=subject, lines=lines, url=plan_url(plan))


def tell_reviewers(plan: Plan, *, event: str, actor: Membership) -> None:
    """Tell the HR partners who serve the employee, and are not the employee, that a plan awaits review."""
    for partner in hr_partners_for(plan.employee):
        own = employee_of(partner)
        if own is not None and own.pk != plan.employee_id:
            tell(
                plan=plan,
                event=event,
                to=own,
                subject=_("A plan awaits your review"),
                lines=[_("A manager has submitted a plan. It needs an HR partner's review before it can be issued.")],
                actor=actor,
            )


def tell_both(plan: Plan, *, event: str, subject: Line, lines: list[Line], actor: Membership | None) -> None:
    """Tell the employee and the manager."""
    for person in (plan.employee, plan.manager):
        tell(plan=plan, event=event, to=person, subject=subject, lines=lines, actor=actor)
