"""Reading the folder the demo's mail goes to."""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.utils import timezone

SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class Letter:
    """One message as it went out."""

    name: str
    recipient: str
    subject: str
    sent_at: datetime
    text: str
    html: str


def letters(folder: Path) -> Sequence[Letter]:
    """Return the newest messages of the folder, newest first."""
    paths = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN_AT_MOST] if folder.is_dir() else []
    return [_read(path) for path in paths]


def letter(folder: Path, name: str) -> Letter | None:
    """Return the message of that name, or None; the name cannot lead out of the folder."""
    path = folder / f"{Path(name).name}.eml"
    return _read(path) if path.is_file() else None


def _read(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return Letter(
        name=path.stem,
        recipient=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone()),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
