"""States of a plan and the table of moves between them; imports nothing of ours.

The database trigger ``plan_moves_along_the_table`` is written from ``TRANSITIONS``.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanStatus(TextChoices):
    """Where a plan stands (DESIGN.md, "The plan")."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    EXTENDED = "extended", _("Extended")
    DECIDED = "decided", _("Decided")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CLOSED = "closed", _("Closed")


TRANSITIONS: dict[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.DRAFT: frozenset({PlanStatus.IN_REVIEW, PlanStatus.CLOSED}),
    PlanStatus.IN_REVIEW: frozenset({PlanStatus.APPROVED, PlanStatus.CHANGES_REQUESTED}),
    PlanStatus.CHANGES_REQUESTED: frozenset({PlanStatus.DRAFT, PlanStatus.CLOSED}),
    PlanStatus.APPROVED: frozenset({PlanStatus.ISSUED, PlanStatus.CHANGES_REQUESTED, PlanStatus.CLOSED}),
    PlanStatus.ISSUED: frozenset({PlanStatus.ACTIVE, PlanStatus.DECIDED}),
    PlanStatus.ACTIVE: frozenset({PlanStatus.PAUSED, PlanStatus.EXTENDED, PlanStatus.DECIDED}),
    PlanStatus.PAUSED: frozenset({PlanStatus.ACTIVE, PlanStatus.DECIDED}),
    PlanStatus.EXTENDED: frozenset({PlanStatus.ACTIVE}),
    PlanStatus.DECIDED: frozenset({PlanStatus.FOLLOWED_UP, PlanStatus.CLOSED}),
    PlanStatus.FOLLOWED_UP: frozenset({PlanStatus.CLOSED}),
    PlanStatus.CLOSED: frozenset(),
}

#: States in which the employee sees the plan (DESIGN.md, "Roles and access": once issued).
VISIBLE_TO_EMPLOYEE = frozenset(
    {
        PlanStatus.ISSUED,
        PlanStatus.ACTIVE,
        PlanStatus.PAUSED,
        PlanStatus.EXTENDED,
        PlanStatus.DECIDED,
        PlanStatus.FOLLOWED_UP,
    }
)

#: States in which the clock runs.
RUNNING = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED})


class Outcome(TextChoices):
    """How a plan ended."""

    SUCCESSFUL = "successful", _("Successful")
    UNSUCCESSFUL = "unsuccessful", _("Unsuccessful")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Direction(TextChoices):
    """Which way is better."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class TrackStatus(TextChoices):
    """On-track status recorded at a check-in or milestone (rule 6)."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")


class NoteKind(TextChoices):
    """What a note on the plan's own record is."""

    SUBMITTED = "submitted", _("Submitted for review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    CLOCK = "clock", _("Dates moved")
    DECIDED = "decided", _("Decided")
    COMMENT = "comment", _("Comment")
