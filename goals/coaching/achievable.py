"""A: within what people of the job have done, and with the support a long way needs."""

from decimal import Decimal

from django.utils.translation import gettext as _

from goals.coaching.draft import Around, GoalDraft, Remarks, remark
from metrics.enums import Direction
from metrics.selectors.ranges import JobRange
from pipcycle.writing import Severity

#: A change of a quarter of today's value, or of twenty points of a share, is a long way.
LONG_WAY = Decimal("0.25")
LONG_WAY_IN_POINTS = 20
MOST_GOALS = 7


def review_range(draft: GoalDraft, around: Around) -> Remarks:
    """Yield a remark where the target lies outside what people of the job have reached in the past."""
    known, target = around.job_range, draft.target
    if known is None or target is None or not draft.is_measured:
        return
    if known.low <= float(target) <= known.high:
        return
    words = {
        "people": known.people,
        "low": draft.in_words(known.low),
        "high": draft.in_words(known.high),
        "target": draft.in_words(target),
    }
    is_beyond = is_beyond_range(draft, known)
    yield remark(
        "achievable.outside_range",
        Severity.SHOULD if is_beyond else Severity.HINT,
        "target",
        _(
            "%(target)s is outside what %(people)s people in this job have shown: "
            "nine of ten months lay between %(low)s and %(high)s."
        )
        % words,
        _("Choose a target inside that range, or write under “support needed” what makes more possible this time.")
        if is_beyond
        else _("Nearly everyone does better already. Check the target and which way is better."),
    )


def review_support(draft: GoalDraft, around: Around) -> Remarks:
    """Yield a remark where a long way comes without any support."""
    baseline, target = draft.baseline, draft.target
    if baseline is None or target is None or draft.support_needed.strip() or not is_hard(draft, around.job_range):
        return
    yield remark(
        "achievable.no_support",
        Severity.SHOULD,
        "support_needed",
        _("From %(baseline)s to %(target)s is a long way, and nothing is said about support.")
        % {"baseline": draft.in_words(baseline), "target": draft.in_words(target)},
        _("Agree what is needed: time, training, a tool, somebody to ask. “None needed, because …” is an answer too."),
    )


def review_load(draft: GoalDraft, around: Around) -> Remarks:
    """Yield a hint where a person has more goals than anybody can keep in mind."""
    if len(draft.other_weights) < MOST_GOALS:
        return
    yield remark(
        "achievable.too_many",
        Severity.HINT,
        "weight",
        _("This person has %(count)s other goals in this cycle.") % {"count": len(draft.other_weights)},
        _("Three to five are kept in mind. Drop or join the ones that matter least."),
    )


def is_hard(draft: GoalDraft, known: JobRange | None) -> bool:
    """Return whether the target is a long way from today, or beyond what people of the job have reached."""
    if not draft.is_measured or draft.baseline is None or draft.target is None:
        return False
    if known is not None and is_beyond_range(draft, known):
        return True
    way = abs(draft.target - draft.baseline)
    if draft.is_in_percent:
        return way >= LONG_WAY_IN_POINTS
    return way > 0 if draft.baseline == 0 else way / abs(draft.baseline) >= LONG_WAY


def is_beyond_range(draft: GoalDraft, known: JobRange) -> bool:
    """Return whether the target is better than the range."""
    if draft.target is None:
        return False
    if draft.direction == Direction.HIGHER:
        return float(draft.target) > known.high
    return float(draft.target) < known.low
