#!/bin/sh
# Finds a Python of 3.12 or later that really runs and hands over to bootstrap.py, which does the rest.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")

# A shim of pyenv exists for versions that are not installed, so only a run proves an interpreter.
runs() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
    for candidate in "$root/.venv/bin/python" python3.14 python3.13 python3.12 python3; do
        if runs "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    for uv in uv "$HOME/.local/bin/uv"; do
        if command -v "$uv" >/dev/null 2>&1; then
            found=$("$uv" python find '>=3.12' 2>/dev/null) ||
                { "$uv" python install 3.13 >&2 && found=$("$uv" python find '>=3.12'); } || continue
            if runs "$found"; then
                echo "$found"
                return
            fi
        fi
    done
    echo "PIPCycle needs Python 3.12 or later: install python3.13, or uv, which can fetch one, and try again." >&2
    return 1
}

python=$(find_python)
if [ "${1:-}" = "--which" ]; then
    echo "$python"
else
    exec "$python" "$here/bootstrap.py" "$@"
fi
