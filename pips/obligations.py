"""What is owed in the course of a plan: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import SOMETHING_IS_DUE, ObligationKind, register_kind


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
    LEGAL_REVIEW = "decide_legal_review"
    REVIEW_AMENDMENT = "review_amendment"
    ANSWER_LEAVE_PROPOSAL = "answer_leave_proposal"
    ACKNOWLEDGE_OUTCOME = "acknowledge_outcome"
    REVIEW_ACTION = "review_action"
    REVISE_ACTION = "revise_action"
    ISSUE_ACTION = "issue_action"
    TELL_OF_ACTION = "tell_of_action"
    ACKNOWLEDGE_ACTION = "acknowledge_action"
    APPOINT_HEARER = "appoint_hearer"
    HEAR_APPEAL = "hear_action_appeal"
    CONFIRM_SUPPORT = "confirm_support"
    ANSWER_CHECK = "answer_data_check"
    ANSWER_ACCOMMODATION = "answer_accommodation"
    ASSIGN_APPEAL = "assign_appeal"
    DECIDE_APPEAL = "decide_appeal"


class About(StrEnum):
    """What the obligations, documents and access records of this room are about."""

    PLAN = "plan"
    MILESTONE = "milestone"
    CHECK_IN = "check_in"
    SUPPORT = "support_commitment"
    FOLLOW_UP = "follow_up"
    LEGAL_REVIEW = "legal_review"
    AMENDMENT = "amendment"
    LEAVE_PROPOSAL = "leave_proposal"
    OUTCOME = "plan_outcome"
    ACTION = "disciplinary_action"
    DATA_CHECK = "data_check"
    ACCOMMODATION = "accommodation_request"
    APPEAL = "appeal"


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    if obligation.about_type == About.LEGAL_REVIEW:
        return portal_url(obligation.organization, "pips:legal_review", review_id=obligation.about_id)
    if obligation.about_type == About.PLAN:
        return portal_url(obligation.organization, "pips:plan_detail", plan_id=obligation.about_id)
    if obligation.about_type == About.OUTCOME:
        return portal_url(obligation.organization, "pips:outcome_receipt", plan_id=obligation.about_id)
    if obligation.about_type == About.ACTION:
        return portal_url(obligation.organization, "discipline:action_detail", action_id=obligation.about_id)
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
    Owed.LEGAL_REVIEW: (_("HR review"), _("Decide the HR review")),
    Owed.REVIEW_AMENDMENT: (_("Review of a change to a plan"), _("Review the change")),
    Owed.ANSWER_LEAVE_PROPOSAL: (_("Proposal after a change of dates"), _("Accept or decline the proposal")),
    Owed.ACKNOWLEDGE_OUTCOME: (_("Receipt of an outcome letter"), _("Acknowledge the outcome letter")),
    Owed.REVIEW_ACTION: (_("Review of a disciplinary action"), _("Review the disciplinary action")),
    Owed.REVISE_ACTION: (_("Revision of a disciplinary action"), _("Revise the disciplinary action")),
    Owed.ISSUE_ACTION: (_("Delivery of a disciplinary action"), _("Hand over the disciplinary action")),
    Owed.TELL_OF_ACTION: (_("Notice of an entry on the record"), _("Tell the employee of the entry")),
    Owed.ACKNOWLEDGE_ACTION: (_("Receipt of a letter"), _("Acknowledge the letter")),
    Owed.APPOINT_HEARER: (_("Appeal"), _("Choose who hears the appeal")),
    Owed.HEAR_APPEAL: (_("Hearing of an appeal"), _("Hear and decide the appeal")),
    Owed.CONFIRM_SUPPORT: (_("Promised support"), _("Say whether the support has arrived")),
    Owed.ANSWER_CHECK: (_("Check of a reading"), _("Check the reading and answer")),
    Owed.ANSWER_ACCOMMODATION: (_("Request to HR"), _("Answer the request")),
    Owed.ASSIGN_APPEAL: (_("Appeal"), _("Choose who looks at the appeal")),
    Owed.DECIDE_APPEAL: (_("Appeal"), _("Decide the appeal")),
}

#: Days before and after the due date on which to remind, where the default (-7, -1, 0, 2) is not right.
_OFFSETS: dict[Owed, tuple[int, ...]] = {
    Owed.REVIEW: (-1, 0, 2),
    Owed.ISSUE: (-1, 0, 2),
    Owed.ACKNOWLEDGE: (-3, -1, 0, 2),
    Owed.ANSWER_CHECK_IN: (-1, 0, 2),
    Owed.ANSWER_MILESTONE: (-1, 0, 2),
    Owed.DECIDE: (-1, 0, 2),
    Owed.LEGAL_REVIEW: (-1, 0, 2),
    Owed.REVIEW_AMENDMENT: (-1, 0, 2),
    Owed.ACKNOWLEDGE_OUTCOME: (-3, -1, 0, 2),
    Owed.REVIEW_ACTION: (-1, 0, 2),
    Owed.REVISE_ACTION: (-1, 0, 2),
    Owed.ISSUE_ACTION: (-1, 0, 2),
    Owed.TELL_OF_ACTION: (-3, -1, 0, 2),
    Owed.ACKNOWLEDGE_ACTION: (-3, -1, 0, 2),
    Owed.APPOINT_HEARER: (-1, 0, 2),
    Owed.HEAR_APPEAL: (-3, -1, 0, 2),
    Owed.CONFIRM_SUPPORT: (-1, 0),
    Owed.ANSWER_CHECK: (-1, 0, 2),
    Owed.ANSWER_ACCOMMODATION: (-2, 0, 1),
    Owed.ASSIGN_APPEAL: (-1, 0, 2),
}

#: An employee's own view is a right and no duty to be reported upwards, and of a legal review or a request for an
#: accommodation nobody above may hear; the rest escalates.
_NEVER_ESCALATED = frozenset(
    {
        Owed.ANSWER_CHECK_IN,
        Owed.ANSWER_MILESTONE,
        Owed.CONFIRM_SUPPORT,
        Owed.LEGAL_REVIEW,
        Owed.ANSWER_ACCOMMODATION,
    }
)
#: Kinds that may be named where others look on; of the rest a calendar only says that something is due.
_OPENLY_NAMED = frozenset({Owed.HOLD_CHECK_IN, Owed.RECORD_MILESTONE})
_HIDDEN_ABOVE = frozenset({Owed.CONFIRM_SUPPORT, Owed.ANSWER_ACCOMMODATION})


def register_obligation_kinds() -> None:
    """Make every kind of this room known to the reminders."""
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                url=obligation_url,
                subject=title if kind in _OPENLY_NAMED else SOMETHING_IS_DUE,
                offsets=_OFFSETS.get(kind, (-7, -1, 0, 2)),
                escalate_after_days=None if kind in _NEVER_ESCALATED else 3,
                shown_above_after_days=None if kind in _HIDDEN_ABOVE else 0,
            )
        )
