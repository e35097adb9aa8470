"""Words of the reviews room; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CycleStatus(TextChoices):
    """Where a cycle stands. Launching and closing are done in batches by a worker and can be taken up half-way."""

    PLANNED = "planned", _("Planned")
    LAUNCHING = "launching", _("Being launched")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Being closed")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


CYCLE_TRANSITIONS: dict[CycleStatus, frozenset[CycleStatus]] = {
    CycleStatus.PLANNED: frozenset({CycleStatus.LAUNCHING}),
    CycleStatus.LAUNCHING: frozenset({CycleStatus.RUNNING}),
    CycleStatus.RUNNING: frozenset({CycleStatus.CLOSING}),
    CycleStatus.CLOSING: frozenset({CycleStatus.CLOSED}),
    CycleStatus.CLOSED: frozenset({CycleStatus.ARCHIVED}),
    CycleStatus.ARCHIVED: frozenset(),
}


class StepKind(TextChoices):
    """The steps of a cycle, in their order."""

    SELF = "self", _("Self-assessment")
    PEERS = "peers", _("Feedback of others")
    MANAGER = "manager", _("Manager’s review")
    CALIBRATION = "calibration", _("Calibration")
    SHARE = "share", _("Sharing")
    ACKNOWLEDGE = "acknowledge", _("Acknowledgement")


#: What every cycle has: without a review there is nothing to share, and what is shared is acknowledged.
ALWAYS_TAKEN = frozenset({StepKind.MANAGER, StepKind.SHARE, StepKind.ACKNOWLEDGE})


class LateJoiners(TextChoices):
    """What becomes of whoever comes to fit the audience while the cycle runs."""

    ADD = "add", _("Take them in at once")
    PROPOSE = "propose", _("Propose them to HR")
    LEAVE_OUT = "leave_out", _("Leave them out")


class ReviewStatus(TextChoices):
    """Where the review of one person in a cycle stands."""

    OPEN = "open", _("Being written")
    WRITTEN = "written", _("Written")
    SHARED = "shared", _("Shared")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    LEFT_OUT = "left_out", _("Left out")


REVIEW_TRANSITIONS: dict[ReviewStatus, frozenset[ReviewStatus]] = {
    ReviewStatus.OPEN: frozenset({ReviewStatus.WRITTEN, ReviewStatus.LEFT_OUT}),
    ReviewStatus.WRITTEN: frozenset({ReviewStatus.OPEN, ReviewStatus.SHARED, ReviewStatus.LEFT_OUT}),
    ReviewStatus.SHARED: frozenset({ReviewStatus.ACKNOWLEDGED}),
    ReviewStatus.ACKNOWLEDGED: frozenset(),
    ReviewStatus.LEFT_OUT: frozenset(),
}


class FormRole(TextChoices):
    """Whose view of the person a form holds."""

    SELF = "self", _("Self-assessment")
    MANAGER = "manager", _("Manager’s review")
    PEER = "peer", _("Feedback of a colleague")
    UPWARD = "upward", _("Feedback to the manager")
    OWN_VIEW = "own_view", _("Own view beside the feedback of others")


#: Roles of which a review has one form at a time.
ONE_AT_A_TIME = (FormRole.SELF, FormRole.MANAGER)


#: Roles of 360 feedback: forms on the frequency scale, read by nobody one by one.
RATING_ROLES = (FormRole.PEER, FormRole.UPWARD, FormRole.OWN_VIEW)


class RaterStatus(TextChoices):
    """Somebody who might give feedback: proposed by the employee, agreed by the manager."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Asked")
    DECLINED = "declined", _("Not asked")
    WITHDRAWN = "withdrawn", _("Withdrawn")


RATER_TRANSITIONS: dict[RaterStatus, frozenset[RaterStatus]] = {
    RaterStatus.PROPOSED: frozenset({RaterStatus.AGREED, RaterStatus.DECLINED, RaterStatus.WITHDRAWN}),
    RaterStatus.AGREED: frozenset({RaterStatus.WITHDRAWN}),
    RaterStatus.DECLINED: frozenset({RaterStatus.PROPOSED, RaterStatus.AGREED}),
    RaterStatus.WITHDRAWN: frozenset(),
}


class FormStatus(TextChoices):
    """A form is written, handed in, or not asked for any more."""

    OPEN = "open", _("Open")
    SUBMITTED = "submitted", _("Handed in")
    WITHDRAWN = "withdrawn", _("No longer asked for")


FORM_TRANSITIONS: dict[FormStatus, frozenset[FormStatus]] = {
    FormStatus.OPEN: frozenset({FormStatus.SUBMITTED, FormStatus.WITHDRAWN}),
    FormStatus.SUBMITTED: frozenset({FormStatus.OPEN, FormStatus.WITHDRAWN}),
    FormStatus.WITHDRAWN: frozenset(),
}


class Lasting(TextChoices):
    """Whether what a plan has brought about lasts."""

    HELD = "held", _("Held")
    SLIPPED = "slipped", _("Slipped")
    UNKNOWN = "unknown", _("Cannot be said")
