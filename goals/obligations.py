"""What is owed in the course of a goal: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_GOAL = "goal"


class Owed(StrEnum):
    """The kinds of obligation about one goal."""

    ACCEPT = "accept_goal"
    REVISE_DRAFT = "revise_goal"
    UPDATE = "update_goal"
    ACKNOWLEDGE_REVISION = "acknowledge_revision"
    GIVE_FEEDBACK = "give_goal_feedback"


#: Working days the other side has to answer, and the manager has to say something once a goal has ended.
DAYS_TO_ANSWER = 5
DAYS_FOR_FEEDBACK = 3

_WORDS: dict[Owed, tuple[str | Promise, str | Promise]] = {
    Owed.ACCEPT: (_("Answer to a proposed goal"), _("Accept the goal, or return it")),
    Owed.REVISE_DRAFT: (_("Returned goal"), _("Rework the goal that came back")),
    Owed.UPDATE: (_("Update of a goal"), _("Say how the goal is going")),
    Owed.ACKNOWLEDGE_REVISION: (_("Answer to a revision"), _("Acknowledge the change of a goal, or decline it")),
    Owed.GIVE_FEEDBACK: (_("Words on a completed goal"), _("Say something about the completed goal")),
}
_PAGES: dict[Owed, str] = {
    Owed.ACCEPT: "goals:goal_answer",
    Owed.REVISE_DRAFT: "goals:goal_edit",
    Owed.UPDATE: "goals:goal_update",
    Owed.ACKNOWLEDGE_REVISION: "goals:goal_detail",
    Owed.GIVE_FEEDBACK: "goals:goal_feedback",
}


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    return portal_url(obligation.organization, _PAGES[Owed(obligation.kind)], goal_id=obligation.about_id)


def register_obligation_kinds() -> None:
    """Make every kind about a goal known to the reminders."""
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                subject=title,
                url=obligation_url,
                offsets=(-1, 0, 2),
                escalate_after_days=None if kind == Owed.UPDATE else 5,
            )
        )
