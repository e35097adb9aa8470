"""An agreed plan is sealed into the employee's file, who acknowledges its receipt (rules 14, 15)."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from development import rules
from development.enums import Side
from development.models import DevelopmentPlan
from development.obligations import ABOUT_PLAN, DAYS_TO_ANSWER, Owed
from development.selectors.documents import sealed_plan
from development.services.moves import lock_plan, owe_plan
from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil

PLAN_DOCUMENT = "development_plan"
TEMPLATE = "development/pdf/plan.html"


def seal_plan(*, actor: Membership, plan: DevelopmentPlan) -> Document:
    """Seal a locked plan as it was agreed; the employee is asked to acknowledge its receipt.

    Raises DomainError where it is sealed already.
    """
    day = timezone.localdate(plan.approved_at)
    document = seal_document(
        actor=actor,
        kind=PLAN_DOCUMENT,
        about_type=ABOUT_PLAN,
        about_id=plan.pk,
        version=1,
        employee=plan.employee,
        title=_("Development plan of %(day)s") % {"day": date_format(day, "j F Y")},
        template=TEMPLATE,
        context={
            "plan": plan,
            "gaps": list(plan.gaps.select_related("competency")),
            "actions": list(plan.actions.select_related("owner", "course", "gap__competency")),
            "manager": str(plan.approved_by or actor),
        },
    )
    owe_plan(Side.EMPLOYEE, plan, Owed.ACKNOWLEDGE, working_days=DAYS_TO_ANSWER)
    return document


def acknowledge_plan(
    *,
    actor: Membership,
    plan: DevelopmentPlan,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
) -> None:
    """Record receipt: by the employee, or as refused, by a manager above, before a witness (rule 14).

    Raises PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(rules.side_of(actor, plan) == (Side.MANAGER if is_refusal else Side.EMPLOYEE))
    with transaction.atomic():
        lock_plan(plan, rules.RECEIVABLE)
        document = sealed_plan(plan)
        if document is None:
            raise DomainError(_("This plan was agreed before plans were sealed: there is nothing to acknowledge."))
        acknowledge_document(
            actor=actor,
            document=document,
            kind=kind,
            statement=statement_for(kind),
            comment=comment,
            witness=witness,
        )
        fulfil(kind=Owed.ACKNOWLEDGE, about_type=ABOUT_PLAN, about_id=plan.pk, actor=actor)


def statement_for(kind: AcknowledgementKind | str) -> str:
    """Return the words receipt is recorded under; kept with it exactly as shown (rules 14, 15)."""
    match AcknowledgementKind(kind):
        case AcknowledgementKind.RECEIVED:
            return _(
                "I have received this development plan as it was agreed. This confirms receipt and binds me to nothing "
                "beyond what the plan says."
            )
        case AcknowledgementKind.RECEIVED_WITH_COMMENT:
            return _(
                "I have received this development plan as it was agreed. This confirms receipt and binds me to nothing "
                "beyond what the plan says. My comment is kept with the plan for good."
            )
        case AcknowledgementKind.REFUSED:
            return _(
                "This development plan was handed to the employee in the presence of the witness named. The employee "
                "declined to acknowledge receipt, which is no misconduct."
            )
