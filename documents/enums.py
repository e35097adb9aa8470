"""Words of the documents room; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AcknowledgementKind(TextChoices):
    """How receipt was recorded (rule 14): never agreement."""

    RECEIVED = "received", _("Received")
    RECEIVED_WITH_COMMENT = "received_with_comment", _("Received, with a comment")
    REFUSED = "refused", _("Refused, witnessed")


class FormKind(TextChoices):
    """The forms HR words for the whole organization."""

    PLAN = "plan", _("Improvement plan")
    DISCIPLINE = "discipline", _("Disciplinary action")
    CHECK_IN = "check_in", _("Check-in")
    REVIEW = "review", _("Review after a plan")
    APPRAISAL = "appraisal", _("Review of a cycle")


#: The kinds whose forms are lists of questions; the others but the plan are lists of sections.
QUESTION_KINDS = frozenset({FormKind.APPRAISAL})


class VersionStatus(TextChoices):
    """A version is worked on, then published for good."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class BundleStatus(TextChoices):
    """Where a bundle of evidence stands. Waiting: for a worker, or a worker builds it; nothing of it can be read."""

    WAITING = "waiting", _("Being built")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")
