"""Anything anybody may do, at any time and in any order, and what holds of a plan after each step.

The machine acts through the services on the real database; each life is rolled back at its end. What must hold is
worked out from the rows alone (``whole_life.expected``): dates are counted by hand, obligations follow from the state.

``PIPCYCLE_LIVES`` and ``PIPCYCLE_STEPS`` make it run longer than the suite does, then on new lives each time;
``PIPCYCLE_SHRINK=1`` looks for the shortest life that breaks, which takes minutes.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.whole_life import snapshot
from tests.pips.whole_life.changes import Changes
from tests.pips.whole_life.course import Course
from tests.pips.whole_life.end import End
from tests.pips.whole_life.invariants import Invariants
from tests.pips.whole_life.out_of_turn import OutOfTurn
from tests.pips.whole_life.people import People
from tests.pips.whole_life.review import Review
from tests.pips.whole_life.world import make_people

LIVES = int(os.environ.get("PIPCYCLE_LIVES", "8"))
PHASES = (Phase.generate, Phase.shrink) if os.environ.get("PIPCYCLE_SHRINK") else (Phase.generate,)
STEPS = int(os.environ.get("PIPCYCLE_STEPS", "22"))


class Life(Review, Course, Changes, End, People, OutOfTurn, Invariants):
    """One life of Alice's plans, as many as fit into it."""


def test_whatever_happens_the_plan_stays_sound(
    stage: Stage, carol: Person, adam: Person, eve: Person, ines: Person, mallory: Person
) -> None:
    people = make_people(stage, {"adam": adam, "eve": eve, "ines": ines}, carol)

    class HarborLife(Life):
        def __init__(self) -> None:
            super().__init__(stage, people, mallory)

    run_state_machine_as_test(
        HarborLife,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=PHASES,
            report_multiple_bugs=False,
            derandomize="PIPCYCLE_LIVES" not in os.environ,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("label", snapshot.HISTORIES)
def test_the_machine_reads_histories_that_exist(stage: Stage, label: str) -> None:
    assert len(snapshot.history_lengths()) == len(snapshot.HISTORIES)
