"""How figures and periods are written for the reader, and what a chart says in words."""

import datetime
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics.charts.data import ChartBand, ChartData, ChartLimits, ChartPoint, PointState
from metrics.enums import Cadence
from metrics.xmr import Limits

DAY = "j F Y"
SHORT_DAY = "j M Y"

_SINGULAR = {
    "days": gettext_lazy("day"),
    "errors": gettext_lazy("error"),
    "hours": gettext_lazy("hour"),
    "items": gettext_lazy("item"),
    "times": gettext_lazy("time"),
}


def figure(value: float | None, unit: str = "", decimals: int = 1) -> str:
    """Return the value with its decimals and unit, as the reader writes numbers: "91.2%", "1,204 items"."""
    if value is None:
        return ""
    number = formats.number_format(f"{value:.{decimals}f}", decimals, use_l10n=True, force_grouping=True)
    if float(f"{value:.{decimals}f}") == 0:
        number = number.removeprefix("-")
    return with_unit(number, unit, is_one=number in {"1", "-1"})


def with_unit(number: str, unit: str, *, is_one: bool) -> str:
    """Return the written number with its unit; the units our own metrics count in have a singular: "1 time"."""
    if not unit or unit == "%":
        return f"{number}{unit}"
    return f"{number}\N{NO-BREAK SPACE}{_SINGULAR.get(unit, unit) if is_one else unit}"


def limit_decimals(decimals: int) -> int:
    """Return the decimal places of a mean or a limit: whole numbers have means between them."""
    return decimals or 1


def day_words(day: datetime.date, form: str = SHORT_DAY) -> str:
    """Return the day in short."""
    return formats.date_format(day, form)


def period_words(day: datetime.date, cadence: str) -> str:
    """Return the name of the period that starts on the day: "Week of 13 July 2026", "July 2026"."""
    if cadence == Cadence.WEEK:
        return _("Week of %(day)s") % {"day": formats.date_format(day, DAY)}
    return formats.date_format(day, "F Y" if cadence == Cadence.MONTH else DAY)


def limits_at(limits: Sequence[ChartLimits], day: datetime.date) -> ChartLimits | None:
    """Return the limits the day is judged by."""
    return next((phase for phase in limits if phase.starts_on <= day <= phase.ends_on), None)


def place_words(point: ChartPoint, phase: ChartLimits | None) -> str:
    """Return where the point stands towards the limits and the mean."""
    if phase is None:
        return ""
    if point.value > phase.upper:
        return _("above the upper limit")
    if point.value < phase.lower:
        return _("below the lower limit")
    if point.value == phase.centre:
        return _("at the mean")
    return _("above the mean") if point.value > phase.centre else _("below the mean")


def state_words(state: PointState) -> str:
    """Return what the point's shape and hue say."""
    words = {
        PointState.WORSE: _("open signal"),
        PointState.BETTER: _("signal for the better"),
        PointState.ANSWERED: _("answered signal"),
    }
    return words.get(state, "")


def point_words(data: ChartData, point: ChartPoint) -> str:
    """Return all a point says: "Week of 13 July 2026: 91.2%, below the mean, open signal"."""
    parts = [
        figure(point.value, data.unit, data.decimals),
        place_words(point, limits_at(data.limits, point.day)),
        state_words(point.state),
        point.note,
    ]
    return f"{period_words(point.day, data.cadence)}: {', '.join(part for part in parts if part)}"


def band_words(data: ChartData, band: ChartBand) -> str:
    """Return all a period of a group says."""
    said = _("%(period)s: median %(p50)s, half between %(p25)s and %(p75)s, four of five between %(p10)s and %(p90)s")
    shares = ("p10", "p25", "p50", "p75", "p90")
    values = {share: figure(getattr(band, share), data.unit, data.decimals) for share in shares}
    return said % {"period": period_words(band.day, data.cadence), **values}


def step_words(data: ChartData, label: str, day: datetime.date, value: float) -> str:
    """Return all a step of a named line says."""
    return f"{day_words(day)}: {label}, {_level(data, value)}"


def latest_words(data: ChartData) -> str:
    """Return what the last point says; the line below the chart begins with it."""
    if data.points:
        return point_words(data, data.points[-1])
    if data.bands:
        return band_words(data, data.bands[-1])
    last = [(path.points[-1], path.label) for path in data.paths if path.points]
    (day, value), label = max(last)
    return step_words(data, label, day, value)


def limits_words(since: datetime.date, phase: Limits | ChartLimits, unit: str, decimals: int) -> str:
    """Return the limits as a sentence, and a second one where the values hardly differ."""
    said = _limits_words(since, phase, unit, decimals)
    if not phase.is_widened:
        return said
    why = _("The values differ by less than one step of the scale, so the limits lie three steps from the mean.")
    return f"{said} {why}"


def _limits_words(since: datetime.date, phase: Limits | ChartLimits, unit: str, decimals: int) -> str:
    values = {
        "mean": figure(phase.centre, unit, limit_decimals(decimals)),
        "lower": figure(phase.lower, unit, limit_decimals(decimals)),
        "upper": figure(phase.upper, unit, limit_decimals(decimals)),
        "count": phase.points,
        "day": day_words(since),
    }
    if phase.is_trial:
        return (
            ngettext(
                "Since %(day)s: mean %(mean)s, trial limits %(lower)s to %(upper)s from %(count)d point.",
                "Since %(day)s: mean %(mean)s, trial limits %(lower)s to %(upper)s from %(count)d points.",
                phase.points,
            )
            % values
        )
    return _("Since %(day)s: mean %(mean)s, limits %(lower)s to %(upper)s, locked on %(count)d points.") % values


def describe(data: ChartData) -> str:
    """Return the chart as a paragraph, for those who do not see it."""
    first, last = data.days
    sentences = [_("From %(first)s to %(last)s.") % {"first": day_words(first), "last": day_words(last)}]
    if data.points:
        count = len(data.points)
        latest = figure(data.points[-1].value, data.unit, data.decimals)
        said = ngettext("%(count)d value, the last is %(latest)s.", "%(count)d values, the last is %(latest)s.", count)
        sentences.append(said % {"count": count, "latest": latest})
    sentences += [limits_words(phase.starts_on, phase, data.unit, data.decimals) for phase in data.limits]
    if data.target is not None:
        target = _level(data, data.target) if data.levels else figure(data.target, data.unit, data.decimals)
        sentences.append(_("The target is %(target)s.") % {"target": target})
    worse = sum(point.state == PointState.WORSE for point in data.points)
    if worse:
        said = ngettext("%(count)d point belongs to an open signal.", "%(count)d points belong to open signals.", worse)
        sentences.append(said % {"count": worse})
    sentences += [
        _("Leave from %(first)s to %(last)s.") % {"first": day_words(leave.starts_on), "last": day_words(leave.ends_on)}
        for leave in data.leaves
    ]
    return " ".join(sentences)


Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def table_of(data: ChartData) -> Table:
    """Return the headings and the rows of the table beside the chart, latest first."""
    if data.bands:
        spread = (_("Period"), "10%", "25%", _("Median"), "75%", "90%", _("People"))
        return spread, tuple(_band_row(data, band) for band in reversed(data.bands))
    if data.paths:
        steps = [(day, path.label, value) for path in data.paths for day, value in path.points]
        rows = tuple((day_words(day), label, _level(data, value)) for day, label, value in sorted(steps, reverse=True))
        return (_("Day"), _("Whose view"), _("Level")), rows
    headings = (_("Period"), _("Value"), _("What it says"))
    return headings, tuple(_point_row(data, point) for point in reversed(data.points))


def _band_row(data: ChartData, band: ChartBand) -> tuple[str, ...]:
    values = (band.p10, band.p25, band.p50, band.p75, band.p90)
    figures = (figure(value, data.unit, data.decimals) for value in values)
    return (period_words(band.day, data.cadence), *figures, str(band.people or ""))


def _point_row(data: ChartData, point: ChartPoint) -> tuple[str, str, str]:
    said = [place_words(point, limits_at(data.limits, point.day)), state_words(point.state), point.note]
    return (
        period_words(point.day, data.cadence),
        figure(point.value, data.unit, data.decimals),
        ", ".join(part for part in said if part),
    )


def _level(data: ChartData, value: float) -> str:
    index = round(value) - 1
    return data.levels[index] if 0 <= index < len(data.levels) else figure(value, data.unit, data.decimals)
