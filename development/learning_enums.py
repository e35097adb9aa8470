"""States of training and mentorship, and the tables of their moves; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Provision(TextChoices):
    """Who holds a course."""

    INTERNAL = "internal", _("Internal")
    EXTERNAL = "external", _("External")


class EnrolmentStatus(TextChoices):
    """Where somebody's place in a course stands."""

    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


ENROLMENT_TRANSITIONS: dict[EnrolmentStatus, frozenset[EnrolmentStatus]] = {
    EnrolmentStatus.REQUESTED: frozenset(
        {EnrolmentStatus.APPROVED, EnrolmentStatus.DECLINED, EnrolmentStatus.CANCELLED}
    ),
    EnrolmentStatus.APPROVED: frozenset({EnrolmentStatus.COMPLETED, EnrolmentStatus.CANCELLED}),
    EnrolmentStatus.DECLINED: frozenset(),
    EnrolmentStatus.COMPLETED: frozenset(),
    EnrolmentStatus.CANCELLED: frozenset(),
}
#: Somebody has one enrolment at most in a course that is in one of these.
OPEN_ENROLMENTS = (EnrolmentStatus.REQUESTED, EnrolmentStatus.APPROVED)


class Standing(TextChoices):
    """Whether somebody has a training their job asks for."""

    HAS = "has", _("Has it")
    SOON = "soon", _("Runs out soon")
    RAN_OUT = "ran_out", _("Ran out")
    LACKS = "lacks", _("Never completed")


class SkillDirection(TextChoices):
    """Whether a mentor profile offers a competency or looks for it."""

    OFFERED = "offered", _("Offered")
    WANTED = "wanted", _("Wanted")


class MentorshipStatus(TextChoices):
    """Where a mentorship stands."""

    REQUESTED = "requested", _("Requested")
    ACTIVE = "active", _("Active")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    CLOSED = "closed", _("Closed")


MENTORSHIP_TRANSITIONS: dict[MentorshipStatus, frozenset[MentorshipStatus]] = {
    MentorshipStatus.REQUESTED: frozenset(
        {MentorshipStatus.ACTIVE, MentorshipStatus.DECLINED, MentorshipStatus.WITHDRAWN}
    ),
    MentorshipStatus.ACTIVE: frozenset({MentorshipStatus.CLOSED}),
    MentorshipStatus.DECLINED: frozenset(),
    MentorshipStatus.WITHDRAWN: frozenset(),
    MentorshipStatus.CLOSED: frozenset(),
}
#: Two people have one mentorship at most in one of these.
OPEN_MENTORSHIPS = (MentorshipStatus.REQUESTED, MentorshipStatus.ACTIVE)
