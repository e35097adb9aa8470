"""Addresses of skill gaps and of the coach."""

from typing import Any

from tests.tenancy.world import FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World

FOLLOWS_ALICE = dict.fromkeys(["alice", "bob", "carol", "hana"], OK)
MANAGES = {"bob": OK, "carol": OK}


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


SAMPLES: dict[str, Sample] = {
    "goals:coach": Sample({}, WRITE_ONLY),
    "metrics:team_skills": Sample(MANAGES),
    "metrics:team_skills_export": Sample(MANAGES),
    "metrics:skills": Sample(FOLLOWS_ALICE, MISSING, _employee),
    "metrics:skill_rating": Sample({**FOLLOWS_ALICE, "hana": FORBIDDEN}, MISSING, _employee),
}
