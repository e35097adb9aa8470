"""Rules 3 and 8: somebody uninvolved can review the plan, and nobody is handed one while away."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from people.models import Leave
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for, managers_above
from pips.days import today_for
from pips.enums import FindingKind, Step
from pips.gates.gate import SOURCE_LEAVE, SOURCE_PRACTICE, Gate, Trouble
from pips.models import Plan


def has_reviewer(plan: Plan) -> Iterator[Trouble]:
    """Yield when no HR partner serves the employee who is neither the employee nor above them (rule 3)."""
    involved = {plan.employee_id, plan.manager_id, *managers_above(plan.employee).values_list("pk", flat=True)}
    partners = hr_partners_for(plan.employee)
    if not any(getattr(employee_of(partner), "pk", None) not in involved for partner in partners):
        yield Trouble(message=_("No HR partner can review this plan."))


def is_employed(plan: Plan) -> Iterator[Trouble]:
    """Yield when the employee has left."""
    if plan.employee.has_left:
        yield Trouble(message=_("The employee has left the organization."))


def is_present(plan: Plan) -> Iterator[Trouble]:
    """Yield when the employee is on leave on the day the plan would be handed over (rule 8)."""
    today = today_for(plan.employee)
    if Leave.objects.filter(employee=plan.employee_id, starts_on__lte=today).exclude(ends_on__lt=today).exists():
        yield Trouble(message=_("The employee is on leave today."))


PEOPLE_GATES: tuple[Gate[Plan], ...] = (
    Gate(
        code="reviewer",
        rule=3,
        kind=FindingKind.BLOCK,
        steps=frozenset({Step.SUBMIT}),
        check=has_reviewer,
        how=_("Ask your HR admin to name an HR partner for the employee's department who is not involved."),
        reason=_("Who writes a plan must not be the one who approves it."),
        source=SOURCE_PRACTICE,
    ),
    Gate(
        code="employed",
        rule=8,
        kind=FindingKind.BLOCK,
        steps=frozenset({Step.ISSUE}),
        check=is_employed,
        how=_("Discard the plan."),
        reason=_("There is nobody left who could improve."),
        source=SOURCE_PRACTICE,
    ),
    Gate(
        code="present",
        rule=8,
        kind=FindingKind.BLOCK,
        steps=frozenset({Step.ISSUE}),
        check=is_present,
        how=_("Issue the plan when they are back."),
        reason=_("Leave stops the clock: nobody is handed a deadline while away."),
        source=SOURCE_LEAVE,
    ),
)
