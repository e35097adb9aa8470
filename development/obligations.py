"""What is owed in the course of a development plan: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_PLAN = "development_plan"
ABOUT_ACTION = "development_action"


class Owed(StrEnum):
    """The kinds of obligation about a plan or one of its actions."""

    SUBMIT = "submit_development_plan"
    APPROVE = "approve_development_plan"
    ACKNOWLEDGE = "acknowledge_development_plan"
    CLOSE = "close_development_plan"
    ANSWER_ACTION = "answer_development_action"
    UPDATE_ACTION = "update_development_action"
    SHOW_EVIDENCE = "show_development_evidence"


#: Working days to write a plan, to answer one, and to show what a finished action has brought.
DAYS_TO_SUBMIT = 10
DAYS_TO_ANSWER = 5
DAYS_FOR_EVIDENCE = 5

_WORDS: dict[Owed, tuple[str | Promise, str | Promise]] = {
    Owed.SUBMIT: (_("Development plan to submit"), _("Finish the development plan and submit it")),
    Owed.APPROVE: (_("Development plan to approve"), _("Approve the development plan, or return it")),
    Owed.ACKNOWLEDGE: (_("Development plan to acknowledge"), _("Acknowledge that you have received the agreed plan")),
    Owed.CLOSE: (_("Development plan to close"), _("Look back on the development plan and close it")),
    Owed.ANSWER_ACTION: (_("Answer to a proposed action"), _("Accept the development action, or decline it")),
    Owed.UPDATE_ACTION: (_("Development action due"), _("Say how far the development action is")),
    Owed.SHOW_EVIDENCE: (_("Evidence of an action"), _("Say what shows that the development action is done")),
}
#: A draft is the employee's own, so nobody above sees that one is owed; a late answer is seen at once.
_SHOWN_ABOVE_AFTER: dict[Owed, int | None] = {
    Owed.SUBMIT: None,
    Owed.APPROVE: 0,
    Owed.ACKNOWLEDGE: 5,
    Owed.CLOSE: 14,
    Owed.ANSWER_ACTION: 5,
    Owed.UPDATE_ACTION: 14,
    Owed.SHOW_EVIDENCE: None,
}
_PAGES: dict[Owed, str] = {
    Owed.SUBMIT: "development:plan_submission",
    Owed.APPROVE: "development:plan_answer",
    Owed.ACKNOWLEDGE: "development:plan_acknowledgement",
    Owed.CLOSE: "development:plan_closing",
    Owed.ANSWER_ACTION: "development:action_answer",
    Owed.UPDATE_ACTION: "development:action",
    Owed.SHOW_EVIDENCE: "development:action",
}


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    name = "action_id" if obligation.about_type == ABOUT_ACTION else "plan_id"
    return portal_url(obligation.organization, _PAGES[Owed(obligation.kind)], **{name: obligation.about_id})


def register_obligation_kinds() -> None:
    """Make every kind known to the reminders."""
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                url=obligation_url,
                offsets=(-1, 0, 2),
                escalate_after_days=5 if kind == Owed.APPROVE else None,
                shown_above_after_days=_SHOWN_ABOVE_AFTER[kind],
            )
        )
