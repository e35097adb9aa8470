"""The look back after a plan in the employee's file: sealed as it is written, then acknowledged as received."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.rules import is_employee_in, may_discard
from pips.services.promises import receipt_due
from reminders.services.obligations import fulfil, owe
from reviews.models import PlanReview
from reviews.obligations import ABOUT_PLAN_REVIEW, Owed
from reviews.selectors.plan_reviews import missed_dates_of, sealed_look_back, words_of
from reviews.services.receipts import statement_for

PLAN_REVIEW_DOCUMENT = "plan_review"
TEMPLATE = "reviews/pdf/plan_review.html"


def hand_over(*, actor: Membership, review: PlanReview) -> Document:
    """Seal what was found, in the caller's transaction; the employee owes its receipt in five working days."""
    plan = review.follow_up.plan
    document = seal_document(
        actor=actor,
        kind=PLAN_REVIEW_DOCUMENT,
        about_type=ABOUT_PLAN_REVIEW,
        about_id=review.pk,
        version=1,
        employee=plan.employee,
        title=gettext("Looking back after %(day)d days: %(plan)s")[:200]
        % {"day": review.follow_up.day, "plan": plan.title[:150]},
        template=TEMPLATE,
        context={
            "plan": plan,
            "follow_up": review.follow_up,
            "review": review,
            "results": review.results.select_related("expectation"),
            "missed": missed_dates_of(plan),
            "said": words_of(review),
        },
    )
    owe(
        kind=Owed.ACKNOWLEDGE_PLAN_REVIEW,
        about_type=ABOUT_PLAN_REVIEW,
        about_id=review.pk,
        due_on=receipt_due(plan, today_for(plan.employee)),
        owner=plan.employee,
        employee=plan.employee,
    )
    return document


def acknowledge_plan_review(
    *,
    actor: Membership,
    review: PlanReview,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
) -> None:
    """Record receipt: by the employee, or as refused by a manager or HR before a witness (rule 14).

    Raises PermissionDenied, or DomainError where nothing is sealed, no witness named or receipt recorded already.
    """
    kind = AcknowledgementKind(kind)
    plan = review.follow_up.plan
    require(may_discard(actor, plan) if kind == AcknowledgementKind.REFUSED else is_employee_in(actor, plan))
    document = sealed_look_back(review)
    if document is None:
        raise DomainError(_("There is no sealed document about this look back."), rule=15)
    with transaction.atomic():
        acknowledge_document(
            actor=actor,
            document=document,
            kind=kind,
            statement=statement_for(kind),
            comment=comment,
            witness=witness,
        )
        fulfil(kind=Owed.ACKNOWLEDGE_PLAN_REVIEW, about_type=ABOUT_PLAN_REVIEW, about_id=review.pk, actor=actor)
