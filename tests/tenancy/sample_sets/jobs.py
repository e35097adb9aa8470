"""Addresses of job descriptions."""

from typing import Any

from people.models import Competency
from tests.tenancy.world import FORBIDDEN, MISSING, OK, Sample, World

LISTS = dict.fromkeys(["hana", "adam", "bob", "carol"], OK)
WRITES = {"hana": OK, "adam": OK}


def _job(world: World) -> dict[str, Any]:
    return {"job_id": world.employee.job_description_id}


def _competency(world: World) -> dict[str, Any]:
    return {"competency_id": world.one(Competency).pk}


SAMPLES: dict[str, Sample] = {
    "people:job_list": Sample(LISTS),
    "people:job_export": Sample(LISTS),
    "people:job_new": Sample(WRITES),
    # Everybody employed in the cast has the same job; Ines is no employee.
    "people:job": Sample(dict.fromkeys(["alice", "bob", "carol", "hana", "adam", "eve"], OK), MISSING, _job),
    "people:job_change": Sample(WRITES, FORBIDDEN, _job),
    "people:competency_list": Sample(LISTS),
    "people:competency_new": Sample(WRITES),
    "people:competency_change": Sample(WRITES, FORBIDDEN, _competency),
}
