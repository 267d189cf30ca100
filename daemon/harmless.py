"""A text that a carrier took for spam, as it is tried once more: without links, and in one part."""

import re

from parsers.segments import segments

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)

TAIL = 60
"""Characters kept of the end, where the verbs stand."""


def harmless(body: str) -> str:
    """The same text without links; what is too long for one part loses its middle."""
    text = " ".join(_LINK.sub("", body).split())
    if segments(text).segments == 1:
        return text
    tail = text[-TAIL:].partition(" ")[2] or text[-TAIL:]
    head = text[: -len(tail)]
    while head and segments(f"{head}... {tail}").segments > 1:
        head = head[:-1]
    return f"{head.rstrip()}... {tail}"
