"""What the forms of a plan offer: people near it, never a list of everybody; and its metrics."""

from typing import Any

from people.models import Employee, Membership
from people.selectors.employees import hr_partners_for, managers_above
from pips.enums import ENDED
from pips.forms.fields import metric_choices
from pips.models import DisciplinaryAction, Plan
from pips.selectors.plans import plans_visible_to


def people_near(plan: Plan | DisciplinaryAction) -> list[Employee]:
    """Return who leads the plan or action, the managers above and the HR partners, each once, nearest first."""
    near = {plan.manager_id: plan.manager}
    for manager in managers_above(plan.employee):
        near.setdefault(manager.pk, manager)
    for partner in hr_partners_for(plan.employee):
        employee = getattr(partner, "employee", None)
        if employee is not None:
            near.setdefault(employee.pk, employee)
    near.pop(plan.employee_id, None)
    return [person for person in near.values() if not person.has_left]


def support_owners(plan: Plan) -> list[tuple[int, str]]:
    """Return who may be named for a support commitment; those named already stay on offer."""
    near = {person.pk: person.full_name for person in people_near(plan)}
    for commitment in plan.support_commitments.all():
        near.setdefault(commitment.owner_id, commitment.owner.full_name)
    return list(near.items())


def witnesses(plan: Plan | DisciplinaryAction, *, recorder: Employee | None) -> list[tuple[int, str]]:
    """Return who may witness a refusal: neither the employee nor whoever records it."""
    own = recorder.pk if recorder else None
    return [(person.pk, person.full_name) for person in people_near(plan) if person.pk != own]


def kept_from_a_plan(member: Membership) -> list[tuple[Employee, Plan]]:
    """Return the people a plan cannot be started for, each with the open plan that is the reason."""
    plans = (
        plans_visible_to(member)
        .exclude(status__in=ENDED)
        .select_related("employee")
        .order_by("employee__family_name", "employee__given_name")[:100]
    )
    return [(plan.employee, plan) for plan in plans]


def row_choices(plan: Plan, step: str) -> dict[str, Any]:
    """Return what the fields of a row of the step are chosen from; looked up once for all of its rows."""
    match step:
        case "support":
            return {"owners": support_owners(plan)}
        case "expectations":
            return {"metrics": metric_choices(plan)}
        case _:
            return {}
