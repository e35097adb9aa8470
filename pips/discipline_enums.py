"""States of a disciplinary action and the table of moves between them; imports nothing of ours.

The database trigger ``action_moves_along_the_table`` is written from ``ACTION_MOVES``.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActionStatus(TextChoices):
    """Where a disciplinary action stands."""

    DRAFTED = "drafted", _("Draft")
    IN_REVIEW = "in_review", _("HR review")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    REFUSED = "refused", _("Receipt refused")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Upheld")
    REDUCED = "reduced", _("Reduced")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ACTION_MOVES: dict[ActionStatus, frozenset[ActionStatus]] = {
    ActionStatus.DRAFTED: frozenset({ActionStatus.IN_REVIEW, ActionStatus.WITHDRAWN}),
    ActionStatus.IN_REVIEW: frozenset({ActionStatus.DRAFTED, ActionStatus.APPROVED, ActionStatus.WITHDRAWN}),
    ActionStatus.APPROVED: frozenset({ActionStatus.DRAFTED, ActionStatus.ISSUED, ActionStatus.WITHDRAWN}),
    ActionStatus.ISSUED: frozenset(
        {
            ActionStatus.ACKNOWLEDGED,
            ActionStatus.REFUSED,
            ActionStatus.APPEALED,
            ActionStatus.EXPIRED,
            ActionStatus.WITHDRAWN,
        }
    ),
    ActionStatus.ACKNOWLEDGED: frozenset({ActionStatus.APPEALED, ActionStatus.EXPIRED, ActionStatus.WITHDRAWN}),
    ActionStatus.REFUSED: frozenset({ActionStatus.APPEALED, ActionStatus.EXPIRED, ActionStatus.WITHDRAWN}),
    ActionStatus.APPEALED: frozenset({ActionStatus.UPHELD, ActionStatus.REDUCED, ActionStatus.WITHDRAWN}),
    ActionStatus.UPHELD: frozenset({ActionStatus.EXPIRED, ActionStatus.WITHDRAWN}),
    ActionStatus.REDUCED: frozenset({ActionStatus.EXPIRED, ActionStatus.WITHDRAWN}),
    ActionStatus.EXPIRED: frozenset(),
    ActionStatus.WITHDRAWN: frozenset(),
}

#: States before the action is handed over; the employee sees nothing of it yet.
ACTION_BEFORE_ISSUE = frozenset({ActionStatus.DRAFTED, ActionStatus.IN_REVIEW, ActionStatus.APPROVED})

#: States in which the action stands: it counts as a prior action, and its expiry runs.
ACTION_STANDS = frozenset(
    {
        ActionStatus.ISSUED,
        ActionStatus.ACKNOWLEDGED,
        ActionStatus.REFUSED,
        ActionStatus.APPEALED,
        ActionStatus.UPHELD,
        ActionStatus.REDUCED,
    }
)

#: States from which an appeal is open: the employee may appeal whether or not they acknowledged receipt.
ACTION_APPEALABLE = frozenset({ActionStatus.ISSUED, ActionStatus.ACKNOWLEDGED, ActionStatus.REFUSED})

#: States in which nothing more happens.
ACTION_OVER = frozenset({ActionStatus.EXPIRED, ActionStatus.WITHDRAWN})


class ActionLevel(TextChoices):
    """How heavy the action is, from the lightest to the heaviest; the order is the scale."""

    VERBAL = "verbal", _("Verbal warning")
    WRITTEN = "written", _("Written warning")
    FINAL = "final", _("Final warning")
    SUSPENSION = "suspension", _("Suspension")
    TERMINATION = "termination", _("Termination")

    @property
    def rank(self) -> int:
        """Return the place on the scale, 0 for the lightest."""
        return list(ActionLevel).index(self)


class ActionCategory(TextChoices):
    """What kind of misconduct the facts are about."""

    ATTENDANCE = "attendance", _("Unexcused absence or lateness")
    INSTRUCTIONS = "instructions", _("Instructions not followed")
    SAFETY = "safety", _("Safety")
    BEHAVIOR = "behavior", _("Behavior towards others")
    HARASSMENT = "harassment", _("Harassment or discrimination")
    HONESTY = "honesty", _("Honesty and records")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality and data")
    PROPERTY = "property", _("Property and money")
    OTHER = "other", _("Other misconduct")


class UnionStatus(TextChoices):
    """Whether a union or works council stands behind the employee."""

    NOT_COVERED = "not_covered", _("Not covered by a union or works council")
    COVERED = "covered", _("Covered by a union or works council")


class ProbationStatus(TextChoices):
    """Whether the employee is on probation."""

    NOT_ON_PROBATION = "no", _("Not on probation")
    ON_PROBATION = "yes", _("On probation")


class Representation(TextChoices):
    """What the employee answered when told that a representative may be present (rule 18)."""

    DECLINED = "declined", _("Told of the right, did not ask for anybody")
    ATTENDED = "attended", _("Asked for a representative, who was present")
    POSTPONED = "postponed", _("Asked for a representative, who was not there yet")


class Hearing(TextChoices):
    """How the employee was heard on the facts."""

    STATEMENT = "statement", _("Gave a statement")
    DECLINED = "declined", _("Was offered to give one and declined")


class ActionStep(TextChoices):
    """A step of the action that has gates of its own."""

    SUBMIT = "submit", _("Submit for review")
    APPROVE = "approve", _("Approve")
    ISSUE = "issue", _("Issue")


class ActionConfirmation(TextChoices):
    """What HR confirms in its own name when it approves a disciplinary action."""

    INVESTIGATED = "investigated", _("The facts were looked into, and they are about conduct, not performance.")
    HEARD = "heard", _("The employee was heard, or offered to be heard, before anything was decided.")
    PROPORTIONATE = "proportionate", _("The level fits the facts and what was done in comparable cases.")


class AppealDecision(TextChoices):
    """What an uninvolved person decides on an appeal (rule 17)."""

    UPHELD = "upheld", _("The action stands as it is")
    REDUCED = "reduced", _("The action is reduced to a lighter level")
    WITHDRAWN = "withdrawn", _("The action is withdrawn")
