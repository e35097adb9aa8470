"""What a file of evidence may be: the name's ending and the first bytes have to agree. Pure."""

import codecs
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
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
    """Return whether the bytes read as text: UTF-8, UTF-16 with its mark, or what Windows programs write."""
    for encoding in ("utf-16", "utf-8", "cp1252"):
        if (encoding == "utf-16") == content.startswith(_UTF_16):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            return not any(ord(sign) < ord(" ") and sign not in "\t\n\r\f" for sign in text)
    return False
