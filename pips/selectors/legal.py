"""The only door to legal reviews: HR partners who are uninvolved in the plan, nobody else (rule 4)."""

from django.db.models import F, Q, QuerySet
from django.http import Http404

from people.enums import LeaveKind
from people.models import Leave, Membership, ProtectedActivity
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pips.legal import Trigger
from pips.models import LegalReview
from pips.obligations import About
from pips.rules import can_see_legal_reviews, can_view_legal_review
from pips.selectors.plans import plans_by_standing


def legal_reviews_visible_to(member: Membership) -> QuerySet[LegalReview]:
    """Return the reviews of plans the member serves as an uninvolved HR partner, open ones first, oldest first."""
    reviews = LegalReview.objects.select_related("plan__employee__department", "plan__manager", "decided_by__user")
    if not can_see_legal_reviews(member):
        return reviews.none()
    own = employee_of(member)
    involved = Q(plan__created_by=member)
    if own is not None:
        involved |= Q(plan__manager=own) | Q(plan__employee=own)
        involved |= Q(plan__employee__reporting_lines_above__manager=own)
    return (
        reviews.filter(plan__in=plans_by_standing(member).values("pk"))
        .exclude(involved)
        .order_by(F("decided_at").desc(nulls_first=True), "opened_at", "pk")
    )


def legal_review_for(member: Membership, review_id: int) -> LegalReview:
    """Return the review and record that it was read. Raises Http404 when the member may not know of it."""
    review = (
        LegalReview.objects.select_related(
            "plan__employee__location", "plan__employee__organization", "plan__manager", "decided_by__user"
        )
        .filter(pk=review_id)
        .first()
    )
    if review is None or not can_view_legal_review(member, review):
        raise Http404
    record_access(member=member, about_type=About.LEGAL_REVIEW, about_id=str(review.pk))
    return review


def legal_review_of_plan(member: Membership, plan_id: int) -> LegalReview | None:
    """Return the latest review of the plan for whoever may know of it, else None."""
    if not can_see_legal_reviews(member):
        return None
    review = LegalReview.objects.select_related("plan__employee").filter(plan=plan_id).order_by("-opened_at").first()
    return review if review is not None and can_view_legal_review(member, review) else None


def words_of_triggers(review: LegalReview) -> list[tuple[Trigger, str]]:
    """Return what asked for the review, each with HR's note on it; why somebody is away is said by its kind alone."""
    ids = {(trigger["about_type"], trigger["about_id"]) for trigger in review.triggers_seen}
    activities = ProtectedActivity.objects.in_bulk([key for kind, key in ids if kind == "protected_activity"])
    leaves = {
        leave.pk: LeaveKind(leave.reason.kind).label
        for leave in Leave.objects.filter(pk__in=[key for kind, key in ids if kind == "leave"]).select_related("reason")
    }
    notes = {("protected_activity", key): activity.note for key, activity in activities.items()}
    notes |= {("leave", key): str(label) for key, label in leaves.items()}
    return [(trigger, notes.get((trigger["about_type"], trigger["about_id"]), "")) for trigger in review.triggers_seen]
