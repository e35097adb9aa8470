"""How a plan's actions divide into doing, others and courses; a hint to think about, never a rule; pure.

The 70/20/10 model says that most of what people learn at work they learn by doing it, then from others, and least in
courses. It is a rule of thumb, so nothing is refused and no score is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from development.enums import ActionKind

#: The rule of thumb, in per cent.
USUAL: dict[ActionKind, int] = {ActionKind.EXPERIENCE: 70, ActionKind.MENTOR: 20, ActionKind.COURSE: 10}
#: Fewer actions than this say nothing about how somebody learns.
FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class Share:
    """One way to learn: how many actions, how much that is of all in whole per cent, and what lies left of it."""

    kind: ActionKind
    count: int
    percent: int
    left: int
    usual: int


@dataclass(frozen=True, kw_only=True)
class Balance:
    """The three shares, which add up to 100 unless there is no action, and a hint or an empty text."""

    shares: tuple[Share, ...]
    total: int
    hint: str


def balance_of(kinds: Iterable[str]) -> Balance:
    """Return the shares of the kinds of the actions, and what one might think about."""
    given = [ActionKind(kind) for kind in kinds]
    counts = {kind: given.count(kind) for kind in USUAL}
    percents = _whole_percents(counts)
    lefts = accumulate(percents.values(), initial=0)
    shares = tuple(
        Share(kind=kind, count=counts[kind], percent=percents[kind], left=left, usual=USUAL[kind])
        for kind, left in zip(USUAL, lefts, strict=False)
    )
    return Balance(shares=shares, total=len(given), hint=_hint(counts, len(given)))


def _whole_percents(counts: dict[ActionKind, int]) -> dict[ActionKind, int]:
    """Return whole per cents that add up to 100: what is lost in rounding goes to the largest remainders."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0)
    percents = {kind: 100 * count // total for kind, count in counts.items()}
    by_remainder = sorted(counts, key=lambda kind: (-(100 * counts[kind] % total), -counts[kind]))
    for kind in by_remainder[: 100 - sum(percents.values())]:
        percents[kind] += 1
    return percents


def _hint(counts: dict[ActionKind, int], total: int) -> str:
    if total < FEWEST:
        return ""
    if not counts[ActionKind.EXPERIENCE]:
        return _("Most is learned by doing it. Is there a task at work in which the same can be practised?")
    if counts[ActionKind.COURSE] * 2 > total:
        return _("Courses are most of this plan. What is learned there stays if it is used at work soon after.")
    if not counts[ActionKind.MENTOR]:
        return _("Nobody else is part of this plan yet. Who does this well, and could be asked to look on?")
    return ""
