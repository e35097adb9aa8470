"""Which letters the bytes of a text file stand for."""

import codecs
from typing import BinaryIO

from charset_normalizer import from_bytes

_BLOCK = 256 * 1024
_SAMPLE = 64 * 1024
_UTF16_SHARE = 0.3
_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


def encoding_name(codec: str) -> str:
    """Return what other programs call the codec: "utf-8-sig" is "UTF-8"."""
    return _NAMES.get(codec, codec.replace("_", "-").upper())


def detect_encoding(stream: BinaryIO) -> str:
    """Return the codec of the whole file: UTF-8 and UTF-16 by proof, then Windows, then a guess, then Latin-1.

    Reads the stream in blocks and leaves it at its start.
    """
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    is_marked = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    wide = "utf-16" if is_marked else _utf16_without_mark(sample)
    if wide and decodes(stream, wide):
        return wide
    for codec in ("utf-8-sig", "cp1252"):
        if decodes(stream, codec):
            return codec
    best = from_bytes(sample).best()
    if best is not None and decodes(stream, best.encoding):
        return best.encoding
    return "latin-1"


def decodes(stream: BinaryIO, codec: str) -> bool:
    """Return whether every byte of the stream is valid in that codec."""
    decoder = codecs.getincrementaldecoder(codec)(errors="strict")
    stream.seek(0)
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _utf16_without_mark(sample: bytes) -> str:
    half = len(sample) // 2
    if half < 2:  # one letter proves nothing
        return ""
    if sample[1::2].count(0) / half > _UTF16_SHARE and 0 not in sample[0::2]:
        return "utf-16-le"
    if sample[0::2].count(0) / half > _UTF16_SHARE and 0 not in sample[1::2]:
        return "utf-16-be"
    return ""
