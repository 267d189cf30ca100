"""Reading the folder's files: regular ones only, of bounded size, with faults instead of exceptions."""

import errno
import stat
import tomllib
from pathlib import Path
from typing import Any

from config.faults import Wrong

SETTINGS = "murphyd.toml"
PROCEDURE = "procedure.toml"
CONTACTS = "contacts.csv"
TEMPLATES = "templates"
MAY_READ = "run it as root, as in: sudo murphyd …; the user that murphyd runs as must be let in"
"""What to do about a file that may not be read: whoever types a command is seldom the user of the service."""
LARGEST_TOML = 4_000_000
LARGEST_CONTACTS = 100_000_000


class Missing(Wrong):
    """There is no such file."""


def read_regular(path: Path, largest: int, called: str = "") -> bytes:
    """The content of a regular file of at most `largest` bytes. Raises Wrong, Missing.

    A fault names the file as `called`, by default by its path.
    """
    called = called or str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Wrong(f"{called} is no ordinary file", "put an ordinary file there")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise Missing(f"{called} is missing", "write it, or correct the path") from None
    except PermissionError:
        raise Wrong(f"{called} may not be read by this user", MAY_READ) from None
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG):
            raise Missing(f"{called} is missing", "write it, or correct the path") from None
        raise Wrong(f"{called} cannot be read ({error.strerror})", "correct the path, or mend its disk") from None
    if len(content) > largest:
        raise Wrong(f"{called} has more than {largest} bytes", "make it shorter")
    return content


def decode(content: bytes) -> str:
    """UTF-8, with or without a byte order mark. Raises Wrong."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Wrong(f"line {line} is not UTF-8", "save the file as UTF-8") from None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises Wrong, which names the line."""
    text = decode(read_regular(path, LARGEST_TOML))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Wrong(f"is not TOML: {error}", "correct that line (text stands in quotes)") from None
    except (ValueError, RecursionError, OverflowError):
        raise Wrong("is not usable TOML: a value is too large or nested too deeply", "make it simpler") from None
