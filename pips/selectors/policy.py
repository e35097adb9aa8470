"""The organization's settings for plans."""

from people.models import Location
from pips.enums import PLAN_LENGTHS
from pips.models import PlanPolicy


def policy_now() -> PlanPolicy:
    """Return the settings of the open tenant; where none were saved yet, an unsaved row with the safe defaults."""
    return PlanPolicy.objects.first() or PlanPolicy()


def countries_of_work() -> set[str]:
    """Return the countries in which the organization has places of work."""
    return set(Location.objects.order_by().values_list("country", flat=True).distinct())


def allowed_lengths(policy: PlanPolicy) -> tuple[int, ...]:
    """Return the lengths in days a plan may have: 30, 60, 90 and those the organization added (rule 2)."""
    return tuple(sorted({*PLAN_LENGTHS, *policy.extra_lengths}))
