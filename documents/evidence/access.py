"""Who may have bundles of evidence, and the only door to them: HR partners without a part in the case."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from documents.models import BundleChunk, EvidenceBundle
from people.models import Employee, Membership
from people.rules import can_see_reads
from people.selectors.employees import employees_visible_to
from people.selectors.profiles import employee_for
from people.services.audit import record_access

ABOUT = "evidence_bundle"


def can_build_bundle(member: Membership, employee: Employee) -> bool:
    """Return whether the member may ask for, see and download bundles about the employee."""
    return can_see_reads(member, employee)


def employee_to_prove(member: Membership, employee_id: int) -> Employee:
    """Return the employee; Http404 for a stranger, PermissionDenied for who may see them but build no bundle."""
    employee = employee_for(member, employee_id)
    if not can_build_bundle(member, employee):
        raise PermissionDenied
    return employee


def bundles_about(employee: Employee) -> QuerySet[EvidenceBundle]:
    """Return the bundles about the employee, latest first."""
    return EvidenceBundle.objects.filter(employee=employee).select_related("organization", "requested_by__user")


def bundle_for(member: Membership, bundle_id: int) -> EvidenceBundle:
    """Return a bundle the member may have, or raise Http404."""
    bundles = EvidenceBundle.objects.select_related("organization", "employee", "requested_by__user")
    bundle = bundles.filter(pk=bundle_id, employee__in=employees_visible_to(member)).first()
    if bundle is None or not can_build_bundle(member, bundle.employee):
        raise Http404
    return bundle


def pieces_of(member: Membership, bundle: EvidenceBundle) -> Iterator[bytes]:
    """Record the download and return the file piece by piece. Raises Http404 unless it is ready."""
    if not bundle.is_ready:
        raise Http404
    record_access(member=member, about_type=ABOUT, about_id=bundle.pk, action="download")
    return _pieces(bundle)


def _pieces(bundle: EvidenceBundle) -> Iterator[bytes]:
    for chunk_id in BundleChunk.objects.filter(bundle=bundle).values_list("pk", flat=True):
        yield bytes(BundleChunk.objects.values_list("data", flat=True).get(pk=chunk_id))
