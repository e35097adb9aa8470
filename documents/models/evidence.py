"""A bundle of evidence: one ZIP file about an employee, asked for by HR, built by a worker, kept for a while."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.enums import BundleStatus
from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class EvidenceBundle(TenantModel):
    """What was asked for, why and by whom, and the hashes of what was built; the file itself lies in its chunks.

    Without ``about_type`` it holds the whole case file, else what belongs to that one thing.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="evidence_bundles")
    about_type = models.CharField(max_length=50, blank=True)
    about_id = models.BigIntegerField(default=0)
    title = models.CharField(_("what"), max_length=200)
    purpose = models.CharField(_("what it is for"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=BundleStatus.choices, default=BundleStatus.WAITING)
    requested_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    queued_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    file_count = models.PositiveIntegerField(default=0)
    withheld = models.JSONField(default=list)
    error = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("bundle of evidence")
        verbose_name_plural = _("bundles of evidence")
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee", "about_type", "about_id"],
                condition=Q(status=BundleStatus.WAITING),
                name="documents_bundle_one_under_way",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="documents_bundle_has_purpose"),
            models.CheckConstraint(
                condition=~Q(status=BundleStatus.READY)
                | (Q(ready_at__isnull=False, expires_at__isnull=False) & ~Q(sha256="") & ~Q(manifest_sha256="")),
                name="documents_bundle_ready_has_hashes",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "-requested_at"], name="documents_bundle_by_employee"),
            models.Index(fields=["organization", "status", "queued_at"], name="documents_bundle_by_status"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it, or is about to."""
        return self.status == BundleStatus.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.status == BundleStatus.READY

    @property
    def status_kind(self) -> str:
        """How the status is drawn."""
        kinds = {BundleStatus.READY: "success", BundleStatus.FAILED: "danger", BundleStatus.WAITING: "info"}
        return kinds.get(BundleStatus(self.status), "neutral")

    def get_absolute_url(self) -> str:
        """Return the page of the bundle."""
        slug = self.organization.slug
        return reverse("documents:bundle", kwargs={"organization_slug": slug, "bundle_id": self.pk})


class BundleChunk(TenantModel):
    """A piece of the file, at most one megabyte; written in one transaction with the state that says it is whole."""

    bundle = models.ForeignKey(EvidenceBundle, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = _("piece of a bundle")
        verbose_name_plural = _("pieces of bundles")
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "bundle", "position"], name="documents_bundlechunk_once_per_position"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)
