"""The sealed documents of development plans, and who may read them."""

from typing import Any

from django.db.models import QuerySet

from development.models import DevelopmentPlan
from development.obligations import ABOUT_PLAN
from development.selectors.plans import plans_visible_to
from documents.models import Document
from documents.selectors import documents_about
from people.models import Employee, Membership


def sealed_plan(plan: DevelopmentPlan) -> Document | None:
    """Return the plan as it was sealed, with its receipt; None for one that is not agreed."""
    return documents_about(ABOUT_PLAN, plan.pk).first()


def may_read_document(member: Membership, document: Document) -> bool:
    """Return whether the member may read a sealed plan: whoever may open the plan."""
    return plans_visible_to(member).filter(pk=document.about_id).exists()


def readable_plans(member: Membership, employee: Employee) -> QuerySet[Any, Any]:
    """Return the keys of the employee's plans whose documents the member may read."""
    return plans_visible_to(member).filter(employee=employee).order_by().values_list("pk", flat=True)
