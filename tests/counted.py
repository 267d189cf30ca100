"""How far a long test is, on the terminal of whoever started it: `make torture`. Nothing where there is none."""

import os
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track


def counted(what: str, count: int, *, asked: str) -> Iterator[int]:
    """0 up to `count`. Shown only where the environment has `asked`: pytest has taken the usual streams away."""
    if asked not in os.environ:
        yield from range(count)
        return
    try:
        terminal = Path("/dev/tty").open("w", encoding="utf-8")  # noqa: SIM115 (it may not be there)
    except OSError:
        yield from range(count)
        return
    with terminal:
        yield from track(range(count), what, console=Console(file=terminal))
