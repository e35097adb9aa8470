"""Check-ins of the demo manager's team, told through the real services on the days they would have happened."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, cycle

from django.utils import timezone

from demo.seed import check_in_texts as texts
from demo.seed.check_in_texts import Talk
from demo.seed.stage import days_ago, member_of, on
from feedback.check_in_enums import Rhythm
from feedback.models import CheckIn, CheckInSeries
from feedback.next_date import propose
from feedback.selectors.check_ins import open_agenda
from feedback.services.actions import add_action, finish_action
from feedback.services.agenda import add_item, mark_talked
from feedback.services.check_ins import record_check_in, skip_check_in
from feedback.services.dates import diaries_of
from feedback.services.notes import save_private_note, save_shared_notes
from feedback.services.series import start_series
from people.enums import EmployeeStatus
from people.models import Employee, Membership


@dataclass(frozen=True)
class Story:
    """How often two people meet, what they say, from when on, and since how many days nobody has recorded one."""

    rhythm: Rhythm
    begins: int
    talks: Sequence[Talk]
    skips: Sequence[int] = ()
    unrecorded_since: int = 0
    agenda: Sequence[tuple[bool, str]] = ()


#: By place in the demo manager's team; the first is the demo employee. The rest of the team has none yet.
STORIES = (
    Story(Rhythm.TWO_WEEKS, begins=78, talks=texts.TALKS, skips=(3,), agenda=texts.AGENDA),
    Story(Rhythm.TWO_WEEKS, begins=60, talks=texts.SHORT, unrecorded_since=7, agenda=texts.SHORT_AGENDA),
    Story(Rhythm.WEEKLY, begins=60, talks=texts.SHORT, unrecorded_since=16),
    Story(Rhythm.FOUR_WEEKS, begins=88, talks=texts.SHORT, skips=(1,)),
)
WITH_OWN_MANAGER = Story(Rhythm.FOUR_WEEKS, begins=80, talks=texts.ABOVE, agenda=texts.ABOVE_AGENDA)


def create_check_ins(signed_in: dict[str, Employee]) -> None:
    """Tell every story inside the open tenant context."""
    manager = signed_in["manager"]
    others = manager.direct_reports.exclude(pk=signed_in["employee"].pk).filter(status=EmployeeStatus.ACTIVE)
    for story, employee in zip(STORIES, [signed_in["employee"], *others.order_by("number")], strict=False):
        tell(story, employee, manager)
    if manager.manager is not None:
        tell(WITH_OWN_MANAGER, manager, manager.manager)


def tell(story: Story, employee: Employee, leader: Employee) -> CheckInSeries:
    """Hold one check-in after the other, each on its day, up to today or to the day nothing was recorded any more."""
    boss, one = member_of(leader), member_of(employee)
    begins_on, noticed_on = days_ago(story.begins), days_ago(2)
    with on(begins_on):
        pair = CheckInSeries(employee=employee, leader=leader)
        first_on = propose(begins_on, diaries_of(pair), not_before=begins_on).day
        series = start_series(actor=boss, other=employee, every_weeks=story.rhythm, first_on=first_on)
    last_day = timezone.localdate() - datetime.timedelta(days=max(story.unrecorded_since, 1))
    check_in = CheckIn.objects.get(series=series)
    places = count()
    talks = cycle(story.talks)
    while check_in.planned_on <= last_day:
        check_in.series = series
        with on(check_in.planned_on):
            if next(places) in story.skips:
                check_in = skip_check_in(actor=boss, check_in=check_in, reason=texts.SKIPPED)
            else:
                check_in = _hold(check_in, next(talks), boss=boss, one=one)
    for by_leader, title in story.agenda:
        with on(noticed_on):
            add_item(actor=boss if by_leader else one, series=series, title=title)
    return series


def _hold(check_in: CheckIn, talk: Talk, *, boss: Membership, one: Membership) -> CheckIn:
    series = check_in.series
    for by_leader, title in talk.points:
        add_item(actor=boss if by_leader else one, series=series, title=title)
    for item in open_agenda(series)[: len(talk.points)]:
        item.series = series
        mark_talked(actor=boss, item=item, check_in=check_in)
    if talk.notes:
        save_shared_notes(actor=boss, check_in=check_in, body=talk.notes, base="")
    if talk.private:
        save_private_note(actor=boss, check_in=check_in, body=talk.private, base="")
    if talk.own_private:
        save_private_note(actor=one, check_in=check_in, body=talk.own_private, base="")
    for by_leader, title, days, is_done in talk.actions:
        action = add_action(
            actor=boss,
            series=series,
            title=title,
            owner=series.leader if by_leader else series.employee,
            due_on=check_in.planned_on + datetime.timedelta(days=days),
            agreed_in=check_in,
        )
        if is_done:
            finish_action(actor=boss if by_leader else one, action=action)
    return record_check_in(actor=boss, check_in=check_in, held_on=check_in.planned_on)
