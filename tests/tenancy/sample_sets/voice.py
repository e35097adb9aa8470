"""Addresses of the employee's side of a plan."""

from collections.abc import Callable
from typing import Any

from pips.enums import PlanStatus
from pips.models import AccommodationDetail, AccommodationRequest, DataCheck, Expectation, PlanCompanion
from tests.tenancy.world import FORBIDDEN, MISSING, OK, Sample, World

SPEAKS = {"alice": OK, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": FORBIDDEN}
READS = {"alice": OK, "bob": OK, "carol": OK, "hana": OK}
RUNS = PlanStatus.ACTIVE


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk}


def _with(name: str, make: Callable[[World], Any]) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"plan_id": world.plan.pk, name: make(world).pk}


def _expectation(world: World) -> Any:
    return world.kept.get(Expectation) or world.one(DataCheck, plan=world.plan).expectation


def _request(world: World) -> Any:
    request = world.one(AccommodationRequest, plan=world.plan)
    world.one(AccommodationDetail, request=request)
    return request


def _companion(world: World) -> Any:
    return world.one(PlanCompanion, plan=world.plan)


def _commitment(world: World) -> Any:
    return world.commitment


SAMPLES: dict[str, Sample] = {
    "pips:voice_comment": Sample(SPEAKS, MISSING, _plan, RUNS),
    "pips:voice_rebuttal": Sample(SPEAKS, MISSING, _plan, RUNS),
    "pips:data_check": Sample(
        READS, MISSING, _with("check_id", lambda world: world.one(DataCheck, plan=world.plan)), RUNS, guest=OK
    ),
    "pips:data_check_new": Sample({}, MISSING, lambda world: {"plan_id": world.plan.pk, "expectation_id": 0}, RUNS),
    "pips:accommodation_new": Sample(SPEAKS, MISSING, _plan, RUNS),
    "pips:accommodation": Sample({"alice": OK, "hana": OK}, MISSING, _with("request_id", _request), RUNS),
    "pips:companion_new": Sample({**SPEAKS, "hana": OK}, MISSING, _plan, RUNS),
    "pips:companion_revocation": Sample(SPEAKS, MISSING, _with("companion_id", _companion), RUNS),
    "pips:own_export": Sample(SPEAKS, MISSING, _plan, RUNS),
    "pips:appeal": Sample(
        {"alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": FORBIDDEN},
        MISSING,
        _plan,
        PlanStatus.DECIDED,
        guest=FORBIDDEN,
    ),
    "pips:support_confirmation": Sample(
        {"alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": FORBIDDEN},
        MISSING,
        _with("commitment_id", _commitment),
        RUNS,
    ),
    "pips:support_resolution": Sample(
        {"alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN, "hana": OK},
        MISSING,
        _with("commitment_id", _commitment),
        RUNS,
    ),
}
