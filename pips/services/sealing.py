"""Sealing a version of a plan as its PDF: the content in force, and from version 2 on what changed and why."""

from typing import Any

from documents.models import Document
from documents.services import seal_document
from people.models import Membership
from pips.amendment_enums import AmendmentStatus
from pips.models import Plan
from pips.obligations import About
from pips.snapshots import differences

PLAN_DOCUMENT = "plan"
PLAN_TEMPLATE = "pips/pdf/plan.html"


def seal_version(*, plan: Plan, actor: Membership | None) -> Document:
    """Seal the plan as it is now under the number of its version. Raises DomainError when that is sealed already."""
    return seal_document(
        actor=actor,
        kind=PLAN_DOCUMENT,
        about_type=About.PLAN,
        about_id=plan.pk,
        version=plan.version,
        employee=plan.employee,
        title=plan.title,
        template=PLAN_TEMPLATE,
        context=version_context(plan),
    )


def version_context(plan: Plan) -> dict[str, Any]:
    """Return what the PDF needs: the plan, the amendments so far with their differences, and the dates that moved."""
    in_force = plan.amendments.filter(status=AmendmentStatus.IN_FORCE).select_related("decided_by__user")
    versions = [
        {"amendment": amendment, "differences": differences(amendment.before, amendment.after)}
        for amendment in in_force.order_by("version")
    ]
    return {
        "plan": plan,
        "latest": versions[-1] if versions else None,
        "versions": versions,
        "shifts": plan.date_shifts.order_by("at", "pk").filter(about_type__in=[About.PLAN, About.MILESTONE]),
    }
