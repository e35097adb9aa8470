"""What goals add to the organization's page of figures."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from goals.selectors.coverage import coverage_by_department, total_of
from goals.selectors.structure import current_cycle
from metrics.registry import OrganizationFact
from metrics.suppression import SMALLEST_GROUP


def organization_facts() -> Sequence[OrganizationFact]:
    """Return what the current cycle has come to in the whole organization; nothing without a cycle or goals."""
    cycle = current_cycle()
    if cycle is None:
        return []
    total = total_of(coverage_by_department(cycle))
    facts = []
    if total.people >= SMALLEST_GROUP:
        facts.append(
            OrganizationFact(
                label=_("People with agreed goals"),
                value=f"{total.agreed_share} %",
                note=_("%(number)s of %(people)s, %(cycle)s")
                % {"number": total.agreed, "people": total.people, "cycle": cycle.name},
            )
        )
    if total.proposed >= SMALLEST_GROUP:
        facts.append(
            OrganizationFact(
                label=_("Goals that serve no objective"),
                value=f"{total.unaligned_share} %",
                note=_("%(number)s of %(goals)s, %(cycle)s")
                % {"number": total.unaligned, "goals": total.goals, "cycle": cycle.name},
            )
        )
    return facts
