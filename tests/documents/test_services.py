"""Sealing a document and recording its receipt."""

import hashlib
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement, Document
from documents.selectors import documents_about, verify_hash
from documents.services import acknowledge_document
from pipcycle.errors import DomainError
from tests.cast import Person
from tests.documents.conftest import ABOUT

STATEMENT = "I have received this document."


def test_a_sealed_document_carries_its_own_hash(document: Document, bob: Person) -> None:
    kept = Document.objects.get(pk=document.pk)

    assert kept.sha256 == hashlib.sha256(bytes(kept.content)).hexdigest()
    assert kept.size == len(kept.content)
    assert kept.sealed_by == bob.member


@pytest.mark.parametrize("change", [{"content": b"x"}, {"sha256": "0" * 64}, {"version": 2}])
def test_the_database_refuses_to_change_a_sealed_document(document: Document, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_a_version_is_sealed_once(document: Document, seal: Callable[..., Document]) -> None:
    with pytest.raises(DomainError) as refusal:
        seal(version=1)

    assert str(refusal.value) == "Version 1 of this document is sealed already. Reload the page to see it."


def test_versions_are_listed_newest_first_without_their_content(seal: Callable[..., Document]) -> None:
    seal(version=1)
    seal(version=2)

    documents = list(documents_about(ABOUT, 1))

    assert [one.version for one in documents] == [2, 1]
    assert "content" in documents[0].get_deferred_fields()


def test_receipt_keeps_the_statement_and_the_hash(document: Document, alice: Person) -> None:
    receipt = acknowledge_document(
        actor=alice.member, document=document, kind=AcknowledgementKind.RECEIVED, statement=STATEMENT
    )

    assert (receipt.statement, receipt.sha256, receipt.employee) == (STATEMENT, document.sha256, alice.employee)


def test_receipt_is_recorded_once(document: Document, alice: Person) -> None:
    acknowledge_document(actor=alice.member, document=document, kind=AcknowledgementKind.RECEIVED, statement=STATEMENT)

    with pytest.raises(DomainError):
        acknowledge_document(
            actor=alice.member, document=document, kind=AcknowledgementKind.RECEIVED, statement=STATEMENT
        )


def test_a_receipt_cannot_be_changed(document: Document, alice: Person) -> None:
    receipt = acknowledge_document(
        actor=alice.member, document=document, kind=AcknowledgementKind.RECEIVED, statement=STATEMENT
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.filter(pk=receipt.pk).update(comment="I agree with everything.")


def test_a_comment_must_have_words(document: Document, alice: Person) -> None:
    with pytest.raises(DomainError) as refusal:
        acknowledge_document(
            actor=alice.member,
            document=document,
            kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
            statement=STATEMENT,
            comment="  ",
        )

    assert refusal.value.rule == 14


def test_nobody_acknowledges_for_the_employee(document: Document, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        acknowledge_document(
            actor=bob.member, document=document, kind=AcknowledgementKind.RECEIVED, statement=STATEMENT
        )


def test_a_refusal_is_recorded_before_a_witness(document: Document, bob: Person, carol: Person) -> None:
    refusal = acknowledge_document(
        actor=bob.member,
        document=document,
        kind=AcknowledgementKind.REFUSED,
        statement="Handed over and refused.",
        comment="She wants to talk to HR first.",
        witness=carol.employee,
    )

    assert (refusal.witness, refusal.recorded_by) == (carol.employee, bob.member)


@pytest.mark.parametrize("witness", ["alice", "bob", None])
def test_neither_the_employee_nor_the_recorder_is_a_witness(
    request: pytest.FixtureRequest, document: Document, bob: Person, witness: str | None
) -> None:
    with pytest.raises(DomainError) as refusal:
        acknowledge_document(
            actor=bob.member,
            document=document,
            kind=AcknowledgementKind.REFUSED,
            statement="Refused.",
            witness=request.getfixturevalue(witness).employee if witness else None,
        )

    assert str(refusal.value) == "Name a witness who is neither the employee nor you."


def test_the_employee_cannot_record_their_own_refusal(document: Document, alice: Person, carol: Person) -> None:
    with pytest.raises(PermissionDenied):
        acknowledge_document(
            actor=alice.member,
            document=document,
            kind=AcknowledgementKind.REFUSED,
            statement="Refused.",
            witness=carol.employee,
        )


def test_the_right_hash_is_verified(document: Document) -> None:
    seal = verify_hash(document.pk, document.sha256.upper())

    assert seal is not None
    assert (seal.version, seal.sha256) == (1, document.sha256)


def test_a_wrong_hash_and_an_unknown_document_look_the_same(document: Document, alice: Person) -> None:
    assert verify_hash(document.pk, "0" * 64) is None
    assert verify_hash(uuid.uuid4(), document.sha256) is None
    assert verify_hash(uuid.uuid4(), "0" * 64) is None
