"""How a command ends: with its exit code, and one readable line for whatever stood in its way. Never a traceback.

0: done; 1: nothing came of it, or weaknesses; 2: a fault; 130: Ctrl-C while something was done.
"""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer

from config.faults import ConfigurationFaults
from config.files import SETTINGS
from config.types import Fault
from daemon.checking.findings import Finding
from daemon.commands.helping import EXAMPLE
from daemon.console.requests import Refusal
from daemon.state.store import StateDamaged, StateLocked

LEFT = 1
FAULT = 2
INTERRUPTED = 130

CURES = {
    errno.EACCES: "run it as root, as in: sudo murphyd …",
    errno.EPERM: "run it as root, as in: sudo murphyd …",
    errno.ENOENT: "correct the path",
    errno.ENOTDIR: "name a folder",
    errno.EISDIR: "name a file, not a folder",
    errno.EEXIST: "name one that is not there yet",
    errno.ENOTEMPTY: "name an empty folder, or one that is not there yet",
    errno.ENOSPC: "make room on that disk",
    errno.EROFS: "name a place that can be written to",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.ELOOP: "its links lead in a circle",
}
"""What to do about an error of the system."""


def ended(app: Callable[..., Any]) -> NoReturn:
    """Runs the command that was typed, and exits."""
    _open_all()
    try:
        code = app(prog_name="murphyd", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        code = 1
    except (typer.Abort, EOFError):
        _say("\n" * sys.stderr.isatty() + "murphyd: left, and nothing was done")  # below the question
        code = LEFT
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # every command ends in a line that says what to do
        for line in _lines(error):
            _say(line)
        code = FAULT
    try:
        sys.stdout.flush()
    except OSError:
        _silence()
    sys.exit(code if isinstance(code, int) else 0)


def _lines(error: Exception) -> Iterator[str]:
    match error:
        case ConfigurationFaults():
            yield from map(str, error.faults)
            if hint := no_folder(error.faults):
                yield f"murphyd: {hint}"
        case StateLocked():
            yield f"murphyd: {error}; stop it first, or use another state folder"
        case StateDamaged():
            yield from (f"murphyd: {line}" for line in error.damage)
        case Refusal():
            yield f"murphyd: {error}"
        case OSError() if type(error).__module__ == "builtins":  # a library's may be any fault of ours
            yield f"murphyd: {_of_system(error)}"
        case _ if hasattr(error, "format_message"):  # Typer's own, of which an empty one has printed the help
            yield from (f"murphyd: {said}" for said in [_of_words(error)] if said)
        case _:
            yield f"murphyd: a fault of Murphy itself, {_where(error)}; please report this line"


def no_folder(faults: Sequence[Fault | Finding]) -> str:
    """What to do where there is no configuration at all; "" where there is one."""
    missing = any(fault.file == SETTINGS and fault.problem.endswith(f"{SETTINGS} is missing") for fault in faults)
    return "--config DIR names another configuration folder; `murphyd init DIR` writes a new one" if missing else ""


def _of_system(error: OSError) -> str:
    if error.strerror is None:
        return str(error)
    where = error.filename if isinstance(error.filename, str) else "the system"
    cure = CURES.get(error.errno or 0, "")
    return f"{where}: {error.strerror}" + (f"; {cure}" if cure else "")


def _of_words(error: Exception) -> str:
    """What is wrong with what was typed, in one line."""
    written = error.format_message  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "") or "murphyd"
    called = getattr(getattr(context, "command", None), "epilog", None) or ""
    words = " ".join(str(written()).split()).rstrip(".")
    as_in = f", as in: {called.removeprefix(EXAMPLE)}" if "rgument" in words and called else ""
    stop = "" if words.endswith("?") else ";"
    return f"{words}{as_in}{stop} `{command} --help` shows what there is" if words else ""


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "nowhere"
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__} in {place}" + (f" ({words})" if words else "")


def _open_all() -> None:
    """A standard stream that the caller has closed leads nowhere; what its encoding lacks is shown as such."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 (open till the end)
        elif mode == "w":
            stream.reconfigure(errors="backslashreplace")


def _silence() -> None:
    """Else Python would complain about the pipe at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(line: str) -> None:
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        return
