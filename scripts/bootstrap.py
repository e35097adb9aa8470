"""Makes the checkout ready: a virtual environment with the locked packages, Pango, and for the tests a Chromium.

Needs only the standard library. A second run finds everything in place and changes nothing.
"""

import argparse
import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "pipcycle-stamp"
LOCK_FILES = ("requirements.txt", "requirements-dev.txt")
OLDEST = (3, 12)

PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_LIBRARIES_MAC = ("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib")
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class SetUpError(RuntimeError):
    """Something is missing that we cannot install; the message is the one line the person reads."""


def main() -> int:
    """Make everything ready; 1 with one clear line when that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", action="store_true", help="also a Chromium, for the tests and the screens")
    options = parser.parse_args()
    try:
        with one_at_a_time():
            ensure_packages()
            ensure_pango()
            if options.browser:
                ensure_chromium()
    except SetUpError as error:
        print(f"PIPCycle set-up: {error}", file=sys.stderr)
        return 1
    return 0


# --- the virtual environment ---------------------------------------------------------------------
def ensure_packages() -> None:
    """Make the virtual environment and install the locked packages, unless the stamp says that is done."""
    if not runs([str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]):
        make_environment()
    wanted = stamp()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("Installing the locked packages into .venv (once; about a minute) ...", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    installed = subprocess.run([*command, "-r", str(ROOT / LOCK_FILES[-1])], check=False)
    if installed.returncode:
        message = "pip could not install requirements-dev.txt; its message is above."
        raise SetUpError(message)
    STAMP.write_text(wanted, encoding="utf-8")


def stamp() -> str:
    """Return what the environment is made of: the lock files and its interpreter."""
    digest = hashlib.sha256()
    for name in LOCK_FILES:
        digest.update((ROOT / name).read_bytes())
    digest.update(str(PYTHON.resolve()).encode())
    digest.update(str(VENV).encode())
    return digest.hexdigest()


def make_environment() -> None:
    """Create .venv with this interpreter; Debian ships ``venv`` apart, and uv can stand in for it."""
    shutil.rmtree(VENV, ignore_errors=True)
    if has_pip_of_its_own() and runs([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if apt_install([package]) and runs([sys.executable, "-m", "venv", str(VENV)]):
        return
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path.home() / ".local" / "bin"))
    if uv and runs([uv, "venv", "--seed", "--clear", "--python", sys.executable, str(VENV)]):
        return
    message = f"{sys.executable} cannot make a virtual environment: install the package {package}, or uv."
    raise SetUpError(message)


def has_pip_of_its_own() -> bool:
    """Say whether ``venv`` can put pip into what it makes."""
    return runs([sys.executable, "-c", "import venv, ensurepip"])


# --- system libraries ----------------------------------------------------------------------------
def ensure_pango() -> None:
    """Find Pango, which sets the type of the PDFs, or install it."""
    names = PANGO_LIBRARIES_MAC if sys.platform == "darwin" else PANGO_LIBRARIES
    if all(loads(name) for name in names):
        return
    if apt_install(PANGO_PACKAGES) and all(loads(name) for name in names):
        return
    known_as = "pango (with Homebrew)" if sys.platform == "darwin" else ", ".join(PANGO_PACKAGES[:3])
    message = f"PDFs need Pango and it is not installed: install {known_as} and try again."
    raise SetUpError(message)


def ensure_chromium() -> None:
    """Find a Chromium that starts, or install one."""
    if has_chromium():
        return
    if apt_install(["chromium"]) and has_chromium():
        return
    print("Installing a Chromium with Playwright ...", flush=True)
    with_libraries = ["--with-deps"] if os.geteuid() == 0 else []
    subprocess.run([str(PYTHON), "-m", "playwright", "install", *with_libraries, "chromium"], check=False)
    if not has_chromium():
        message = "the browser tests need a Chromium and none is installed: install the package chromium and try again."
        raise SetUpError(message)


def has_chromium() -> bool:
    """Say whether a Chromium of the machine, or the one Playwright keeps, starts."""
    return any(runs([path, "--version"]) for path in chromium_candidates())


def chromium_candidates() -> Iterator[str]:
    """Yield the browsers to try, the person's own choice first."""
    chosen = os.environ.get("PIPCYCLE_CHROMIUM")
    if chosen:
        yield chosen
    yield from (path for name in CHROMIUM_NAMES if (path := shutil.which(name)))
    yield from playwright_chromium()


def playwright_chromium() -> list[str]:
    """Return the path of Playwright's own browser when it is there."""
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    asked = subprocess.run([str(PYTHON), "-c", code], check=False, capture_output=True, text=True)
    path = asked.stdout.strip()
    return [path] if path and Path(path).exists() else []


def apt_install(packages: Iterable[str]) -> bool:
    """Install Debian packages when we are root and there is an apt-get; say whether that went well."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return False
    names = list(packages)
    print(f"Installing {', '.join(names)} with apt-get ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    updated = subprocess.run([apt, "update", "-qq"], check=False, env=environment)
    installed = subprocess.run(
        [apt, "install", "-y", "-qq", "--no-install-recommends", *names],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return updated.returncode == 0 and installed.returncode == 0


# --- small tools ---------------------------------------------------------------------------------
def runs(command: Sequence[str]) -> bool:
    """Say whether the command can be started and ends well."""
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=300).returncode == 0
    except OSError:
        return False


def loads(library: str) -> bool:
    """Say whether the dynamic loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold back a second set-up of the same checkout (``make run`` and ``make test`` at once)."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
