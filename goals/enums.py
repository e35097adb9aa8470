"""States of goals and cycles and the tables of their moves; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CycleKind(TextChoices):
    """How long a cycle is."""

    YEAR = "year", _("Year")
    HALF = "half", _("Half-year")
    QUARTER = "quarter", _("Quarter")


class CycleStatus(TextChoices):
    """Where a cycle stands. Frozen: goals keep their targets, updates go on. Archived: everything is kept and read."""

    OPEN = "open", _("Open")
    FROZEN = "frozen", _("Frozen")
    ARCHIVED = "archived", _("Archived")


CYCLE_TRANSITIONS: dict[CycleStatus, frozenset[CycleStatus]] = {
    CycleStatus.OPEN: frozenset({CycleStatus.FROZEN, CycleStatus.ARCHIVED}),
    CycleStatus.FROZEN: frozenset({CycleStatus.OPEN, CycleStatus.ARCHIVED}),
    CycleStatus.ARCHIVED: frozenset({CycleStatus.OPEN}),
}


class ObjectiveLevel(TextChoices):
    """Whose objective it is; an objective serves one of the level above, or a higher one."""

    ORGANIZATION = "organization", _("Organization")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")
    PERSON = "person", _("Person")


class Measure(TextChoices):
    """How a goal is measured."""

    NUMBER = "number", _("A number")
    PERCENT = "percent", _("Per cent")
    YES_NO = "yes_no", _("Reached or not")
    MILESTONES = "milestones", _("A list of milestones")


class Purpose(TextChoices):
    """What a goal is for."""

    PERFORMANCE = "performance", _("Performance")
    DEVELOPMENT = "development", _("Development")


class Visibility(TextChoices):
    """Who may read a goal besides the employee, the managers above and the HR partners in scope."""

    PRIVATE = "private", _("Nobody else")
    TEAM = "team", _("The employee's team")
    ORGANIZATION = "organization", _("Everyone in the organization")


class GoalStatus(TextChoices):
    """Where a goal stands. Proposed by one side, it is active once the other has accepted."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


GOAL_TRANSITIONS: dict[GoalStatus, frozenset[GoalStatus]] = {
    GoalStatus.DRAFT: frozenset({GoalStatus.PROPOSED, GoalStatus.CANCELLED}),
    GoalStatus.PROPOSED: frozenset({GoalStatus.DRAFT, GoalStatus.ACTIVE, GoalStatus.CANCELLED}),
    GoalStatus.ACTIVE: frozenset({GoalStatus.COMPLETED, GoalStatus.CANCELLED}),
    GoalStatus.COMPLETED: frozenset({GoalStatus.ACTIVE}),
    GoalStatus.CANCELLED: frozenset(),
}

#: States in which nothing is agreed yet.
BEFORE_AGREEMENT = frozenset({GoalStatus.DRAFT, GoalStatus.PROPOSED})


class Side(TextChoices):
    """The two sides of a goal: the employee, and the managers above."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")

    @property
    def other(self) -> "Side":
        """Return the other side."""
        return Side.MANAGER if self is Side.EMPLOYEE else Side.EMPLOYEE


class Result(TextChoices):
    """How a completed goal ended."""

    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NOT_REACHED = "not_reached", _("Not reached")


class Confidence(TextChoices):
    """How the one who reports thinks the goal will end."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")


class UpdateKind(TextChoices):
    """What an entry on the record of a goal is."""

    UPDATE = "update", _("Update")
    METRIC = "metric", _("From the metric")
    FEEDBACK = "feedback", _("Feedback")


class RevisionStatus(TextChoices):
    """Where a revision stands; it takes effect when the other side has acknowledged it."""

    PENDING = "pending", _("Waiting for the other side")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
