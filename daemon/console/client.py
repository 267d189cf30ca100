"""The operator's side of the console: one request to the running daemon, one answer."""

import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from daemon.console.requests import ANSWER_WITHIN, LARGEST, LARGEST_ANSWER, Refusal, Values, dump, parse
from daemon.console.server import address_in

_CHUNK = 65536


class NoDaemon(Exception):
    """Nobody listens in this state folder."""


def ask(directory: Path, values: Values) -> dict[str, Any]:
    """What the daemon on this state folder answers. Blocks for a minute at most.

    Raises NoDaemon, Refusal with words for the operator, and OSError, as where the folder may not be entered.
    """
    line = dump(values)
    if len(line) >= LARGEST:
        raise Refusal(f"that is too long: {LARGEST} bytes at most")
    with address_in(directory) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(ANSWER_WITHIN)
        try:
            connection.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            raise NoDaemon from None
        return _talk(connection, line)


def _talk(connection: socket.socket, line: bytes) -> dict[str, Any]:
    try:
        with suppress(BrokenPipeError):  # it may have answered and gone before it has heard all
            connection.sendall(line)
        answer = bytearray()
        while not answer.endswith(b"\n") and len(answer) < LARGEST_ANSWER and (more := connection.recv(_CHUNK)):
            answer += more
        came = parse(bytes(answer))
    except (OSError, ValueError):
        raise Refusal("the daemon did not answer: look with `murphyd incidents` whether it was done") from None
    if "fault" in came:
        raise Refusal(str(came["fault"]))
    return came
