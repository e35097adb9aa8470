"""How running plans of the demo were changed: one version received, an extension not yet, a proposal before HR."""

from dataclasses import dataclass
from decimal import Decimal

from documents.enums import AcknowledgementKind
from people.models import Membership
from pips.amending import AmendmentInput
from pips.enums import Direction
from pips.inputs import ExpectationInput, SupportInput
from pips.models import Amendment, Expectation, Plan
from pips.services import plan as plans
from pips.services.amendments import approve_amendment, propose_amendment, propose_extension

AMENDED, EXTENDED, PROPOSED = "amended", "extended", "proposed"


@dataclass(frozen=True)
class Actors:
    """Who changes the plan, and who receives it."""

    hr: Membership
    manager: Membership
    employee: Membership


def propose_change(change: str, actors: Actors, plan: Plan) -> Amendment:
    """Propose what the story tells."""
    if change == EXTENDED:
        return propose_extension(
            actor=actors.manager,
            plan=plan,
            reason_kind="partial_progress",
            reason="Two of the three figures are at their target; the third has come half the way since the training.",
            days=30,
            last_goal="Every figure is at its target and has been held for two weeks.",
        )
    rises = change == PROPOSED
    return propose_amendment(
        actor=actors.manager,
        plan=plan,
        change=_change(plan, rises=rises),
        reason=(
            "The team agreed on the higher figure for everybody from next month on."
            if rises
            else "Two large customers moved to another team; the queue holds other tickets than when this was written."
        ),
    )


def settle_change(change: str, actors: Actors, amendment: Amendment) -> None:
    """Let HR put it in force, unless the story ends with the proposal."""
    if change != PROPOSED:
        approve_amendment(actor=actors.hr, amendment=amendment, note="Talked over with both on the phone.")


def receive_change(change: str, actors: Actors, plan: Plan) -> None:
    """Let the employee receive the new version, where the story goes that far."""
    if change == AMENDED:
        plans.acknowledge_plan(
            actor=actors.employee,
            plan=plan,
            kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
            comment="Received. This is closer to the queue as it is now.",
            version=2,
        )


def _change(plan: Plan, *, rises: bool) -> AmendmentInput:
    first, *others = plan.expectations.all()
    support = [
        (part.pk, SupportInput(description=part.description, owner_id=part.owner_id, due_day=part.due_day))
        for part in plan.support_commitments.all()
    ]
    new = SupportInput(description="A second training session on the queue view", owner_id=plan.manager_id, due_day=80)
    return AmendmentInput(
        expectations=[_row(first, target=_moved(first, rises=rises)), *(_row(other) for other in others)],
        support=[*support, (None, new)],
        more_days=14 if rises else 0,
        last_goal="The higher figure is reached and held." if rises else "",
    )


def _moved(expectation: Expectation, *, rises: bool) -> Decimal:
    """Return the target a step on or a step back, in the direction of the expectation."""
    target, baseline = expectation.target or Decimal(0), expectation.baseline or Decimal(0)
    step = (target - baseline) / 6
    return round(target + step if rises else target - step, 0)


def _row(expectation: Expectation, target: Decimal | None = None) -> tuple[int | None, ExpectationInput]:
    return expectation.pk, ExpectationInput(
        title=expectation.title,
        measure=expectation.measure,
        baseline=expectation.baseline,
        target=expectation.target if target is None else target,
        unit=expectation.unit,
        direction=Direction(expectation.direction),
        data_source=expectation.data_source,
    )
