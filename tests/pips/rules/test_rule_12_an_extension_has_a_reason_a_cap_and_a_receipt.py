"""Rule 12: an extension needs a reason, HR approval and a new acknowledgement; the cap is tenant policy."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.enums import AcknowledgementKind
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.models import PlanPolicy
from pips.services.amendments import approve_amendment
from pips.services.plan import acknowledge_plan
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import Stage


def test_rule_12_the_manager_proposes_hr_approves_and_the_employee_receives(stage: Stage) -> None:
    plan = stage.active()
    amendment = Changes(stage).extend(plan)
    with pytest.raises(PermissionDenied):
        approve_amendment(actor=stage.bob.member, amendment=amendment)

    approve_amendment(actor=stage.hana.member, amendment=amendment)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.EXTENDED
    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED, version=2)

    assert plan.status == PlanStatus.ACTIVE


def test_rule_12_beyond_the_policy_s_cap_it_is_blocked(stage: Stage) -> None:
    PlanPolicy.objects.create(extension_cap_days=20)

    with pytest.raises(DomainError) as refused:
        Changes(stage).extend(stage.running(), 21)

    assert refused.value.rule == 12
