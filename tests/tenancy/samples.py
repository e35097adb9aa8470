"""For every address of the portal: an object to try it with, and who gets what.

The walker in ``test_addresses.py`` fails for an address that is neither here nor an exception with a reason.
"""

from collections.abc import Callable
from typing import Any

from pips.enums import PlanStatus
from tests.tenancy.sample_sets import (
    amendments,
    calendar,
    case_files,
    charts,
    check_ins,
    dashboards,
    definitions,
    development,
    discipline,
    drafting,
    feedback_notes,
    form_templates,
    goal_structure,
    goals,
    jobs,
    legal,
    pulses,
    reviews,
    signals,
    skills,
    tokens,
    uploads,
    voice,
)
from tests.tenancy.world import EVERYBODY, FORBIDDEN, MISSING, MOVED, OK, WRITE_ONLY, Sample, World


def _employee(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk}


def _leave(world: World) -> dict[str, Any]:
    return {"employee_id": world.employee.pk, "leave_id": world.leave.pk}


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk}


def _batch(world: World) -> dict[str, Any]:
    return {"batch_id": world.batch.pk}


def _part(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"plan_id": world.plan.pk, f"{name}_id": getattr(world, name).pk}


EMPLOYED = {**EVERYBODY, "ines": MISSING}
SEES_ALICE = dict.fromkeys(["alice", "bob", "carol", "hana", "adam"], OK)
RECORDS_LEAVE = {"hana": OK, "adam": OK, "alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN}
READS_REASON = {**RECORDS_LEAVE, "alice": OK}
# A draft: its managers write it, the HR partner reads it, its employee and everybody else know nothing of it.
READS_DRAFT = {"bob": OK, "carol": OK, "hana": OK}
WRITES_DRAFT = {"bob": OK, "carol": OK, "hana": FORBIDDEN}
RECORDS_PROGRESS = {**WRITES_DRAFT, "alice": OK}
DECIDES = {"hana": OK, "bob": FORBIDDEN, "carol": FORBIDDEN, "alice": FORBIDDEN}

PEOPLE_AND_PLANS: dict[str, Sample] = {
    "search": Sample(EVERYBODY),
    "reminders:home": Sample(EVERYBODY, guest=OK),
    "reminders:mail": Sample({"adam": OK}),
    "people:employee_list": Sample({"adam": OK, "hana": OK, "bob": OK, "carol": OK}),
    "people:employee_export": Sample({"adam": OK, "hana": OK, "bob": OK, "carol": OK}),
    "people:team": Sample({"bob": OK, "carol": OK}),
    "people:own_profile": Sample(EMPLOYED),
    "people:administration": Sample({"adam": MOVED}),
    "people:employee_detail": Sample(SEES_ALICE, MISSING, _employee),
    "people:leave_new": Sample(RECORDS_LEAVE, MISSING, _employee),
    "people:leave_change": Sample(RECORDS_LEAVE, MISSING, _leave),
    "people:leave_withdrawal": Sample(RECORDS_LEAVE, MISSING, _leave),
    "people:leave_reason": Sample(READS_REASON, MISSING, _leave),
    "documents:document_download": Sample(READS_DRAFT, MISSING, lambda world: {"document_id": world.document.pk}),
    "pips:plan_list": Sample(EVERYBODY),
    "pips:plan_export": Sample(EVERYBODY),
    "pips:plan_new": Sample({"bob": OK, "carol": OK}),
    "pips:due": Sample(
        dict.fromkeys(READS_DRAFT, MOVED),
        MISSING,
        lambda world: {"about_type": "milestone", "about_id": world.milestone.pk},
    ),
    "pips:plan_detail": Sample(READS_DRAFT, MISSING, _plan),
    "pips:plan_edit": Sample({**WRITES_DRAFT, "bob": MOVED, "carol": MOVED}, MISSING, _plan),
    "pips:plan_submission": Sample(WRITES_DRAFT, MISSING, _plan),
    "pips:plan_discard": Sample(READS_DRAFT, MISSING, _plan),
    "pips:plan_review": Sample(
        {**READS_DRAFT, "bob": FORBIDDEN, "carol": FORBIDDEN}, MISSING, _plan, PlanStatus.IN_REVIEW
    ),
    "pips:plan_issue": Sample(WRITES_DRAFT, MISSING, _plan, PlanStatus.APPROVED),
    "pips:plan_acknowledgement": Sample({**READS_DRAFT, "alice": OK}, MISSING, _plan, PlanStatus.ISSUED),
    "pips:check_in": Sample(RECORDS_PROGRESS, MISSING, _part("check_in"), PlanStatus.ACTIVE),
    "pips:milestone": Sample(RECORDS_PROGRESS, MISSING, _part("milestone"), PlanStatus.ACTIVE),
    "pips:support": Sample(
        {**WRITES_DRAFT, "alice": FORBIDDEN},
        MISSING,
        lambda world: {"plan_id": world.plan.pk, "commitment_id": world.commitment.pk},
        PlanStatus.ACTIVE,
    ),
    "pips:plan_outcome": Sample(DECIDES, MISSING, _plan, PlanStatus.ACTIVE),
    "pips:plan_closure": Sample(DECIDES, MISSING, _plan, PlanStatus.DECIDED),
    "people:import_list": Sample({"adam": OK}),
    "people:import_detail": Sample({"adam": MOVED}, FORBIDDEN, _batch),
    "people:import_columns": Sample({"adam": OK}, FORBIDDEN, _batch),
    "people:import_application": Sample({"adam": MOVED}, FORBIDDEN, _batch),
    "people:import_removal": Sample({}, WRITE_ONLY, _batch),
    "people:import_report": Sample({"adam": OK}, FORBIDDEN, _batch),
}

#: The addresses by what they are about; each set is walked with one world.
SETS: dict[str, dict[str, Sample]] = {
    "people and plans": PEOPLE_AND_PLANS,
    "changes of plans": amendments.SAMPLES,
    "jobs": jobs.SAMPLES,
    "definitions": definitions.SAMPLES,
    "development": development.SAMPLES,
    "drafting": drafting.SAMPLES,
    "discipline": discipline.SAMPLES,
    "form templates": form_templates.SAMPLES,
    "uploads": uploads.SAMPLES,
    "tokens": tokens.SAMPLES,
    "signals": signals.SAMPLES,
    "dashboards": dashboards.SAMPLES,
    "charts": charts.SAMPLES,
    "skills": skills.SAMPLES,
    "goals": goals.SAMPLES,
    "goal structure": goal_structure.SAMPLES,
    "case files": case_files.SAMPLES,
    "legal reviews": legal.SAMPLES,
    "calendar": calendar.SAMPLES,
    "check-ins": check_ins.SAMPLES,
    "feedback notes": feedback_notes.SAMPLES,
    "reviews": reviews.SAMPLES,
    "pulses and exit interviews": pulses.SAMPLES,
    "the employee's voice": voice.SAMPLES,
}
SAMPLES: dict[str, Sample] = {name: sample for samples in SETS.values() for name, sample in samples.items()}
