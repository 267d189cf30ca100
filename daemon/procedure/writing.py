"""The written procedure as the files that managers are mailed, made by a program of its own.

Writing takes seconds, and a rehearsal with tens of thousands of people much memory: the daemon goes on meanwhile, and
keeps none of it. Both ends are this program's; what goes between them is in no file.
"""

import asyncio
import os
import pickle
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from config.types import Configuration
from daemon.document.page import mark, page
from daemon.document.pdf import NoPdf, marked, pdf
from daemon.procedure.card import card
from daemon.procedure.document import procedure
from daemon.render.mail import Attached

WRITTEN_WITHIN = 180.0
"""Seconds, on a machine that is busy."""


class NotWritten(Exception):
    """It could not be written: a fault of ours, and no reason to stop."""


@dataclass(frozen=True, slots=True)
class Written:
    """`files` are () for a version that is known; `no_pdf` says why none could be made."""

    version: str
    files: tuple[Attached, ...] = ()
    no_pdf: str = ""


def pages(configuration: Configuration) -> tuple[Attached, ...]:
    """The whole document and the card, without PDFs."""
    whole, sheet = page(procedure(configuration)), page(card(configuration), card=True)
    return (
        Attached("procedure.html", "text/html", whole.encode()),
        Attached("card.html", "text/html", sheet.encode()),
    )


async def written(configuration: Configuration, known: str) -> Written:
    """Raises NotWritten."""
    program = "from daemon.procedure.writing import main; main()"
    with os.fdopen(os.memfd_create("configuration"), "w+b") as given:
        await asyncio.to_thread(_give, given, (configuration, known))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            program,
            stdin=given,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    try:
        async with asyncio.timeout(WRITTEN_WITHIN):
            answer, _ = await process.communicate()
    except TimeoutError:
        raise NotWritten(f"it took longer than {WRITTEN_WITHIN:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise NotWritten(f"exit status {process.returncode}")
    result = pickle.loads(answer)  # noqa: S301 (our own program's)
    assert isinstance(result, Written)
    return result


def _give(file: BinaryIO, values: tuple[Configuration, str]) -> None:
    """Without a memory of what has been written already, which would be larger than all of it."""
    pickler = pickle.Pickler(file)
    pickler.fast = True
    pickler.dump(values)
    file.seek(0)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


def _write(configuration: Configuration, known: str) -> Written:
    document = procedure(configuration)
    if document.version == known:
        return Written(known)
    files = pages(configuration)
    try:
        return Written(document.version, (*files, *_printed(configuration, files)))
    except NoPdf as missing:
        return Written(document.version, files, str(missing))


def _printed(configuration: Configuration, files: tuple[Attached, ...]) -> tuple[Attached, ...]:
    whole, sheet = (pdf(file.content.decode()) for file in files)
    return (
        Attached("procedure.pdf", "application/pdf", marked(whole, mark(procedure(configuration)))),
        Attached("card.pdf", "application/pdf", marked(sheet, mark(card(configuration)))),
    )


def main() -> None:
    """The program: a configuration on standard input, what was written on standard output.

    What else goes on is more urgent, and nobody waits for it once the daemon has gone.
    """
    with suppress(OSError):  # the unit forbids it
        os.nice(10)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    configuration, known = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own daemon's)
    pickle.dump(_write(configuration, known), sys.stdout.buffer)
