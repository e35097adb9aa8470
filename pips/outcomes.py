"""What an outcome must fit: the results of the expectations, the time left, and what was announced beforehand."""

import datetime
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from pipcycle.errors import DomainError
from pips.days import today_for
from pips.enums import Consequence, Outcome, Verdict
from pips.models import Plan


def announced_text(plan: Plan, outcome: Outcome) -> str:
    """Return what the plan said beforehand about this outcome; a withdrawn plan announces nothing."""
    return {Outcome.SUCCESSFUL: plan.success_consequence, Outcome.UNSUCCESSFUL: plan.failure_consequence}.get(
        outcome, ""
    )


def announced_limit(plan: Plan, outcome: Outcome) -> Consequence:
    """Return the harshest step that needs no further reason.

    After an unsuccessful plan it is what the plan names, or other duties where an older plan names none; after any
    other outcome more support is the most.
    """
    if outcome != Outcome.UNSUCCESSFUL:
        return Consequence.SUPPORT
    return Consequence(plan.harshest_step) if plan.harshest_step else Consequence.OTHER_DUTIES


def is_harsher(plan: Plan, outcome: Outcome, step: Consequence) -> bool:
    """Return whether the step goes beyond what was announced."""
    return step.rank > announced_limit(plan, outcome).rank


def is_early(plan: Plan, on: datetime.date | None = None) -> bool:
    """Return whether the plan has days left."""
    return plan.ends_on is not None and (on or today_for(plan.employee)) < plan.ends_on


def require_fit(plan: Plan, outcome: Outcome, verdicts: Collection[Verdict], *, early_reason: str) -> None:
    """Raise DomainError for an outcome that its own results contradict, or an early success without its reason."""
    if outcome == Outcome.SUCCESSFUL and Verdict.NOT_MET in verdicts:
        raise DomainError(_("An expectation is not met: decide another outcome than success."), rule=2)
    if outcome == Outcome.UNSUCCESSFUL and verdicts and set(verdicts) == {Verdict.MET}:
        raise DomainError(_("Every expectation is met: decide another outcome than failure."), rule=2)
    if outcome == Outcome.SUCCESSFUL and is_early(plan):
        if set(verdicts) != {Verdict.MET}:
            raise DomainError(_("Before the last day a plan succeeds only when every expectation is met."), rule=2)
        if not early_reason.strip():
            raise DomainError(_("Write why the plan succeeds before its last day."), rule=2)
