"""Rows as they are handed in, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from metrics.ingest.findings import describe, title_of
from metrics.models import ObservationBatch

RowTuple = tuple[int, str, str, str, str, str]
"""Line, metric, employee, day, value, unit: an ``ObservationInput`` as a plain tuple, which is faster to make."""


class ObservationInput(NamedTuple):
    """One row, as text, just as the source has it: everything is read and checked by the database in whole sets.

    ``metric`` is a short name or a name, ``employee`` a number; ``unit`` is empty where the source names none.
    """

    line: int
    metric: str
    employee: str
    day: str
    value: str
    unit: str = ""


class RefusedRow(NamedTuple):
    """A row that was not taken: its line, what it says, and why."""

    line: int
    metric: str
    employee: str
    day: str
    value: str
    code: str
    detail: str

    @property
    def title(self) -> str:
        """The reason in a few words, as it is counted."""
        return title_of(self.code)

    @property
    def message(self) -> str:
        """The reason in a sentence that says what to do, in the reader's language."""
        return describe(self._asdict())


class Remark(NamedTuple):
    """What was done with rows that were taken: a code, how many, and of which metric, if it is about one."""

    code: str
    rows: int
    metric: str = ""

    @property
    def message(self) -> str:
        """The remark as a sentence."""
        return describe({"code": self.code, "count": self.rows, "metric": self.metric})


@dataclass(frozen=True, kw_only=True)
class IngestReport:
    """What became of the rows.

    ``batch`` is None where nothing was written: after a check, or where ``is_strict`` met a refusal. ``refused`` are
    the refused rows by line, ``refusals`` how many there are of each code. ``omitted`` rows are among the taken ones:
    they lie wholly in a leave, so they are kept and not counted (rule 7).
    """

    batch: ObservationBatch | None = None
    rows: int = 0
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    omitted: int = 0
    refused: Collection[RefusedRow] = ()
    refusals: dict[str, int] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()

    @property
    def refused_count(self) -> int:
        """How many rows were refused."""
        return len(self.refused)

    @property
    def is_written(self) -> bool:
        """Whether anything reached the observations."""
        return self.batch is not None
