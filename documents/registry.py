"""Who may read a document is decided by the room of the thing it is about; the rooms above say so here."""

from collections.abc import Callable

from documents.models import Document
from people.models import Membership

DocumentAccess = Callable[[Membership, Document], bool]

_access: dict[str, DocumentAccess] = {}


def register_document_access(about_type: str, may_read: DocumentAccess) -> None:
    """Say who may read the documents about that type; registering again replaces the answer."""
    _access[about_type] = may_read


def access_for(about_type: str) -> DocumentAccess:
    """Return who may read; a type nobody answers for is read by nobody."""
    return _access.get(about_type, _nobody)


def _nobody(_member: Membership, _document: Document) -> bool:
    return False
