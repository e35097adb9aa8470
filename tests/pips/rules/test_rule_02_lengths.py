"""Rule 2: 30, 60 or 90 days, and what the organization's policy adds."""

import pytest
from django.core.exceptions import PermissionDenied

from pips.gates.catalogue import GATES, findings
from pips.inputs import MilestoneInput
from pips.models import PlanPolicy
from pips.services.policy import change_policy
from tests.cast import Person
from tests.pips.conftest import Stage


def test_a_length_the_policy_adds_is_allowed(stage: Stage, adam: Person) -> None:
    plan = stage.draft(length_days=45, milestones=[MilestoneInput(day=30, goal="A"), MilestoneInput(day=45, goal="B")])

    assert [str(finding.message) for finding in findings(plan, "submit")] == [
        "A plan of 45 days is neither 30, 60 nor 90 days long."
    ]
    change_policy(actor=adam.member, extra_lengths=[45])

    assert findings(plan, "submit") == []


def test_only_the_hr_admin_changes_the_policy(stage: Stage, adam: Person) -> None:
    for person in (stage.alice, stage.bob, stage.hana):
        with pytest.raises(PermissionDenied):
            change_policy(actor=person.member, appeal_days=1)

    change_policy(actor=adam.member, appeal_days=21)
    change_policy(actor=adam.member, ramp_up_days=3)

    policy = PlanPolicy.objects.get()
    assert (policy.appeal_days, policy.ramp_up_days, policy.extension_cap_days) == (21, 3, 60)


def test_every_gate_is_declared_in_full_and_once() -> None:
    assert len({gate.code for gate in GATES}) == len(GATES)
    for gate in GATES:
        assert gate.rule in range(1, 30)
        assert gate.steps
        assert all(str(text).endswith(".") for text in (gate.how, gate.reason))
        assert str(gate.source) != ""
