"""Words of the documents room; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AcknowledgementKind(TextChoices):
    """How receipt was recorded (rule 14): never agreement."""

    RECEIVED = "received", _("Received")
    RECEIVED_WITH_COMMENT = "received_with_comment", _("Received, with a comment")
    REFUSED = "refused", _("Refused, witnessed")
