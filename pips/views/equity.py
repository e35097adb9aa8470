"""The equity check as HR's review page shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from pips.fairness import Breakdown
from pips.models import Plan
from pips.selectors.equity import CHARACTERISTIC_NAMES, equity_of, peers_alike


@dataclass(frozen=True)
class NamedBreakdown:
    """A breakdown with the name of its characteristic."""

    name: str | Promise
    breakdown: Breakdown


def equity_context(plan: Plan) -> dict[str, Any]:
    """Return the check and the people it names; only for an HR partner who may approve."""
    equity = equity_of(plan)
    return {
        "equity": equity,
        "alike": peers_alike(equity),
        "breakdowns": [NamedBreakdown(CHARACTERISTIC_NAMES[key], found) for key, found in equity.breakdowns.items()],
    }
