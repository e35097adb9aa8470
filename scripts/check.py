"""Everything ``make check`` looks at, each step named; all run, also when one fails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent

# A deployment's environment: nothing is connected to, so the addresses lead nowhere.
DEPLOYMENT = {
    "SECRET_KEY": "check-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "DATABASE_URL": "postgres://pipcycle@127.0.0.1:1/pipcycle",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "ALLOWED_HOSTS": "pipcycle.example",
    "DEBUG": "0",
    "PIPCYCLE_DEMO": "0",
}

MANAGE = (sys.executable, "-W", "error", "manage.py")
# The databases are not asked: a migration history is compared with the models alone.
NO_HISTORY = "ignore:Got an error checking a consistent migration history:RuntimeWarning"

STEPS: dict[str, tuple[str, ...]] = {
    "lint": (sys.executable, "-m", "ruff", "check", "."),
    "format": (sys.executable, "-m", "ruff", "format", "--check", "."),
    "types": (sys.executable, "-m", "mypy"),
    "layers": (str(TOOLS / "lint-imports"), "--no-cache"),
    "templates": (sys.executable, "-m", "djlint", "templates", "--lint", "--quiet"),
    "migrations": (sys.executable, "-W", NO_HISTORY, "manage.py", "makemigrations", "--check", "--dry-run"),
    "deployment": (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
    "static files": (*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"),
}


def main() -> int:
    """Run the steps named on the command line, or all; 1 when one failed."""
    chosen = sys.argv[1:] or list(STEPS)
    failed = []
    with tempfile.TemporaryDirectory(prefix="pipcycle-check-") as scratch:
        environment = {**os.environ, **DEPLOYMENT, "STATIC_ROOT": scratch}
        for name in chosen:
            started = time.monotonic()
            done = subprocess.run(STEPS[name], cwd=ROOT, check=False, env=environment, capture_output=True, text=True)
            is_fine = done.returncode == 0
            print(f"{'ok  ' if is_fine else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
            if not is_fine:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
