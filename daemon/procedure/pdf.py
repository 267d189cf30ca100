"""The page as a PDF, by WeasyPrint, which comes with an extra. Nothing is fetched."""

from typing import NoReturn

NEEDS = (
    "a PDF needs WeasyPrint: pip install 'murphyd[pdf]'; it uses the system's Pango (on Debian: apt install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)


class NoPdf(Exception):
    """No PDF can be made here: says what to install."""


def pdf(page: str, mark: str = "") -> bytes:
    """With `mark` as a comment after the end, where it can be read without unpacking. Takes seconds. Raises NoPdf."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 (an extra, and slow to load)
    except (ImportError, OSError) as missing:
        raise NoPdf(NEEDS) from missing
    written = HTML(string=page, url_fetcher=_nothing).write_pdf()
    assert isinstance(written, bytes)
    return written + f"% {mark}\n".encode()


def pages(page: str) -> int:
    """How many sheets it takes. Raises NoPdf."""
    try:
        from weasyprint import HTML  # noqa: PLC0415
    except (ImportError, OSError) as missing:
        raise NoPdf(NEEDS) from missing
    return len(HTML(string=page, url_fetcher=_nothing).render().pages)


def _nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"the page needs nothing else: {url[:60]}")
