"""Words of feedback notes; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Readers(TextChoices):
    """Who reads a note besides the one who wrote it. The manager is the one named when it was sent."""

    RECEIVER = "receiver", _("Only the person it is about")
    BOTH = "both", _("The person and their manager")
    MANAGER = "manager", _("Only their manager")
    HR = "hr", _("The person, their manager and HR")


#: Choices with which the person a note is about reads it.
READ_BY_RECEIVER = frozenset({Readers.RECEIVER, Readers.BOTH, Readers.HR})
#: Choices with which the manager named on the note reads it.
READ_BY_MANAGER = frozenset({Readers.BOTH, Readers.MANAGER, Readers.HR})


class RequestStatus(TextChoices):
    """Where a question for feedback stands."""

    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class Tab(TextChoices):
    """The parts of the page of feedback."""

    RECEIVED = "received", _("Received")
    GIVEN = "given", _("Given")
    ASKED = "asked", _("Asked")
    PEOPLE = "people", _("About my people")
