#!/bin/bash
# Pins every dependency with its hashes, into requirements.txt (what runs) and requirements-test.txt (all).
# Run with the oldest Python that is supported; the hashes cover the wheels of every Python and machine.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3.11}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet pip-tools

compile() {
    "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe --build-deps-for editable \
        --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}
compile --extra sandbox --output-file requirements.txt "$@"
compile --extra test --constraint requirements.txt --output-file requirements-test.txt "$@"
