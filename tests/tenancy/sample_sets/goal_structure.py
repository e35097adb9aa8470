"""Addresses of cycles, objectives and templates."""

from typing import Any

from django.utils import timezone

from goals.models import Cycle, Goal, GoalTemplate, Objective
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, OK, WRITE_ONLY, Sample, World


def _cycle(world: World) -> dict[str, Any]:
    return {"cycle_id": world.one(Cycle).pk}


def _objective(world: World) -> dict[str, Any]:
    """An objective of the organization: everybody reads it, HR writes it."""
    world.one(Cycle)
    return {"objective_id": world.one(Objective, level="organization", parent=None).pk}


def _with_a_cycle(world: World) -> dict[str, Any]:
    world.one(Cycle)
    return {}


def _template(world: World) -> dict[str, Any]:
    return {"template_id": world.one(GoalTemplate).pk}


def _goal(world: World) -> dict[str, Any]:
    """A proposed goal, on which nobody reports yet."""
    world.one(Cycle)
    return {"goal_id": world.one(Goal, status="proposed", proposed_side="employee", proposed_at=timezone.now()).pk}


READS_CYCLES = dict.fromkeys(["hana", "adam", "eve"], OK)
MANAGES_CYCLES = dict.fromkeys(["hana", "adam"], OK)
USES_TEMPLATES = dict.fromkeys(["hana", "adam", "bob", "carol"], OK)
EMPLOYED = {**dict.fromkeys(EVERYBODY, OK), "ines": FORBIDDEN}

SAMPLES: dict[str, Sample] = {
    "goals:goal_list": Sample(EVERYBODY),
    "goals:goal_export": Sample(EVERYBODY),
    "goals:goal_row": Sample(dict.fromkeys(["alice", "bob", "carol", "hana"], FORBIDDEN), MISSING, _goal),
    "goals:cycle_list": Sample(READS_CYCLES),
    "goals:cycle_new": Sample(MANAGES_CYCLES),
    "goals:cycle": Sample(READS_CYCLES, FORBIDDEN, _cycle),
    "goals:cycle_change": Sample(MANAGES_CYCLES, FORBIDDEN, _cycle),
    "goals:cycle_freeze": Sample(MANAGES_CYCLES, FORBIDDEN, _cycle),
    "goals:cycle_reopen": Sample(MANAGES_CYCLES, FORBIDDEN, _cycle),
    "goals:cycle_archive": Sample(MANAGES_CYCLES, FORBIDDEN, _cycle),
    "goals:copying": Sample(EMPLOYED, FORBIDDEN, _cycle),
    "goals:objective_tree": Sample(EVERYBODY),
    "goals:objective_new": Sample(EMPLOYED, FORBIDDEN, _with_a_cycle),
    "goals:objective": Sample(EVERYBODY, FORBIDDEN, _objective),
    "goals:objective_change": Sample(MANAGES_CYCLES, FORBIDDEN, _objective),
    "goals:objective_removal": Sample(MANAGES_CYCLES, FORBIDDEN, _objective),
    "goals:template_list": Sample(USES_TEMPLATES),
    "goals:template_new": Sample(MANAGES_CYCLES),
    "goals:template_presets": Sample(dict.fromkeys(MANAGES_CYCLES, WRITE_ONLY), WRITE_ONLY),
    "goals:template_change": Sample(MANAGES_CYCLES, FORBIDDEN, _template),
    "goals:template_deletion": Sample(MANAGES_CYCLES, FORBIDDEN, _template),
    "goals:team_goals": Sample(dict.fromkeys(["bob", "carol"], OK), FORBIDDEN, _template),
}
