#!/bin/bash
# Makes .venv and installs the pinned packages and the project into it: "run" for what the daemon and its
# sandbox need, "test" for the tests too, "fuzz" and "bench" for what these need beside. Done before with the same
# pins, it returns at once.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/apt.sh

what=${1:?run, test, fuzz or bench}
case $what in
    run) pins=(requirements.txt) includes=() ;;
    test) pins=(requirements-test.txt) includes=(run) ;;
    fuzz) pins=(requirements-test.txt requirements-fuzz.txt) includes=(run test) ;;
    bench) pins=(requirements-test.txt requirements-bench.txt) includes=(run test) ;;
    *) echo "setup.sh: run, test, fuzz or bench, not $what" >&2; exit 2 ;;
esac

exec 9<scripts/setup.sh
flock 9

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    echo "Python 3.11 or later is needed; found: $(python3 --version 2>&1). Name another with PYTHON=…" >&2
    return 1
}

# The folder is part of the stamp: a virtual environment that was moved no longer finds itself.
stamp() {
    pwd
    cat requirements*.txt pyproject.toml scripts/setup.sh | sha256sum
}

if [ "$(cat ".venv/done-$what" 2>/dev/null)" = "$(stamp)" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

was_moved() {
    local mark
    for mark in .venv/done-*; do
        if [ -f "$mark" ] && [ "$(head -n 1 "$mark")" != "$(pwd)" ]; then
            return 0
        fi
    done
    return 1
}

if was_moved || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    # Debian and Ubuntu keep ensurepip, without which there is no usable venv, in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install "$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')"
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"
}

echo "Installing the packages pinned in ${pins[*]}"
# Packages that are published as source only are built by the pinned tools, not by what pip would fetch.
pip install --quiet --require-hashes --requirement requirements-build.txt
for file in "${pins[@]}"; do
    pip install --quiet --require-hashes --no-build-isolation --use-pep517 --requirement "$file"
done
pip install --quiet --no-deps --no-build-isolation --editable .
for done in "${includes[@]}" "$what"; do
    stamp >".venv/done-$done"
done
