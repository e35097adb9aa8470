"""The ladder of jobs as a graph: what can be reached in how many steps, and which step would make a circle; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from development.enums import StepKind

#: Further than this nobody plans.
FURTHEST = 3


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A step from one job to another, by their ids."""

    source: int
    target: int
    kind: str = StepKind.UP


def rungs_from(job: int, edges: Iterable[Edge], *, furthest: int = FURTHEST) -> list[list[int]]:
    """Return the jobs that can be reached, by the number of steps it takes at least; the job itself is on none.

    The first list holds what is one step away. Each job is named once, in the order of the edges.
    """
    onward = _onward(edges)
    seen, rung = {job}, [job]
    rungs: list[list[int]] = []
    for _distance in range(furthest):
        following = dict.fromkeys(target for source in rung for target in onward.get(source, ()))
        rung = [target for target in following if target not in seen]
        if not rung:
            break
        seen.update(rung)
        rungs.append(rung)
    return rungs


def makes_circle(edges: Iterable[Edge], new: Edge) -> bool:
    """Return whether the new step up would lead back to where it starts along other steps up."""
    onward = _onward(edge for edge in edges if edge.kind == StepKind.UP)
    waiting, seen = [new.target], {new.target}
    while waiting:
        job = waiting.pop()
        if job == new.source:
            return True
        fresh = [target for target in onward.get(job, ()) if target not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return False


def _onward(edges: Iterable[Edge]) -> Mapping[int, Sequence[int]]:
    onward: dict[int, list[int]] = {}
    for edge in edges:
        onward.setdefault(edge.source, []).append(edge.target)
    return onward
