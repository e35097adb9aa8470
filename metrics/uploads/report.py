"""What is kept of a refused observation, and how its reader sees it."""

from typing import Any, TypedDict

from metrics.ingest.findings import describe, title_of
from people.imports.findings import KINDS, Level
from people.models import ImportBatch, ImportRow

SHIFTED = "row_too_long"


class Finding(TypedDict):
    """A refused observation, as it is stored with the line of the file."""

    code: str
    metric: str
    day: str
    value: str
    detail: str


class Remark(TypedDict):
    """A refused observation as the report shows it."""

    metric: str
    day: str
    value: str
    sentence: str


def shifted_finding(cells: int, headings: int) -> Finding:
    """Return what is stored of a row with more cells than headings."""
    return Finding(code=SHIFTED, metric="", day="", value=str(cells), detail=str(headings))


def remarks_of(row: ImportRow) -> list[Remark]:
    """Return the refused observations of a line, in words."""
    return [_remark(finding, row.number) for finding in row.findings]


def reason_title(code: str) -> str:
    """Return the name of a reason, as it is counted."""
    return str(KINDS[SHIFTED].title) if code == SHIFTED else title_of(code)


def _remark(finding: dict[str, Any], employee: str) -> Remark:
    if finding["code"] == SHIFTED:
        sentence = str(KINDS[SHIFTED].sentence) % {"value": finding["value"], "detail": finding["detail"], "field": ""}
        return Remark(metric="", day="", value="", sentence=sentence)
    sentence = describe({**finding, "employee": employee})
    return Remark(metric=finding["metric"], day=finding["day"], value=finding["value"], sentence=sentence)


def finding_counts(batch: ImportBatch) -> list[tuple[str, str, str, int]]:
    """Return the reasons of the file's refusals: code, name, level and count, the most frequent first."""
    counts = sorted(batch.summary.get("findings", {}).items(), key=lambda item: (-item[1], item[0]))
    return [(code, reason_title(code), Level.REFUSAL.value, count) for code, count in counts]


def notes_of(batch: ImportBatch) -> list[str]:
    """Return what was done with rows that were taken, each in a sentence."""
    return [describe(remark) for remark in batch.summary.get("remarks", [])]
