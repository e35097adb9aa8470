"""Addresses of disciplinary actions about Alice, led by Bob, and of the ends of a plan that are no outcome."""

from collections.abc import Callable
from typing import Any

from django_rls_tenants import tenant_context

from pips.discipline_enums import ActionStatus
from pips.enums import PlanStatus
from pips.models import DisciplinaryAction, DisciplinaryAppeal
from tests.pips.discipline.conftest import action_columns
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, WRITE_ONLY, Sample, World

READS = dict.fromkeys(["bob", "carol", "hana"], OK)
WRITES = {**READS, "hana": FORBIDDEN}
REVIEWS = {"hana": OK, "bob": FORBIDDEN, "carol": FORBIDDEN}


def _action(status: ActionStatus) -> Callable[[World], dict[str, Any]]:
    """Return what makes an action in that state in a world and names it."""

    def arguments(world: World) -> dict[str, Any]:
        with tenant_context(world.organization.pk):
            action = DisciplinaryAction.objects.create(
                employee=world.employee, manager=world.manager, **action_columns(status)
            )
            if status == ActionStatus.APPEALED:
                DisciplinaryAppeal.objects.create(action=action, grounds="It was not so.")
            return {"action_id": action.pk}

    return arguments


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk}


_drafted = _action(ActionStatus.DRAFTED)
_in_review = _action(ActionStatus.IN_REVIEW)
_issued = _action(ActionStatus.ISSUED)
_appealed = _action(ActionStatus.APPEALED)

SAMPLES: dict[str, Sample] = {
    "discipline:action_list": Sample(EVERYBODY),
    "discipline:action_export": Sample(EVERYBODY),
    "discipline:action_new": Sample(READS),
    "discipline:action_detail": Sample(READS, MISSING, _drafted),
    "discipline:action_edit": Sample(WRITES, MISSING, _drafted),
    "discipline:action_remark": Sample({}, WRITE_ONLY, _drafted),
    "discipline:action_submission": Sample(WRITES, MISSING, _drafted),
    "discipline:action_review": Sample(REVIEWS, MISSING, _in_review),
    "discipline:action_legal_review": Sample(REVIEWS, MISSING, _in_review),
    "discipline:action_issue": Sample(READS, MISSING, _action(ActionStatus.APPROVED)),
    "discipline:action_acknowledgement": Sample({**READS, "alice": OK}, MISSING, _issued),
    "discipline:action_appeal": Sample({**dict.fromkeys(READS, FORBIDDEN), "alice": OK}, MISSING, _issued),
    "discipline:action_hearer": Sample({**REVIEWS, "alice": FORBIDDEN}, MISSING, _appealed),
    "discipline:action_decision": Sample(dict.fromkeys(["alice", *READS], FORBIDDEN), MISSING, _appealed),
    "discipline:action_withdrawal": Sample(READS, MISSING, _drafted),
    "discipline:action_plan": Sample(READS, MISSING, _drafted),
    "pips:outcome_receipt": Sample(dict.fromkeys(["alice", *READS], MOVED), MISSING, _plan, PlanStatus.DECIDED),
    "pips:plan_departure": Sample(dict.fromkeys(READS, FORBIDDEN), MISSING, _plan),
    "pips:plan_discipline": Sample(READS, MISSING, _plan),
    "pips:plan_relapse": Sample({}, MISSING, _plan),
}
