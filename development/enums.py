"""States of development plans and their actions, and the tables of their moves; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DevelopmentStatus(TextChoices):
    """Where a development plan stands. Approved: agreed, and its first day is still to come."""

    DRAFTED = "drafted", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DEVELOPMENT_TRANSITIONS: dict[DevelopmentStatus, frozenset[DevelopmentStatus]] = {
    DevelopmentStatus.DRAFTED: frozenset({DevelopmentStatus.SUBMITTED, DevelopmentStatus.WITHDRAWN}),
    DevelopmentStatus.SUBMITTED: frozenset(
        {DevelopmentStatus.DRAFTED, DevelopmentStatus.APPROVED, DevelopmentStatus.WITHDRAWN}
    ),
    DevelopmentStatus.APPROVED: frozenset({DevelopmentStatus.RUNNING, DevelopmentStatus.WITHDRAWN}),
    DevelopmentStatus.RUNNING: frozenset({DevelopmentStatus.CLOSED, DevelopmentStatus.WITHDRAWN}),
    DevelopmentStatus.CLOSED: frozenset(),
    DevelopmentStatus.WITHDRAWN: frozenset(),
}

#: States in which both sides have agreed on the plan.
AGREED = (DevelopmentStatus.APPROVED, DevelopmentStatus.RUNNING, DevelopmentStatus.CLOSED)
#: States after which nothing of a plan changes any more; a person has one plan at most that is in none of them.
ENDED = (DevelopmentStatus.CLOSED, DevelopmentStatus.WITHDRAWN)


class Side(TextChoices):
    """The two sides of a development plan: the employee, and the managers above."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")

    @property
    def other(self) -> "Side":
        """Return the other side."""
        return Side.MANAGER if self is Side.EMPLOYEE else Side.EMPLOYEE


class ActionKind(TextChoices):
    """How one learns in an action: by doing, from others, or in a course."""

    EXPERIENCE = "experience", _("Experience at work")
    MENTOR = "mentor", _("With a mentor or colleagues")
    COURSE = "course", _("Course or reading")


class ActionStatus(TextChoices):
    """Where an action stands. Proposed: one side added it to an agreed plan, the other has not answered yet."""

    PROPOSED = "proposed", _("Proposed")
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


ACTION_TRANSITIONS: dict[ActionStatus, frozenset[ActionStatus]] = {
    ActionStatus.PROPOSED: frozenset({ActionStatus.OPEN, ActionStatus.DROPPED}),
    ActionStatus.OPEN: frozenset({ActionStatus.DONE, ActionStatus.DROPPED}),
    ActionStatus.DONE: frozenset({ActionStatus.OPEN}),
    ActionStatus.DROPPED: frozenset(),
}

#: Actions that count: for the balance, for what is done of a plan.
LIVE_ACTIONS = (ActionStatus.PROPOSED, ActionStatus.OPEN, ActionStatus.DONE)


class StepKind(TextChoices):
    """Where a step of the ladder leads."""

    UP = "up", _("Up: more responsibility")
    ACROSS = "across", _("Across: another field")
