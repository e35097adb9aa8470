"""One organization with an object of each kind, and how an address is to be called in it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
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
    """One object of each kind in one organization, about one employee; what a plan does not need is made on demand."""

    organization: Organization
    employee: Employee
    manager: Employee
    leave: Leave
    plan: Plan
    check_in: PlanCheckIn
    milestone: Milestone
    commitment: SupportCommitment
    follow_up: FollowUp
    document: Document
    batch: ImportBatch
    kept: dict[type[models.Model], Any] = field(default_factory=dict)

    def one(self, model: type[models.Model], **given: Any) -> Any:
        """Return the world's object of the model, made on first use from what the world holds and what is given."""
        if model not in self.kept:
            with tenant_context(self.organization.pk):
                self.kept[model] = make_object(model, **{**self._known(model), **given})
        return self.kept[model]

    def _known(self, model: type[models.Model]) -> dict[str, Any]:
        """Return the objects of this world that the model's required references can point at."""
        references = [
            reference
            for reference in model._meta.concrete_fields
            if isinstance(reference, models.ForeignKey) and not reference.null and reference.name != "organization"
        ]
        known: dict[Any, Any] = {Employee: self.employee, **self.kept}
        return {
            reference.name: known[reference.related_model]
            for reference in references
            if reference.related_model in known
        }


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
            organization=organization,
            employee=employee,
            manager=manager,
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
    """How to call an address and what the members of the cast get for it; who is not named gets ``others``.

    ``guest`` is what somebody from outside gets who stands beside the employee of the plan: nothing, almost everywhere.
    """

    who: dict[str, int]
    others: int = FORBIDDEN
    arguments: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    status: PlanStatus = PlanStatus.DRAFT
    guest: int = MISSING


EVERYBODY = dict.fromkeys(["alice", "bob", "carol", "hana", "adam", "eve", "ines"], OK)
