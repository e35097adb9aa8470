"""Taking rows in: stage them, read them, and write (or only count) what they say, in the caller's transaction."""

import datetime
import zoneinfo
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from metrics.ingest.numbers import NumberStyle, usual_style
from metrics.ingest.report import IngestReport, RefusedRow, Remark, RowTuple
from metrics.models import ObservationBatch
from metrics.services import ingest_statements as statements
from metrics.services import staging, write_statements
from metrics.services.changes import series_changed
from metrics.services.leave_off import take_leave_off
from people.imports.dates import DateOrder
from people.imports.profile import fallback_order
from people.models import Organization
from pipcycle.tenancy.models import current_organization_id

_REFUSED_AT_ONCE = 10_000
_MANY_SERIES = 500


@dataclass(frozen=True, kw_only=True)
class Styles:
    """How the source writes dates and numbers, where that is known; else the values themselves decide."""

    date_order: DateOrder | None = None
    numbers: NumberStyle | None = None


class RefusedRows(Collection[RefusedRow]):
    """The refused rows by line: the first ten thousand at hand, the others read while the transaction is open."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._first = self._page(0)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RefusedRow]:
        yield from self._first
        for after in range(_REFUSED_AT_ONCE, self._count, _REFUSED_AT_ONCE):
            yield from self._page(after)

    def __contains__(self, row: object) -> bool:
        return any(row == other for other in self)

    def __getitem__(self, place: int) -> RefusedRow:
        return self._first[place]

    def _page(self, after: int) -> list[RefusedRow]:
        if not self._count:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statements.REFUSED_PAGE, {"after": after, "through": after + _REFUSED_AT_ONCE})
            return [RefusedRow(*row) for row in cursor.fetchall()]


@dataclass
class IngestRun:
    """One run over the rows; ``stage`` first, then either ``write`` or ``count``."""

    cursor: CursorWrapper
    styles: Styles
    batch: ObservationBatch | None = None
    reason: str = ""
    rows: int = 0
    taken: int = 0
    refused: Collection[RefusedRow] = ()
    refusals: dict[str, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def stage(self, rows: Iterable[RowTuple]) -> None:
        """Copy the rows and read what each says, or why it is refused. Locks nothing."""
        prepare(self.cursor)
        organization = Organization.objects.get(pk=current_organization_id() or 0)
        self.cursor.execute(statements.STAGE)
        staged = staging.copy_rows(self.cursor, rows)
        self.rows = staged.rows
        self.cursor.execute(statements.said(is_plain=staged.is_plain))
        for statement in (statements.METRICS, statements.EMPLOYEES, statements.DAY_TEXTS):
            self._execute(statement)
        self.cursor.execute(statements.INDEX_DAY_TEXTS)
        self.cursor.execute(statements.DAYS)
        today = timezone.localdate(timezone=zoneinfo.ZoneInfo(organization.time_zone))
        self.remarks += staging.read_days(
            self.cursor,
            today=today,
            chosen=self.styles.date_order,
            fallback=fallback_order(organization.country),
        )
        is_plain, remarks = staging.read_number_styles(
            self.cursor, staged, chosen=self.styles.numbers, fallback=usual_style(organization.country)
        )
        self.remarks += remarks
        self.cursor.execute("ANALYZE observation_metric; ANALYZE observation_employee; ANALYZE observation_day")
        batch = self.batch.pk if self.batch else None
        self._execute(statements.wanted(is_plain=is_plain), today=today, batch=batch)
        self._count_wanted(statements.refused(is_plain=is_plain), today=today)

    def write(self) -> IngestReport:
        """Write the values under a lock of the organization's observations; keep what they replace as corrections."""
        assert self.batch is not None  # noqa: S101  # a run that writes has one
        lock_observations(self.cursor)
        omitted = self._take_leave_off()
        self._execute(write_statements.CREATE_SERIES)
        if self.cursor.rowcount >= _MANY_SERIES:  # else references are checked by a plan for the few there were
            self.cursor.execute("ANALYZE (SKIP_LOCKED) metrics_series")
        self.cursor.execute(write_statements.CHANGED)
        (has_omitted,) = (True,) if omitted else self._select_one(write_statements.ANY_OMITTED)
        if has_omitted:
            self._execute(write_statements.MOVE_TO_OMITTED)
            self._execute(write_statements.MOVE_TO_OBSERVATIONS)
        given = {"reason": self.reason, "keeps_corrections": True}
        self._execute(write_statements.SERIES)
        self.cursor.execute("ANALYZE observation_series")
        self.cursor.execute(write_statements.CHECK_AT_ONCE)
        self._execute(write_statements.WRITE_NEW)
        certainly_new = self.cursor.rowcount
        if certainly_new:
            self._execute(write_statements.NOTE_NEW)
        if certainly_new + omitted < self.taken:
            self._execute(write_statements.WRITE_OBSERVATIONS, **given)
        self.cursor.execute(write_statements.CHECK_LATER)
        if has_omitted:
            self._execute(write_statements.WRITE_OMITTED, **given)
        new, corrected = self._select_one(write_statements.COUNT_CHANGED)
        series_changed(self.cursor, may_vanish=bool(has_omitted))
        return self._report(new=new, corrected=corrected, unchanged=self.taken - new - corrected, omitted=omitted)

    def count(self) -> IngestReport:
        """Return what a write would do, without writing."""
        self._take_leave_off()
        new, corrected, unchanged, omitted = self._select_one(write_statements.COUNT_WOULD)
        return self._report(new=new, corrected=corrected, unchanged=unchanged, omitted=omitted)

    def refuse_all(self) -> IngestReport:
        """Return the report of rows of which none is taken, because one is refused."""
        return self._report(new=0, corrected=0, unchanged=0, omitted=0)

    def _count_wanted(self, refuse: str, *, today: datetime.date) -> None:
        """Refuse periods with two different values, and count what is taken, what repeats and what is refused."""
        self.cursor.execute(statements.PAIRS)
        self.taken, taken_rows, repeated, moved, has_conflicts = self._select_one(statements.COUNT_WANTED)
        if has_conflicts or taken_rows < self.rows:
            self._execute(refuse, today=today)
            self.cursor.execute(statements.INDEX_REFUSED)
            self.cursor.execute(statements.COUNT_REFUSALS)
            self.refusals = dict(self.cursor.fetchall())
        if has_conflicts:
            self.cursor.execute(statements.DROP_CONFLICTS)
            self._pair_again()
            self.taken, taken_rows, repeated, moved, _none_left = self._select_one(statements.COUNT_WANTED)
        told = {"repeated": repeated, "period_normalised": moved}
        self.remarks += [Remark(code, count) for code, count in told.items() if count]
        self.refused = RefusedRows(self.rows - taken_rows)

    def _take_leave_off(self) -> int:
        """Take leave off; return how many of the wanted values lie wholly in one."""
        omitted, shortened = take_leave_off(self.cursor)
        if omitted:
            self._pair_again()
        told = {"on_leave": omitted, "leave_taken_off": shortened}
        self.remarks += [Remark(code, count) for code, count in told.items() if count]
        return omitted

    def _pair_again(self) -> None:
        self.cursor.execute(statements.FORGET_PAIRS)
        self.cursor.execute(statements.PAIRS)

    def _report(self, **counts: int) -> IngestReport:
        return IngestReport(
            batch=self.batch,
            rows=self.rows,
            refused=self.refused,
            refusals=self.refusals,
            remarks=self.remarks,
            **counts,
        )

    def _execute(self, statement: str, **given: Any) -> None:
        self.cursor.execute(statement, {"organization": current_organization_id(), **given})

    def _select_one(self, statement: str) -> tuple[Any, ...]:
        self._execute(statement)
        row: tuple[Any, ...] = self.cursor.fetchone()
        return row


def prepare(cursor: CursorWrapper) -> None:
    """Forget the tables of an earlier run in this transaction, and let sorts and joins of sets use some memory."""
    names = ", ".join(f"pg_temp.{name}" for name in statements.TABLES)
    cursor.execute(f"DROP TABLE IF EXISTS {names}")
    cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL client_min_messages = warning")


def lock_observations(cursor: CursorWrapper) -> None:
    """Let one writer of the organization's observations at a time, until the end of the transaction.

    Rollups, formulas and facts of a series rest on all its observations: two writers would each miss the other's.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('observations', %s))", [current_organization_id()])
