"""Rule 5: a plan that changes the job needs a written reason and a legal review."""

import pytest

from pipcycle.errors import DomainError
from pips.enums import EmploymentEffect
from pips.gates.catalogue import findings
from pips.services.plan import submit_plan
from tests.pips.conftest import Stage

CODE = "employment_terms:adds_duties-blocks_advancement"


def test_a_plan_that_changes_the_job_needs_a_reason_and_goes_to_hr(stage: Stage) -> None:
    plan = stage.draft(employment_effects=[EmploymentEffect.BLOCKS_ADVANCEMENT, EmploymentEffect.ADDS_DUTIES])

    [finding] = findings(plan, "submit")
    with pytest.raises(DomainError, match="adds duties, changes terms"):
        submit_plan(actor=stage.bob.member, plan=plan)
    submit_plan(actor=stage.bob.member, plan=plan, reasons={CODE: "The duty is part of the next grade."})

    assert (finding.rule, finding.kind, finding.code) == (5, "warn", CODE)
    kinds = [trigger["kind"] for trigger in plan.legal_reviews.get().triggers_seen]
    assert kinds == ["adds_duties", "blocks_advancement"]


def test_a_plan_that_leaves_the_job_as_it_is_needs_none(stage: Stage) -> None:
    assert not stage.in_review().legal_reviews.exists()
