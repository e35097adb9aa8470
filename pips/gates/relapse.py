"""The relapse window agreed in an earlier plan: a plan begun inside it cites that plan and names what slipped."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pips.enums import FindingKind, Step
from pips.gates.gate import SOURCE_PRACTICE, Gate, Trouble
from pips.models import Plan
from pips.relapse import plan_to_cite_in


def earlier_plan_is_cited(plan: Plan) -> Iterator[Trouble]:
    """Yield when a window was open as the plan was begun, and the plan does not cite the earlier one."""
    earlier = plan_to_cite_in(plan)
    if earlier is not None and (plan.previous_plan_id != earlier.pk or not plan.slipped_expectations.all()):
        yield Trouble(
            message=format_lazy(
                _("The relapse window of “{title}” is open; this plan does not cite it."), title=earlier.title
            )
        )


RELAPSE_GATES: tuple[Gate[Plan], ...] = (
    Gate(
        code="relapse_cited",
        rule=2,
        kind=FindingKind.BLOCK,
        steps=frozenset({Step.SUBMIT}),
        check=earlier_plan_is_cited,
        how=_("Say which expectation of that plan has slipped, and what was seen."),
        reason=_("Who has passed a plan is held to what was agreed as a relapse, and to nothing else."),
        source=SOURCE_PRACTICE,
    ),
)
