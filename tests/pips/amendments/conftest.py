"""Changes of Alice's running plan: proposed by Bob, settled by Hana."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from pips.amending import AmendmentInput
from pips.enums import Direction
from pips.inputs import ExpectationInput
from pips.models import Amendment, Expectation, Plan
from pips.services.amendments import approve_amendment, propose_amendment, propose_extension
from reminders.models import Obligation
from tests.pips.conftest import Stage

D = datetime.date


def owed(kind: str) -> list[tuple[str, D]]:
    rows = Obligation.objects.filter(status="open", kind=kind).order_by("due_on")
    return [(str(row.owner or row.owner_role), row.due_on) for row in rows]


def fresh(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def as_input(expectation: Expectation, **changes: Any) -> tuple[int | None, ExpectationInput]:
    """Return the row of an expectation as it would be typed again, with changes."""
    columns = {
        "title": expectation.title,
        "measure": expectation.measure,
        "baseline": expectation.baseline,
        "target": expectation.target,
        "unit": expectation.unit,
        "direction": Direction(expectation.direction),
        "data_source": expectation.data_source,
        "metric_id": expectation.metric_id,
    }
    return expectation.pk, ExpectationInput(**{**columns, **changes})


def with_targets(plan: Plan, targets: Sequence[int | None], **more: Any) -> AmendmentInput:
    """Return a change of the targets, in order; None leaves one as it is."""
    rows = [
        as_input(expectation, **({} if target is None else {"target": Decimal(target)}))
        for expectation, target in zip(plan.expectations.all(), targets, strict=True)
    ]
    return AmendmentInput(expectations=rows, **more)


class Changes:
    """Proposes and settles changes of plans."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def lower(self, plan: Plan) -> Amendment:
        """Propose the target 85 % instead of 90 %: no standard rises."""
        change = with_targets(plan, [85, None])
        return propose_amendment(actor=self.stage.bob.member, plan=plan, change=change, reason="Two customers left.")

    def lowered(self, plan: Plan) -> Amendment:
        """Put that in force."""
        return approve_amendment(actor=self.stage.hana.member, amendment=self.lower(plan))

    def extend(self, plan: Plan, days: int = 30) -> Amendment:
        """Propose an extension."""
        return propose_extension(
            actor=self.stage.bob.member,
            plan=plan,
            reason_kind="partial_progress",
            reason="Half of the gap is closed.",
            days=days,
            last_goal="The targets are met and held.",
        )

    def extended(self, plan: Plan, days: int = 30) -> Amendment:
        """Put an extension in force."""
        return approve_amendment(actor=self.stage.hana.member, amendment=self.extend(plan, days))


@pytest.fixture
def changes(stage: Stage) -> Changes:
    """The maker of changes."""
    return Changes(stage)
