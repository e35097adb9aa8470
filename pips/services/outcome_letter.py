"""The letter that tells the outcome: sealed at the decision, its receipt recorded like the plan's (rules 14, 15)."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.selectors import documents_about
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.enums import ENDED, NoteKind
from pips.models import Plan, PlanDecision
from pips.obligations import About, Owed
from pips.relapse import relapse_until
from pips.rules import is_employee_in, may_discard
from pips.services.moves import lock_plan, write_note
from pips.statements import letter_statement_for
from reminders.services.obligations import fulfil

OUTCOME_LETTER = "outcome_letter"
OUTCOME_TEMPLATE = "pips/pdf/outcome_letter.html"


def outcome_letter_of(plan: Plan) -> Document | None:
    """Return the sealed letter about the plan's outcome, if there is one; older plans have none."""
    return documents_about(About.OUTCOME, plan.pk).first()


def has_open_letter(plan: Plan) -> bool:
    """Return whether there is a letter whose receipt is not recorded."""
    letter = outcome_letter_of(plan)
    return letter is not None and not hasattr(letter, "acknowledgement")


def seal_outcome_letter(*, actor: Membership, plan: Plan, decision: PlanDecision) -> Document:
    """Seal the letter inside the decision's transaction."""
    return seal_document(
        actor=actor,
        kind=OUTCOME_LETTER,
        about_type=About.OUTCOME,
        about_id=plan.pk,
        version=1,
        employee=plan.employee,
        title=gettext("Outcome: %(title)s")[:200] % {"title": plan.title},
        template=OUTCOME_TEMPLATE,
        context={
            "plan": plan,
            "decision": decision,
            "expectations": plan.expectations.select_related("result"),
            "relapse_until": relapse_until(plan),
        },
    )


def acknowledge_outcome(
    *,
    actor: Membership,
    plan: Plan,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
) -> None:
    """Record receipt of the letter: by the employee, or as refused by a manager or HR before a witness (rule 14).

    Raises PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(may_discard(actor, plan) if is_refusal else is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, ENDED)
        letter = outcome_letter_of(plan)
        if letter is None:
            raise DomainError(_("There is no sealed letter about this outcome."), rule=15)
        receipt = acknowledge_document(
            actor=actor,
            document=letter,
            kind=kind,
            statement=letter_statement_for(kind),
            comment=comment,
            witness=witness,
        )
        fulfil(kind=Owed.ACKNOWLEDGE_OUTCOME, about_type=About.OUTCOME, about_id=plan.pk, actor=actor)
        body = "\n".join(filter(None, [gettext("Outcome letter"), str(kind.label), receipt.comment]))
        write_note(plan=plan, kind=NoteKind.ACKNOWLEDGED, body=body, author=actor)
