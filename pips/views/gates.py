"""What the gates found, as the pages of the steps show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pips.enums import FindingKind, Outcome, Step
from pips.gates.gate import Finding, Text
from pips.models import Plan
from pips.rules import findings


@dataclass(frozen=True)
class OutcomeFinding:
    """A finding before the decision, with the outcomes it stands in the way of; none named means all."""

    finding: Finding
    outcomes: tuple[Text, ...]

    @property
    def rule(self) -> int:
        """Return the number of the rule."""
        return self.finding.rule

    @property
    def is_blocking(self) -> bool:
        """Return whether it must be settled first."""
        return self.finding.is_blocking

    @property
    def kind(self) -> FindingKind:
        """Return what it does to the step."""
        return self.finding.kind

    @property
    def answer(self) -> str:
        """Return the reason written for it."""
        return self.finding.answer

    @property
    def reason(self) -> Text:
        """Return why the rule exists."""
        return self.finding.reason

    @property
    def message(self) -> Text:
        """Return what was found."""
        return self.finding.message

    @property
    def how(self) -> Text:
        """Return what settles it."""
        return self.finding.how

    @property
    def source(self) -> Text:
        """Return where the rule is from."""
        return self.finding.source


def gate_context(found: Sequence[Finding]) -> dict[str, Any]:
    """Return the findings before a step and whether one of them stops it."""
    return {"findings": found, "is_blocked": any(finding.is_blocking for finding in found)}


def outcome_findings(plan: Plan) -> list[OutcomeFinding]:
    """Return the findings before the decision, each once with the outcomes it concerns."""
    grouped: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings(plan, Step.DECIDE):
        grouped.setdefault((finding.rule, str(finding.message)), []).append(finding)
    return [
        OutcomeFinding(same[0], tuple(Outcome(finding.outcome).label for finding in same if finding.outcome))
        for same in grouped.values()
    ]
