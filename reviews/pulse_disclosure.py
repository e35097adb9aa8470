"""Which groups of a round are published, so that no comparison isolates a few people (rule 25). Knows no database.

Within a round, ``metrics.suppression`` decides. Across rounds there is one attack more: whoever knows that one person
joined a group between two rounds subtracts the one figure from the other. So each new round is held against each one
published before, cell by cell: a cell is a group shown, all that is left out together, or nobody (did not answer).
Where fewer than five people (but some) moved between two cells, or fewer than five stayed in one, the groups concerned
are left out. Then any union of groups of one round and any union of another differ by nobody or by five at least.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from metrics.suppression import SMALLEST_GROUP, hidden_groups

type Cell = int | None
#: What is left out of the breakdown, together: the total less the groups shown.
REST: Cell = None
#: Who did not answer, or was not asked.
NOBODY: Cell = -1

#: How many people were in the one cell when an earlier round was published and are in the other group now.
type Moves = Mapping[tuple[Cell, Cell], int]


def publishable(
    sizes: Counter[Cell], earlier: Iterable[Moves], *, smallest: int = SMALLEST_GROUP
) -> frozenset[int] | None:
    """Return the groups of a round to publish beside its total; None where not even the total may be.

    ``sizes`` says how many have answered in each group, REST for those without one; ``earlier`` how they have moved
    since each round published before, in which everybody whose group was not shown was in REST.
    """
    if sizes.total() < smallest:
        return None
    earlier = list(earlier)
    shown = _safe_within(sizes, {key for key in sizes if key is not None}, smallest)
    while blamed := _blamed(shown, earlier, smallest):
        if not shown:
            return None
        shown -= (blamed & shown) or {min(shown, key=lambda key: (sizes[key], key))}
        shown = _safe_within(sizes, shown, smallest)
    return frozenset(shown)


def _safe_within(sizes: Counter[Cell], wanted: set[int], smallest: int) -> set[int]:
    unseen = [key for key in sizes if key not in wanted]
    hidden = hidden_groups(sizes, never_shown=unseen, smallest=smallest)
    return wanted - hidden


def _blamed(shown: set[int], earlier: Iterable[Moves], smallest: int) -> set[Cell]:
    blamed: set[Cell] = set()
    for moves in earlier:
        blamed |= _too_close(moves, shown, smallest)
    return blamed


def _too_close(moves: Moves, shown: set[int], smallest: int) -> set[Cell]:
    """Return the cells of which a few people could be worked out by comparing the two rounds."""
    moved: Counter[frozenset[Cell]] = Counter()
    stayed: Counter[Cell] = Counter()
    before: set[Cell] = set()
    now: set[Cell] = set()
    for (source, group), people in moves.items():
        target = group if group == NOBODY or group in shown else REST
        before.add(source)
        now.add(target)
        if source == target:
            stayed[source] += people
        else:
            moved[frozenset({source, target})] += people
    close = {cell for pair, people in moved.items() if people < smallest for cell in pair}
    return close | {cell for cell in before & now - {NOBODY} if stayed[cell] < smallest}
