"""Runs a command under what systemd/murphyd.service allows, by the kernel's own means, without systemd as init.

    python -m tests.service.confined FOLDER command…      FOLDER stays writable; all else is read-only

In a user namespace of its own, so that no privilege is needed on the outside. What it does not do: PrivateDevices,
ProtectProc and ProcSubset, PrivateNetwork (the daemon has none), RemoveIPC, the memory and task limits.
"""

import ctypes
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT

UNIT = ROOT / "systemd" / "murphyd.service"

FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
"""socket(2)'s numbers on Linux."""

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC = 1, 2, 4, 32, 4096, 16384
PR_SET_NO_NEW_PRIVS, PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 38, 65, 1
EPERM, EAFNOSUPPORT, ENOSYS = 1, 97, 38
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
CMP_NE, CMP_EQ = 1, 4
NAMESPACES = ("--map-root-user", "--mount", "--ipc", "--uts", "--cgroup", "--propagation", "private")
NO_CAPABILITIES = ("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--no-new-privs")

libc = ctypes.CDLL(None, use_errno=True)


def settings(key: str) -> list[str]:
    """Every value of a key of the unit, in order."""
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text(), re.MULTILINE)


def command(folder: Path, *words: str) -> tuple[str, ...]:
    """The whole command that runs `words` confined."""
    first = ("unshare", *NAMESPACES, sys.executable, "-m", "tests.service.confined", "mounts", str(folder))
    return (*first, *words)


def _mount(source: str, target: str, kind: str, flags: int) -> None:
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), target)


def read_only(folder: Path) -> None:
    """ProtectSystem=strict, ProtectHome without the interpreter's own, PrivateTmp."""
    _mount(str(folder), str(folder), "", MS_BIND | MS_REC)
    points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for point in points:
        if point != str(folder) and not point.startswith(("/proc", "/sys", "/dev")):
            kept = os.statvfs(point).f_flag & (MS_NOSUID | MS_NODEV)
            _mount("", point, "", MS_REMOUNT | MS_BIND | MS_RDONLY | kept | _locked(point))
    project = os.open(ROOT, os.O_PATH)
    _mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV)
    if ROOT.is_relative_to("/tmp"):  # where it was unpacked to be tried
        ROOT.mkdir(parents=True)
        _mount(f"/proc/self/fd/{project}", str(ROOT), "", MS_BIND)
        _mount("", str(ROOT), "", MS_REMOUNT | MS_BIND | MS_RDONLY | _locked(str(ROOT)))
    os.close(project)


def _locked(point: str) -> int:
    """Flags that a user namespace may not take away: noexec, noatime, relatime."""
    flags = os.statvfs(point).f_flag
    return sum(ms for st, ms in ((8, 8), (1024, 1024), (4096, 1 << 21)) if flags & st)


def calls(filters: list[str]) -> set[str]:
    """The system calls that SystemCallFilter= lines leave, as systemd-analyze(1) spells out their groups."""
    allowed = _group("@default")
    for line in filters:
        names = {call for word in line.removeprefix("~").split() for call in _group(word)}
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed


def _group(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    said = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True)
    words = [line.strip() for line in said.stdout.splitlines()[1:]]
    return {call for word in words if word and not word.startswith("#") for call in _group(word)}


class _Compare(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def filtered() -> None:
    """SystemCallFilter, RestrictAddressFamilies, and clone3 as RestrictNamespaces has it, for good."""
    seccomp = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ERRNO | EPERM))
    families = [FAMILIES[name] for line in settings("RestrictAddressFamilies") for name in line.split()]
    for name in sorted(calls(settings("SystemCallFilter"))):
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            continue  # of another architecture
        if name == "socket":
            for family in families:
                compare = _Compare(0, CMP_EQ, family, 0)
                _ok(seccomp.seccomp_rule_add_array(context, ALLOW, number, 1, ctypes.byref(compare)))
        else:
            action = ERRNO | ENOSYS if name == "clone3" else ALLOW
            _ok(seccomp.seccomp_rule_add_array(context, action, number, 0, None))
    _ok(seccomp.seccomp_load(context))


def _ok(code: int) -> None:
    if code != 0:
        raise OSError(-code, os.strerror(-code))


def main() -> None:
    stage, *rest = sys.argv[1:]
    if stage == "mounts":
        read_only(Path(rest[0]))
        os.execvp(
            "setpriv", ["setpriv", *NO_CAPABILITIES, sys.executable, "-m", "tests.service.confined", "calls", *rest[1:]]
        )
    os.umask(int(settings("UMask")[0], 8))
    files = int(settings("LimitNOFILE")[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    core = int(settings("LimitCORE")[0])
    resource.setrlimit(resource.RLIMIT_CORE, (core, core))
    if libc.prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0:
        sys.stderr.write("MemoryDenyWriteExecute is not tested: this kernel is older than 6.3\n")
    filtered()
    os.execvp(rest[0], rest)


if __name__ == "__main__":
    main()
