"""A command as it is typed: its exit code and what it prints, for cases by the dozen.

Each runs in a process of its own, forked from one that has loaded everything already. What ends with a process, as
threads and what they hold, is seen where a whole one is run (Terminal, and the tests of `murphyd run`).
"""

import atexit
import codecs
import gc
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOBODY = 65534
CRASHED = 99
"""The exit code of what ended in no way that a command may end."""


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def typed(*words: str, nobody: bool = False, **environ: str) -> Done:
    """Nobody is at a terminal, and nothing comes in. `nobody`: a user who owns nothing, where we are root."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("out", "err")]
        forker = _forker()
        assert forker.stdin
        assert forker.stdout
        asked = {"words": words, "files": files, "environ": {**os.environ, **environ}, "nobody": nobody}
        forker.stdin.write(json.dumps(asked) + "\n")
        forker.stdin.flush()
        code = int(forker.stdout.readline())
        return Done(code, *(Path(file).read_text(encoding="utf-8") for file in files))


@cache
def _forker() -> "subprocess.Popen[str]":
    """Ends with this process, whose pipe it reads."""
    command = [sys.executable, "-m", "tests.commands.typed"]
    forker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    atexit.register(forker.communicate)
    return forker


def serve() -> None:
    from babel.localedata import locale_identifiers

    import daemon.commands
    from daemon.cli import main

    for module in pkgutil.iter_modules(daemon.commands.__path__):
        importlib.import_module(f"daemon.commands.{module.name}")
    codecs.lookup("utf-8-sig")  # a user who owns nothing may not be able to read Python's files
    locale_identifiers()  # nor Babel's
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        if child := os.fork():
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            sys.stdout.flush()
            continue
        os.environ.clear()
        os.environ.update(asked["environ"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.argv = ["murphyd", *asked["words"]]
        drops = asked["nobody"] and os.geteuid() == 0
        if drops:
            _loads_all(main)
        for number, file in enumerate(asked["files"], 1):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
        if drops:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            main()
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
        except BaseException:
            traceback.print_exc()
        os._exit(CRASHED)


def _loads_all(command: Callable[[], None]) -> None:
    """What it needs of Python's and Murphy's own files, which may lie where another user may not enter.

    It is run once for that, with all rights and unheard; and once more with a wrong option, for the way to an error.
    """
    silent = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(silent, number)
    right = sys.argv
    for sys.argv in (right, [*right, "--no-such-option"]):
        with suppress(SystemExit):
            command()
    sys.argv = right


if __name__ == "__main__":
    serve()
