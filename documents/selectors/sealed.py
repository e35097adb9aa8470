"""Reading sealed documents; the only door to their rows for views."""

import hmac
import uuid
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404
from django_rls_tenants import admin_context

from documents.models import Document
from documents.registry import answering_one_by_one, readable_things
from documents.rendering import SHOWN_DIGITS
from documents.rules import can_read_document
from people.models import Employee, Membership
from people.services.audit import record_access


class Verification(NamedTuple):
    """What a stranger who holds the right file learns: nothing about a person."""

    version: int
    sealed_at: datetime
    sha256: str
    content_hash: str = ""

    @property
    def shown_hash(self) -> str:
        """Return the digits that stand in the running header of the document."""
        return self.content_hash[:SHOWN_DIGITS]


def documents_about(about_type: str, about_id: int) -> QuerySet[Document]:
    """Return the documents about one thing, newest version first, without their content."""
    return (
        Document.objects.filter(about_type=about_type, about_id=about_id)
        .select_related("acknowledgement", "acknowledgement__witness", "sealed_by__user")
        .defer("content")
        .order_by("-version", "-sealed_at")
    )


def awaits_receipt(document: Document | None) -> bool:
    """Return whether there is a document, as ``documents_about`` reads it, whose receipt is not recorded."""
    return document is not None and not hasattr(document, "acknowledgement")


def documents_of(member: Membership, employee: Employee) -> list[Document]:
    """Return the documents about the employee that the member may read, newest first, without their content.

    One statement, and one more for each document of a type whose room answers one at a time.
    """
    asked = Q(about_type__in=answering_one_by_one())
    for about_type, readable in readable_things().items():
        asked |= Q(about_type=about_type, about_id__in=readable(member, employee))
    found = (
        Document.objects.filter(asked, employee=employee)
        .select_related("acknowledgement", "acknowledgement__witness", "sealed_by__user")
        .defer("content")
        .order_by("-sealed_at", "-version")
    )
    known = readable_things()
    return [one for one in found if one.about_type in known or can_read_document(member, one)]


def document_for(member: Membership, document_id: uuid.UUID) -> Document:
    """Return the document with its content and record the reading. Raises Http404 when the member may not see it."""
    document = Document.objects.filter(pk=document_id).first()
    if document is None or not can_read_document(member, document):
        raise Http404
    record_access(member=member, about_type="document", about_id=str(document.pk), action="download")
    return document


def verify_hash(document_id: uuid.UUID, sha256: str) -> Verification | None:
    """Return the seal when the hash is that document's, else None: an unknown document looks like a wrong file.

    Strangers ask, so this is one of the few places that look across organizations; it reads no content and no name.
    """
    columns = ("sha256", "version", "sealed_at", "content_hash")
    with admin_context():
        sealed = Document.objects.filter(pk=document_id).values_list(*columns).first()
    expected, version, sealed_at, content_hash = sealed or ("0" * 64, 0, None, "")
    matches = hmac.compare_digest(expected, sha256.lower())
    return Verification(version, sealed_at, expected, content_hash) if matches and sealed_at is not None else None
