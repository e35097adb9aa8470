"""Rule 11: a substantive change of standard amends the plan with more time and a new acknowledgement."""

import pytest

from pipcycle.errors import DomainError
from pips.enums import Outcome, Step
from pips.rules import findings
from pips.services.amendments import approve_amendment, propose_amendment
from reminders.models import Obligation
from tests.pips.amendments.conftest import Changes, with_targets
from tests.pips.conftest import Stage


def test_rule_11_a_higher_standard_without_more_time_is_blocked(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError) as refused:
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [95, None]), reason="Why.")

    assert refused.value.rule == 11


def test_rule_11_nobody_fails_a_version_they_were_not_handed(stage: Stage) -> None:
    plan = stage.active()
    Changes(stage).lowered(plan)

    found = [finding.code for finding in findings(plan, Step.DECIDE, outcome=Outcome.UNSUCCESSFUL)]

    assert "version_received" in found
    assert "version_received" not in [one.code for one in findings(plan, Step.DECIDE, outcome=Outcome.WITHDRAWN)]


def test_rule_11_in_force_it_has_more_time_and_a_new_receipt_is_owed(stage: Stage) -> None:
    plan = stage.active()
    before = plan.ends_on
    assert before is not None
    change = with_targets(plan, [95, None], more_days=14, last_goal="95 % is held.")

    amendment = propose_amendment(actor=stage.bob.member, plan=plan, change=change, reason="Agreed by the team.")
    approve_amendment(actor=stage.hana.member, amendment=amendment)

    plan.refresh_from_db()
    assert plan.ends_on is not None
    assert (plan.ends_on - before).days >= 14
    assert plan.receipt_owed_for == 2
    assert Obligation.objects.filter(kind="acknowledge_plan", status="open").count() == 1
