"""Taking in a file that shows something: what is refused, and what is kept of it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from goals.evidence_types import type_of
from pipcycle.errors import DomainError

MOST_EVIDENCE_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class EvidenceFile:
    """A file somebody has handed in."""

    name: str
    content: bytes


def handed_file(upload: "UploadedFile[bytes] | None") -> EvidenceFile | None:
    """Return the file of a form's field, None where none was chosen; what is beyond the limit is never read."""
    return None if upload is None else EvidenceFile(upload.name or "", upload.read(MOST_EVIDENCE_BYTES + 1))


def file_columns(file: EvidenceFile) -> dict[str, Any]:
    """Return what is kept of the file. Raises DomainError for one that is empty, too large, or not what it says."""
    if not file.content:
        raise DomainError(_("The file is empty. Choose another one."))
    if len(file.content) > MOST_EVIDENCE_BYTES:
        raise DomainError(_("The file has more than 5 MB. Shrink it, or give a link to it instead."))
    name = PurePath(file.name.replace("\\", "/")).name[-255:] or "file"
    content_type = type_of(name, file.content)
    if content_type is None:
        raise DomainError(
            _("Evidence can be a PDF, PNG, JPEG, text, CSV, Word or Excel file whose content fits its name.")
        )
    return {
        "filename": name,
        "content_type": content_type,
        "size": len(file.content),
        "sha256": hashlib.sha256(file.content).hexdigest(),
        "content": file.content,
    }
