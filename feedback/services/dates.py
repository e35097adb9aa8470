"""When the two of a series meet: their diaries, the sentence that explains a day, and moving it around leave."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.enums import FormKind
from documents.selectors.templates import current_form
from feedback.check_in_enums import CheckInStatus
from feedback.check_in_obligations import ABOUT_CHECK_IN, Owed
from feedback.models import CheckIn, CheckInSeries
from feedback.next_date import Diary, Hindrance, Obstacle, Proposal, next_wanted, obstacles_on, propose
from feedback.note_form import opening_words
from people.models import Employee, Leave, Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError
from reminders.services.obligations import move, owe

REASON_LENGTH = 300


def diaries_of(series: CheckInSeries) -> list[Diary]:
    """Return the diaries of the two; one query for the leaves of both."""
    two = (series.employee, series.leader)
    leaves: dict[int, list[tuple[datetime.date, datetime.date | None]]] = {person.pk: [] for person in two}
    for owner, first, last in Leave.objects.filter(employee__in=two).values_list("employee", "starts_on", "ends_on"):
        leaves[owner].append((first, last))
    return [Diary(person.full_name, calendar_for(person), leaves[person.pk]) for person in two]


def words_for(obstacles: Iterable[Obstacle], day: datetime.date) -> str:
    """Return what stands in the way of a day, as sentences for both to read; of leave never why."""
    when = date_format(day, "D j M")
    sentences = []
    for obstacle in obstacles:
        facts = {"day": when, "name": obstacle.name, "holiday": obstacle.holiday}
        if obstacle.kind == Hindrance.AWAY:
            sentences.append(_("%(name)s is away on %(day)s.") % facts)
        elif obstacle.kind == Hindrance.HOLIDAY:
            sentences.append(_("%(day)s is a holiday for %(name)s: %(holiday)s.") % facts)
        else:
            sentences.append(_("%(day)s is not a working day for %(name)s.") % facts)
    return " ".join(dict.fromkeys(sentences))[:REASON_LENGTH]


def proposal_after(series: CheckInSeries, check_in: CheckIn, *, after: datetime.date) -> Proposal:
    """Return the day to propose for the check-in that follows this one, counted from the day it was held."""
    wanted = next_wanted(check_in.wanted_on, every_weeks=series.every_weeks, after=after)
    not_before = max(timezone.localdate(), after + datetime.timedelta(days=1))
    return propose(wanted, diaries_of(series), not_before=not_before)


def require_day_for_both(series: CheckInSeries, day: datetime.date) -> None:
    """Raise DomainError for a day in the past, or one that does not suit both; it names the next one that does."""
    if day < timezone.localdate():
        raise DomainError(_("This day has passed. Choose one from today on."))
    diaries = diaries_of(series)
    obstacles = obstacles_on(day, diaries)
    if obstacles:
        free = propose(day, diaries, not_before=timezone.localdate()).day
        raise DomainError(
            _("%(why)s %(day)s suits both of you.")
            % {"why": words_for(obstacles, day), "day": date_format(free, "D j M")}
        )


def plan_check_in(
    series: CheckInSeries,
    *,
    wanted_on: datetime.date,
    chosen_on: datetime.date | None,
    diaries: Sequence[Diary] | None = None,
) -> CheckIn:
    """Plan the next check-in of the series and let its leader owe it; the caller holds the series."""
    base = chosen_on or wanted_on
    proposal = propose(base, diaries or diaries_of(series), not_before=timezone.localdate())
    version, form = current_form(FormKind.CHECK_IN)
    check_in = CheckIn.objects.create(
        series=series,
        form_version=version,
        notes=opening_words(form),
        wanted_on=wanted_on,
        chosen_on=chosen_on,
        planned_on=proposal.day,
        date_reason=words_for(proposal.obstacles, base) if proposal.day != base else "",
    )
    owe_check_in(series, check_in)
    return check_in


def owe_check_in(series: CheckInSeries, check_in: CheckIn) -> None:
    """Let the leader owe holding and recording the check-in on its day."""
    owe(
        kind=Owed.HOLD,
        about_type=ABOUT_CHECK_IN,
        about_id=check_in.pk,
        due_on=check_in.planned_on,
        owner=series.leader,
        employee=series.employee,
    )


def set_day(check_in: CheckIn, proposal: Proposal, *, reason: str) -> None:
    """Move a planned check-in and what is owed for it to the day."""
    check_in.planned_on = proposal.day
    check_in.date_reason = reason[:REASON_LENGTH]
    check_in.save(update_fields=["planned_on", "date_reason", "chosen_on"])
    move(kind=Owed.HOLD, about_type=ABOUT_CHECK_IN, about_id=check_in.pk, due_on=proposal.day, reason=reason)


def leaves_changed(employee: Employee, actor: Membership | None) -> None:
    """Move the planned check-ins of the employee, as either of the two, around their leave; an observer of leave.

    Leave that is taken back gives the day of the rhythm back. What was missed while both were there stays missed.
    """
    planned = CheckIn.objects.select_related(
        "series__employee__location", "series__employee__organization",
        "series__leader__location", "series__leader__organization",
    ).filter(
        Q(series__employee=employee) | Q(series__leader=employee), status=CheckInStatus.PLANNED
    )  # fmt: skip
    today = timezone.localdate()
    for check_in in planned.select_for_update(of=("self",), no_key=True):
        base = check_in.chosen_on or check_in.wanted_on
        diaries = diaries_of(check_in.series)
        if not _may_move(check_in, base, diaries, today):
            continue
        proposal = propose(base, diaries, not_before=today)
        if proposal.day != check_in.planned_on:
            set_day(check_in, proposal, reason=words_for(proposal.obstacles, base) if proposal.obstacles else "")


def _may_move(check_in: CheckIn, base: datetime.date, diaries: Sequence[Diary], today: datetime.date) -> bool:
    """Return whether a change of leave concerns the check-in: one is away that day, or may be back for it."""
    if any(diary.is_away(check_in.planned_on) for diary in diaries):
        return True
    return base >= today and check_in.planned_on >= today
