"""The legal review of a plan: opened by what happened, decided by HR, seen by nobody else (rules 4, 5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.enums import LegalReviewStatus, PlanStatus
from pips.legal import identity, triggers_of
from pips.models import LegalReview, Plan
from pips.obligations import About, Owed
from pips.rules import can_decide_legal_review
from pips.services.moves import require_words
from pips.services.promises import owe_legal_review
from reminders.services.obligations import fulfil, withdraw

#: States in which what happens to the employee still concerns whether the plan is handed over.
_AWAITING = (PlanStatus.IN_REVIEW, PlanStatus.APPROVED)


def require_legal_review(*, plan: Plan, is_submitted_anew: bool = False) -> LegalReview | None:
    """Open a legal review of the plan, or add to the open one, for whatever none of its reviews has looked at yet.

    A plan that was stopped and is submitted anew is looked at anew, whatever has become of the reasons. Returns the
    review it opened or added to, None where nothing new asks for one. It stands although the step that noticed it is
    then refused. Doing it twice changes nothing.
    """
    with transaction.atomic():
        Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        reviews = list(plan.legal_reviews.all())
        is_anew = is_submitted_anew and bool(reviews) and reviews[-1].status == LegalReviewStatus.STOPPED
        settled = [one for one in reviews if not is_submitted_anew or one.status != LegalReviewStatus.STOPPED]
        seen = {identity(trigger) for review in settled for trigger in review.triggers_seen}
        new = [trigger for trigger in triggers_of(plan) if identity(trigger) not in seen]
        if not new and not is_anew:
            return None
        review = next((one for one in reviews if one.status == LegalReviewStatus.OPEN), None) or LegalReview(plan=plan)
        review.triggers_seen = [*review.triggers_seen, *(new or reviews[-1].triggers_seen)]
        review.save()
        owe_legal_review(review)
        return review


def protected_changed(employee: Employee, _actor: Membership | None) -> None:
    """Observe the people room: leave or a protected activity of the employee was recorded or changed."""
    for plan in Plan.objects.select_related("employee").filter(employee=employee, status__in=_AWAITING):
        require_legal_review(plan=plan)


def decide_legal_review(*, actor: Membership, review: LegalReview, may_go_on: bool, reasons: str) -> None:
    """Clear the plan, or stop it, with privileged reasons that leave HR never.

    A stopped plan can only be sent back or discarded. Raises PermissionDenied unless the actor is an HR partner for the
    employee who neither manages them nor wrote the plan, DomainError without reasons or when it is decided already.
    """
    require(can_decide_legal_review(actor, review))
    reasons = require_words(reasons, _("Write your reasons. They stay with HR."), rule=4)
    with transaction.atomic():
        review.refresh_from_db(from_queryset=LegalReview.objects.select_for_update(of=("self",)))
        if review.status != LegalReviewStatus.OPEN:
            raise DomainError(_("This review is decided already. Reload the page to see it."), rule=4)
        review.status = LegalReviewStatus.CLEARED if may_go_on else LegalReviewStatus.STOPPED
        review.reasons = reasons
        review.decided_by = actor
        review.decided_at = timezone.now()
        review.save(update_fields=["status", "reasons", "decided_by", "decided_at"])
        fulfil(kind=Owed.LEGAL_REVIEW, about_type=About.LEGAL_REVIEW, about_id=review.pk, actor=actor)


def drop_legal_reviews(*, plan: Plan, actor: Membership | None, reason: str) -> None:
    """Let the open review of a locked plan lapse because the plan itself is over: nobody is asked about it any more."""
    for review in plan.legal_reviews.select_for_update(of=("self",)).filter(status=LegalReviewStatus.OPEN):
        review.status = LegalReviewStatus.LAPSED
        review.reasons = reason
        review.decided_by = actor
        review.decided_at = timezone.now()
        review.save(update_fields=["status", "reasons", "decided_by", "decided_at"])
        withdraw(about_type=About.LEGAL_REVIEW, about_id=review.pk, reason=reason)
