"""Addresses of legal reviews, of what the law protects and of the plan policy."""

from typing import Any

from pips.models import LegalReview
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


def _review(world: World) -> dict[str, Any]:
    return {"review_id": world.one(LegalReview, plan=world.plan).pk}


SEES_ALICE = {"hana": OK, "alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "adam": FORBIDDEN}

SAMPLES: dict[str, Sample] = {
    "people:protected_activities": Sample(SEES_ALICE, MISSING, _employee),
    "pips:legal_review_list": Sample({"hana": OK}),
    "pips:legal_review": Sample({"hana": OK}, MISSING, _review),
    "pips:plan_policy": Sample({"adam": OK}),
    "pips:wording_check": Sample(EVERYBODY),
    "pips:plan_remark": Sample({}, WRITE_ONLY, lambda world: {"plan_id": world.plan.pk}),
}
