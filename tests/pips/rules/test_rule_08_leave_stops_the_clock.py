"""Rule 8: leave stops the clock and does not erase the plan; a ramp-up is offered; scattered leave fits targets."""

import datetime
from decimal import Decimal

from people.enums import LeaveKind
from people.services.leave import record_leave
from pips.enums import PlanStatus
from pips.inputs import ExpectationInput
from pips.models import LeaveProposal
from tests.pips.conftest import Stage

D = datetime.date


def away(stage: Stage, first: D, last: D) -> None:
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=first,
        ends_on=last,
        kind=LeaveKind.MEDICAL,
        is_protected=True,
    )


def test_rule_08_leave_moves_the_plan_keeps_it_and_offers_a_ramp_up(stage: Stage) -> None:
    plan = stage.running()

    away(stage, D(2027, 2, 10), D(2027, 2, 23))

    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACTIVE
    assert plan.ends_on == D(2027, 4, 20)
    assert [(one.kind, one.status) for one in LeaveProposal.objects.all()] == [("ramp_up", "open")]


def test_rule_08_scattered_leave_proposes_fitted_targets_and_applies_none(stage: Stage) -> None:
    count = ExpectationInput(
        title="Reports", baseline=Decimal(20), target=Decimal(40), unit="reports", data_source="Tracker"
    )
    plan = stage.running_from(stage.draft(expectations=[count]))

    for week in range(4):
        day = D(2027, 1, 13) + datetime.timedelta(weeks=week)
        away(stage, day, day)

    offered = LeaveProposal.objects.get(status="open")
    assert [(row["old"], row["new"]) for row in offered.content["rows"]] == [("40", "37")]
    assert plan.expectations.get().target == Decimal(40)
