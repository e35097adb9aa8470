"""What this room tells in the case file of an employee: plans on their way, actions done, years with the house.

What somebody wrote of themself stays on the pages of the plan; the case file says that it happened. Years are left out
of whoever does not want to appear.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from development.enums import ActionStatus, DevelopmentStatus
from development.models import DevelopmentAction, DevelopmentMove
from development.selectors.milestones import years_of, years_words
from development.selectors.plans import plans_about
from feedback.selectors.recognition import is_opted_out
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield the moves of the plans the reader may see, the actions done, and anniversaries; four statements."""
    plans = set(plans_about(member, employee).values_list("pk", flat=True))
    if plans:
        yield from _moves(member, plans)
        yield from _done(member, plans)
    yield from _years(employee)


def _moves(member: Membership, plans: set[int]) -> Iterator[TimelineEvent]:
    titles = _titles()
    moves = DevelopmentMove.objects.filter(plan__in=plans, target__in=list(titles)).exclude(source="")
    for move in moves.select_related("actor__user"):
        yield TimelineEvent(
            at=move.at,
            room="development",
            kind=TimelineKind.DEVELOPMENT,
            title=titles[DevelopmentStatus(move.target)],
            by=str(move.actor or ""),
            url=portal_url(member.organization, "development:plan", plan_id=move.plan_id),
            tone="key" if move.target in (DevelopmentStatus.APPROVED, DevelopmentStatus.CLOSED) else "",
            about=("development_plan", move.plan_id),
        )


def _titles() -> dict[DevelopmentStatus, str]:
    return {
        DevelopmentStatus.SUBMITTED: _("Development plan submitted"),
        DevelopmentStatus.DRAFTED: _("Development plan back as a draft"),
        DevelopmentStatus.APPROVED: _("Development plan approved"),
        DevelopmentStatus.CLOSED: _("Development plan closed"),
        DevelopmentStatus.WITHDRAWN: _("Development plan withdrawn"),
    }


def _done(member: Membership, plans: set[int]) -> Iterator[TimelineEvent]:
    done = DevelopmentAction.objects.filter(plan__in=plans, status=ActionStatus.DONE).select_related("owner")
    for action in done:
        if action.done_on is not None:
            yield TimelineEvent(
                at=action.done_on,
                room="development",
                kind=TimelineKind.DEVELOPMENT,
                title=Truncator(_("Development action done: %(title)s") % {"title": action.title}).chars(200),
                by=action.owner.full_name,
                url=portal_url(member.organization, "development:action", action_id=action.pk),
                about=("development_plan", action.plan_id),
            )


def _years(employee: Employee) -> Iterator[TimelineEvent]:
    marked = years_of(employee, timezone.localdate())
    if marked and not is_opted_out(employee):
        for years, day in marked:
            yield TimelineEvent(
                at=day, room="development", kind=TimelineKind.EMPLOYMENT, title=years_words(years), tone="key"
            )
