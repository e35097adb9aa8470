"""What the documents room does; ``services.templates`` writes the templates of forms."""

from documents.services.sealed import acknowledge_document, seal_document

__all__ = ["acknowledge_document", "seal_document"]
