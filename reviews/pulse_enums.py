"""Words of pulse surveys and exit interviews; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PulseQuestion(TextChoices):
    """What a pulse may ask; a survey chooses among these, so that its rounds can be compared."""

    SATISFACTION = "satisfaction", _("How satisfied are you with your job?")
    ENPS = "enps", _("How likely are you to recommend this organization as a place to work?")
    MORALE = "morale", _("How is the mood where you work?")


#: The short name of each question's figure.
HEADINGS: dict[PulseQuestion, str | Promise] = {
    PulseQuestion.SATISFACTION: _("Satisfaction"),
    PulseQuestion.ENPS: _("eNPS"),
    PulseQuestion.MORALE: _("Mood"),
}

#: The lowest and the highest answer of each question.
SCALES: dict[PulseQuestion, tuple[int, int]] = {
    PulseQuestion.SATISFACTION: (1, 5),
    PulseQuestion.ENPS: (0, 10),
    PulseQuestion.MORALE: (1, 5),
}


class RoundStatus(TextChoices):
    """A round takes answers, or its results are frozen."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class ExitStatus(TextChoices):
    """An exit interview waits, was answered, or was not held in time."""

    OPEN = "open", _("Waiting")
    ANSWERED = "answered", _("Answered")
    LAPSED = "lapsed", _("Not held")


class ExitReason(TextChoices):
    """Why somebody leaves, in their own choice."""

    GROWTH = "growth", _("No way to grow")
    PAY = "pay", _("Pay and benefits")
    MANAGEMENT = "management", _("How I was managed")
    WORKLOAD = "workload", _("Workload and hours")
    WORK = "work", _("The work itself")
    COLLEAGUES = "colleagues", _("Working together")
    PRIVATE = "private", _("Private reasons or a move")
    EMPLOYER = "employer", _("The employer ended it")
    OTHER = "other", _("Something else")


class WouldReturn(TextChoices):
    """Whether somebody would work here again."""

    YES = "yes", _("Yes")
    PERHAPS = "perhaps", _("Perhaps")
    NO = "no", _("No")
