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
    PlanStatus.IN_REVIEW: frozenset({PlanStatus.APPROVED, PlanStatus.CHANGES_REQUESTED, PlanStatus.CLOSED}),
    PlanStatus.CHANGES_REQUESTED: frozenset({PlanStatus.DRAFT, PlanStatus.CLOSED}),
    PlanStatus.APPROVED: frozenset({PlanStatus.ISSUED, PlanStatus.CHANGES_REQUESTED, PlanStatus.CLOSED}),
    PlanStatus.ISSUED: frozenset({PlanStatus.ACTIVE, PlanStatus.DECIDED, PlanStatus.CLOSED}),
    PlanStatus.ACTIVE: frozenset({PlanStatus.PAUSED, PlanStatus.EXTENDED, PlanStatus.DECIDED, PlanStatus.CLOSED}),
    PlanStatus.PAUSED: frozenset({PlanStatus.ACTIVE, PlanStatus.DECIDED, PlanStatus.CLOSED}),
    PlanStatus.EXTENDED: frozenset({PlanStatus.ACTIVE, PlanStatus.CLOSED}),
    PlanStatus.DECIDED: frozenset({PlanStatus.FOLLOWED_UP, PlanStatus.CLOSED}),
    PlanStatus.FOLLOWED_UP: frozenset({PlanStatus.CLOSED}),
    PlanStatus.CLOSED: frozenset(),
}

#: States before the plan is handed over; the employee sees nothing of it yet (DESIGN.md, "Roles and access").
BEFORE_ISSUE = frozenset({PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.CHANGES_REQUESTED, PlanStatus.APPROVED})

#: States in which the clock runs.
RUNNING = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED})

#: States in which talks are held and recorded; an extension that awaits its receipt stops none of them.
MEETING = frozenset({PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED})

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
    """What a finding does to the step (RULES.md): stop it, ask for a recorded reason, or send it to HR."""

    BLOCK = "block", _("Must be settled first")
    WARN = "warn", _("Needs a reason")
    ROUTE = "route", _("HR review")


class EmploymentEffect(TextChoices):
    """What a plan does to the job itself, as its author says; any of them needs a legal review (rule 5)."""

    ADDS_DUTIES = "adds_duties", _("It adds duties the job did not have.")
    CHANGES_TERMS = "changes_terms", _("It changes pay, hours, place or other terms.")
    BLOCKS_ADVANCEMENT = "blocks_advancement", _("It blocks a promotion, a move or a raise while it runs.")


class LegalReviewStatus(TextChoices):
    """Where a legal review stands (rule 4)."""

    OPEN = "open", _("Open")
    CLEARED = "cleared", _("The plan may go on")
    STOPPED = "stopped", _("The plan may not go on")
    LAPSED = "lapsed", _("No longer needed, the plan has ended")


class WorksCouncil(TextChoices):
    """Whether the people of the organization have a works council that must agree to plans first (rule 19)."""

    NONE = "none", _("There is no works council or other representation that must agree")
    AGREED = "agreed", _("There is one, and its agreement to plans is in force")
    MISSING = "missing", _("There is one, and it has not agreed yet")


#: Countries whose law asks for a works council's agreement before such a procedure is used (BetrVG §87(1)6, §94(2)).
AGREEMENT_COUNTRIES = frozenset({"DE"})


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


class Verdict(TextChoices):
    """What became of one expectation by the end of the plan."""

    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")


class Consequence(TextChoices):
    """What follows from an outcome, from the mildest step to the harshest; the order is the scale."""

    NOTHING = "nothing", _("Nothing further: the normal review of the work goes on")
    SUPPORT = "support", _("More support, a goal or a development plan")
    NEW_PLAN = "new_plan", _("A further plan")
    OTHER_DUTIES = "other_duties", _("Other duties or another post")
    WARNING = "warning", _("A formal warning")
    TERMINATION = "termination", _("The end of the employment")

    @property
    def rank(self) -> int:
        """Return the place on the scale, 0 for the mildest."""
        return list(Consequence).index(self)


class ClosingReason(TextChoices):
    """Why a plan was closed."""

    FINISHED = "finished", _("Its outcome was decided and followed up")
    DISCARDED = "discarded", _("Discarded before it was issued")
    LEFT = "left", _("The employee has left")
    CONVERTED = "converted", _("Turned into a disciplinary action")


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
    CLOSED = "closed", _("Closed")
    COMMENT = "comment", _("Comment")
    SUPPORT = "support", _("Support")
    VOICE = "voice", _("The employee’s voice")


class SupportAnswer(TextChoices):
    """What the employee says of support that was recorded as delivered (rule 13)."""

    RECEIVED = "received", _("I received it")
    NOT_RECEIVED = "not_received", _("I did not receive it")


class SignalVerdict(TextChoices):
    """What the chart of a metric says of a reading (rule 27); noise is said to be noise."""

    BETTER = "better", _("A signal for the better")
    WORSE = "worse", _("A signal for the worse")
    NO_SIGNAL = "no_signal", _("No signal: within what is usual")
    TOO_FEW = "too_few", _("Not enough data for a verdict")


class VoiceKind(TextChoices):
    """What the employee adds to the record in their own words (rule 16)."""

    COMMENT = "comment", _("Comment")
    REBUTTAL = "rebuttal", _("Rebuttal")


class CheckStatus(TextChoices):
    """Where the check of a challenged reading stands."""

    OPEN = "open", _("Under check")
    CORRECTED = "corrected", _("Corrected")
    STANDS = "stands", _("The reading stands")


class AccommodationStatus(TextChoices):
    """Where a request for an accommodation stands (rule 9)."""

    OPEN = "open", _("Being talked through")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Not granted")


class CompanionKind(TextChoices):
    """In which part somebody stands beside the employee (rules 17, 18)."""

    REPRESENTATIVE = "representative", _("Representative")
    COMPANION = "companion", _("Companion")


class AppealStatus(TextChoices):
    """Where an appeal against an outcome stands (rule 17)."""

    FILED = "filed", _("Waits for somebody uninvolved")
    ASSIGNED = "assigned", _("Being looked at")
    UPHELD = "upheld", _("The outcome stands")
    CHANGED = "changed", _("The outcome was withdrawn")
