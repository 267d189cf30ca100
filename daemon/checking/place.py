"""Weaknesses of the machine: the state folder, the modem's folders, the files with secrets. Reads only."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from config.faults import Wrong
from config.files import SETTINGS, read_toml
from config.secrets import CREDENTIALS, SECRET_KEYS
from config.types import Configuration
from daemon.checking.findings import Finding, Severity

LEAST_SPACE = 1 << 30
"""Bytes: raw messages, snapshots and archives of a bad week."""

LEAST_FILES = 10_000
"""Inodes: each raw message is a file."""

IN_MEMORY = frozenset({"tmpfs", "ramfs"})
REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"})

MOUNTS = Path("/proc/self/mountinfo")


def of_machine(
    configuration: Configuration, mounts: Path = MOUNTS, *, least_space: int = LEAST_SPACE
) -> Iterator[Finding]:
    """`mounts` is as proc_pid_mountinfo(5) has it; `least_space` in bytes."""
    yield from _state(configuration.settings.state.directory, mounts, least_space)
    yield from _modem(configuration)
    yield from _status_page(configuration)
    yield from _secrets(configuration.templates.parent)


def _weak(rule: str, key: str, problem: str, cure: str, file: str = SETTINGS) -> Finding:
    return Finding(Severity.WEAKNESS, rule, file, key, problem, cure)


def _fault(rule: str, key: str, problem: str, cure: str, file: str = SETTINGS) -> Finding:
    return Finding(Severity.FAULT, rule, file, key, problem, cure)


def _state(directory: Path, mounts: Path, least_space: int) -> Iterator[Finding]:
    key = "state.directory"
    try:
        there = next(path for path in (directory, *directory.parents) if path.exists())
    except PermissionError:
        return  # what the state remembers cannot be read either, and that is said there
    if not there.is_dir():
        yield _fault("state-folder", key, f"{there} is a file", "name a folder")
        return
    if not os.access(there, os.W_OK | os.X_OK) and not _anothers(directory):
        yield _fault("state-folder", key, f"{there} cannot be written to by this user", "give it to murphyd's user")
    if directory.is_dir() and stat.S_IMODE(directory.stat().st_mode) & 0o077:
        yield _weak("state-open", key, f"{directory} is open to other users of this machine", "chmod it to 0700")
    space = os.statvfs(there)
    if (free := space.f_bavail * space.f_frsize) < least_space:
        yield _weak("state-space", key, f"{there} has {free >> 20} MB left", "make room: 1 GB at least")
    if space.f_files and space.f_favail < LEAST_FILES:
        yield _weak("state-space", key, f"{there} has room for {space.f_favail} files", "make room: each mail is one")
    kind = file_system(there, mounts)
    if kind in IN_MEMORY:
        problem = f"{there} is in memory ({kind}): everything is lost when the machine restarts"
        yield _fault("state-in-memory", key, problem, "put it on a disk")
    if kind in REMOTE:
        problem = f"{there} is on another machine ({kind}): it fails with the network"
        yield _weak("state-remote", key, problem, "put it on a disk of this machine")


def _anothers(directory: Path) -> bool:
    """Whether it is the folder of a user under whom Murphy may run, and whoever asks is another. As root it never
    runs."""
    return directory.is_dir() and directory.stat().st_uid not in (0, os.geteuid())


def file_system(path: Path, mounts: Path) -> str:
    """The kind of the file system that the path is on; "" where it cannot be known."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, rest = before.split(), after.split()
        if len(fields) < 5 or not rest:
            continue
        point = fields[4].encode().decode("unicode_escape")
        if path.resolve().is_relative_to(point) and len(point) >= best:
            best, kind = len(point), rest[0]
    return kind


def _modem(configuration: Configuration) -> Iterator[Finding]:
    gsm = configuration.settings.gsm
    if gsm is None:
        return
    for name, folder, wanted in (
        ("inbox", gsm.inbox, os.R_OK | os.W_OK | os.X_OK),
        ("outbox", gsm.outbox, os.W_OK | os.X_OK),
        ("sent", gsm.sent, os.R_OK | os.X_OK),
        ("error", gsm.error, os.R_OK | os.X_OK),
    ):
        if not _is_folder(folder):
            yield _fault("modem-folder", f"gsm.{name}", f"{folder} is no folder", "name the one in gammu-smsd's smsdrc")
        elif not os.access(folder, wanted):
            problem = f"{folder} cannot be used by this user"
            yield _fault("modem-folder", f"gsm.{name}", problem, "put murphyd's user into gammu's group")


def _status_page(configuration: Configuration) -> Iterator[Finding]:
    if (page := configuration.settings.status_page) is None:
        return
    if not _is_folder(page.directory):
        cure = "make it, and give it to murphyd's user"
        yield _fault("status-folder", "status_page.directory", f"{page.directory} is no folder", cure)
    elif not os.access(page.directory, os.W_OK | os.X_OK):
        problem = f"{page.directory} cannot be written to by this user"
        yield _fault("status-folder", "status_page.directory", problem, "give it to murphyd's user")


def _is_folder(path: Path) -> bool:
    """Also where nobody of this user's rights can know."""
    try:
        return path.is_dir()
    except PermissionError:
        return True


def _secrets(folder: Path) -> Iterator[Finding]:
    """Files with a secret in them that any user of the machine can read."""
    try:
        raw = read_toml(folder / SETTINGS)
    except Wrong:
        return
    named: dict[Path, str] = {}
    for kind, keys in SECRET_KEYS.items():
        found = raw.get(kind)
        tables = [table for table in (found if isinstance(found, list) else [found]) if isinstance(table, dict)]
        for table in tables:
            for key in keys:
                if isinstance(table.get(key), str):
                    named.setdefault(folder / SETTINGS, f"{kind}.{key}")
                if isinstance(path := table.get(f"{key}_file"), str):
                    named.setdefault(folder / path, f"{kind}.{key}_file")
    if os.access(folder / CREDENTIALS, os.R_OK):
        named |= {path: path.name for path in (folder / CREDENTIALS).iterdir()}
    for path, key in named.items():
        if _readable_by_all(path):
            yield _weak("secret-open", key, f"{path} can be read by every user of this machine", "chmod it to 0640")


def _readable_by_all(path: Path) -> bool:
    """A folder above that others may not enter protects it."""
    try:
        closed = any(not above.stat().st_mode & stat.S_IXOTH for above in path.resolve().parents)
        return not closed and bool(path.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
