"""What this user may not look into is neither sound nor damaged: that is said, and who may."""

import os
import pwd
from pathlib import Path

from config.files import SETTINGS
from daemon.checking.findings import Finding, Severity


def not_allowed(key: str, path: Path) -> Finding:
    """`key` is where murphyd.toml names it."""
    belongs = f"; it belongs to {owner}" if (owner := owner_of(path)) else ""
    problem = f"{path} may not be read by this user, {user(os.geteuid())}{belongs}"
    cure = "run it as root, as in: sudo murphyd check; the user that murphyd runs as must own it"
    return Finding(Severity.WEAKNESS, "not-allowed", SETTINGS, key, problem, cure)


def owner_of(path: Path) -> str:
    """Nothing where that may not be known either."""
    try:
        return user(path.stat().st_uid)
    except OSError:
        return ""


def user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"number {number}"
