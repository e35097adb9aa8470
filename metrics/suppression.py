"""Which groups of a breakdown are not shown, so that nobody can be worked out (rule 25). Knows no database.

Leaving out the groups under five is not enough: the total is shown as well, and the total minus the groups shown is
what is left out. So what is left out holds at least five people and, where a small group is among it, at least two
groups; the next smallest groups are left out with it until it does.
"""

from collections.abc import Collection, Hashable, Mapping

SMALLEST_GROUP = 5
FEWEST_LEFT_OUT = 2


def hidden_groups[Key: Hashable](
    sizes: Mapping[Key, int], *, never_shown: Collection[Key] = (), smallest: int = SMALLEST_GROUP
) -> frozenset[Key]:
    """Return the groups to leave out of a breakdown whose total is shown.

    ``sizes`` holds the number of people of each group; a group of nobody hides nobody and is never left out.
    ``never_shown`` names groups the page has no row for (people without a department): they count as left out.
    """
    peopled = {key: size for key, size in sizes.items() if size > 0}
    hidden = {key for key, size in peopled.items() if size < smallest or key in never_shown}
    if not any(peopled[key] < smallest for key in hidden):
        return frozenset(hidden)
    left_out = sum(peopled[key] for key in hidden)
    for key in sorted(peopled.keys() - hidden, key=lambda shown: (peopled[shown], str(shown))):
        if left_out >= smallest and len(hidden) >= FEWEST_LEFT_OUT:
            break
        hidden.add(key)
        left_out += peopled[key]
    return frozenset(hidden)
