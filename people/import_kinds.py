"""The kinds of files that can be imported; a room adds its own in its ``AppConfig.ready``.

Keeping an upload, checking, applying, resuming and failing are the same for all (``people.services.uploads``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from django.utils.functional import Promise

from people.imports.profile import FileStart
from people.models import ImportBatch, Membership
from people.services.import_progress import Progress


class RunFile(Protocol):
    """Reads the file, writes ``batch.rows_total``, ``batch.summary`` and the rows of the report, and applies it."""

    def __call__(self, *, batch: ImportBatch, stream: BinaryIO, progress: Progress, is_applied: bool) -> None:
        """Run in the caller's transaction and tenant context. Raises FileRefused or DomainError; nothing is kept."""


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """What one kind of file adds to what all share.

    ``guess`` gets the start of the file and the meanings remembered by plain heading; it returns the first mapping.
    ``nothing_done`` says in a sentence what a failed import has left as it was.
    """

    key: str
    may_import: Callable[[Membership], bool]
    guess: Callable[[FileStart, Mapping[str, str]], dict[str, Any]]
    run: RunFile
    nothing_done: str | Promise


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Let files of the kind be imported; registering the same key again replaces it."""
    _kinds[kind.key] = kind


def kind_of(batch: ImportBatch) -> ImportKind:
    """Return the kind of the uploaded file."""
    return _kinds[batch.kind]
