"""`murphyd run` as services call it, without what commands for people need: Typer and rich, 5 MB as long as it runs.

What is typed in any other way is Typer's to understand.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

CONFIG = Path("/etc/murphyd")
STATE = Path("/var/lib/murphyd")


def plain(arguments: Sequence[str]) -> Path | None:
    """The configuration folder, where it is called as the unit calls it; None where it is not."""
    folder: Path | None = None
    match arguments:
        case ["run"]:
            folder = CONFIG
        case ["run", "--config", given]:
            folder = Path(given)
    streams_open = None not in (sys.stdin, sys.stdout, sys.stderr)
    return folder if folder and folder.is_dir() and streams_open else None


def serve(folder: Path) -> None:
    """Until SIGTERM. After a fault it ends as every command does."""
    try:
        _serve(folder)
    except BaseException as fault:  # told there in a line, whatever it is
        _end(fault)


def _serve(folder: Path) -> None:
    # structlog would load it for tracebacks in colours, which we never show.
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: F401 (loaded here, without it)
    finally:
        del sys.modules["rich"]
    import asyncio

    from daemon.commands.run import run
    from daemon.logs import configure_logs

    configure_logs()
    asyncio.run(run(folder, STATE))


def _end(fault: BaseException) -> None:
    from daemon.commands.ending import ended

    def again(**_: object) -> None:
        raise fault

    ended(again)
