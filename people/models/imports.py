"""An uploaded file, what its rows became, and how its columns were mapped."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import ImportStatus, RowOutcome
from people.imports.findings import describe, level_of
from people.models.accounts import Membership
from people.models.employees import Employee
from pipcycle.tenancy.models import TenantModel


class ColumnMapping(TenantModel):
    """The mapping of column headings last used for a kind of file."""

    kind = models.CharField(max_length=30)
    headings = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "kind"], name="people_columnmapping_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class ImportBatch(TenantModel):
    """One uploaded file and its report. The content lives in chunks, erased once applied."""

    kind = models.CharField(max_length=30, default="employees")
    filename = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64)
    source = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=ImportStatus.choices, default=ImportStatus.UPLOADED)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status=ImportStatus.APPLIED, applied_at__isnull=False)
                | (~models.Q(status=ImportStatus.APPLIED) & models.Q(applied_at__isnull=True)),
                name="people_importbatch_applied_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_running(self) -> bool:
        """Whether a worker has it, or is about to."""
        return self.status in (ImportStatus.CHECKING, ImportStatus.APPLYING)

    @property
    def status_kind(self) -> str:
        """How the status is drawn."""
        return {ImportStatus.APPLIED: "success", ImportStatus.FAILED: "danger", ImportStatus.CHECKED: "info"}.get(
            ImportStatus(self.status), "neutral"
        )


class ImportChunk(TenantModel):
    """A piece of an uploaded file, at most one megabyte, so that no process ever holds the whole file."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = _("piece of an import")
        verbose_name_plural = _("pieces of imports")
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "batch", "position"], name="people_importchunk_once_per_position"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)


class ImportRow(TenantModel):
    """What became of one row: its outcome and the findings that explain it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=50, blank=True)
    name = models.CharField(max_length=250, blank=True)
    outcome = models.CharField(max_length=20, choices=RowOutcome.choices)
    findings = models.JSONField(default=list)
    employee = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "batch", "line"], name="people_importrow_once_per_line"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "batch", "outcome", "line"], name="people_importrow_by_outcome"),
        ]

    def __str__(self) -> str:
        return str(self.line)

    @property
    def outcome_kind(self) -> str:
        """How the outcome is drawn."""
        return {RowOutcome.CREATED: "success", RowOutcome.UPDATED: "info", RowOutcome.REFUSED: "danger"}.get(
            RowOutcome(self.outcome), "neutral"
        )

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """The level and the sentence of each finding, in the reader's language."""
        return [(level_of(finding["code"]).value, describe(finding)) for finding in self.findings]
