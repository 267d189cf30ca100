"""`murphyd`, and `python -m daemon`. SIGTERM in the first moments, while all is still being loaded, ends it well."""

import os
import signal
import sys

from daemon.commands.serving import plain, serve


def main() -> None:
    if sys.argv[1:2] == ["run"]:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # nothing is open yet; `run` puts its own in place
    if folder := plain(sys.argv[1:]):
        serve(folder)
        return
    from daemon.cli import main as begin  # noqa: PLC0415 (it takes a second on a busy machine)

    begin()


if __name__ == "__main__":
    main()
