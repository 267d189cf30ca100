"""The page as a PDF, by WeasyPrint, which comes with an extra. Nothing is fetched."""

import logging
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from weasyprint import HTML

NEEDS = (
    "a PDF needs WeasyPrint (scripts/install.sh --documents, or pip install weasyprint) and the system's Pango "
    "(on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)


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


def _html(page: str) -> "HTML":
    try:
        from weasyprint import HTML  # noqa: PLC0415 (an extra, and slow to load)
    except (ImportError, OSError) as missing:
        raise NoPdf(NEEDS) from missing
    # It complains of every rule that is for browsers.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return HTML(string=page, url_fetcher=_nothing)


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"the page needs nothing else: {url[:60]}")
