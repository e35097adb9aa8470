"""The bootstrap picks an interpreter that really runs, and a second run changes nothing."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.services import PROJECT

FAILING_SHIM = "#!/bin/sh\necho 'pyenv: version not installed' >&2\nexit 127\n"
TOO_OLD = "#!/bin/sh\nexit 1\n"


class FakeMachine:
    """A checkout of the scripts alone and a ``PATH`` with only what a test puts there."""

    def __init__(self, directory: Path) -> None:
        self.programs = directory / "a path" / "bin"
        self.programs.mkdir(parents=True)
        self.scripts = directory / "the checkout" / "scripts"
        shutil.copytree(PROJECT / "scripts", self.scripts)
        self.home = directory / "home"
        self.home.mkdir()
        self.link("dirname", shutil.which("dirname") or "/usr/bin/dirname")

    def link(self, name: str, target: str) -> Path:
        path = self.programs / name
        path.symlink_to(target)
        return path

    def write(self, name: str, content: str) -> Path:
        path = self.programs / name
        path.write_text(content, encoding="utf-8")
        path.chmod(0o755)
        return path

    def python(self, name: str) -> Path:
        return self.write(name, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')

    def which(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(self.scripts / "bootstrap.sh"), "--which"],
            check=False,
            capture_output=True,
            text=True,
            env={"PATH": str(self.programs), "HOME": str(self.home)},
        )


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path)


def test_bootstrap_takes_the_newest(machine: FakeMachine) -> None:
    newest = machine.python("python3.14")
    machine.python("python3.13")
    assert machine.which().stdout.strip() == str(newest)


def test_bootstrap_skips_a_shim_that_fails(machine: FakeMachine) -> None:
    machine.write("python3.14", FAILING_SHIM)
    machine.write("python3.13", FAILING_SHIM)
    works = machine.python("python3.12")
    assert machine.which().stdout.strip() == str(works)


def test_bootstrap_skips_a_python_that_is_too_old(machine: FakeMachine) -> None:
    machine.write("python3.13", TOO_OLD)
    works = machine.python("python3")
    assert machine.which().stdout.strip() == str(works)


def test_bootstrap_asks_uv_when_no_python_runs(machine: FakeMachine) -> None:
    machine.write("python3", TOO_OLD)
    fetched = machine.python("fetched-python")
    machine.write("uv", f'#!/bin/sh\n[ "$1 $2" = "python find" ] && echo "{fetched}"\n')
    assert machine.which().stdout.strip() == str(fetched)


def test_bootstrap_lets_uv_install_one(machine: FakeMachine) -> None:
    fetched = machine.python("fetched-python")
    installed = machine.home / "installed"
    machine.link("touch", shutil.which("touch") or "/usr/bin/touch")
    script = (
        "#!/bin/sh\n"
        f'if [ "$2" = install ]; then touch "{installed}"; exit; fi\n'
        f'[ -e "{installed}" ] && echo "{fetched}"\n'
    )
    machine.write("uv", script)
    assert machine.which().stdout.strip() == str(fetched)


def test_bootstrap_without_any_python_says_so_in_one_line(machine: FakeMachine) -> None:
    asked = machine.which()
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == (
        "PIPCycle needs Python 3.12 or later: install python3.13, or uv, which can fetch one, and try again.\n"
    )


def test_bootstrap_run_again_changes_nothing_in_two_seconds() -> None:
    command = [str(PROJECT / "scripts" / "bootstrap.sh")]
    subprocess.run(command, check=True, capture_output=True)
    started = time.perf_counter()
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert (again.stdout, again.stderr) == ("", "")
    assert time.perf_counter() - started < 2
