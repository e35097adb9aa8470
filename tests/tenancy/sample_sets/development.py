"""Addresses of development: a draft a manager has begun, which the employee and the managers above write together."""

from typing import Any

from development.enums import Side
from development.models import (
    ActionEvidence,
    Certificate,
    DevelopmentAction,
    DevelopmentPlan,
    Enrolment,
    JobStep,
    MentorProfile,
    Mentorship,
    RequiredTraining,
    TrainingCourse,
)
from goals.models import Goal
from pips.enums import PlanStatus
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, WRITE_ONLY, Sample, World

BOTH_SIDES = dict.fromkeys(["alice", "bob", "carol"], OK)
TOO_EARLY = dict.fromkeys(BOTH_SIDES, MOVED)
FOLLOWS_ALICE = {**BOTH_SIDES, "hana": OK}
EMPLOYED = {**EVERYBODY, "ines": FORBIDDEN}
LEADS = {"bob": OK, "carol": OK, "hana": OK}


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.one(DevelopmentPlan, drafted_side=Side.MANAGER).pk}


def _action(world: World) -> dict[str, Any]:
    _plan(world)
    return {"action_id": world.one(DevelopmentAction).pk}


def _evidence(world: World) -> dict[str, Any]:
    _action(world)
    return {"file_id": world.one(ActionEvidence).pk}


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


def _job(world: World) -> dict[str, Any]:
    step = world.one(JobStep, source=world.employee.job_description)
    return {"employee_id": world.employee.pk, "job_id": step.target_id}


def _step(world: World) -> dict[str, Any]:
    return {"step_id": world.one(JobStep, source=world.employee.job_description).pk}


def _course(world: World) -> dict[str, Any]:
    return {"course_id": world.one(TrainingCourse).pk}


def _required(world: World) -> dict[str, Any]:
    return {"required_id": world.one(RequiredTraining).pk}


def _enrolment(world: World) -> dict[str, Any]:
    return {"enrolment_id": world.one(Enrolment).pk}


def _certificate(world: World) -> dict[str, Any]:
    world.one(Enrolment)
    return {"certificate_id": world.one(Certificate).pk}


def _profile(world: World) -> dict[str, Any]:
    return {"profile_id": world.one(MentorProfile, is_open=True).pk}


def _mentorship(world: World) -> dict[str, Any]:
    return {"mentorship_id": world.one(Mentorship, mentor=world.manager).pk}


SAMPLES: dict[str, Sample] = {
    "development:mine": Sample(EVERYBODY),
    "development:team": Sample(LEADS),
    "development:team_export": Sample(LEADS),
    "development:start": Sample({**dict.fromkeys(EVERYBODY, MOVED), "ines": FORBIDDEN}),
    # The goal is a draft its manager has begun.
    "development:from_goal": Sample(
        {"bob": MOVED, "carol": MOVED}, MISSING, lambda world: {"goal_id": world.one(Goal).pk}
    ),
    "development:from_outcome": Sample(
        dict.fromkeys(FOLLOWS_ALICE, MOVED), MISSING, lambda world: {"plan_id": world.plan.pk}, PlanStatus.DECIDED
    ),
    "development:milestones": Sample(EMPLOYED),
    "development:success": Sample({}, WRITE_ONLY, lambda world: {"plan_id": world.plan.pk}),
    "development:plan_new": Sample(EMPLOYED),
    "development:plan": Sample(BOTH_SIDES, MISSING, _plan),
    "development:plan_edit": Sample(BOTH_SIDES, MISSING, _plan),
    "development:plan_submission": Sample({**TOO_EARLY, "alice": OK}, MISSING, _plan),
    "development:plan_taking_back": Sample({}, WRITE_ONLY, _plan),
    "development:plan_answer": Sample(TOO_EARLY, MISSING, _plan),
    "development:plan_acknowledgement": Sample(TOO_EARLY, MISSING, _plan),
    "development:plan_closing": Sample(TOO_EARLY, MISSING, _plan),
    "development:plan_withdrawal": Sample(BOTH_SIDES, MISSING, _plan),
    "development:action_new": Sample(TOO_EARLY, MISSING, _plan),
    "development:action": Sample(BOTH_SIDES, MISSING, _action),
    "development:action_evidence": Sample(BOTH_SIDES, MISSING, _evidence),
    "development:action_progress": Sample({}, WRITE_ONLY, _action),
    "development:action_answer": Sample(TOO_EARLY, MISSING, _action),
    "development:action_ending": Sample(TOO_EARLY, MISSING, _action),
    "development:own_career": Sample({**dict.fromkeys(EVERYBODY, MOVED), "ines": FORBIDDEN}),
    "development:career": Sample(FOLLOWS_ALICE, MISSING, _employee),
    "development:career_job": Sample(FOLLOWS_ALICE, MISSING, _job),
    "development:aim": Sample({}, WRITE_ONLY, _job),
    "development:ladder": Sample(EVERYBODY),
    "development:ladder_removal": Sample({}, WRITE_ONLY, _step),
    "development:training": Sample(EVERYBODY),
    "development:coverage": Sample(LEADS),
    "development:coverage_export": Sample(LEADS),
    "development:completions": Sample({"hana": OK, "adam": OK}),
    "development:course_new": Sample({"hana": OK, "adam": OK}),
    "development:course": Sample(EVERYBODY, arguments=_course),
    "development:course_edit": Sample({"hana": OK, "adam": OK}, arguments=_course),
    "development:enrolment_new": Sample({}, WRITE_ONLY, _course),
    "development:requirement_new": Sample({}, WRITE_ONLY, _course),
    "development:requirement_removal": Sample({}, WRITE_ONLY, _required),
    "development:enrolment": Sample(FOLLOWS_ALICE, MISSING, _enrolment),
    "development:enrolment_answer": Sample({}, WRITE_ONLY, _enrolment),
    "development:enrolment_completion": Sample({}, WRITE_ONLY, _enrolment),
    "development:enrolment_cancellation": Sample({}, WRITE_ONLY, _enrolment),
    "development:certificate": Sample(FOLLOWS_ALICE, MISSING, _certificate),
    "development:mentors": Sample(EVERYBODY),
    "development:mentor_profile": Sample(EMPLOYED),
    "development:mentorships": Sample({"hana": OK, "adam": OK}),
    # Alice's own profile is hers to change, not to ask.
    "development:mentor_request": Sample({**EMPLOYED, "alice": MISSING}, MISSING, _profile),
    "development:mentorship": Sample({"alice": OK, "bob": OK}, MISSING, _mentorship),
    "development:mentorship_answer": Sample({}, WRITE_ONLY, _mentorship),
    "development:mentorship_withdrawal": Sample({}, WRITE_ONLY, _mentorship),
    "development:mentorship_goals": Sample({}, WRITE_ONLY, _mentorship),
    "development:mentorship_session": Sample({"alice": OK, "bob": OK}, MISSING, _mentorship),
    "development:mentorship_closing": Sample({}, WRITE_ONLY, _mentorship),
}
