"""The only door to the rows of the documents room; ``selectors.templates`` reads the templates of forms."""

from documents.selectors.sealed import Verification, document_for, documents_about, documents_of, verify_hash

__all__ = ["Verification", "document_for", "documents_about", "documents_of", "verify_hash"]
