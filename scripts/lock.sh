#!/bin/sh
# Resolves requirements*.in into locked, hashed files that name no package index. Arguments go to uv (for instance --upgrade).
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    .venv/bin/uv pip compile --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links --quiet "$@" "$name.in" -o "$name.txt"
done
