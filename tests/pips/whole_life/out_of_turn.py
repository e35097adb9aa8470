"""Steps nobody may take in the state the plan is in."""

from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pips.enums import Confirmation
from pips.services.amendments import propose_extension
from pips.services.outcome import close_plan
from pips.services.plan import (
    approve_plan,
    discard_plan,
    draft_plan,
    request_changes,
    revise_draft,
    submit_plan,
    take_back_to_draft,
)
from tests.pips.whole_life.begun import EVERYBODY, Begun
from tests.pips.whole_life.expected import BEFORE, RUNNING


class OutOfTurn(Begun):
    """What nobody does."""

    @precondition(lambda self: self.world.plan is not None)
    @rule(who=st.sampled_from(EVERYBODY), number=st.integers(0, 9))
    def anything_out_of_turn(self, who: str, number: int) -> None:
        """Try a step whatever the state is."""
        world, plan = self.world, self.world.the_plan()
        managers, both = world.managers(), world.managers() | world.partners()
        steps: list[tuple[set[str], set[str], Any]] = [
            (BEFORE - {"in_review"}, both, partial(discard_plan, plan=plan, reason="No.")),
            ({"draft"}, managers, partial(submit_plan, plan=plan)),
            ({"in_review", "approved"}, world.reviewers(), partial(request_changes, plan=plan, reason="No.")),
            ({"changes_requested"}, managers, partial(take_back_to_draft, plan=plan)),
            (
                {"in_review"},
                world.reviewers(),
                partial(approve_plan, plan=plan, confirmations=frozenset(Confirmation.values)),
            ),
            ({"decided", "followed_up"}, world.reviewers(), partial(close_plan, plan=plan)),
            ({"draft"}, managers, partial(revise_draft, plan=plan, **world.stage.content())),
            (
                RUNNING,
                both,
                partial(propose_extension, plan=plan, reason_kind="leave", reason="L", days=5, last_goal="G"),
            ),
            (
                set(),
                managers,
                partial(draft_plan, employee=plan.employee, template_key="delivery"),
            ),
        ]
        states, allowed, step = steps[number % len(steps)]
        if self.status not in states and not (number % len(steps) == 8 and world.is_free):
            assert world.attempt(who, allowed, lambda member: step(actor=member)) is False
