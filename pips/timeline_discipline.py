"""What disciplinary actions tell in the case file of an employee; the employee gets it from the issue on."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.rules import can_see_reads, is_self
from people.selectors.case_file import read_events
from pips.discipline_rules import appeal_of
from pips.models import DisciplinaryAction, DisciplineMove
from pips.obligations import About
from pips.selectors.discipline import actions_about


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield the moves of each action the reader may read, its appeal, and for HR who has read it; three statements."""
    actions = list(
        actions_about(member, employee)
        .select_related("appeal__decided_by__user")
        .prefetch_related(Prefetch("moves", DisciplineMove.objects.select_related("actor__user")))
    )
    is_own = is_self(member, employee)
    for action in actions:
        yield from _moves(member, action, is_own=is_own)
        yield from _appeal(member, action)
    if actions and can_see_reads(member, employee):
        titles = {str(action.pk): action.title for action in actions}
        abouts = {key: (str(About.ACTION), int(key)) for key in titles}
        yield from read_events(About.ACTION, titles, since=since, until=until, abouts=abouts)


def _moves(member: Membership, action: DisciplinaryAction, *, is_own: bool) -> Iterator[TimelineEvent]:
    for move in action.moves.all():
        if is_own and (action.issued_at is None or move.at < action.issued_at):
            continue
        title = f"{action.title}: {move.get_target_display()}"
        by = str(move.actor or _("The calendar"))
        yield _event(member, action, move.at, title, body=move.reason, by=by, tone="key")


def _appeal(member: Membership, action: DisciplinaryAction) -> Iterator[TimelineEvent]:
    appeal = appeal_of(action)
    if appeal is None:
        return
    title = _("Appeal filed: %(action)s") % {"action": action.title}
    yield _event(member, action, appeal.filed_at, title, body=appeal.grounds)
    if appeal.decided_at is not None:
        words = {"decision": appeal.get_decision_display(), "action": action.title}
        title = _("Appeal decided (%(decision)s): %(action)s") % words
        by = str(appeal.decided_by or "")
        yield _event(member, action, appeal.decided_at, title, body=appeal.reasons, by=by, tone="key")


def _event(
    member: Membership,
    action: DisciplinaryAction,
    at: datetime.datetime,
    title: str,
    *,
    body: str = "",
    by: str = "",
    tone: str = "",
) -> TimelineEvent:
    return TimelineEvent(
        at=at,
        room="pips",
        kind=TimelineKind.DISCIPLINE,
        title=title,
        body=body,
        by=by,
        url=portal_url(member.organization, "discipline:action_detail", action_id=action.pk),
        tone=tone,
        about=(About.ACTION, action.pk),
    )
