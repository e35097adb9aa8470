"""Who may do what with 360 feedback and with ratings that are compared."""

from people.models import Membership
from people.rules import is_hr_partner_for, is_manager_of, is_self
from people.selectors.accounts import employee_of
from reviews.enums import RATING_ROLES, CycleStatus, FormStatus, ReviewStatus
from reviews.models import Review, ReviewForm
from reviews.rules import acts_for_employer

_UNSHARED = {ReviewStatus.OPEN, ReviewStatus.WRITTEN}


def is_collecting(review: Review) -> bool:
    """Return whether people can still be asked about the review's employee."""
    return review.cycle.status == CycleStatus.RUNNING and review.status in _UNSHARED


def can_name_raters(member: Membership, review: Review) -> bool:
    """Return whether the member says who might be asked: the employee, and whoever acts for the employer."""
    return is_self(member, review.employee) or acts_for_employer(member, review)


def can_decide_raters(member: Membership, review: Review) -> bool:
    """Return whether the member decides who is asked: whoever acts for the employer, never in own case."""
    return not is_self(member, review.employee) and acts_for_employer(member, review)


def can_make_report(member: Membership, review: Review) -> bool:
    """Return whether the member ends the answering: as ``can_decide_raters``, before the review is shared."""
    return is_collecting(review) and can_decide_raters(member, review)


def can_read_report(member: Membership, review: Review) -> bool:
    """Return whether the member, who may see the review, reads its report: the employee once it is shared.

    Whoever has answered reads none: they could take their own answer out of it.
    """
    if is_self(member, review.employee):
        return review.is_shared
    return acts_for_employer(member, review) and not _has_answered(member, review)


def can_withhold(member: Membership, review: Review) -> bool:
    """Return whether the member keeps the comments back: HR partners, before the review is shared."""
    if is_self(member, review.employee) or review.is_shared:
        return False
    return is_hr_partner_for(member, review.employee) and not _has_answered(member, review)


def can_move_rating(member: Membership, review: Review) -> bool:
    """Return whether the member moves the rating: managers above and HR partners in scope; nobody moves their own."""
    if is_self(member, review.employee) or review.status != ReviewStatus.WRITTEN:
        return False
    return is_manager_of(member, review.employee) or is_hr_partner_for(member, review.employee)


def _has_answered(member: Membership, review: Review) -> bool:
    own = employee_of(member)
    forms = ReviewForm.objects.filter(review=review, role__in=RATING_ROLES, status=FormStatus.SUBMITTED)
    return own is not None and forms.filter(author=own).exists()
