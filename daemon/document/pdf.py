"""The page as a PDF, by WeasyPrint, which comes with an extra. Nothing is fetched.

As a program of its own it reads a page and writes a PDF: the daemon has it made there, to go on meanwhile.
"""

import asyncio
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from weasyprint import HTML

NEEDS = (
    "a PDF needs WeasyPrint: pip install 'murphyd[pdf]'; it uses the system's Pango (on Debian: apt install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)

PRINTED_WITHIN = 180.0
"""Seconds for one page, on a machine that is busy."""

MISSING = 3
"""The program's exit status where WeasyPrint is not here."""


class NoPdf(Exception):
    """No PDF can be made here: says why, and what to install."""


def pdf(page: str) -> bytes:
    """Takes seconds. Raises NoPdf."""
    written = _html(page).write_pdf()
    assert isinstance(written, bytes)
    return written


def pages(page: str) -> int:
    """How many sheets it takes. Raises NoPdf."""
    return len(_html(page).render().pages)


def marked(written: bytes, mark: str) -> bytes:
    """With `mark` as a comment after its end, where it can be read without unpacking."""
    return written + f"% {mark}\n".encode()


async def printed(page: bytes) -> bytes:
    """As `pdf`, in a process of its own. Raises NoPdf."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "daemon.document.pdf",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PRINTED_WITHIN):
            written, _ = await process.communicate(page)
    except TimeoutError:
        raise NoPdf(f"it took longer than {PRINTED_WITHIN:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise NoPdf(NEEDS if process.returncode == MISSING else "WeasyPrint failed")
    return written


def _html(page: str) -> "HTML":
    try:
        from weasyprint import HTML  # noqa: PLC0415 (an extra, and slow to load)
    except (ImportError, OSError) as missing:
        raise NoPdf(NEEDS) from missing
    return HTML(string=page, url_fetcher=_nothing)


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"the page needs nothing else: {url[:60]}")


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode()))
    except NoPdf:
        sys.exit(MISSING)
