"""A server's own words, made fit to be shown, and why there was no server to say any."""

import os
import socket

_MOST = 160
"""Characters that are passed on."""


def clean(text: str) -> str:
    """A server's words on one line, printable and short."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[: _MOST * 4]).split())[:_MOST]


def unconnected(error: OSError) -> str:
    """Why a server could not be reached, for people."""
    match error:
        case socket.gaierror():
            return "its name cannot be resolved"
        case ConnectionRefusedError():
            return "nobody listens there"
        case OSError(errno=int(number)) if number > 0:
            return os.strerror(number)
    return error.strerror or type(error).__name__
