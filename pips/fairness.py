"""The arithmetic of the equity check (rules 24, 25): pure functions, counts in, figures out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb

from metrics.suppression import hidden_groups

#: Groups of fewer people, and those whose rest is smaller, are not shown (rule 25).
SMALLEST_GROUP = 5


@dataclass(frozen=True, kw_only=True)
class Counts:
    """A group: how many people it has and how many of them are on a plan."""

    people: int
    on_plan: int

    @property
    def rate(self) -> float:
        """Return the share on a plan, 0 to 1."""
        return self.on_plan / self.people

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(people=self.people + other.people, on_plan=self.on_plan + other.on_plan)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One group beside everybody else of the pool.

    ``ratio`` is the group's rate of plans over the others' (None where the others have none), ``p_value`` the two-sided
    probability of a split at least as unlikely by chance (Fisher), ``shortfall`` how many people fewer would be on a
    plan if the group's rate were the pool's: people, and below zero where the group has fewer than its share.
    """

    group: str
    people: int
    others: int
    rate: float
    other_rate: float
    ratio: float | None
    p_value: float
    shortfall: float


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """The groups of one characteristic that may be shown, and how many people are in those that may not."""

    comparisons: tuple[Comparison, ...]
    left_out: int


def fishers_p(first: Counts, second: Counts) -> float:
    """Return the two-sided p of Fisher's exact test: the chance of every split no likelier than the one observed.

    Exact: whole numbers up to the last division.
    """
    drawn = first.on_plan + second.on_plan
    low, high = max(0, drawn - second.people), min(first.people, drawn)
    weights = [comb(first.people, taken) * comb(second.people, drawn - taken) for taken in range(low, high + 1)]
    observed = weights[first.on_plan - low]
    return sum(weight for weight in weights if weight <= observed) / sum(weights)


def compare(group: str, one: Counts, others: Counts) -> Comparison:
    """Return the group beside the others; both have at least one person."""
    pool = one + others
    return Comparison(
        group=group,
        people=one.people,
        others=others.people,
        rate=one.rate,
        other_rate=others.rate,
        ratio=one.rate / others.rate if others.on_plan else None,
        p_value=fishers_p(one, others),
        shortfall=one.on_plan - one.people * pool.rate,
    )


def break_down(groups: Mapping[str, Counts]) -> Breakdown:
    """Return each group beside the rest, without those from which somebody could be worked out (rule 25).

    A group is shown only if it has five people or more and what remains when everything shown is taken from the pool is
    either nobody or five people or more in at least two groups.
    """
    peopled = {name: counts for name, counts in groups.items() if counts.people}
    hidden = hidden_groups({name: counts.people for name, counts in peopled.items()})
    everybody = _total(peopled.values())
    shown = []
    for name in sorted(peopled.keys() - hidden):
        one = peopled[name]
        rest = Counts(people=everybody.people - one.people, on_plan=everybody.on_plan - one.on_plan)
        if rest.people >= SMALLEST_GROUP:
            shown.append(compare(name, one, rest))
    return Breakdown(
        comparisons=tuple(shown), left_out=everybody.people - sum(comparison.people for comparison in shown)
    )


def _total(counts: Iterable[Counts]) -> Counts:
    total = Counts(people=0, on_plan=0)
    for one in counts:
        total += one
    return total
