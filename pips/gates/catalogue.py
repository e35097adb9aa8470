"""Every gate of a plan, and the one way to ask them."""

from collections.abc import Iterable, Sequence

from pips.enums import FindingKind, Outcome, Step
from pips.gates.content import CONTENT_GATES
from pips.gates.ending import ENDING_GATES
from pips.gates.equity import EQUITY_GATES
from pips.gates.gate import Finding, Gate, in_order, meet
from pips.gates.people import PEOPLE_GATES
from pips.gates.relapse import RELAPSE_GATES
from pips.gates.routing import ROUTING_GATES
from pips.gates.wording import WORDING_GATES
from pips.models import Plan

GATES: tuple[Gate[Plan], ...] = (
    *CONTENT_GATES,
    *RELAPSE_GATES,
    *PEOPLE_GATES,
    *ROUTING_GATES,
    *WORDING_GATES,
    *EQUITY_GATES,
    *ENDING_GATES,
)


def findings(plan: Plan, step: Step | str, *, outcome: Outcome | str = "") -> list[Finding]:
    """Return what stands in the way of the step: what blocks first, then what waits for a reason, then the answered.

    For the decision, give the outcome to leave out what only concerns another.
    """
    found = [
        finding for finding in meet(GATES, plan, Step(step)) if not outcome or finding.outcome in {"", str(outcome)}
    ]
    return in_order(_with_answers(plan, found))


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop the step."""
    return [finding for finding in found if finding.is_blocking]


def unanswered(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that wait for a written reason."""
    return [finding for finding in found if finding.asks_for_reason]


def _with_answers(plan: Plan, found: Sequence[Finding]) -> list[Finding]:
    """Give each warning the reason written for it last; asks the database only when there is a warning."""
    if not any(finding.kind == FindingKind.WARN for finding in found):
        return list(found)
    answers = {answer.code: answer.reason for answer in plan.gate_answers.all()}
    return [finding.answered(answers.get(finding.code, "")) for finding in found]
