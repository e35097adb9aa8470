"""Words of the reminders room; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ObligationStatus(TextChoices):
    """What became of a promise."""

    OPEN = "open", _("Open")
    FULFILLED = "fulfilled", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MessageStatus(TextChoices):
    """Where a message stands on its way out."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
