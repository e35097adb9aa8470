"""Rule 15: what a signature needs: intent, consent, association with the exact record, and retention."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement, Document
from pips.services.plan import acknowledge_plan
from pips.statements import statement_for
from tests.pips.conftest import Stage


def test_receipt_is_tied_to_the_person_the_words_and_the_exact_bytes(stage: Stage) -> None:
    plan = stage.issued()
    with pytest.raises(PermissionDenied):  # intent and consent are one's own
        acknowledge_plan(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.RECEIVED)

    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)

    receipt, document = Acknowledgement.objects.get(), Document.objects.get()
    assert receipt.recorded_by == stage.alice.member
    assert receipt.statement == statement_for(AcknowledgementKind.RECEIVED)
    assert receipt.document == document
    assert receipt.sha256 == document.sha256 == hashlib.sha256(bytes(document.content)).hexdigest()

    # Retention: neither the record nor what it is about can be changed or removed.
    for attempt in (
        lambda: Acknowledgement.objects.update(statement="I agree with this plan."),
        lambda: Acknowledgement.objects.update(comment="All of it is true."),
        lambda: Document.objects.update(content=b"%PDF-1.7"),
        document.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
