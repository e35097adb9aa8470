"""Reading uploaded files of figures and batches of observations: HR partners and HR admins."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from metrics.models import Observation, ObservationBatch, ObservationCorrection, OmittedObservation
from metrics.rules import can_manage_observations
from people.models import ImportBatch, ImportRow, Membership
from people.selectors.employees import employees_followed_by
from people.selectors.imports import uploads_of_kind

SAMPLE = 20


def uploads_visible_to(member: Membership) -> QuerySet[ImportBatch]:
    """Return the uploaded files of figures the member may see, the latest first."""
    if not can_manage_observations(member):
        return ImportBatch.objects.none()
    return uploads_of_kind("observations").select_related("observation_batch")


def upload_for(member: Membership, batch_id: int) -> ImportBatch:
    """Return one uploaded file, or raise Http404."""
    batch = uploads_visible_to(member).filter(pk=batch_id).select_related("organization").first()
    if batch is None:
        raise Http404
    return batch


def refused_rows(batch: ImportBatch, *, code: str = "") -> QuerySet[ImportRow]:
    """Return the lines of the file with a refusal, those with one reason if asked for."""
    rows = ImportRow.objects.filter(batch=batch).select_related("employee").order_by("line")
    return rows.filter(findings__contains=[{"code": code}]) if code else rows


def report_rows(batch: ImportBatch) -> Iterator[ImportRow]:
    """Yield every line of the report, without holding them all."""
    return refused_rows(batch).iterator(chunk_size=2000)


def batches_visible_to(member: Membership) -> QuerySet[ObservationBatch]:
    """Return the batches the member may see, the latest first."""
    if not can_manage_observations(member):
        return ObservationBatch.objects.none()
    return ObservationBatch.objects.select_related("created_by__user").order_by("-created_at", "-id")


def batch_for(member: Membership, batch_id: int) -> ObservationBatch:
    """Return one batch, or raise Http404."""
    batches = batches_visible_to(member).select_related("upload", "taken_back_by__user")
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def sample_of(member: Membership, batch: ObservationBatch) -> QuerySet[Observation]:
    """Return some of the values that stand because of the batch, of people whose figures the member may read."""
    return (
        Observation.objects.filter(batch=batch, series__employee__in=employees_followed_by(member))
        .select_related("series__metric", "series__employee")
        .order_by("-starts_on", "series_id")[:SAMPLE]
    )


def corrections_of(member: Membership, batch: ObservationBatch) -> QuerySet[ObservationCorrection]:
    """Return some of the values the batch changed, of people whose figures the member may read."""
    return (
        ObservationCorrection.objects.filter(new_batch=batch, series__employee__in=employees_followed_by(member))
        .select_related("series__metric", "series__employee")
        .order_by("-starts_on", "series_id")[:SAMPLE]
    )


def taking_back_counts(batch: ObservationBatch) -> dict[str, int]:
    """Return how many values would go and how many would get a former value back, those on leave among them."""
    former = ObservationCorrection.objects.filter(
        series=OuterRef("series"), starts_on=OuterRef("starts_on"), old_batch__taken_back_at__isnull=True
    ).exclude(old_batch=batch)
    standing = (Observation.objects.filter(batch=batch), OmittedObservation.objects.filter(batch=batch))
    total = sum(values.count() for values in standing)
    restored = sum(values.filter(Exists(former)).count() for values in standing)
    return {"removed": total - restored, "restored": restored}
