"""Who read what that is confidential."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.accounts import Membership
from pipcycle.tenancy.models import TenantModel


class AccessRecord(TenantModel):
    """One read of a confidential object (a plan, a document, a leave reason)."""

    member = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    about_type = models.CharField(_("what"), max_length=50)
    about_id = models.CharField(_("which"), max_length=50)
    action = models.CharField(_("action"), max_length=50, default="read")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "about_type", "about_id", "-at"], name="people_accessrecord_about"),
        ]

    def __str__(self) -> str:
        return f"{self.about_type} {self.about_id}"
