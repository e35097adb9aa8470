"""What is owed in the course of training and mentorship: the kinds, their words and the page where each is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_ENROLMENT = "development_enrolment"
ABOUT_MENTORSHIP = "development_mentorship"
#: Working days to answer a request, and to say how a mentorship was.
DAYS_TO_ANSWER = 5
DAYS_FOR_FEEDBACK = 10
#: A certificate asks to be renewed this many days before it runs out.
RENEWAL_DAYS = 60


class LearningOwed(StrEnum):
    """The kinds of obligation about an enrolment or a mentorship."""

    ANSWER_ENROLMENT = "answer_enrolment"
    RECERTIFY = "recertify_training"
    ANSWER_MENTORSHIP = "answer_mentorship"
    MENTOR_FEEDBACK = "give_mentorship_feedback"


_WORDS: dict[LearningOwed, tuple[str | Promise, str | Promise]] = {
    LearningOwed.ANSWER_ENROLMENT: (_("Course requested"), _("Approve the course, or decline it")),
    LearningOwed.RECERTIFY: (_("Certificate runs out"), _("Take the course again before the certificate runs out")),
    LearningOwed.ANSWER_MENTORSHIP: (_("Mentorship requested"), _("Accept the mentorship, or decline it")),
    LearningOwed.MENTOR_FEEDBACK: (_("Feedback on a mentorship"), _("Say how the mentorship was")),
}
#: A mentorship is between two people: nobody above ever sees that something is owed for it.
_SHOWN_ABOVE_AFTER: dict[LearningOwed, int | None] = {
    LearningOwed.ANSWER_ENROLMENT: 5,
    LearningOwed.RECERTIFY: 0,
    LearningOwed.ANSWER_MENTORSHIP: None,
    LearningOwed.MENTOR_FEEDBACK: None,
}
_PAGES: dict[LearningOwed, str] = {
    LearningOwed.ANSWER_ENROLMENT: "development:enrolment",
    LearningOwed.RECERTIFY: "development:enrolment",
    LearningOwed.ANSWER_MENTORSHIP: "development:mentorship",
    LearningOwed.MENTOR_FEEDBACK: "development:mentorship",
}


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    name = "enrolment_id" if obligation.about_type == ABOUT_ENROLMENT else "mentorship_id"
    return portal_url(obligation.organization, _PAGES[LearningOwed(obligation.kind)], **{name: obligation.about_id})


def register_learning_kinds() -> None:
    """Make every kind known to the reminders."""
    for kind, (title, action) in _WORDS.items():
        register_kind(
            ObligationKind(
                key=kind.value,
                title=title,
                action=action,
                url=obligation_url,
                offsets=(-30, -7, 0, 7) if kind == LearningOwed.RECERTIFY else (-1, 0, 2),
                escalate_after_days=None,
                shown_above_after_days=_SHOWN_ABOVE_AFTER[kind],
            )
        )
