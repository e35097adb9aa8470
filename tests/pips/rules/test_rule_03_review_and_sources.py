"""Rule 3: somebody else approves before delivery; each expectation names its source, which is locked at issue."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from pipcycle.errors import DomainError
from pips.inputs import ExpectationInput
from pips.services.plan import approve_plan, issue_plan, submit_plan
from tests.cast import Person
from tests.pips.conftest import CONFIRMED, Stage


def test_nothing_is_handed_over_before_hr_has_approved_it(stage: Stage) -> None:
    plan = stage.in_review()

    with pytest.raises(DomainError):
        issue_plan(actor=stage.bob.member, plan=plan)

    approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED)
    assert issue_plan(actor=stage.bob.member, plan=plan).version == 1


def test_who_writes_a_plan_does_not_approve_it(stage: Stage, carol: Person) -> None:
    plan = stage.in_review()
    stage.bob.member.roles = ["hr_partner"]
    stage.bob.member.save(update_fields=["roles"])

    for person in (stage.bob, carol, stage.alice):
        with pytest.raises(PermissionDenied):
            approve_plan(actor=person.member, plan=plan, confirmations=CONFIRMED)


def test_an_expectation_without_a_source_stops_the_submission(stage: Stage) -> None:
    unsourced = ExpectationInput(title="On time", baseline=Decimal(55), target=Decimal(90), unit="%", data_source=" ")
    plan = stage.draft(expectations=[unsourced])

    with pytest.raises(DomainError, match="“On time” does not name its data source") as refused:
        submit_plan(actor=stage.bob.member, plan=plan)

    assert refused.value.rule == 3


def test_the_source_and_the_target_are_locked_by_the_database_at_issue(stage: Stage) -> None:
    plan = stage.draft()
    plan.expectations.update(data_source="Tracker, filter Late")
    stage.running_from(plan)

    for change in ({"data_source": "Another report"}, {"target": 95}, {"baseline": 40}):
        with pytest.raises(ProgrammingError, match="only an amendment changes it"), transaction.atomic():
            plan.expectations.update(**change)
