"""What reviews tell in the rooms below: a section of the profile, and entries of the case file."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.selectors.employees import employees_followed_by
from reviews.obligations import ABOUT_REVIEW
from reviews.selectors.reviews import reviews_about

MOST_ON_PROFILE = 5


def sees_reviews_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows the employee's reviews to the member: whoever follows them."""
    return employees_followed_by(member).filter(pk=employee.pk).exists()


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the latest reviews."""
    reviews = list(reviews_about(member, employee)[:MOST_ON_PROFILE])
    return {"reviews": reviews, "employee": employee, "is_own": getattr(member, "employee", None) == employee}


def timeline(
    member: Membership, employee: Employee, _since: datetime.date | None, _until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield when each review was shared; its document and its receipt stand there by themselves. One statement."""
    for review in reviews_about(member, employee).filter(shared_at__isnull=False).select_related("shared_by__user"):
        yield TimelineEvent(
            at=review.shared_at or review.created_at,
            room="reviews",
            kind=TimelineKind.REVIEW,
            title=_("Review shared: %(cycle)s") % {"cycle": review.cycle.name},
            by=str(review.shared_by or ""),
            url=portal_url(member.organization, "reviews:review", review_id=review.pk),
            about=(ABOUT_REVIEW, review.pk),
        )
