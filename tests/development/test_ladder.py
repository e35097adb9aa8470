"""The ladder as a graph: nothing twice, nothing too far, and no circle upward."""

from hypothesis import given
from hypothesis import strategies as st

from development.enums import StepKind
from development.ladder import FURTHEST, Edge, makes_circle, rungs_from

JOBS = st.integers(min_value=1, max_value=7)
EDGES = st.lists(
    st.builds(Edge, source=JOBS, target=JOBS, kind=st.sampled_from(list(StepKind))).filter(
        lambda edge: edge.source != edge.target
    ),
    max_size=20,
)


@given(JOBS, EDGES)
def test_no_job_stands_on_two_rungs_and_the_first_on_none(job: int, edges: list[Edge]) -> None:
    rungs = rungs_from(job, edges)
    flat = [one for rung in rungs for one in rung]

    assert len(flat) == len(set(flat))
    assert job not in flat
    assert len(rungs) <= FURTHEST
    assert all(rungs)


@given(JOBS, EDGES)
def test_each_job_is_reached_from_the_rung_below(job: int, edges: list[Edge]) -> None:
    below = {job}
    for rung in rungs_from(job, edges):
        assert all(any(edge.source in below and edge.target == one for edge in edges) for one in rung)
        below = set(rung)


@given(EDGES)
def test_steps_added_only_without_a_circle_never_make_one(edges: list[Edge]) -> None:
    kept: list[Edge] = []
    for edge in edges:
        if edge.kind == StepKind.UP and not makes_circle(kept, edge):
            kept.append(edge)

    for start in range(1, 8):
        onward = {edge.target for edge in kept if edge.source == start}
        assert all(not makes_circle([], Edge(source=start, target=target)) for target in onward)
        assert start not in {one for rung in rungs_from(start, kept, furthest=10) for one in rung}
        assert not _reaches(kept, start, start)


def _reaches(edges: list[Edge], source: int, target: int) -> bool:
    """Return whether one or more steps lead from the source to the target."""
    seen: set[int] = set()
    waiting = [source]
    while waiting:
        job = waiting.pop()
        for edge in edges:
            if edge.source == job and edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return target in seen


def test_a_step_across_may_lead_back() -> None:
    up = Edge(source=1, target=2)

    assert makes_circle([up], Edge(source=2, target=1))
    assert not makes_circle([Edge(source=1, target=2, kind=StepKind.ACROSS)], Edge(source=2, target=1))
    assert rungs_from(1, [up, Edge(source=2, target=1, kind=StepKind.ACROSS)]) == [[2]]


def test_rungs_end_where_nobody_plans_any_further() -> None:
    chain = [Edge(source=job, target=job + 1) for job in range(1, 9)]

    assert rungs_from(1, chain) == [[2], [3], [4]]
