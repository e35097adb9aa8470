"""Asking for a bundle, building it in a worker, picking up what was left behind, erasing what has expired."""

import zoneinfo
from datetime import timedelta
from functools import partial

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.enums import BundleStatus
from documents.evidence.access import ABOUT, can_build_bundle
from documents.evidence.archive import Archive, Pieces
from documents.evidence.contents import facts_of, files_of, gathered, withheld_of
from documents.evidence.progress import forget_position, set_position
from documents.models import BundleChunk, EvidenceBundle
from documents.registry import BundleSubject, bundle_subjects
from people.models import Employee, Membership
from people.services.audit import record_access
from pipcycle.errors import DomainError

KEPT_DAYS = 30
MAX_ATTEMPTS = 3
RESUME_AFTER = timedelta(seconds=60)


def request_bundle(
    *, actor: Membership, employee: Employee, purpose: str, subject: BundleSubject | None = None
) -> EvidenceBundle:
    """Have a worker build a bundle about the employee, or about one thing; one under way is not begun again.

    Raises PermissionDenied, or DomainError when it is not said what for or the thing is not theirs to prove.
    """
    if not can_build_bundle(actor, employee):
        raise PermissionDenied
    if not purpose.strip():
        raise DomainError(_("Say what the bundle is for; it stays on the record."))
    if subject is not None and subject not in bundle_subjects(actor, employee):
        raise DomainError(_("This is not there any more. Reload the page and choose again."))
    about_type, about_id = (subject.about_type, subject.about_id) if subject else ("", 0)
    try:
        with transaction.atomic():
            bundle = EvidenceBundle.objects.create(
                employee=employee,
                about_type=about_type,
                about_id=about_id,
                title=(subject.title if subject else str(_("Whole case file")))[:200],
                purpose=purpose.strip()[:300],
                requested_by=actor,
            )
            record_access(member=actor, about_type=ABOUT, about_id=bundle.pk, action="build")
            transaction.on_commit(partial(enqueue, bundle.organization_id, bundle.pk))
    except IntegrityError:
        return EvidenceBundle.objects.filter(employee=employee, about_type=about_type, about_id=about_id)[0]
    return bundle


def enqueue(organization_id: int, bundle_id: int) -> None:
    """Hand the bundle to a worker, by the task's name: tasks import the services, not the other way round."""
    current_app.send_task("documents.tasks.build_bundle", args=[organization_id, bundle_id])


def build_bundle(*, bundle_id: int) -> bool:
    """Build what waits, in the open tenant context; return whether this call did it.

    One transaction writes the pieces and the state "ready": a crash at any line leaves nothing that could be read, and
    ``resume_bundles`` begins again. After ``MAX_ATTEMPTS`` crashes the bundle has failed.
    """
    if not _count_attempt(bundle_id):
        return False
    try:
        with transaction.atomic():
            bundle = _claim(bundle_id)
            if bundle is None:
                return False
            _build(bundle)
    except DomainError as refusal:
        _fail(bundle_id, str(refusal))
    except OperationalError:
        raise  # the database went away: the bundle still waits and is started again
    except Exception:
        _fail(bundle_id, str(_("The building stopped because of a fault in PIPCycle. Ask for the bundle once more.")))
        raise
    return True


def resume_bundles() -> int:
    """Hand out again what has waited for a minute and nobody builds, and erase what has expired; return how many wait.

    What a worker builds is locked, so it is passed over here.
    """
    now = timezone.now()
    with transaction.atomic():
        waiting = list(
            EvidenceBundle.objects.select_for_update(skip_locked=True).filter(
                status=BundleStatus.WAITING, queued_at__lt=now - RESUME_AFTER
            )
        )
        for bundle in waiting:
            bundle.queued_at = now
            bundle.save(update_fields=["queued_at"])
            transaction.on_commit(partial(enqueue, bundle.organization_id, bundle.pk))
        _erase_expired()
    return len(waiting)


def _erase_expired() -> None:
    """Erase the files that are past their day; what was asked, why, and the hashes stay on the record."""
    expired = EvidenceBundle.objects.select_for_update(skip_locked=True).filter(
        status=BundleStatus.READY, expires_at__lte=timezone.now()
    )
    for bundle in expired:
        BundleChunk.objects.filter(bundle=bundle).delete()
        bundle.status = BundleStatus.EXPIRED
        bundle.save(update_fields=["status"])


def _count_attempt(bundle_id: int) -> bool:
    """Note, in a transaction of its own, that a building begins; return whether it may."""
    with transaction.atomic():
        bundle = _claim(bundle_id)
        if bundle is None:
            return False
        if bundle.attempts >= MAX_ATTEMPTS:
            bundle.status = BundleStatus.FAILED
            bundle.error = str(_("The building was broken off several times. Ask for the bundle once more."))
        bundle.attempts += 1
        bundle.save(update_fields=["attempts", "status", "error"])
        return bundle.is_under_way


def _claim(bundle_id: int) -> EvidenceBundle | None:
    """Lock the bundle; None if another worker has it or there is nothing left to do."""
    return (
        EvidenceBundle.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("organization", "employee__organization", "requested_by__user", "requested_by__employee")
        .filter(pk=bundle_id, status=BundleStatus.WAITING)
        .first()
    )


def _build(bundle: EvidenceBundle) -> None:
    """Write the whole file in the caller's transaction. Raises DomainError when the asker may not have it any more."""
    actor = bundle.requested_by
    if actor is None or not can_build_bundle(actor, bundle.employee):
        raise DomainError(_("Whoever asked for this bundle may not have it any more."))
    BundleChunk.objects.filter(bundle=bundle).delete()
    pieces = Pieces(lambda position, data: _keep(bundle, position, data))
    archive = Archive(pieces, at=bundle.requested_at)
    with timezone.override(zoneinfo.ZoneInfo(bundle.organization.time_zone)):
        parts = gathered(actor, bundle)
        withheld = withheld_of(parts)
        files = list(files_of(bundle, parts, withheld))
        for number, file in enumerate(files):
            archive.add(file.path, file.read(), title=file.title)
            set_position(bundle, number + 1, len(files))
        bundle.manifest_sha256 = archive.close(facts_of(bundle, withheld))
    bundle.sha256 = pieces.finish()
    bundle.size = pieces.size
    bundle.file_count = len(archive.entries)
    bundle.withheld = withheld
    bundle.status, bundle.error = BundleStatus.READY, ""
    bundle.ready_at = timezone.now()
    bundle.expires_at = bundle.ready_at + timedelta(days=KEPT_DAYS)
    bundle.save()
    forget_position(bundle)


def _keep(bundle: EvidenceBundle, position: int, data: bytes) -> None:
    BundleChunk.objects.create(bundle=bundle, position=position, data=data)


def _fail(bundle_id: int, error: str) -> None:
    waiting = EvidenceBundle.objects.filter(pk=bundle_id, status=BundleStatus.WAITING)
    waiting.update(status=BundleStatus.FAILED, error=error)
