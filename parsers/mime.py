"""A message as a tree of parts (RFC 2045, RFC 2046). Total, and linear in the input.

The standard library's parser recurses on nested parts and compares each line with every open boundary, so a
crafted message hangs or ends it: here one pass looks at lines that start with "--" only, with caps on parts and depth.
"""

import re
from dataclasses import dataclass, field

from parsers.decoding import decode_text, decode_transfer, looks_quoted_printable
from parsers.headers import Headers, parse_headers, parse_parameters

MAX_MESSAGE = 64 * 1024 * 1024
MAX_PARTS = 300
MAX_DEPTH = 20

_DELIMITER = re.compile(rb"\n--([^\n]{1,100})\ncontent-[a-z\-]{2,30}:", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    headers: Headers
    content_type: str
    parameters: dict[str, str]
    body: bytes = b""
    parts: "list[Part]" = field(default_factory=list)

    @property
    def disposition(self) -> str:
        return parse_parameters(self.headers.get("content-disposition"))[0]

    @property
    def filename(self) -> str:
        """Without folders and control characters, "" where none was given."""
        _, given = parse_parameters(self.headers.get("content-disposition"))
        name = given.get("filename") or self.parameters.get("name") or ""
        name = name.replace("\\", "/").rpartition("/")[2]
        name = "".join(c for c in name if c.isprintable()).strip().strip(".")
        return name[:200]

    def content(self) -> tuple[bytes, str]:
        """The decoded bytes, and a fault or ""."""
        return decode_transfer(self.body, self.headers.get("content-transfer-encoding"))

    def text(self) -> tuple[str, list[str]]:
        """The decoded text with LF line ends, and faults."""
        encoding = self.headers.get("content-transfer-encoding").lower()
        data, fault = self.content()
        if "quoted" not in encoding and "base64" not in encoding and looks_quoted_printable(data):
            data, fault = decode_transfer(data, "quoted-printable")
        text, charset_fault = decode_text(data, self.parameters.get("charset", ""))
        if "base64" in encoding and charset_fault == "undecodable bytes" and self.body.isascii():
            text, charset_fault = self.body.decode("ascii"), "broken base64"
        return text.replace("\r\n", "\n").replace("\r", "\n"), [each for each in (fault, charset_fault) if each]

    def walk(self) -> "list[Part]":
        """This part and all in it, in order."""
        found, waiting = list[Part](), [self]
        while waiting:
            part = waiting.pop()
            found.append(part)
            waiting += reversed(part.parts)
        return found


def parse_message(raw: bytes) -> tuple[Part, list[str]]:
    """The tree and its faults. An attached message is a leaf: its content is a message to parse again."""
    faults: list[str] = []
    if len(raw) > MAX_MESSAGE:
        raw, faults = raw[:MAX_MESSAGE], ["message too long"]
    raw = raw.replace(b"\r\n", b"\n")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    start = len(raw) - len(raw.lstrip(b"\n"))
    if raw[start : start + 5] == b"From " or raw[start : start + 6] == b">From ":
        start = raw.find(b"\n", start) + 1 or len(raw)
    headers, position, header_faults = parse_headers(raw, start)
    faults += header_faults
    root = _split(raw, headers, position, faults)
    if root.content_type.startswith("multipart/") and not root.parts:
        match = _DELIMITER.search(raw, max(0, position - 1))
        root = _split(raw, headers, position, faults, match[1].rstrip()) if match else root
    return root, sorted(set(faults))


def _split(raw: bytes, headers: Headers, position: int, faults: list[str], boundary: bytes = b"") -> Part:
    """`boundary` is one that was found, where the declared one is nowhere."""
    root = _part(headers, "text/plain")
    open_parts: list[tuple[bytes, Part]] = []
    count, leaf, leaf_start = 1, root, position
    position = max(0, position - 1)
    if boundary := boundary or _boundary(root, 0, faults):
        open_parts.append((boundary, root))

    def finish(end: int) -> None:
        if not leaf.parts and not leaf.body:
            leaf.body = raw[leaf_start : max(leaf_start, end)]

    while open_parts and (at := _next_dashes(raw, position)) >= 0:
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        position = end
        if end - at > 2000:
            continue
        line = raw[at + 2 : end].rstrip()
        level = _level(open_parts, line)
        if level < 0:
            continue
        finish(at - 1)
        boundary, parent = open_parts[level]
        del open_parts[level + 1 :]
        if line != boundary and line == boundary + b"--":
            open_parts.pop()
            leaf, leaf_start = _part(Headers(), ""), end
            continue
        count += 1
        if count > MAX_PARTS:
            faults.append("too many parts")
            return root
        fields, leaf_start, header_faults = parse_headers(raw, min(end + 1, len(raw)))
        faults += header_faults
        leaf = _part(fields, "message/rfc822" if parent.content_type == "multipart/digest" else "text/plain")
        parent.parts.append(leaf)
        # The next delimiter may stand right there: its line end is the one before it.
        position = max(leaf_start - 1, end)
        if inner := _boundary(leaf, len(open_parts), faults):
            open_parts.append((inner, leaf))
    finish(len(raw))
    if open_parts:
        faults.append("unfinished multipart")
    return root


def _part(headers: Headers, default: str) -> Part:
    content_type, parameters = parse_parameters(headers.get("content-type"))
    if content_type == "text":
        content_type = "text/plain"
    return Part(headers, content_type if "/" in content_type else default, parameters)


def _boundary(part: Part, depth: int, faults: list[str]) -> bytes:
    if not part.content_type.startswith("multipart/"):
        return b""
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")[:200]
    if not boundary:
        faults.append("multipart without a boundary")
    if depth >= MAX_DEPTH:
        faults.append("nested too deep")
        return b""
    return boundary


def _next_dashes(raw: bytes, position: int) -> int:
    if position == 0 and raw.startswith(b"--"):
        return 0
    found = raw.find(b"\n--", max(position, 0))
    return found + 1 if found >= 0 else -1


def _level(open_parts: list[tuple[bytes, Part]], line: bytes) -> int:
    """The index of the open part that this delimiter belongs to, or -1."""
    for level in range(len(open_parts) - 1, -1, -1):
        boundary = open_parts[level][0]
        if line in (boundary, boundary + b"--"):
            return level
    return -1
