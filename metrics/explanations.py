"""What a signal says in plain words, with its numbers; never what it means: that is for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.charts.words import day_words, figure, limit_decimals, period_words
from metrics.enums import Cadence, SignalKind
from metrics.models import Signal

_EIGHT: dict[str, tuple[str | Promise, str | Promise]] = {
    Cadence.DAY: (
        gettext_lazy("Eight values in a row above the mean of %(centre)s (%(from)s – %(to)s)."),
        gettext_lazy("Eight values in a row below the mean of %(centre)s (%(from)s – %(to)s)."),
    ),
    Cadence.WEEK: (
        gettext_lazy("Eight weeks in a row above the mean of %(centre)s (%(from)s – %(to)s)."),
        gettext_lazy("Eight weeks in a row below the mean of %(centre)s (%(from)s – %(to)s)."),
    ),
    Cadence.MONTH: (
        gettext_lazy("Eight months in a row above the mean of %(centre)s (%(from)s – %(to)s)."),
        gettext_lazy("Eight months in a row below the mean of %(centre)s (%(from)s – %(to)s)."),
    ),
}
_NEAR: tuple[str | Promise, str | Promise] = (
    gettext_lazy("Three of four values nearer the upper limit of %(upper)s than the mean (%(from)s – %(to)s)."),
    gettext_lazy("Three of four values nearer the lower limit of %(lower)s than the mean (%(from)s – %(to)s)."),
)
_OUTSIDE: tuple[str | Promise, str | Promise] = (
    gettext_lazy("%(period)s: %(value)s, above the upper limit of %(upper)s."),
    gettext_lazy("%(period)s: %(value)s, below the lower limit of %(lower)s."),
)


def explain_signal(signal: Signal) -> str:
    """Return the pattern in one sentence: what was seen, when, and against which figures."""
    is_below = signal.value < signal.centre
    if signal.kind == SignalKind.SHIFT:
        sentence = _EIGHT[signal.series.metric.cadence][is_below]
    elif signal.kind == SignalKind.NEAR_LIMIT:
        sentence = _NEAR[is_below]
    else:
        sentence = _OUTSIDE[is_below]
    return str(sentence) % _figures(signal)


def usual_range(signal: Signal) -> str:
    """Return what is usual in this series, which is what the signal departs from."""
    return _("Values of this series usually fall between %(lower)s and %(upper)s.") % _figures(signal)


def short_words(signal: Signal) -> str:
    """Return the pattern in a few words, for a list."""
    is_below = signal.value < signal.centre
    words = {
        SignalKind.OUTSIDE: (_("Above the upper limit"), _("Below the lower limit")),
        SignalKind.NEAR_LIMIT: (_("Three of four near the upper limit"), _("Three of four near the lower limit")),
        SignalKind.SHIFT: (_("Eight in a row above the mean"), _("Eight in a row below the mean")),
    }
    return words[SignalKind(signal.kind)][is_below]


def _figures(signal: Signal) -> dict[str, str]:
    metric = signal.series.metric
    between = limit_decimals(metric.decimals)
    return {
        "period": period_words(signal.ends_on, metric.cadence),
        "value": figure(signal.value, metric.unit, metric.decimals),
        "centre": figure(signal.centre, metric.unit, between),
        "lower": figure(signal.lower, metric.unit, between),
        "upper": figure(signal.upper, metric.unit, between),
        "from": day_words(signal.starts_on),
        "to": day_words(signal.ends_on),
    }
