"""What is owed in a review: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_FORM = "review_form"
ABOUT_REVIEW = "review"
ABOUT_CYCLE = "review_cycle"
ABOUT_PLAN_REVIEW = "plan_review"


class Owed(StrEnum):
    """The kinds of obligation about reviews."""

    ASSESS_SELF = "assess_self"
    WRITE_REVIEW = "write_review"
    CALIBRATE = "calibrate_reviews"
    SHARE = "share_review"
    ACKNOWLEDGE = "acknowledge_review"
    ACKNOWLEDGE_PLAN_REVIEW = "acknowledge_plan_review"
    RATE = "give_review_feedback"
    AGREE_RATERS = "agree_raters"


_WORDS: dict[Owed, tuple[str | Promise, str | Promise]] = {
    Owed.ASSESS_SELF: (_("Self-assessment"), _("Write your self-assessment")),
    Owed.WRITE_REVIEW: (_("Manager’s review"), _("Write a review")),
    Owed.CALIBRATE: (_("Calibration"), _("Compare the ratings before they are shared")),
    Owed.SHARE: (_("Sharing a review"), _("Talk about the review and share it")),
    Owed.ACKNOWLEDGE: (_("Receipt of a review"), _("Acknowledge your review")),
    Owed.ACKNOWLEDGE_PLAN_REVIEW: (_("Receipt of a look back"), _("Acknowledge the look back at your plan")),
    Owed.RATE: (_("Feedback for a review"), _("Say how often you see it")),
    Owed.AGREE_RATERS: (_("Whom to ask"), _("Agree on who is asked for feedback")),
}
_PAGES: dict[str, tuple[str, str]] = {
    ABOUT_FORM: ("reviews:form", "form_id"),
    ABOUT_REVIEW: ("reviews:review", "review_id"),
    ABOUT_CYCLE: ("reviews:cycle", "cycle_id"),
    ABOUT_PLAN_REVIEW: ("reviews:plan_review_acknowledgement", "plan_review_id"),
}
#: Kinds kept on another page of the same object.
_PAGE_OF_KIND: dict[str, str] = {Owed.RATE: "reviews:rating", Owed.AGREE_RATERS: "reviews:raters"}


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    page, key = _PAGES[obligation.about_type]
    page = _PAGE_OF_KIND.get(obligation.kind, page)
    return portal_url(obligation.organization, page, **{key: obligation.about_id})


def register_obligation_kinds() -> None:
    """Make every kind about a review known to the reminders.

    Whoever is above a rater often is above the person rated too: they never see who has yet to answer (rule 25).
    """
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                url=obligation_url,
                shown_above_after_days=None if kind == Owed.RATE else 0,
            )
        )
