"""What the home page shows: obligations as rows, grouped by how soon they are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.models import Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_visible_to
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.registry import kind_for
from reminders.selectors import obligations_overdue_below, obligations_owed_by

SOON = timedelta(days=7)
LATER = "later"
FIRST_LATER = 5
KEPT_WITHIN = timedelta(days=90)
SMALLEST_FIGURE = 5
"""Figures under five stay hidden (rule 25)."""


@dataclass(frozen=True)
class TodoRow:
    """One obligation as a reader sees it."""

    title: str | Promise
    url: str
    due_on: date
    about: str = ""
    owner: str = ""
    is_shared: bool = False
    moved_reason: str = ""


@dataclass(frozen=True)
class TodoGroup:
    """The rows that are about equally pressing."""

    key: str
    title: str
    rows: Sequence[TodoRow]

    @property
    def shown(self) -> Sequence[TodoRow]:
        """The rows shown at once: all that are pressing, the first few of the others."""
        return self.rows[:FIRST_LATER] if self.key == LATER else self.rows

    @property
    def folded(self) -> Sequence[TodoRow]:
        """The rows shown on request."""
        return self.rows[len(self.shown) :]


@dataclass(frozen=True)
class ProcessFigures:
    """How the organization keeps its promises; None stands for a figure too small to show."""

    kept: int | None
    kept_late: int | None
    overdue: int | None


def todo_groups(member: Membership, *, today: date) -> Sequence[TodoGroup]:
    """Return what the member owes, the most pressing first; empty groups are left out."""
    rows = _rows(member, obligations_owed_by(member))
    week = today + SOON
    groups = [
        TodoGroup("overdue", _("Overdue"), [row for row in rows if row.due_on < today]),
        TodoGroup("today", _("Today"), [row for row in rows if row.due_on == today]),
        TodoGroup("week", _("In the next 7 days"), [row for row in rows if today < row.due_on <= week]),
        TodoGroup(LATER, _("Later"), [row for row in rows if row.due_on > week]),
    ]
    return [group for group in groups if group.rows]


def team_overdue(member: Membership) -> Sequence[TodoRow]:
    """Return what people below the member have not done in time."""
    return _rows(member, obligations_overdue_below(member), as_action=False)


def process_figures(*, today: date) -> ProcessFigures:
    """Return how the promises of the last 90 days were kept, over the whole organization and without names."""
    kept = Q(status=ObligationStatus.FULFILLED, closed_on__gte=today - KEPT_WITHIN)
    counts = Obligation.objects.aggregate(
        kept=Count("pk", filter=kept & Q(closed_on__lte=F("due_on"))),
        kept_late=Count("pk", filter=kept & Q(closed_on__gt=F("due_on"))),
        overdue=Count("pk", filter=Q(status=ObligationStatus.OPEN, due_on__lt=today)),
    )
    shown = {name: count if count >= SMALLEST_FIGURE else None for name, count in counts.items()}
    return ProcessFigures(**shown)


def _rows(member: Membership, obligations: Iterable[Obligation], *, as_action: bool = True) -> list[TodoRow]:
    found = list(obligations)
    own = employee_of(member)
    concerned = {obligation.employee_id for obligation in found if obligation.employee_id}
    others = concerned - {own.pk if own else None}
    known: set[int] = set()
    if others:
        known = set(employees_visible_to(member).filter(pk__in=others).values_list("pk", flat=True))
    return [_row(obligation, known, as_action=as_action) for obligation in found]


def _row(obligation: Obligation, known: set[int], *, as_action: bool) -> TodoRow:
    kind = kind_for(obligation.kind)
    is_known = obligation.employee is not None and obligation.employee_id in known
    is_moved = bool(obligation.moved_reason) and obligation.first_due_on != obligation.due_on
    return TodoRow(
        title=kind.action if as_action else kind.title,
        url=kind.url(obligation),
        due_on=obligation.due_on,
        about=obligation.employee.full_name if is_known and obligation.employee else "",
        owner=obligation.owner.full_name if obligation.owner else "",
        is_shared=bool(obligation.owner_role),
        moved_reason=obligation.moved_reason if is_moved else "",
    )


def reader_today() -> date:
    """Return the day of the reader, whose zone the middleware has set."""
    return timezone.localdate()
