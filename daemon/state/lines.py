"""One line of a state file: a checksum, a space, JSON in UTF-8, a line feed.

The checksum is the CRC-32 (as in zlib) of the JSON's bytes, as eight lower-case hexadecimal digits.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any
from zlib import crc32

from daemon.state.disk import ROOM

_START = re.compile(rb"[0-9a-f]{8} [\[{]")
_ROOM = re.compile(re.escape(ROOM) + b"+")
_SECTOR = 512
_AT_ONCE = 1000

LINE = 10
"""Bytes of a line beside its body."""


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


dump = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode
parse = json.JSONDecoder().decode


def encode(text: str) -> bytes:
    """UTF-8 in which a lone surrogate, as a badly decoded mail may hold, survives."""
    return text.encode("utf-8", "surrogatepass")


def sealed(text: str) -> bytes:
    """One whole line."""
    return sealed_body(encode(text))


def sealed_body(body: bytes) -> bytes:
    return b"%08x %s\n" % (crc32(body), body)


def body_of(line: bytes) -> bytes | None:
    """The JSON of a line without its line feed, None where the line is not intact."""
    body = line[9:]
    return body if body and line[:9] == b"%08x " % crc32(body) else None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file's bytes hold. `bad` are the numbers of damaged lines, from 1.

    `torn` is true where the last write was cut off, as a crash in the middle of it leaves it.
    """

    bodies: list[bytes]
    bad: list[int]
    torn: bool


def scan(data: bytes, *, last: bool = False) -> Scan:
    """Every intact line of a file. The room ahead that may follow the last one is nothing.

    A crash ends in the `last` journal: where a sector of it is still room while later ones are written, a power cut
    came in the middle of one write, and nothing from there on was ever acknowledged.
    """
    bodies: list[bytes] = []
    bad: list[int] = []
    number, start = 1, 0
    while (end := data.find(b"\n", start)) >= 0:
        line = data[start:end]
        body = body_of(line)
        if body is not None:
            bodies.append(body)
        elif last and _has_hole(line, start):
            return Scan(bodies, bad, torn=True)
        else:
            bad.append(number)
            bodies.extend(_salvaged(line))
        number, start = number + 1, end + 1
    tail = data[start:].rstrip(ROOM)
    whole = body_of(tail)
    rescued = [] if whole else list(_salvaged(tail))
    if rescued:
        bad.append(number)
    bodies += [whole] if whole else rescued
    return Scan(bodies, bad, torn=bool(tail) and not rescued)


def _has_hole(line: bytes, offset: int) -> bool:
    return any((offset + room.end()) % _SECTOR == 0 for room in _ROOM.finditer(line))


def _salvaged(damaged: bytes) -> Iterator[bytes]:
    """Intact lines that a damaged line feed has joined."""
    starts = [found.start() for found in _START.finditer(damaged)]
    for start, end in pairwise([*starts, len(damaged)]):
        body = body_of(damaged[start:end]) or body_of(damaged[start : end - 1])
        if body is not None:
            yield body


def parsed(bodies: Iterable[bytes]) -> Iterator[tuple[Any, int]]:
    """The value of each body (None where it is no JSON) and its size in bytes.

    Many are parsed at once, so that they share the strings of their keys.
    """
    rest = iter(bodies)
    while chunk := list(islice(rest, _AT_ONCE)):
        try:
            values = _values(b"[" + b",".join(chunk) + b"]")
        except (ValueError, RecursionError):
            values = [_value(body) for body in chunk]
        yield from zip(values, map(len, chunk), strict=True)


def _values(body: bytes) -> list[Any]:
    values: list[Any] = parse(body.decode("utf-8", "surrogatepass"))
    return values


def _value(body: bytes) -> Any:
    try:
        return parse(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
