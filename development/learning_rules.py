"""Who may do what with training and mentorship."""

from development.enums import Side
from development.learning_enums import EnrolmentStatus, MentorshipStatus
from development.models import Enrolment, Mentorship
from development.rules import side_towards
from people.models import Employee, Membership
from people.rules import can_change_jobs, is_hr_admin, is_hr_partner, is_manager, is_self
from people.selectors.accounts import employee_of


def can_keep_catalogue(member: Membership) -> bool:
    """Return whether the member may write courses, say which job needs which, and bring in completions."""
    return can_change_jobs(member)


def can_see_coverage(member: Membership) -> bool:
    """Return whether the coverage is of use: to managers and HR partners, for the people they follow."""
    return is_manager(member) or is_hr_partner(member)


def can_enrol(member: Membership, employee: Employee) -> bool:
    """Return whether the member may ask for a place for the employee: the employee, and the managers above."""
    return not employee.has_left and side_towards(member, employee) is not None


def can_answer_enrolment(member: Membership, enrolment: Enrolment) -> bool:
    """Return whether the member may approve or decline: the managers above, never for themself."""
    return enrolment.status == EnrolmentStatus.REQUESTED and side_towards(member, enrolment.employee) == Side.MANAGER


def can_complete_enrolment(member: Membership, enrolment: Enrolment) -> bool:
    """Return whether the member may say that the course is completed: both sides, once the place is approved."""
    return enrolment.status == EnrolmentStatus.APPROVED and side_towards(member, enrolment.employee) is not None


def can_cancel_enrolment(member: Membership, enrolment: Enrolment) -> bool:
    """Return whether the member may give the place back: the employee, and the managers above once it is approved."""
    side = side_towards(member, enrolment.employee)
    if enrolment.status == EnrolmentStatus.REQUESTED:
        return side == Side.EMPLOYEE
    return enrolment.status == EnrolmentStatus.APPROVED and side is not None


def part_in(member: Membership, mentorship: Mentorship) -> str:
    """Return "mentor" or "mentee", or nothing for everybody else, HR and managers included."""
    own = employee_of(member)
    if own is None:
        return ""
    return {mentorship.mentor_id: "mentor", mentorship.mentee_id: "mentee"}.get(own.pk, "")


def can_answer_mentorship(member: Membership, mentorship: Mentorship) -> bool:
    """Return whether the member may accept or decline: the mentor asked, alone."""
    return mentorship.status == MentorshipStatus.REQUESTED and part_in(member, mentorship) == "mentor"


def can_write_mentorship(member: Membership, mentorship: Mentorship) -> bool:
    """Return whether the member may write goals and sessions: the two, while it is active."""
    return mentorship.status == MentorshipStatus.ACTIVE and part_in(member, mentorship) != ""


def can_see_mentorships(member: Membership) -> bool:
    """Return whether the member may read which mentorships exist, and nothing of what they say: HR."""
    return is_hr_admin(member) or is_hr_partner(member)


def is_own(member: Membership, employee: Employee) -> bool:
    """Return whether the employee is the member."""
    return is_self(member, employee)
