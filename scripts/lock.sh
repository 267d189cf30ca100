#!/bin/bash
# Pins every dependency with its hashes: requirements-build.txt (what builds), requirements.txt (what runs)
# and requirements-test.txt (what runs and tests).
# Run with the oldest Python that is supported; the hashes cover the wheels of every Python and machine.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3.11}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet pip-tools

compile() {
    "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}
# What builds the project itself, and the packages that are published as source only.
printf '%s\n' hatchling editables setuptools >"$tools/build.in"
(cd "$tools" && compile --no-annotate --output-file build.txt "$@" build.in)
mv "$tools/build.txt" requirements-build.txt
compile --extra sandbox --constraint requirements-build.txt --output-file requirements.txt "$@" pyproject.toml
compile --extra sandbox --extra test --constraint requirements.txt --output-file requirements-test.txt "$@" pyproject.toml
