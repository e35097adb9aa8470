"""Sealed documents and the acknowledgement of their receipt."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from people.models import Employee, Membership
from pipcycle.tenancy.models import TenantModel


class Document(TenantModel):
    """A PDF as it was handed over: immutable, hashed, versioned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=50)
    about_type = models.CharField(max_length=50)
    about_id = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(_("version"))
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=10, default="en")
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    content_hash = models.CharField(_("hash of the content"), max_length=64, blank=True)
    sealed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar[list[str]] = ["-sealed_at"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "kind", "about_type", "about_id", "version"],
                name="documents_document_version_once",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_document_sha256_is_hex"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="document_is_sealed",
                fields=[
                    "content",
                    "sha256",
                    "content_hash",
                    "size",
                    "version",
                    "kind",
                    "about_type",
                    "about_id",
                    "employee",
                    "sealed_at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Acknowledgement(TenantModel):
    """Receipt of one exact document, with the words shown and the hash it was given for (rules 14, 15)."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="acknowledgement")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="acknowledgements")
    kind = models.CharField(max_length=30, choices=AcknowledgementKind.choices)
    statement = models.TextField(_("statement shown"))
    comment = models.TextField(_("comment"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    witness = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("witness")
    )
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind=AcknowledgementKind.REFUSED) | Q(witness__isnull=False),
                name="documents_acknowledgement_refusal_witnessed",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AcknowledgementKind.RECEIVED_WITH_COMMENT) | ~Q(comment=""),
                name="documents_acknowledgement_comment_given",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=models.F("employee")),
                name="documents_acknowledgement_witness_is_other",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="acknowledgement_is_final",
                fields=["document", "employee", "kind", "statement", "comment", "sha256", "witness", "recorded_at"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
