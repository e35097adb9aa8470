"""Rule 23: people on plans are compared with similarly rated peers who are not."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pips.enums import FindingKind, Step
from pips.gates.gate import Gate, Trouble
from pips.models import Plan
from pips.selectors.equity import equity_of


def peers_are_treated_alike(plan: Plan) -> Iterator[Trouble]:
    """Yield when peers with the same rating and figures no better are not on a plan; HR's own step only."""
    count = len(equity_of(plan).alike)
    if count:
        yield Trouble(
            message=format_lazy(
                _("{count} comparable people, rated the same and with figures no better, are not on a plan."),
                count=count,
            )
        )


EQUITY_GATES: tuple[Gate[Plan], ...] = (
    Gate(
        code="comparable_peers",
        rule=23,
        kind=FindingKind.WARN,
        steps=frozenset({Step.APPROVE}),
        check=peers_are_treated_alike,
        how=_("Look at the equity check, and write why this person and not the others."),
        reason=_("The same work and the same rating call for the same treatment."),
        source=_("EEOC, guidance on comparators in disparate treatment"),
    ),
)
