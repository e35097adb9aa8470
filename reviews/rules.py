"""Who may do what with cycles and reviews."""

from people.enums import Role
from people.models import Membership, PartnerScope
from people.rules import is_hr_admin, is_hr_partner, is_hr_partner_for, is_manager, is_manager_of, is_self
from people.selectors.accounts import employee_of
from reviews.enums import FormRole, FormStatus, ReviewStatus
from reviews.models import Review, ReviewForm


def can_manage_cycles(member: Membership) -> bool:
    """Return whether the member plans, launches and closes cycles: HR admins, and HR partners who serve everybody."""
    serves_everybody = not PartnerScope.objects.filter(membership=member).exists()
    return is_hr_admin(member) or (is_hr_partner(member) and serves_everybody)


def can_follow_cycles(member: Membership) -> bool:
    """Return whether the member sees how far a cycle has come: HR."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER)


def has_reviews(member: Membership) -> bool:
    """Return whether the member's own reviews are of use to them: whoever is employed."""
    return member.is_active and employee_of(member) is not None


def reviews_others(member: Membership) -> bool:
    """Return whether reviews of others concern the member: whoever has a team, and HR partners."""
    return is_manager(member) or is_hr_partner(member)


def is_author(member: Membership, form: ReviewForm) -> bool:
    """Return whether the form is the member's to write."""
    own = employee_of(member)
    return member.is_active and own is not None and own.pk == form.author_id


def can_read_form(member: Membership, form: ReviewForm) -> bool:
    """Return whether the member, who may see the review, reads this form of it.

    Its author always. The employee reads what the manager wrote once it is shared; managers above and HR partners read
    what is handed in. What colleagues say (360) is never read form by form.
    """
    if is_author(member, form):
        return True
    if form.status != FormStatus.SUBMITTED or form.role not in {FormRole.SELF, FormRole.MANAGER}:
        return False
    return form.review.is_shared if is_self(member, form.review.employee) else True


def can_share(member: Membership, review: Review) -> bool:
    """Return whether the member shares the review with its employee: whoever manages them, or HR; never in own case."""
    if is_self(member, review.employee) or review.status != ReviewStatus.WRITTEN:
        return False
    return acts_for_employer(member, review)


def can_acknowledge(member: Membership, review: Review) -> bool:
    """Return whether the member records receipt of their own review."""
    return is_self(member, review.employee) and review.status == ReviewStatus.SHARED


def can_record_refusal(member: Membership, review: Review) -> bool:
    """Return whether the member records that the employee declined to acknowledge (rule 14)."""
    if is_self(member, review.employee) or review.status != ReviewStatus.SHARED:
        return False
    return acts_for_employer(member, review)


def can_reopen(member: Membership, review: Review) -> bool:
    """Return whether the member gives a written review back to its manager: HR partners, before it is shared."""
    if is_self(member, review.employee) or review.status != ReviewStatus.WRITTEN:
        return False
    return is_hr_partner_for(member, review.employee)


def acts_for_employer(member: Membership, review: Review) -> bool:
    """Return whether the member is the manager of the review, above the employee, or an HR partner who serves them."""
    own = employee_of(member)
    if member.is_active and own is not None and own.pk == review.manager_id:
        return True
    return is_manager_of(member, review.employee) or is_hr_partner_for(member, review.employee)
