"""Writing a ZIP file piece by piece, with the list of hashes that proves it whole. Pure: knows no database."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

CHUNK_BYTES = 1024 * 1024
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
FORMAT = "pipcycle-evidence/1"


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """One file of the bundle, as the manifest lists it."""

    path: str
    title: str
    size: int
    sha256: str


class Pieces:
    """A file that can only be written to: hands on what is written in pieces of a megabyte, and hashes all of it."""

    def __init__(self, keep: Callable[[int, bytes], None]) -> None:
        self._keep = keep
        self._waiting = bytearray()
        self._position = 0
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._digest.update(data)
        self._waiting += data
        self.size += len(data)
        while len(self._waiting) >= CHUNK_BYTES:
            self._hand_on(CHUNK_BYTES)
        return len(data)

    def flush(self) -> None:
        """Do nothing: what waits for a full piece is handed on by ``finish``."""

    def close(self) -> None:
        """Do nothing likewise."""

    def finish(self) -> str:
        """Hand on what is left and return the SHA-256 of everything written."""
        if self._waiting:
            self._hand_on(len(self._waiting))
        return self._digest.hexdigest()

    def _hand_on(self, length: int) -> None:
        self._keep(self._position, bytes(self._waiting[:length]))
        del self._waiting[:length]
        self._position += 1


class Archive:
    """A ZIP file under way. Every file gets the same date, so equal content makes an equal bundle."""

    def __init__(self, pieces: Pieces, *, at: datetime) -> None:
        self._zip = zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED)
        self._date = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
        self.entries: list[FileEntry] = []

    def add(self, path: str, content: bytes, *, title: str) -> None:
        """Write one file and note its hash. Raises ValueError for a path that is there already or leads outside."""
        if path in {MANIFEST, MANIFEST_HASH, *(entry.path for entry in self.entries)} or not is_safe_path(path):
            message = f"A bundle cannot hold the file {path}."
            raise ValueError(message)
        self._write(path, content)
        digest = hashlib.sha256(content).hexdigest()
        self.entries.append(FileEntry(path=path, title=title, size=len(content), sha256=digest))

    def close(self, facts: Mapping[str, Any]) -> str:
        """Write the manifest and its hash, end the file, and return that hash."""
        manifest = {"format": FORMAT, **facts, "files": [asdict(entry) for entry in self.entries]}
        content = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
        digest = hashlib.sha256(content).hexdigest()
        self._write(MANIFEST, content)
        self._write(MANIFEST_HASH, f"{digest}  {MANIFEST}\n".encode())
        self._zip.close()
        return digest

    def _write(self, path: str, content: bytes) -> None:
        info = zipfile.ZipInfo(path, date_time=self._date)
        info.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
        info.external_attr = 0o100644 << 16
        self._zip.writestr(info, content)


def is_safe_path(path: str) -> bool:
    """Return whether the path stays inside the folder a bundle is unpacked to."""
    parts = path.split("/")
    return bool(path) and "\\" not in path and not any(part in {"", ".", ".."} for part in parts)
