"""Files that show what an action has brought."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from development.models.plans import DevelopmentAction
from goals.models.record import KeptFile


class ActionEvidence(KeptFile):
    """A file that shows what an action has brought; handed out only to those who may read its plan."""

    action = models.ForeignKey(DevelopmentAction, on_delete=models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = _("evidence of an action")
        verbose_name_plural = _("evidence of actions")
        ordering: ClassVar[list[str]] = ["uploaded_at", "id"]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="action_evidence_is_final",
                fields=["action", "filename", "content_type", "size", "sha256", "content"],
            )
        ]

    def __str__(self) -> str:
        return self.filename
