"""What is said of a row: a code that is stored, a sentence that is written when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True, slots=True)
class FindingKind:
    """The name of a finding, for counts, and its sentence, with the parts of the row and ``detail`` to fill in."""

    title: str | Promise
    sentence: str | Promise


#: Why a row is refused. The database writes the codes (metrics/services/ingest_statements.py).
REFUSALS: dict[str, FindingKind] = {
    "metric_unknown": FindingKind(
        _("Metric unknown"),
        _("There is no metric “%(metric)s”. Use the short name or the name of one that is defined, or define it."),
    ),
    "metric_calculated": FindingKind(
        _("Metric is calculated"),
        _("“%(metric)s” is calculated from two other metrics. Hand those in instead."),
    ),
    "metric_retired": FindingKind(
        _("Metric not in use"),
        _("“%(metric)s” is not in use any more. Put it back into use first, or leave the row out."),
    ),
    "employee_unknown": FindingKind(
        _("Employee unknown"),
        _("Nobody has the employee number “%(employee)s”. Correct the number, or import the person first."),
    ),
    "day_missing": FindingKind(_("Date missing"), _("The row has no date.")),
    "day_unreadable": FindingKind(
        _("Date unreadable"), _("“%(day)s” is no date we can read. Write it as 2026-03-31, for example.")
    ),
    "day_in_future": FindingKind(_("Date in the future"), _("%(day)s has not come yet.")),
    "before_hire": FindingKind(
        _("Before the person was hired"),
        _("The period of %(day)s ended before employee %(employee)s was hired on %(detail)s."),
    ),
    "after_leaving": FindingKind(
        _("After the person had left"),
        _("The period of %(day)s began after employee %(employee)s had left on %(detail)s."),
    ),
    "value_missing": FindingKind(_("Value missing"), _("The row has no value.")),
    "value_unreadable": FindingKind(_("Value is no number"), _("“%(value)s” is no number.")),
    "value_not_finite": FindingKind(
        _("Value is not finite"), _("“%(value)s” stands for no value. Leave the row out where nothing was measured.")
    ),
    "value_ambiguous": FindingKind(
        _("Thousands or decimals?"),
        _("“%(value)s” could be thousands or decimals, and the other values of “%(metric)s” are written both ways."),
    ),
    "value_too_small": FindingKind(
        _("Value too small"), _("%(value)s is below %(detail)s, the smallest value allowed for “%(metric)s”.")
    ),
    "value_too_large": FindingKind(
        _("Value too large"), _("%(value)s is above %(detail)s, the largest value allowed for “%(metric)s”.")
    ),
    "unit_differs": FindingKind(
        _("Another unit"), _("“%(metric)s” is measured in %(detail)s, but the row says “%(value)s” in another unit.")
    ),
    "unit_not_expected": FindingKind(
        _("Unit of a metric without one"), _("“%(metric)s” has no unit, but the row says “%(value)s” with one.")
    ),
    "units_mixed": FindingKind(
        _("Shares and per cent mixed"),
        _("“%(value)s” stands among values with a per cent sign: it could be a share. Write all of them alike."),
    ),
    "period_twice": FindingKind(
        _("Two values for one period"),
        _("The file gives two different values of “%(metric)s” for employee %(employee)s in the period that begins on "
          "%(detail)s. None of them was taken."),
    ),
}  # fmt: skip

#: What was done with rows that were taken.
REMARKS: dict[str, tuple[str | Promise, Any]] = {
    "period_normalised": (
        _("Dates moved"),
        ngettext_lazy(
            "%(count)s row had a date inside its period and was put on the first day of the week or month.",
            "%(count)s rows had a date inside their period and were put on the first day of the week or month.",
            "count",
        ),
    ),
    "repeated": (
        _("Rows repeated"),
        ngettext_lazy(
            "%(count)s row repeats another and was counted once.",
            "%(count)s rows repeat others and were counted once.",
            "count",
        ),
    ),
    "on_leave": (
        _("On leave, not counted"),
        ngettext_lazy(
            "%(count)s value lies wholly in a leave. It is kept, and not counted.",
            "%(count)s values lie wholly in a leave. They are kept, and not counted.",
            "count",
        ),
    ),
    "leave_taken_off": (
        _("Leave taken off"),
        ngettext_lazy(
            "Leave was taken off %(count)s value; what the source said is kept beside it.",
            "Leave was taken off %(count)s values; what the source said is kept beside them.",
            "count",
        ),
    ),
    "day_order_assumed": (
        _("Day and month not certain"),
        ngettext_lazy(
            "Nothing in the file tells day from month in %(count)s different date: the usual order of your country "
            "was taken.",
            "Nothing in the file tells day from month in %(count)s different dates: the usual order of your country "
            "was taken.",
            "count",
        ),
    ),
    "day_other_order": (
        _("Day and month the other way round"),
        ngettext_lazy(
            "%(count)s different date only fits the other order of day and month and was read so.",
            "%(count)s different dates only fit the other order of day and month and were read so.",
            "count",
        ),
    ),
    "comma_is_decimal": (
        _("Decimal comma"),
        ngettext_lazy(
            "%(metric)s: %(count)s value was read with a decimal comma (1.234,5).",
            "%(metric)s: %(count)s values were read with a decimal comma (1.234,5).",
            "count",
        ),
    ),
    "style_assumed": (
        _("Thousands or decimals not certain"),
        ngettext_lazy(
            "%(metric)s: nothing tells thousands from decimals in %(count)s value; it was read as your country writes "
            "numbers.",
            "%(metric)s: nothing tells thousands from decimals in %(count)s values; they were read as your country "
            "writes numbers.",
            "count",
        ),
    ),
    "style_mixed": (
        _("Numbers written both ways"),
        ngettext_lazy(
            "%(metric)s: numbers are written both ways (1,234.5 and 1.234,5); %(count)s value was read by what it says "
            "itself or by what most values say.",
            "%(metric)s: numbers are written both ways (1,234.5 and 1.234,5); %(count)s values were read by what they "
            "say themselves or by what most values say.",
            "count",
        ),
    ),
}  # fmt: skip


def title_of(code: str) -> str:
    """Return the name of a finding, as it is counted."""
    if code in REFUSALS:
        return str(REFUSALS[code].title)
    return str(REMARKS[code][0]) if code in REMARKS else code


def describe(stored: Mapping[str, Any]) -> str:
    """Return the sentence of a stored finding in the reader's language."""
    code = str(stored.get("code", ""))
    facts = {name: _shown(stored.get(name, "")) for name in ("metric", "employee", "day", "value", "detail")}
    if code in REFUSALS:
        return str(REFUSALS[code].sentence) % facts
    if code in REMARKS:
        return str(REMARKS[code][1] % {**facts, "count": int(stored.get("count", stored.get("rows", 0)))})
    return code


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


_MOST_SHOWN = 100
