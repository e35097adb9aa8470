"""Sealing a document and recording that it was received."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement, Document
from documents.rendering import Rendered, render_document
from documents.rules import can_acknowledge_document, can_witness
from people.addresses import absolute_url
from people.models import Employee, Membership
from pipcycle.errors import DomainError


def seal_document(
    *,
    actor: Membership | None,
    kind: str,
    about_type: str,
    about_id: int,
    version: int,
    employee: Employee,
    title: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "en",
) -> Document:
    """Render the template to PDF/UA and keep it for good with its SHA-256.

    The caller has checked its own rule; the template also gets ``document`` (id, title, version, sealed_at),
    ``employee``, ``organization`` and ``verify_url``. Raises DomainError when that version is sealed already.
    """
    document = Document(
        id=uuid.uuid4(),
        kind=kind,
        about_type=about_type,
        about_id=about_id,
        version=version,
        employee=employee,
        title=title,
        language=language,
        sealed_by=actor,
        sealed_at=timezone.now(),
    )
    document.content, document.content_hash = _rendered(document, template, context)
    document.size = len(document.content)
    document.sha256 = hashlib.sha256(document.content).hexdigest()
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError as error:
        message = _("Version %(version)d of this document is sealed already. Reload the page to see it.")
        raise DomainError(message % {"version": version}) from error
    return document


def _rendered(document: Document, template: str, context: Mapping[str, Any]) -> Rendered:
    organization = document.employee.organization
    return render_document(
        template=template,
        context={
            **context,
            "document": document,
            "employee": document.employee,
            "organization": organization,
            "verify_url": absolute_url(reverse("verify_document", kwargs={"document_id": document.pk})),
        },
        language=document.language,
        country=organization.country,
    )


def acknowledge_document(
    *,
    actor: Membership,
    document: Document,
    kind: AcknowledgementKind,
    statement: str,
    comment: str = "",
    witness: Employee | None = None,
) -> Acknowledgement:
    """Record the receipt of exactly this document, with the statement shown and the hash it was shown for.

    Receipt, never agreement; a refusal is recorded by somebody else before a witness (rules 14, 15). Raises
    PermissionDenied for the wrong person, DomainError when words or the witness are missing or it is recorded already.
    """
    kind = AcknowledgementKind(kind)
    if not can_acknowledge_document(actor, document, kind):
        raise PermissionDenied
    comment = comment.strip()
    if kind == AcknowledgementKind.RECEIVED_WITH_COMMENT and not comment:
        raise DomainError(_("Write your comment, or acknowledge without one."), rule=14)
    if kind == AcknowledgementKind.REFUSED and not can_witness(witness, document=document, actor=actor):
        raise DomainError(_("Name a witness who is neither the employee nor you."), rule=14)
    acknowledgement = Acknowledgement(
        document=document,
        employee=document.employee,
        kind=kind,
        statement=statement,
        comment=comment,
        sha256=document.sha256,
        witness=witness if kind == AcknowledgementKind.REFUSED else None,
        recorded_by=actor,
        recorded_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            acknowledgement.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("Receipt of this document is recorded already. Reload the page to see it.")) from error
    return acknowledgement
