#!/bin/bash
# As root: apt-quietly.sh "PACKAGE…" UNIT… installs packages and masks the units of services they bring.
# An existing policy-rc.d is set aside meanwhile and put back, whatever happens; after a kill -9, by the next run.
set -euo pipefail

packages=$1
shift
policy=/usr/sbin/policy-rc.d
aside=$policy.murphyd-aside
mark="# murphyd's set-up: nothing starts while it installs"

exec 9>/run/lock/murphyd-apt
flock 9

log=$(mktemp)
restore() {
    rm -f "$log"
    if grep -qsF "$mark" "$policy"; then
        rm -f "$policy"
    fi
    if [ -e "$aside" ]; then
        mv -f "$aside" "$policy"
    fi
}
restore
trap restore EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -e "$policy" ]; then
    mv "$policy" "$aside"
fi
printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
chmod 755 "$policy"

# A unit that is already here belongs to whoever runs this machine, and stays as it is.
for unit in "$@"; do
    if [ ! -e "/lib/systemd/system/$unit" ] && [ ! -L "/etc/systemd/system/$unit" ]; then
        mkdir -p /etc/systemd/system
        ln -s /dev/null "/etc/systemd/system/$unit"
        echo "$unit is masked; to use it on this machine: systemctl unmask $unit"
    fi
done

export DEBIAN_FRONTEND=noninteractive
case " $packages " in
    *" postfix "*)
        # Postfix asks where mail goes; the tests bring settings of their own.
        if command -v debconf-set-selections >/dev/null; then
            echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
        fi
        ;;
esac

apt() {
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}
# shellcheck disable=SC2086
if ! { apt update && apt install --no-install-recommends $packages; } >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    echo "These could not be installed: $packages" >&2
    exit 1
fi
