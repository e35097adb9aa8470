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

#: States before the plan is handed over; the employee sees nothing of it yet (DESIGN.md, "Roles and access").
BEFORE_ISSUE = frozenset({PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.CHANGES_REQUESTED, PlanStatus.APPROVED})

#: States in which the clock runs.
RUNNING = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED})

#: States after which nothing of the plan's content changes any more.
ENDED = frozenset({PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP, PlanStatus.CLOSED})

#: Lengths a plan may have, in days (rule 2); a tenant's policy may add others later.
PLAN_LENGTHS = (30, 60, 90)

#: Days after a successful outcome on which the manager looks back.
FOLLOW_UP_DAYS = (30, 90, 180)


class Step(TextChoices):
    """A step of the plan that has gates of its own."""

    SUBMIT = "submit", _("Submit for review")
    APPROVE = "approve", _("Approve")
    ISSUE = "issue", _("Issue")
    DECIDE = "decide", _("Decide")


class FindingKind(TextChoices):
    """What a finding does to the step (RULES.md): stop it, or ask for a recorded reason."""

    BLOCK = "block", _("Must be settled first")
    WARN = "warn", _("Needs a reason")


class Confirmation(TextChoices):
    """What HR confirms in its own name when it approves a plan (rule 1)."""

    SUBSTANTIATED = "substantiated", _("The concern is substantiated, and it is about performance, not misconduct.")
    GUIDANCE_GIVEN = "guidance_given", _("The employee was given guidance and time to improve before this plan.")
    MANAGER_COMMITTED = "manager_committed", _("The manager is committed to the support and the meetings in this plan.")


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
    ACKNOWLEDGED = "acknowledged", _("Receipt recorded")
    CLOCK = "clock", _("Dates moved")
    DECIDED = "decided", _("Decided")
    DISCARDED = "discarded", _("Discarded")
    COMMENT = "comment", _("Comment")
