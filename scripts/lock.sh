#!/bin/bash
# Pins every dependency with its hashes: requirements-build.txt (what builds), requirements.txt (what runs),
# requirements-documents.txt (with PDFs and pictures), requirements-test.txt (with all that and the tests), and what
# fuzzing and measuring need beside these.
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
printf '%s\n' hatchling hatch-vcs editables setuptools >"$tools/build.in"
echo atheris >"$tools/fuzz.in"
printf '%s\n' django imap-tools >"$tools/bench.in"
for group in build fuzz bench; do
    (cd "$tools" && compile --no-annotate --output-file $group.txt "$@" $group.in)
    mv "$tools/$group.txt" requirements-$group.txt
done
compile --extra sandbox --constraint requirements-build.txt --output-file requirements.txt "$@" pyproject.toml
compile --extra sandbox --extra pdf --extra report --constraint requirements.txt --output-file requirements-documents.txt "$@" pyproject.toml
compile --extra sandbox --extra pdf --extra report --extra test --constraint requirements-documents.txt --output-file requirements-test.txt "$@" pyproject.toml
