# shellcheck shell=bash
# Sourced: apt_install PACKAGE… installs what is missing, without a question and without starting a service.
# Where it may not, it prints the one command that does it and fails.

# A service that a package brings must not run on this machine: not at its installation (policy-rc.d says
# no, for as long as apt runs) and not when the machine starts (its units are masked before they exist).
units_of() {
    case $1 in
        postfix) echo postfix.service postfix@-.service ;;
        dovecot-*) echo dovecot.service dovecot.socket ;;
        gammu-smsd) echo gammu-smsd.service ;;
    esac
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_of() {
    local package
    for package in "$@"; do
        is_installed "$package" || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo --non-interactive -- "$@"
    fi
}

may_be_root() {
    [ "$(id -u)" = 0 ] || sudo --non-interactive true 2>/dev/null
}

apt_install() {
    local missing package units=""
    missing=$(missing_of "$@" | tr '\n' ' ')
    missing=${missing% }
    if [ -z "$missing" ]; then
        return 0
    fi
    if ! command -v apt-get >/dev/null || ! may_be_root; then
        echo "Missing from this machine: $missing. Install with:" >&2
        echo "    sudo apt-get install --no-install-recommends $missing" >&2
        return 1
    fi
    for package in $missing; do
        units="$units $(units_of "$package")"
    done
    echo "Installing $missing"
    # shellcheck disable=SC2086
    as_root bash scripts/apt-quietly.sh "$missing" $units
}
