"""Words of amendments and of what leave proposes; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AmendmentKind(TextChoices):
    """What a new version of a plan is made for."""

    CHANGE = "change", _("Change of content")
    EXTENSION = "extension", _("Extension")
    PRORATION = "proration", _("Targets fitted to leave")


class AmendmentStatus(TextChoices):
    """Where an amendment stands; from ``proposed`` it moves once and is then final."""

    PROPOSED = "proposed", _("Awaits HR")
    IN_FORCE = "in_force", _("In force")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ExtensionReason(TextChoices):
    """Why a plan is extended (rule 12); nothing else is a reason."""

    PARTIAL_PROGRESS = "partial_progress", _("Partial progress: more time is likely to complete it")
    MISSING_DATA = "missing_data", _("Missing data: the figures do not allow a judgement yet")
    LEAVE = "leave", _("Leave: time away is not made up for by the clock alone")
    UNDELIVERED_SUPPORT = "undelivered_support", _("Undelivered support: the employer is behind with its promises")


class LeaveProposalKind(TextChoices):
    """What recorded leave may ask for beside moving the dates (rule 8)."""

    RAMP_UP = "ramp_up", _("Ramp-up after leave")
    PRORATION = "proration", _("Targets fitted to scattered leave")


class LeaveProposalStatus(TextChoices):
    """Where such a proposal stands; from ``open`` it moves once. The calendar takes back what no longer applies."""

    OPEN = "open", _("Awaits an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("No longer applies")


class NotProrated(TextChoices):
    """Why a target stays as it is however many days somebody is away."""

    RATE = "rate", _("A share or an average does not grow with the days worked, so leave does not change it.")
    DURATION = "duration", _("How long something takes does not depend on the days worked.")
    LIMIT = "limit", _("An upper limit stays: fewer days would only make it stricter.")
    TOO_LOW = "too_low", _("It would no longer be better than today's value. Settle it by a change of the plan.")
