#!/bin/bash
# Installs Murphy as a service on Debian, or upgrades it: a virtual environment of its own under /opt, the command,
# the user, the folders, the units. It starts nothing and touches no configuration and no state.
#   sudo scripts/install.sh [murphyd-VERSION.whl] [--documents] [--root DIR]
# Without a wheel it installs the sources that it lies in. --documents adds what makes PDFs and pictures (230 MB), and so
# does every upgrade from then on. --root is for trying it out: everything goes below DIR, and no user is made.
set -euo pipefail
cd "$(dirname "$0")/.."
# What is installed is read by the service's user, however careful root is with what it writes.
umask 022

root="" wheel="" pins=requirements.txt
while [ $# -gt 0 ]; do
    case $1 in
        --root) root=${2:?--root needs a folder}; shift 2 ;;
        --documents) pins=requirements-documents.txt; shift ;;
        *.whl) wheel=$(realpath "$1"); shift ;;
        *) echo "install.sh: what is $1? Usage: install.sh [murphyd-VERSION.whl] [--documents] [--root DIR]" >&2; exit 2 ;;
    esac
done

if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
    echo "install.sh: needs root: sudo scripts/install.sh" >&2
    exit 2
fi
python=${PYTHON:-python3}
if ! "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "install.sh: needs Python 3.11 or later with venv: apt-get install python3 python3-venv" >&2
    exit 2
fi

# Beside the version in use, which goes on until the link is moved; the one before stays, to go back to.
opt=$root/opt
if compgen -G "$opt/murphyd/lib/python3*/site-packages/weasyprint" >/dev/null; then
    pins=requirements-documents.txt
fi
new=$opt/murphyd-$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$opt"
forget() {
    rm -rf "$new"
}
trap forget EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
echo "Installing into $new"
"$python" -m venv "$new"
pip() {
    "$new/bin/python" -m pip --quiet --disable-pip-version-check --no-input "$@"
}
pip install --require-hashes --requirement requirements-build.txt
pip install --require-hashes --no-build-isolation --use-pep517 --requirement "$pins"
pip install --no-deps --no-build-isolation "${wheel:-.}"
"$new/bin/murphyd" --version
trap - EXIT

before=$(readlink "$opt/murphyd" || true)
ln -sfn "${new##*/}" "$opt/murphyd.new"
mv -T "$opt/murphyd.new" "$opt/murphyd"
for old in "$opt"/murphyd-2*; do
    case ${old##*/} in
        "${new##*/}" | "${before##*/}") ;;
        *) rm -rf "$old" ;;
    esac
done

install -d "$root/usr/local/bin" "$root/etc/systemd/system" "$root/etc/sysusers.d" "$root/etc/tmpfiles.d"
ln -sfn /opt/murphyd/bin/murphyd "$root/usr/local/bin/murphyd"
install -m 0644 systemd/*.service systemd/*.timer "$root/etc/systemd/system/"
install -m 0644 systemd/murphyd.sysusers.conf "$root/etc/sysusers.d/murphyd.conf"
install -m 0644 systemd/murphyd.tmpfiles.conf "$root/etc/tmpfiles.d/murphyd.conf"
if [ -z "$root" ]; then
    systemd-sysusers murphyd.conf
    systemd-tmpfiles --create murphyd.conf
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
    fi
fi

if [ -n "$root" ]; then
    echo "Installed below $root, to try it out. Next: $opt/murphyd/bin/murphyd init $root/etc/murphyd"
elif [ -n "$before" ]; then
    echo "Upgraded. Next: murphyd check && systemctl restart murphyd"
    echo "To go back: ln -sfn ${before##*/} /opt/murphyd && systemctl restart murphyd"
else
    echo "Installed. Next: murphyd init"
    echo "It asks a few questions, writes /etc/murphyd and tries it. Then: systemctl enable --now murphyd murphyd-backup.timer"
fi
