"""Addresses of one person's figures and their charts."""

from typing import Any

from metrics.models import Observation, Series
from tests.tenancy.world import FORBIDDEN, MISSING, MOVED, OK, Sample, World


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


def _series(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk, "metric_id": world.one(Series).metric_id}


# Themself, the managers above, the HR partners in scope; not the HR admin, not the executive.
FOLLOWS_ALICE = dict.fromkeys(["alice", "bob", "carol", "hana"], OK)
EMPLOYED = dict.fromkeys(["alice", "bob", "carol", "hana", "adam", "eve"], MOVED)


def _value(world: World) -> dict[str, Any]:
    return {**_series(world), "day": world.one(Observation).starts_on.isoformat()}


# The managers above and HR add what is missing; HR alone puts a value right.
ADDS = {"bob": OK, "carol": OK, "hana": OK, "alice": FORBIDDEN}
CORRECTS = {"hana": OK, "bob": FORBIDDEN, "carol": FORBIDDEN, "alice": FORBIDDEN}

SAMPLES: dict[str, Sample] = {
    "metrics:own_figures": Sample(EMPLOYED, MISSING),
    "metrics:person": Sample(FOLLOWS_ALICE, MISSING, _employee),
    "metrics:series": Sample(FOLLOWS_ALICE, MISSING, _series),
    "metrics:series_export": Sample(FOLLOWS_ALICE, MISSING, _series),
    "metrics:value_new": Sample(ADDS, MISSING, _series),
    "metrics:value_correction": Sample(CORRECTS, MISSING, _value),
    "metrics:chart": Sample(dict.fromkeys(FOLLOWS_ALICE, MOVED), MISSING, _series),
}
