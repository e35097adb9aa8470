"""What the page of a plan is made of: the next step, the line of time, the readings, the history, the readers."""

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for, managers_above
from pipcycle.ui.plan_line import Gap, Mark, PlanLine, draw_plan_line
from pips.days import today_for
from pips.enums import AppealStatus, CheckStatus, Direction, NoteKind, PlanStatus
from pips.models import DataCheck, Expectation, Milestone, Plan, PlanCompanion
from pips.readings import MetricReading, is_held, level_to_hold, readings_of
from pips.selectors.voice import Voice
from pips.services.dates import clock_of

#: What is said about each state to whoever has nothing to do in it.
STANDING_WORDS: dict[str, Promise] = {
    PlanStatus.DRAFT: gettext_lazy("Being written. The employee sees nothing of it yet."),
    PlanStatus.IN_REVIEW: gettext_lazy("HR is reviewing it. The manager is told as soon as they have decided."),
    PlanStatus.CHANGES_REQUESTED: gettext_lazy("HR has asked for changes. The manager revises the draft."),
    PlanStatus.APPROVED: gettext_lazy("HR has approved it. The manager hands it to the employee next."),
    PlanStatus.ISSUED: gettext_lazy("Handed over. It becomes active once its receipt is recorded."),
    PlanStatus.ACTIVE: gettext_lazy("Running. Both sides record their view at each check-in and milestone."),
    PlanStatus.PAUSED: gettext_lazy("Leave has stopped the clock. It goes on by itself after the last day of leave."),
    PlanStatus.EXTENDED: gettext_lazy("Extended. The new end is acknowledged next."),
    PlanStatus.DECIDED: gettext_lazy("Decided. After a success the manager looks back after 30, 90 and 180 days."),
    PlanStatus.FOLLOWED_UP: gettext_lazy("Followed up to the end. HR closes it."),
    PlanStatus.CLOSED: gettext_lazy("Closed. The record is kept and no longer changes."),
}


def standing_words(plan: Plan) -> str:
    """Return what is going on, for a reader who has nothing to do."""
    if plan.status == PlanStatus.ISSUED and plan.acknowledged_at is not None and plan.starts_on is not None:
        return _("Receipt is recorded. The plan becomes active on %(day)s, its first day.") % {
            "day": date_format(plan.starts_on, "j F Y")
        }
    return str(STANDING_WORDS[plan.status])


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One figure beside its target."""

    milestone: Milestone
    value: Decimal | None
    is_met: bool | None
    is_held: bool | None = None
    is_under_check: bool = False
    verdict: str = ""


@dataclass(frozen=True, kw_only=True)
class ExpectationRow:
    """An expectation with a reading for each milestone, empty where none was taken."""

    expectation: Expectation
    readings: list[Reading]
    measured: MetricReading | None = None
    is_under_check: bool = False


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One thing that happened to the plan."""

    title: str
    at: datetime.datetime
    by: str
    body: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Readers:
    """Everybody who can open the plan today."""

    managers: list[str] = field(default_factory=list)
    hr_partners: list[str] = field(default_factory=list)
    employee: str = ""
    guests: list[tuple[str, str]] = field(default_factory=list)


def is_reached(expectation: Expectation, value: Decimal | None) -> bool | None:
    """Return whether the figure reaches the target; None when there is nothing to compare."""
    if value is None or expectation.target is None:
        return None
    if expectation.direction == Direction.AT_LEAST:
        return value >= expectation.target
    return value <= expectation.target


def expectation_rows(plan: Plan, checks: Iterable[DataCheck] = ()) -> list[ExpectationRow]:
    """Return the expectations with their readings, one column for each milestone, and what their metric says now.

    ``checks`` are the data checks of the plan: a reading under check is marked.
    """
    under_check = {(check.expectation_id, check.reading_id) for check in checks if check.status == CheckStatus.OPEN}
    expectations = list(plan.expectations.all())
    measured = readings_of(expectations, plan.employee_id, today_for(plan.employee)) if plan.is_running else {}
    return [
        ExpectationRow(
            expectation=expectation,
            readings=list(_readings(plan, expectation, under_check)),
            measured=measured.get(expectation.pk),
            is_under_check=(expectation.pk, None) in under_check,
        )
        for expectation in expectations
    ]


def _readings(
    plan: Plan, expectation: Expectation, under_check: AbstractSet[tuple[int, int | None]]
) -> Iterator[Reading]:
    """Yield a reading for each milestone; what was reached at one is to be held at the next."""
    earlier: list[Decimal | None] = []
    for milestone in plan.milestones.all():
        found = next((one for one in milestone.readings.all() if one.expectation_id == expectation.pk), None)
        value = found.value if found else None
        yield Reading(
            milestone=milestone,
            value=value,
            is_met=is_reached(expectation, value),
            is_held=is_held(expectation.direction, level_to_hold(expectation.direction, earlier), value),
            is_under_check=found is not None and (expectation.pk, found.pk) in under_check,
            verdict=str(found.get_verdict_display()) if found and found.verdict else "",
        )
        earlier.append(value)


def line_of(plan: Plan) -> PlanLine | None:
    """Return the plan's line of time once it has been issued, with leave as gaps."""
    if plan.starts_on is None or plan.ends_on is None:
        return None
    today = timezone.localdate()
    pauses = clock_of(plan).pauses
    return draw_plan_line(
        start=plan.starts_on,
        end=plan.ends_on,
        today=today,
        marks=[
            Mark(
                label=_("Day %(day)d") % {"day": milestone.day},
                on=milestone.due_on,
                original=milestone.planned_on,
                is_done=milestone.manager_recorded_at is not None,
                note=milestone.clock_explanation,
            )
            for milestone in plan.milestones.all()
            if milestone.due_on is not None
        ],
        gaps=[
            Gap(start=pause.starts_on, end=pause.ends_on, label=_("Ramp-up") if pause.is_ramp_up else _("Leave"))
            for pause in pauses
        ],
    )


def explanations_of(plan: Plan) -> list[str]:
    """Return why dates stand where they stand: the clock's own sentences, each once."""
    sentences = [line for m in plan.milestones.all() for line in m.clock_explanation.splitlines() if line.strip()]
    return list(dict.fromkeys(sentences))


def history_of(plan: Plan, more: Iterable[HistoryEntry] = (), *, since_issue: bool) -> list[HistoryEntry]:
    """Return what happened, newest first. The employee gets it from the issue on: the review before was not theirs."""
    start = plan.issued_at if since_issue else None
    entries = [entry for entry in (*_entries(plan), *more) if start is None or entry.at >= start]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


#: Notes that only repeat the reason of a move, and moves that a note tells better.
_TOLD_BY_MOVE = frozenset({NoteKind.SUBMITTED, NoteKind.CHANGES_REQUESTED, NoteKind.DECIDED, NoteKind.DISCARDED})
_TOLD_BY_NOTE = frozenset({PlanStatus.APPROVED, PlanStatus.ISSUED})


def _entries(plan: Plan) -> Iterator[HistoryEntry]:
    for move in plan.transitions.all():
        if move.target not in _TOLD_BY_NOTE:
            kind = "warning" if move.target == PlanStatus.CHANGES_REQUESTED else "key"
            by = str(move.actor or _("The calendar"))
            yield HistoryEntry(title=move.get_target_display(), at=move.at, by=by, body=move.reason, kind=kind)
    for note in plan.notes.all():
        if note.kind not in _TOLD_BY_MOVE:
            kind = {NoteKind.CLOCK: "warning", NoteKind.COMMENT: ""}.get(NoteKind(note.kind), "key")
            by = str(note.author or _("The calendar"))
            yield HistoryEntry(title=note.get_kind_display(), at=note.at, by=by, body=note.body, kind=kind)


def _companion_words(companion: PlanCompanion) -> str:
    kind = str(companion.get_kind_display())
    return _("%(kind)s, from outside") % {"kind": kind} if companion.member.is_guest else kind


def readers_of(plan: Plan, voice: Voice) -> Readers:
    """Return by name who can open the plan: a reader of a plan is never a secret (DESIGN.md, "Roles and access")."""
    guests = [(str(one.member), _companion_words(one)) for one in voice.companions]
    if plan.status == PlanStatus.CLOSED:
        guests = []
    if voice.appeal is not None and voice.appeal.status == AppealStatus.ASSIGNED:
        guests.append((str(voice.appeal.reviewer), _("looks at the appeal")))
    partners = [partner for partner in hr_partners_for(plan.employee) if employee_of(partner) != plan.employee]
    return Readers(
        managers=[manager.full_name for manager in managers_above(plan.employee)],
        hr_partners=[str(partner) for partner in partners],
        employee=plan.employee.full_name if plan.issued_at else "",
        guests=guests,
    )
