"""Which groups of a round are published, so that no comparison isolates a few people (rule 25). Knows no database.

Within a round, ``metrics.suppression`` decides. Across rounds there is one attack more: whoever knows that one person
joined a group between two rounds subtracts the one figure from the other. So each new round is held against each one
published before, cell by cell: a cell is a group shown, all that is left out together, or nobody (did not answer).
Where fewer than five people (but some) moved between two cells, or fewer than five stayed in one, the groups concerned
are left out. Then any union of groups of one round and any union of another differ by nobody or by five at least.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from metrics.suppression import SMALLEST_GROUP, hidden_groups

type Cell = int | None
#: What is left out of the breakdown, together: the total less the groups shown.
REST: Cell = None
#: Who did not answer, or was not asked.
NOBODY: Cell = -1


def publishable(
    answered: Mapping[int, Cell], earlier: Sequence[Mapping[int, Cell]], *, smallest: int = SMALLEST_GROUP
) -> frozenset[int] | None:
    """Return the groups of a round to publish beside its total; None where not even the total may be.

    ``answered`` holds the group of each person who answered, REST for one without a group; ``earlier`` holds the same
    for each round published before, with REST for everybody whose group was not shown.
    """
    if len(answered) < smallest:
        return None
    sizes = Counter(answered.values())
    shown = _safe_within(sizes, {key for key in sizes if key is not None}, smallest)
    while blamed := _blamed(answered, shown, earlier, smallest):
        if not shown:
            return None
        shown -= (blamed & shown) or {min(shown, key=lambda key: (sizes[key], key))}
        shown = _safe_within(sizes, shown, smallest)
    return frozenset(shown)


def _safe_within(sizes: Counter[Cell], wanted: set[int], smallest: int) -> set[int]:
    unseen = [key for key in sizes if key not in wanted]
    hidden = hidden_groups(sizes, never_shown=unseen, smallest=smallest)
    return wanted - hidden


def _blamed(
    answered: Mapping[int, Cell], shown: set[int], earlier: Sequence[Mapping[int, Cell]], smallest: int
) -> set[Cell]:
    now = {person: group if group in shown else REST for person, group in answered.items()}
    blamed: set[Cell] = set()
    for before in earlier:
        blamed |= _too_close(before, now, smallest)
    return blamed


def _too_close(before: Mapping[int, Cell], now: Mapping[int, Cell], smallest: int) -> set[Cell]:
    """Return the cells of which a few people could be worked out by comparing the two rounds."""
    moved: Counter[frozenset[Cell]] = Counter()
    stayed: Counter[Cell] = Counter()
    for person in before.keys() | now.keys():
        source, target = before.get(person, NOBODY), now.get(person, NOBODY)
        if source == target:
            stayed[source] += 1
        else:
            moved[frozenset({source, target})] += 1
    close = {cell for pair, people in moved.items() if people < smallest for cell in pair}
    in_both = set(before.values()) & set(now.values())
    return close | {cell for cell in in_both if stayed[cell] < smallest}
