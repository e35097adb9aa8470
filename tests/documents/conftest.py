"""A sealed document about something whose readers the tests choose."""

from collections.abc import Callable, Iterator

import pytest

from documents import registry
from documents.models import Document
from documents.services import seal_document
from people.models import Organization
from people.rules import is_manager_of, is_self
from tests.cast import Person

ABOUT = "test_case"


@pytest.fixture
def readable() -> Iterator[None]:
    """Documents about a test case are read by their employee and the managers above."""
    known = dict(registry._access)
    registry.register_document_access(
        ABOUT, lambda member, document: is_self(member, document.employee) or is_manager_of(member, document.employee)
    )
    yield
    registry._access.clear()
    registry._access.update(known)


@pytest.fixture
def seal(harbor_context: Organization, alice: Person, bob: Person, readable: None) -> Callable[..., Document]:
    """Return a function that seals a version of a small document for Alice."""

    def make(version: int = 1, **given: str) -> Document:
        return seal_document(
            actor=bob.member,
            kind="note",
            about_type=ABOUT,
            about_id=1,
            version=version,
            employee=alice.employee,
            title=given.get("title", "A note for the record"),
            template="documents/pdf/base.html",
            context={},
        )

    return make


@pytest.fixture
def document(seal: Callable[..., Document]) -> Document:
    """Version 1."""
    return seal()
