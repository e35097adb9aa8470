"""What the database keeps of an issued plan and of an amendment, whoever asks it."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from pips.models import Amendment, Expectation, Plan
from pips.services.amendments import approve_amendment
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import START, Stage

D = datetime.date
ONLY_BY_AMENDMENT = "only an amendment changes"


def test_the_locks_are_lifted_for_the_amendment_s_own_statements_only(stage: Stage, changes: Changes) -> None:
    plan = stage.active()
    changes.lowered(plan)

    with pytest.raises(DatabaseError, match=ONLY_BY_AMENDMENT), transaction.atomic():
        Expectation.objects.filter(plan=plan).update(target=Decimal(99))
    with pytest.raises(DatabaseError, match=ONLY_BY_AMENDMENT), transaction.atomic():
        plan.concerns.create(occurred_on=START, description="x", standard="y")
    with pytest.raises(DatabaseError, match=ONLY_BY_AMENDMENT), transaction.atomic():
        plan.concerns.all().delete()


@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_version_follows_its_predecessor_by_an_amendment(stage: Stage, changes: Changes, version: int) -> None:
    plan = stage.active()
    changes.lowered(plan)

    with (
        pytest.raises(DatabaseError, match=f"version {version} does not follow 2 by an amendment"),
        transaction.atomic(),
    ):
        Plan.objects.filter(pk=plan.pk).update(version=version, receipt_owed_for=None)


@pytest.mark.parametrize(
    "columns",
    [
        {"title": "Another"},
        {"length_days": 30},
        {"extension_days": 5},
        {"starts_on": D(2027, 1, 1)},
        {"failure_consequence": "Worse."},
        {"employment_effects": ["adds_duties"]},
        {"job_description": None},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_an_issued_plan_s_own_words_and_dates_change_with_its_version_only(
    stage: Stage, columns: dict[str, object]
) -> None:
    plan = stage.running()

    with pytest.raises(DatabaseError, match=ONLY_BY_AMENDMENT), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**columns)


def test_an_amendment_is_final_and_keeps_what_was_proposed(stage: Stage, changes: Changes) -> None:
    amendment = changes.lower(stage.active())
    rows = Amendment.objects.filter(pk=amendment.pk)
    with pytest.raises(DatabaseError, match="Cannot update rows from pips_amendment"), transaction.atomic():
        rows.update(reason="Another reason.")
    with pytest.raises(DatabaseError, match="Cannot update rows from pips_amendment"), transaction.atomic():
        rows.update(proposal={})

    approve_amendment(actor=stage.hana.member, amendment=amendment)

    with pytest.raises(DatabaseError, match="is settled and final"), transaction.atomic():
        rows.update(status="declined", decision_reason="No.", after=None)
    with pytest.raises(DatabaseError, match="is settled and final"), transaction.atomic():
        rows.update(after={})
