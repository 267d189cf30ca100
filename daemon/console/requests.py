"""What the console is asked, and what it answers: one JSON line each way over a Unix socket in the state folder.

A request names what to `do`, with its values beside. An answer has `fault` (a line for people), or what came of it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daemon.core.stimuli import Stimulus

SOCKET = "console.sock"
"""In the state folder."""

LARGEST = 64 * 1024
"""Bytes of a request."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer: everything that can be said of a large organization's channels and people."""

ANSWER_WITHIN = 60.0
"""Seconds from a request to its answer; a disk that hangs is given up before."""

Values = Mapping[str, Any]


class Refusal(Exception):
    """The request cannot be done; the words are for the operator."""


@dataclass(frozen=True, slots=True)
class Request:
    """`key` is of this request alone. `at` is when it was typed.

    `also` goes into the queue together with what the request becomes: one commit for both.
    """

    do: str
    values: Values
    key: str
    at: datetime
    also: tuple[Stimulus, ...] = ()

    def text(self, name: str) -> str:
        """A value that is words; "" where there is none. Raises Refusal."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise Refusal(f"{name} is no text")
        return value


Handler = Callable[[Request], Awaitable[Values]]
"""Does what is asked. Raises Refusal."""


def dump(values: Values) -> bytes:
    """One line."""
    return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"


def parse(line: bytes) -> dict[str, Any]:
    """One line's object. Raises ValueError."""
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value
