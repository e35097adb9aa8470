"""Addresses of a goal: a draft of Alice begun by nobody known, which only its people may read."""

from typing import Any

from django.utils import timezone

from goals.models import Evidence, Goal, GoalRevision, GoalStep
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, WRITE_ONLY, Sample, World

READS = {"alice": OK, "bob": OK, "carol": OK, "hana": OK}
WRITES = {**READS, "hana": FORBIDDEN}
TOO_EARLY = {**dict.fromkeys(["alice", "bob", "carol"], MOVED), "hana": FORBIDDEN}


def _goal(world: World) -> dict[str, Any]:
    return {"goal_id": _proposed(world).pk}


def _proposed(world: World) -> Goal:
    """Return a draft that has been proposed before, so that both sides know it."""
    goal: Goal = world.one(Goal, proposed_at=timezone.now())
    return goal


def _evidence(world: World) -> dict[str, Any]:
    _proposed(world)
    return {"evidence_id": world.one(Evidence).pk}


def _step(world: World) -> dict[str, Any]:
    return {"goal_id": _proposed(world).pk, "step_id": world.one(GoalStep).pk}


def _revision(world: World) -> dict[str, Any]:
    return {"goal_id": _proposed(world).pk, "number": world.one(GoalRevision).number}


SAMPLES: dict[str, Sample] = {
    "goals:goal_new": Sample({**EVERYBODY, "ines": FORBIDDEN}),
    "goals:goal_detail": Sample(READS, MISSING, _goal),
    "goals:goal_edit": Sample(WRITES, MISSING, _goal),
    "goals:goal_words": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_answer": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_update": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_revision": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_completion": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_reopening": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_feedback": Sample(TOO_EARLY, MISSING, _goal),
    "goals:goal_cancellation": Sample(WRITES, MISSING, _goal),
    "goals:goal_proposal": Sample({}, WRITE_ONLY, _goal),
    "goals:goal_taking_back": Sample({}, WRITE_ONLY, _goal),
    "goals:goal_step": Sample({}, WRITE_ONLY, _step),
    "goals:revision_answer": Sample({}, WRITE_ONLY, _revision),
    "goals:evidence": Sample(READS, MISSING, _evidence),
}
