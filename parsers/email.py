"""Mail in, meaning out: `parse_email`. Total: whatever the bytes, it returns an Inbound, in linear time.

What it could not read is in `faults`.
"""

import hashlib

from parsers.automatic import automatic_kind
from parsers.body import read_attachments, read_body
from parsers.headers import decode_words, parse_addresses, parse_date, parse_ids
from parsers.lines import Line
from parsers.mime import parse_message
from parsers.reply import separate
from parsers.types import Address, Inbound, Medium

_NOBODY = Address("", "")
_HIDDEN = dict.fromkeys((
    *range(9), *range(11, 32), 0x7F, *range(0x80, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060,
    *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000),
))  # fmt: skip
_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


def parse_email(raw: bytes, *, ours: frozenset[str] = frozenset()) -> Inbound:
    """One message (RFC 5322) as it came, with the fields that the receiving server added.

    `ours`: addresses of our own mailboxes and relays, lower case, to recognize mail from ourselves.
    """
    root, faults = parse_message(raw)
    headers = root.headers
    body = read_body(root)
    lines, text = _clean(body.lines)
    reply = separate(lines)
    from_ = parse_addresses(headers.all("from"))
    senders = tuple(dict.fromkeys((*from_, *parse_addresses(headers.all("sender")))))
    subject = decode_words(headers.get("subject"))
    return Inbound(
        medium=Medium.EMAIL,
        sender=from_[0] if from_ else _NOBODY,
        senders=senders,
        recipients=tuple(dict.fromkeys(parse_addresses(v for name in _TO for v in headers.all(name)))),
        subject=subject,
        text=text,
        visible_text=reply.visible_text,
        deciding_line=reply.deciding_line,
        sure=reply.sure,
        public_text=reply.public_text,
        public_sure=reply.public_sure,
        message_id=next(iter(parse_ids(headers.all("message-id")[:1])), ""),
        references=parse_ids((*headers.all("references"), *headers.all("in-reply-to"))),
        date=parse_date(headers.get("date")),
        automatic=automatic_kind(root, senders, ours),
        authentication_results=tuple(headers.all("authentication-results")),
        attachments=read_attachments(body.attached),
        fingerprint=_fingerprint(headers.get("from"), headers.get("date"), headers.get("subject"), text),
        faults=tuple(sorted({*faults, *body.faults})),
    )


def _clean(lines: list[Line]) -> tuple[list[Line], str]:
    """Without characters that show nothing and could split or hide a word: nearly all lines have none. And all text."""
    text = "\n".join([line.text for line in lines])
    if not text.replace("\n", "").isprintable():
        lines = [line if line.text.isprintable() else Line(line.text.translate(_HIDDEN), line.mark) for line in lines]
        text = "\n".join([line.text for line in lines])
    return lines, text.strip()


def _fingerprint(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "replace")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
