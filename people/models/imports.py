"""An uploaded file, what its rows became, and how its columns were mapped."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import ImportStatus, RowOutcome
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
    """One uploaded file, kept until its report is no longer needed."""

    kind = models.CharField(max_length=30, default="employees")
    filename = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=ImportStatus.choices, default=ImportStatus.UPLOADED)
    error = models.TextField(blank=True)
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

    def __str__(self) -> str:
        return self.filename


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

    def __str__(self) -> str:
        return str(self.line)
