"""Check a bundle of evidence: every file is there, unchanged, and none was added.

    python verify_bundle.py BUNDLE.zip [--manifest-sha256 HASH]

The bundle may also be a folder it was unpacked to. Needs nothing but Python 3.9 or newer and opens no connection.

Whoever could change every file could also write a new manifest. Compare the manifest's SHA-256 with the one PIPCycle
shows on the page of the bundle: give it as --manifest-sha256, and use a copy of this script you already had.
Exit code: 0 the bundle is whole, 1 it is not, 2 it could not be read.
"""

from __future__ import annotations  # older Pythons read this file too

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FORMAT = "pipcycle-evidence/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
PIECE = 1024 * 1024


class Unreadable(Exception):  # noqa: N818  # it says what is wrong in its own words
    """The bundle cannot be read at all."""


class Bundle:
    """The files of a ZIP file or of a folder."""

    def __init__(self, place: str) -> None:
        """Open it. Raises Unreadable."""
        self.root = Path(place)
        self.zip: zipfile.ZipFile | None = None
        if self.root.is_dir():
            files = [path for path in self.root.rglob("*") if path.is_file() or path.is_symlink()]
            self.names = [path.relative_to(self.root).as_posix() for path in files]
            return
        try:
            self.zip = zipfile.ZipFile(self.root)
        except (OSError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{place} is no ZIP file and no folder: {error}") from error
        self.names = [name for name in self.zip.namelist() if not name.endswith("/")]

    def digest(self, name: str) -> tuple[str, int]:
        """Return the SHA-256 and the size of a file, read piece by piece. Raises OSError or BadZipFile."""
        digest, size = hashlib.sha256(), 0
        with self._open(name) as stream:
            while True:
                piece = stream.read(PIECE)
                if not piece:
                    return digest.hexdigest(), size
                digest.update(piece)
                size += len(piece)

    def read(self, name: str) -> bytes:
        """Return a file. Raises Unreadable."""
        try:
            with self._open(name) as stream:
                return stream.read()
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{name} cannot be read: {error}") from error

    def _open(self, name: str) -> IO[bytes]:
        return self.zip.open(name) if self.zip is not None else (self.root / name).open("rb")


def load_manifest(bundle: Bundle) -> tuple[dict[str, Any], dict[str, tuple[str, int]], str]:
    """Return the manifest and its SHA-256. Raises Unreadable."""
    content = bundle.read(MANIFEST)
    try:
        manifest = json.loads(content)
        files = {entry["path"]: (entry["sha256"], entry["size"]) for entry in manifest["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{MANIFEST} is no manifest: {error}") from error
    if manifest.get("format") != FORMAT:
        raise Unreadable(f"{MANIFEST} has a format this script does not know: {manifest.get('format')}")
    return manifest, files, hashlib.sha256(content).hexdigest()


def faults_of(bundle: Bundle, files: Mapping[str, tuple[str, int]], digest: str, expected: str) -> Iterator[str]:
    """Yield a sentence for everything that is not as it should be."""
    said = bundle.read(MANIFEST_HASH).decode("ascii", "replace").split()
    if not said or said[0] != digest:
        yield f"{MANIFEST} was changed: its SHA-256 is not the one in {MANIFEST_HASH}."
    if expected and expected.strip().lower() != digest:
        yield "The manifest is not the one you expect: its SHA-256 is another."
    for name in sorted({name for name in bundle.names if bundle.names.count(name) > 1}):
        yield f"{name} is in the bundle more than once."
    for name in sorted(set(bundle.names) - set(files) - {MANIFEST, MANIFEST_HASH}):
        yield f"{name} was added: the manifest does not list it."
    for name in sorted(files):
        yield from faults_of_file(bundle, name, files[name])


def faults_of_file(bundle: Bundle, name: str, listed: tuple[str, int]) -> Iterator[str]:
    """Yield a sentence if the file is missing, damaged or changed."""
    if name not in bundle.names:
        yield f"{name} is missing."
        return
    try:
        found = bundle.digest(name)
    except (OSError, zipfile.BadZipFile) as error:
        yield f"{name} is damaged: {error}"
        return
    if found != listed:
        yield f"{name} was changed: its SHA-256 or its size is another."


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the bundle named on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle")
    parser.add_argument("--manifest-sha256", default="", help="what PIPCycle shows on the page of the bundle")
    asked = parser.parse_args(arguments)
    try:
        bundle = Bundle(asked.bundle)
        manifest, files, digest = load_manifest(bundle)
        faults = list(faults_of(bundle, files, digest, asked.manifest_sha256))
    except Unreadable as error:
        sys.stderr.write(f"Cannot check: {error}\n")
        return 2
    for fault in faults:
        sys.stdout.write(f"FAULT  {fault}\n")
    sys.stdout.write(f"{len(files)} files, manifest SHA-256 {digest}\n")
    for item in manifest.get("withheld", []):
        sys.stdout.write(f"withheld: {item['count']} × {item['kind']} ({item['reason']})\n")
    sys.stdout.write("The bundle is NOT whole.\n" if faults else "The bundle is whole.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
