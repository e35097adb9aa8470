"""How the outcome of a plan of the demo is decided and looked back on."""

import datetime
from decimal import Decimal

from django.utils import timezone

from demo.seed.stage import Cast, Story, days_ago, on
from pips.enums import (
    Consequence,
    Outcome,
    Verdict,
)
from pips.inputs import ResultInput
from pips.models import Plan
from pips.services import outcome as outcomes


def decide(story: Story, outcome: Outcome, cast: Cast, plan: Plan) -> None:
    """Decide after the end, or, where the story stays behind today, on its last day: early, or as a withdrawal."""
    plan.refresh_from_db()
    is_early = story.behind > 0
    after_end = (plan.ends_on or timezone.localdate()) + datetime.timedelta(days=2)
    with on(days_ago(story.behind) if is_early else after_end):
        outcomes.decide_plan(
            actor=cast.hr,
            plan=plan,
            outcome=outcome,
            reason=REASONS[outcome],
            results=_results(plan, outcome),
            step=Consequence.OTHER_DUTIES if outcome == Outcome.UNSUCCESSFUL else Consequence.NOTHING,
            step_note=STEP_NOTES[outcome],
            early_reason="Every target was reached on day 60 and has been held since." if is_early else "",
        )
    for follow_up in plan.follow_ups.filter(due_on__lte=timezone.localdate()):
        with on(follow_up.due_on):
            outcomes.record_follow_up(
                actor=cast.manager,
                follow_up=follow_up,
                held_on=follow_up.due_on,
                is_sustained=True,
                note="One late start in thirty days; the earlier bus now runs.",
            )


REASONS = {
    Outcome.SUCCESSFUL: ("All targets were met and had been held for a month; the support was given as promised."),
    Outcome.UNSUCCESSFUL: (
        "Both targets were missed at the last milestone. The support was given as promised, and the talks were held."
    ),
    Outcome.WITHDRAWN: "The figures the plan rested on were counted twice; nothing is held against anybody.",
}
STEP_NOTES = {
    Outcome.SUCCESSFUL: "",
    Outcome.UNSUCCESSFUL: "A post in the back office from the first of next month, at the same pay.",
    Outcome.WITHDRAWN: "",
}


def _results(plan: Plan, outcome: Outcome) -> dict[int, ResultInput]:
    """Return a result for each expectation that fits the outcome: at the target, or half way to it."""
    if outcome == Outcome.WITHDRAWN:
        return {}
    is_success = outcome == Outcome.SUCCESSFUL
    verdicts = [Verdict.MET] if is_success else [Verdict.NOT_MET, Verdict.PARTLY]
    results = {}
    for place, expectation in enumerate(plan.expectations.all()):
        baseline, target = expectation.baseline or Decimal(0), expectation.target or Decimal(0)
        results[expectation.pk] = ResultInput(
            verdict=verdicts[place % len(verdicts)],
            final_value=target if is_success else round((baseline + target) / 2, 1),
        )
    return results
