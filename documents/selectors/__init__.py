"""The only door to the rows of the documents room; ``selectors.templates`` reads the templates of forms."""

from documents.selectors.sealed import (
    Verification,
    awaits_receipt,
    document_for,
    documents_about,
    documents_of,
    verify_hash,
)
from documents.selectors.witnesses import witnesses_for

__all__ = [
    "Verification",
    "awaits_receipt",
    "document_for",
    "documents_about",
    "documents_of",
    "verify_hash",
    "witnesses_for",
]
