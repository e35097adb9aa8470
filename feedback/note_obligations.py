"""What is owed when somebody is asked for feedback."""

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_REQUEST = "feedback_request"
ANSWER = "answer_feedback_request"


def register_note_obligations() -> None:
    """Make the kind known to the reminders. It is never escalated: nobody has to answer, declining is one click."""
    register_kind(
        ObligationKind(
            key=ANSWER,
            title=_("Feedback somebody asked for"),
            action=_("Give feedback, or decline"),
            subject=_("Feedback somebody asked for"),
            url=_url,
            offsets=(-1, 0, 2),
            escalate_after_days=None,
        )
    )


def _url(obligation: Obligation) -> str:
    return portal_url(obligation.organization, "feedback:request", request_id=obligation.about_id)
