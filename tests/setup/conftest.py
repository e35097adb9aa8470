"""A ``var`` folder of a checkout of its own, in a path with a space."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.services import PROJECT


@pytest.fixture
def var() -> Iterator[Path]:
    """Return the folder; below the project, so that the account of PostgreSQL reaches it if it reaches the project."""
    (PROJECT / "var").mkdir(exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="a test ", dir=PROJECT / "var"))
    place.chmod(0o755)
    folder = place / "var"
    yield folder
    cluster = (folder / "postgres").resolve()
    for left in (cluster, cluster.with_name(f"{cluster.name}-socket"), place):
        shutil.rmtree(left, ignore_errors=True)
