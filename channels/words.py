"""A server's own words, made fit to be shown."""

_MOST = 160
"""Characters that are passed on."""


def clean(text: str) -> str:
    """A server's words on one line, printable and short."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[: _MOST * 4]).split())[:_MOST]
