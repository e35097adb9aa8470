"""The wording HR gives to its forms, in versions: one may be worked on, the published ones stay as they were."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind, VersionStatus
from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel

_UNLESS_DRAFT = (
    "IF OLD.status = 'published' THEN "
    "RAISE EXCEPTION 'documents: a published version of a template is final; write a new version'; "
    "END IF; "
)


@track_history()
class FormTemplate(TenantModel):
    """A form of the organization; what it says is in its versions."""

    kind = models.CharField(_("kind"), max_length=20, choices=FormKind.choices)
    key = models.SlugField(_("key"), max_length=50)
    name = models.CharField(_("name"), max_length=100)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering: ClassVar[list[str]] = ["kind", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "kind", "key"], name="documents_formtemplate_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class FormTemplateVersion(TenantModel):
    """What a template says: ``content`` has the shape of ``documents.form_content`` for its kind."""

    template = models.ForeignKey(FormTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    status = models.CharField(_("status"), max_length=20, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    changed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of templates")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "template", "number"], name="documents_formtemplateversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "template"],
                condition=Q(status=VersionStatus.DRAFT),
                name="documents_formtemplateversion_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(status=VersionStatus.PUBLISHED, published_at__isnull=False)
                | Q(status=VersionStatus.DRAFT, published_at__isnull=True),
                name="documents_formtemplateversion_published_has_time",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="documents_formtemplateversion_counts_from_one"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="published_version_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("template", "number", "content", "status", "published_at"),
                func=f"{_UNLESS_DRAFT}RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="published_version_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"{_UNLESS_DRAFT}RETURN OLD;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template.name} {self.number}"

    @property
    def is_draft(self) -> bool:
        """Return whether it is still worked on."""
        return self.status == VersionStatus.DRAFT
