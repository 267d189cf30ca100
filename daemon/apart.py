"""Work that takes seconds, much memory, or libraries that nothing else here needs, done by a program of its own.

The daemon goes on meanwhile, and keeps none of it. Both ends are this program's; what goes between them is in no file.
"""

import asyncio
import os
import pickle
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO


class NotDone(Exception):
    """It could not be done: a fault of ours, and no reason to stop."""


async def apart(work: str, given: tuple[Any, ...], within: float) -> Any:
    """What the function `work` ("package.module:name") makes of these arguments. Raises NotDone after `within` s."""
    with os.fdopen(os.memfd_create("given"), "w+b") as file:
        await asyncio.to_thread(_give, file, given)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            "from daemon.apart import main; main()",
            work,
            stdin=file,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    try:
        async with asyncio.timeout(within):
            answer, _ = await process.communicate()
    except TimeoutError:
        raise NotDone(f"it took longer than {within:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise NotDone(f"exit status {process.returncode}")
    return pickle.loads(answer)  # noqa: S301 (our own program's)


def _give(file: BinaryIO, values: tuple[Any, ...]) -> None:
    """Without a memory of what has been written already, which would be larger than all of it."""
    pickler = pickle.Pickler(file)
    pickler.fast = True
    pickler.dump(values)
    file.seek(0)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def main() -> None:
    """The program: arguments on standard input, what was made of them on standard output.

    What else goes on is more urgent, and nobody waits for it once the daemon has gone.
    """
    with suppress(OSError):  # the unit forbids it
        os.nice(10)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    module, _, name = sys.argv[1].partition(":")
    given = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own daemon's)
    pickle.dump(getattr(import_module(module), name)(*given), sys.stdout.buffer)
