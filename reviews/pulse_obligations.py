"""What is owed in a pulse and in an exit interview; the words name no content."""

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_PULSE = "pulse_round"
ABOUT_EXIT = "exit_interview"
ANSWER_PULSE = "answer_pulse"
ANSWER_EXIT = "answer_exit_interview"
HOLD_EXIT = "hold_exit_interview"


def pulse_url(obligation: Obligation) -> str:
    """Return the path of the questions."""
    return portal_url(obligation.organization, "reviews:pulse_answer", round_id=obligation.about_id)


def exit_url(obligation: Obligation) -> str:
    """Return the path of the interview."""
    return portal_url(obligation.organization, "reviews:exit", exit_id=obligation.about_id)


def register_obligation_kinds() -> None:
    """Make the kinds known. Nobody above ever sees who has yet to answer, and nobody is told when it is late."""
    for key, title, action, url, offsets in (
        (ANSWER_PULSE, _("Pulse survey"), _("Answer a few questions, without your name"), pulse_url, (-2, 0)),
        (ANSWER_EXIT, _("Questions before you leave"), _("Answer a few questions"), exit_url, (-3, 0)),
        (HOLD_EXIT, _("Exit interview"), _("Hold a conversation"), exit_url, (-7, 0)),
    ):
        register_kind(
            ObligationKind(
                key=key,
                title=title,
                action=action,
                url=url,
                offsets=offsets,
                escalate_after_days=None,
                shown_above_after_days=None,
            )
        )
