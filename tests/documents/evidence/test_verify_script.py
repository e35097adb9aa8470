"""The shipped script, run by itself: a whole bundle passes, every kind of tampering is named."""

import datetime
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.evidence.archive import Archive, Pieces
from people.models import Organization
from pips.models import Plan
from tests.cast import Person
from tests.documents.evidence.conftest import SCRIPT, Check, built, content_of, opened

NOW = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)


def zip_of(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def files() -> dict[str, bytes]:
    """The files of a small bundle."""
    pieces: list[bytes] = []
    writer = Pieces(lambda _position, data: pieces.append(data))
    archive = Archive(writer, at=NOW)
    archive.add("documents/plan.pdf", b"%PDF sealed", title="Plan")
    archive.add("timeline.csv", "größer,🙂".encode(), title="Timeline")
    archive.close({"withheld": [{"kind": "HR reviews", "count": 2, "reason": "Privileged."}]})
    writer.finish()
    return opened(b"".join(pieces))


@pytest.fixture
def place(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Return a function that writes files as a ZIP file."""

    def write(files: dict[str, bytes]) -> Path:
        path = tmp_path / "bundle.zip"
        path.write_bytes(zip_of(files))
        return path

    return write


Place = Callable[[dict[str, bytes]], Path]


def test_a_whole_bundle_passes(files: dict[str, bytes], place: Place, check: Check) -> None:
    found = check(place(files))

    assert (found.returncode, found.stderr) == (0, "")
    assert "The bundle is whole." in found.stdout
    assert "withheld: 2 × HR reviews (Privileged.)" in found.stdout


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda files: files | {"timeline.csv": b"other"}, "timeline.csv was changed"),
        (lambda files: {name: files[name] for name in files if name != "documents/plan.pdf"}, "plan.pdf is missing"),
        (lambda files: files | {"letter.pdf": b"new"}, "letter.pdf was added"),
        (
            lambda files: files | {"manifest.json": files["manifest.json"].replace(b"Privileged.", b"Forgotten..")},
            "manifest.json was changed",
        ),
        (lambda files: files | {"manifest.sha256": b"0" * 64}, "manifest.json was changed"),
    ],
)
def test_tampering_is_named(
    files: dict[str, bytes],
    place: Place,
    check: Check,
    tamper: Callable[[dict[str, bytes]], dict[str, bytes]],
    said: str,
) -> None:
    found = check(place(tamper(files)))

    assert found.returncode == 1
    assert said in found.stdout
    assert "NOT whole" in found.stdout


def test_a_forged_manifest_is_found_by_the_hash_that_pipcycle_shows(
    files: dict[str, bytes], place: Place, check: Check
) -> None:
    real = hashlib.sha256(files["manifest.json"]).hexdigest()
    manifest = json.loads(files["manifest.json"])
    files["timeline.csv"] = b"forged"
    manifest["files"][1] |= {"sha256": hashlib.sha256(b"forged").hexdigest(), "size": 6}
    files["manifest.json"] = json.dumps(manifest).encode()
    files["manifest.sha256"] = hashlib.sha256(files["manifest.json"]).hexdigest().encode()
    path = place(files)

    assert check(path).returncode == 0
    forged = check(path, "--manifest-sha256", real.upper())
    assert forged.returncode == 1
    assert "not the one you expect" in forged.stdout


def test_a_file_that_is_there_twice_is_named(files: dict[str, bytes], place: Place, check: Check) -> None:
    path = place(files)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("timeline.csv", files["timeline.csv"])

    assert "timeline.csv is in the bundle more than once" in check(path).stdout


@pytest.mark.parametrize("cut", [100, 400])
def test_a_broken_off_download_is_no_bundle(files: dict[str, bytes], place: Place, check: Check, cut: int) -> None:
    path = place(files)
    path.write_bytes(path.read_bytes()[:-cut])

    found = check(path)

    assert found.returncode == 2
    assert found.stderr.startswith("Cannot check:")


def test_one_changed_byte_in_the_zip_file_is_found(files: dict[str, bytes], place: Place, check: Check) -> None:
    path = place(files)
    path.write_bytes(path.read_bytes().replace(b"%PDF sealed", b"%PDF forged", 1))

    found = check(path)

    assert found.returncode == 1
    assert "documents/plan.pdf is damaged" in found.stdout


def test_an_unpacked_folder_can_be_checked_too(files: dict[str, bytes], tmp_path: Path, check: Check) -> None:
    folder = tmp_path / "unpacked"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    assert check(folder).returncode == 0
    (folder / "documents" / "plan.pdf").write_bytes(b"%PDF forged!")
    assert check(folder).returncode == 1


@pytest.mark.parametrize("content", [b"{}", b"not json", b'{"format": "other/1", "files": []}'])
def test_what_is_no_bundle_is_said_to_be_none(place: Place, check: Check, content: bytes) -> None:
    assert check(place({"manifest.json": content, "manifest.sha256": b"x"})).returncode == 2


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a//b", "a\\b", "", "manifest.json", "a/../b"])
def test_no_file_can_lead_outside_or_pose_as_the_manifest(path: str) -> None:
    archive = Archive(Pieces(lambda _position, _data: None), at=NOW)

    with pytest.raises(ValueError, match="cannot hold"):
        archive.add(path, b"", title="")


def test_the_script_in_a_real_bundle_proves_it(
    harbor_context: Organization, plan: Plan, hana: Person, tmp_path: Path, check: Check
) -> None:
    bundle = built(hana, plan)
    path = tmp_path / "evidence.zip"
    path.write_bytes(content_of(hana, bundle))
    shutil.unpack_archive(path, tmp_path / "unpacked")
    script = tmp_path / "unpacked" / "verify_bundle.py"

    found = check(tmp_path / "unpacked", "--manifest-sha256", bundle.manifest_sha256, script=script)

    assert (found.returncode, found.stderr) == (0, "")
    assert script.read_bytes() == SCRIPT.read_bytes()
    assert "withheld: 1 × HR reviews and their reasons" in found.stdout
