"""What is owed in the course of a plan: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind


class Owed(StrEnum):
    """The kinds of obligation of this room."""

    REVIEW = "review_plan"
    REVISE = "revise_plan"
    ISSUE = "issue_plan"
    ACKNOWLEDGE = "acknowledge_plan"
    HOLD_CHECK_IN = "hold_check_in"
    ANSWER_CHECK_IN = "answer_check_in"
    RECORD_MILESTONE = "record_milestone"
    ANSWER_MILESTONE = "answer_milestone"
    DELIVER_SUPPORT = "deliver_support"
    DECIDE = "decide_plan"
    FOLLOW_UP = "follow_up"
    CLOSE = "close_plan"


class About(StrEnum):
    """What the obligations, documents and access records of this room are about."""

    PLAN = "plan"
    MILESTONE = "milestone"
    CHECK_IN = "check_in"
    SUPPORT = "support_commitment"
    FOLLOW_UP = "follow_up"


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    if obligation.about_type == About.PLAN:
        return portal_url(obligation.organization, "pips:plan_detail", plan_id=obligation.about_id)
    return portal_url(
        obligation.organization, "pips:due", about_type=obligation.about_type, about_id=obligation.about_id
    )


_WORDS: dict[Owed, tuple[str | Promise, str | Promise]] = {
    Owed.REVIEW: (_("Review of a plan"), _("Review the plan")),
    Owed.REVISE: (_("Revision of a plan"), _("Revise the plan")),
    Owed.ISSUE: (_("Delivery of a plan"), _("Issue the plan")),
    Owed.ACKNOWLEDGE: (_("Receipt of a plan"), _("Acknowledge the plan")),
    Owed.HOLD_CHECK_IN: (_("Check-in"), _("Hold and record the check-in")),
    Owed.ANSWER_CHECK_IN: (_("Your view of a check-in"), _("Add your view of the check-in")),
    Owed.RECORD_MILESTONE: (_("Milestone"), _("Hold and record the milestone")),
    Owed.ANSWER_MILESTONE: (_("Your view of a milestone"), _("Add your view of the milestone")),
    Owed.DELIVER_SUPPORT: (_("Promised support"), _("Deliver the support you promised")),
    Owed.DECIDE: (_("Outcome of a plan"), _("Decide the outcome")),
    Owed.FOLLOW_UP: (_("Follow-up"), _("Look back: has the improvement lasted?")),
    Owed.CLOSE: (_("Closing of a plan"), _("Close the plan")),
}

#: Days before and after the due date on which to remind, where the default (-7, -1, 0, 2) is not right.
_OFFSETS: dict[Owed, tuple[int, ...]] = {
    Owed.REVIEW: (-1, 0, 2),
    Owed.ISSUE: (-1, 0, 2),
    Owed.ACKNOWLEDGE: (-3, -1, 0, 2),
    Owed.ANSWER_CHECK_IN: (-1, 0, 2),
    Owed.ANSWER_MILESTONE: (-1, 0, 2),
    Owed.DECIDE: (-1, 0, 2),
}

#: An employee's own view is a right and no duty to be reported upwards; the rest escalates.
_NEVER_ESCALATED = frozenset({Owed.ANSWER_CHECK_IN, Owed.ANSWER_MILESTONE})


def register_obligation_kinds() -> None:
    """Make every kind of this room known to the reminders."""
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                url=obligation_url,
                offsets=_OFFSETS.get(kind, (-7, -1, 0, 2)),
                escalate_after_days=None if kind in _NEVER_ESCALATED else 3,
            )
        )
