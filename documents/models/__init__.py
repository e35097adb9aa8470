"""The tables of the documents room."""

from documents.models.evidence import BundleChunk, EvidenceBundle
from documents.models.sealed import Acknowledgement, Document
from documents.models.templates import FormTemplate, FormTemplateVersion

__all__ = ["Acknowledgement", "BundleChunk", "Document", "EvidenceBundle", "FormTemplate", "FormTemplateVersion"]
