#!/bin/bash
# Installs the real servers that the tests start, on loopback and with their own settings, and the browser that they
# look with, from Debian; and git, by which a version is known.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/apt.sh

apt_install postfix dovecot-imapd dovecot-lmtpd gammu gammu-smsd systemd chromium unzip git \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
