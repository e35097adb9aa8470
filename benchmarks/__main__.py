"""Run every ``*_bench.py`` beside this file, each in a process of its own; fail if one fails or breaks a limit."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the benchmarks named on the command line, or all of them; return the number that failed."""
    here = Path(__file__).parent
    wanted = [f"{name.removesuffix('_bench')}_bench" for name in sys.argv[1:]]
    names = wanted or sorted(path.stem for path in here.glob("*_bench.py"))
    failed = 0
    for name in names:
        finished = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=here.parent, check=False)
        failed += finished.returncode != 0
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
