"""What documents tell in the case file of an employee: sealed, receipt recorded, and for HR who has read them."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from documents.evidence.access import ABOUT, bundles_about, can_build_bundle
from documents.models import Document
from documents.selectors import documents_of
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.selectors.case_file import read_events


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield each document the reader may read and its receipt; a fixed number of statements."""
    documents = documents_of(member, employee)
    for document in documents:
        yield _sealed(member, document)
        if hasattr(document, "acknowledgement"):
            yield _received(member, document)
    if can_build_bundle(member, employee):
        titles = {str(one.pk): _titled(one) for one in documents}
        abouts = {str(one.pk): (one.about_type, one.about_id) for one in documents}
        yield from read_events("document", titles, since=since, until=until, abouts=abouts)
        bundles = {str(one.pk): _("bundle of evidence “%(title)s”") % {"title": one} for one in bundles_about(employee)}
        yield from read_events(ABOUT, bundles, since=since, until=until)


def _titled(document: Document) -> str:
    return _("%(title)s, version %(version)d") % {"title": document.title, "version": document.version}


def _sealed(member: Membership, document: Document) -> TimelineEvent:
    return TimelineEvent(
        at=document.sealed_at,
        room="documents",
        kind=TimelineKind.DOCUMENT,
        title=_("Document sealed: %(what)s") % {"what": _titled(document)},
        body=f"SHA-256 {document.sha256}",
        by=str(document.sealed_by or ""),
        url=portal_url(member.organization, "documents:document_download", document_id=document.pk),
        tone="key",
        about=(document.about_type, document.about_id),
    )


def _received(member: Membership, document: Document) -> TimelineEvent:
    receipt = document.acknowledgement
    witness = _("Witness: %(name)s") % {"name": receipt.witness.full_name} if receipt.witness else ""
    return TimelineEvent(
        at=receipt.recorded_at,
        room="documents",
        kind=TimelineKind.DOCUMENT,
        title=f"{receipt.get_kind_display()}: {_titled(document)}",
        body="\n".join(filter(None, [receipt.statement, receipt.comment, witness])),
        url=portal_url(member.organization, "documents:document_download", document_id=document.pk),
        tone="key",
        about=(document.about_type, document.about_id),
    )
