"""What a file of evidence may be: the name's ending and the first bytes have to agree. Pure."""

import io
import zipfile

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SIGNATURES: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
_OFFICE: dict[str, tuple[str, str]] = {"docx": ("word/", _WORD), "xlsx": ("xl/", _EXCEL)}
_TEXTS = {"txt": "text/plain", "csv": "text/csv"}


def type_of(name: str, content: bytes) -> str | None:
    """Return the content type of a file whose bytes are what its name says, else None."""
    ending = name.rpartition(".")[2].lower()
    if ending in _SIGNATURES:
        signature, content_type = _SIGNATURES[ending]
        return content_type if content.startswith(signature) else None
    if ending in _OFFICE:
        folder, content_type = _OFFICE[ending]
        return content_type if _holds(content, folder) else None
    if ending in _TEXTS:
        return _TEXTS[ending] if _is_text(content) else None
    return None


def _holds(content: bytes, folder: str) -> bool:
    """Return whether the bytes are an archive with that folder in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(entry.startswith(folder) for entry in archive.namelist())
    except zipfile.BadZipFile:
        return False


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
