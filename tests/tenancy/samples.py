"""For every address of the portal: an object to try it with, and who gets what.

The walker in ``test_addresses.py`` fails for an address that is neither here nor an exception with a reason.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django_rls_tenants import tenant_context

from documents.models import Document
from people.enums import LeaveKind
from people.models import Employee, ImportBatch, Leave, LeaveReason, Organization
from pips.enums import Outcome, PlanStatus
from pips.models import FollowUp, Milestone, Plan, PlanCheckIn, SupportCommitment
from tests.tenancy.rows import make_object

OK, MOVED, FORBIDDEN, MISSING, WRITE_ONLY = 200, 302, 403, 404, 405


@dataclass(frozen=True)
class World:
    """One object of each kind in one organization, about one employee."""

    employee: Employee
    leave: Leave
    plan: Plan
    check_in: PlanCheckIn
    milestone: Milestone
    commitment: SupportCommitment
    follow_up: FollowUp
    document: Document
    batch: ImportBatch


_NOW = timezone.now()

#: The way of a plan, with the facts each state rests on.
STEPS: list[tuple[PlanStatus, dict[str, Any]]] = [
    (PlanStatus.IN_REVIEW, {"submitted_at": _NOW}),
    (PlanStatus.APPROVED, {"approved_at": _NOW}),
    (
        PlanStatus.ISSUED,
        {
            "issued_at": _NOW,
            "version": 1,
            "starts_on": datetime.date(2026, 6, 1),
            "ends_on": datetime.date(2026, 8, 30),
        },
    ),
    (PlanStatus.ACTIVE, {"acknowledged_at": _NOW}),
    (PlanStatus.DECIDED, {"decided_at": _NOW, "outcome": Outcome.SUCCESSFUL, "outcome_reason": "Reached."}),
]


def bring_plan_to(plan: Plan, status: PlanStatus) -> None:
    """Move the plan along its way, state by state."""
    for reached, facts in STEPS:
        if plan.status == status:
            return
        Plan.objects.filter(pk=plan.pk).update(status=reached, **facts)
        plan.refresh_from_db()


def make_world(
    organization: Organization, employee: Employee, manager: Employee, status: PlanStatus = PlanStatus.DRAFT
) -> World:
    """Make the objects, with the plan in the state."""
    day = datetime.date(2026, 6, 1)
    with tenant_context(organization.pk):
        leave = make_object(Leave, employee=employee, starts_on=day, ends_on=day)
        make_object(LeaveReason, leave=leave, kind=LeaveKind.OTHER)
        plan = make_object(Plan, employee=employee, manager=manager, template_key="delivery")
        world = World(
            employee=employee,
            leave=leave,
            plan=plan,
            check_in=make_object(PlanCheckIn, plan=plan, day=14),
            milestone=make_object(Milestone, plan=plan, day=30),
            commitment=make_object(SupportCommitment, plan=plan, owner=manager),
            follow_up=make_object(FollowUp, plan=plan),
            document=make_object(Document, employee=employee, about_type="plan", about_id=plan.pk, kind="plan"),
            batch=make_object(ImportBatch),
        )
        bring_plan_to(plan, status)
        return world


@dataclass(frozen=True)
class Sample:
    """How to call an address and what the members of the cast get for it; who is not named gets ``others``."""

    who: dict[str, int]
    others: int = FORBIDDEN
    arguments: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    status: PlanStatus = PlanStatus.DRAFT


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


EVERYBODY = dict.fromkeys(["alice", "bob", "carol", "hana", "adam", "eve", "ines"], OK)
EMPLOYED = {**EVERYBODY, "ines": MISSING}
SEES_ALICE = dict.fromkeys(["alice", "bob", "carol", "hana", "adam"], OK)
RECORDS_LEAVE = {"hana": OK, "adam": OK, "alice": FORBIDDEN, "bob": FORBIDDEN, "carol": FORBIDDEN}
READS_REASON = {**RECORDS_LEAVE, "alice": OK}
# A draft: its managers write it, the HR partner reads it, its employee and everybody else know nothing of it.
READS_DRAFT = {"bob": OK, "carol": OK, "hana": OK}
WRITES_DRAFT = {"bob": OK, "carol": OK, "hana": FORBIDDEN}
RECORDS_PROGRESS = {**WRITES_DRAFT, "alice": OK}
DECIDES = {"hana": OK, "bob": FORBIDDEN, "carol": FORBIDDEN, "alice": FORBIDDEN}

SAMPLES: dict[str, Sample] = {
    "search": Sample(EVERYBODY),
    "reminders:home": Sample(EVERYBODY),
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
    "pips:plan_edit": Sample(WRITES_DRAFT, MISSING, _plan),
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
    "pips:follow_up": Sample({**WRITES_DRAFT, "alice": FORBIDDEN}, MISSING, _part("follow_up"), PlanStatus.DECIDED),
    "people:import_list": Sample({"adam": OK}),
    "people:import_detail": Sample({"adam": MOVED}, FORBIDDEN, _batch),
    "people:import_columns": Sample({"adam": OK}, FORBIDDEN, _batch),
    "people:import_application": Sample({"adam": MOVED}, FORBIDDEN, _batch),
    "people:import_removal": Sample({}, WRITE_ONLY, _batch),
    "people:import_report": Sample({"adam": OK}, FORBIDDEN, _batch),
}
