"""The text of a message, as lines, and what is attached to it. Attachments are named and kept, never opened."""

from dataclasses import dataclass, field

from parsers.flowed import flowed_lines, plain_lines
from parsers.headers import decode_words, parse_headers
from parsers.html import html_lines
from parsers.lines import Line
from parsers.markers.html import STUB_SUBJECTS, STUB_VERBS
from parsers.mime import Part, parse_message
from parsers.pkcs7 import signed_content
from parsers.types import Attachment

MAX_TEXT = 300_000
"""Characters that are read of one part."""
MAX_ATTACHMENT = 256 * 1024
MAX_ATTACHED = 2 * 1024 * 1024
MAX_ATTACHMENTS = 100
LONGEST_STUB = 400

_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_PKCS7 = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(slots=True)
class Body:
    lines: list[Line] = field(default_factory=list)
    attached: list[Part] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Body") -> None:
        if self.lines and other.lines:
            self.lines.append(Line(""))
        self.lines += other.lines
        self.attached += other.attached
        self.faults += other.faults

    @property
    def empty(self) -> bool:
        return not any(line.text.strip() for line in self.lines)


def read_body(part: Part) -> Body:
    """Recurses no deeper than twice `mime.MAX_DEPTH`."""
    kind = part.content_type
    if kind == "multipart/encrypted":
        return Body(faults=["encrypted"])
    if part.parts:
        match kind:
            case "multipart/alternative":
                return _alternative(part)
            case "multipart/signed" | "multipart/report":
                return _first(part)
            case _:
                return _mixed(part)
    if kind.startswith("multipart/"):
        return _plain(part)
    if _is_attachment(part):
        return Body(attached=[part])
    match kind:
        case "text/html" | "application/xhtml+xml":
            return _html(part)
        case "text/plain" | "text" | "text/enriched" | "text/markdown" | "text/x-markdown":
            return _plain(part)
        case "text/calendar":
            return Body(attached=[part], faults=["calendar"])
        case "application/ms-tnef" | "application/vnd.ms-tnef":
            return Body(attached=[part], faults=["tnef"])
        case _ if kind in _SIGNATURES:
            return Body()
        case _ if kind in _PKCS7:
            return _opaque(part)
        case _:
            return Body(attached=[part])


def _is_attachment(part: Part) -> bool:
    if part.content_type in _SIGNATURES or not part.content_type.startswith("text/"):
        return False
    return part.disposition == "attachment" or (bool(part.filename) and part.content_type != "text/calendar")


def _opaque(part: Part) -> Body:
    """S/MIME in one part: the text of a signed one is read, but not of one that is signed twice."""
    content = signed_content(part.content()[0])
    if content is None:
        return Body(faults=["encrypted"])
    root, faults = parse_message(content)
    if any(each.content_type in _PKCS7 for each in root.walk()):
        return Body(faults=[*faults, "signed twice"])
    body = read_body(root)
    body.faults += faults
    return body


def _mixed(part: Part) -> Body:
    body = Body()
    for each in part.parts:
        body.add(read_body(each))
    return body


def _first(part: Part) -> Body:
    body = read_body(part.parts[0])
    body.attached += [each for each in part.parts[1:] if each.content_type not in _SIGNATURES]
    return body


def _alternative(part: Part) -> Body:
    """The plain part, unless it is empty or only says that the mail is HTML (RFC 2046 section 5.1.4)."""
    readings = [(each.content_type, read_body(each)) for each in part.parts]
    texts = [(kind, body) for kind, body in readings if not body.empty and kind != "text/x-amp-html"]
    plain = [body for kind, body in texts if kind == "text/plain" and not _is_stub(body)]
    chosen = plain[0] if plain else texts[-1][1] if texts else Body()
    found = Body(chosen.lines)
    for _, body in readings:
        found.attached += body.attached
        found.faults += body.faults
    return found


def _is_stub(body: Body) -> bool:
    text = " ".join(line.text for line in body.lines[:20]).lower().strip()
    if not text or len(text) > LONGEST_STUB:
        return not text
    return any(word in text for word in STUB_SUBJECTS) and any(word in text for word in STUB_VERBS)


def _plain(part: Part) -> Body:
    text, faults = part.text()
    text = text.replace("\x00", "").replace("\u2028", "\n").replace("\u0085", "\n")
    if len(text) > MAX_TEXT:
        text, faults = text[:MAX_TEXT], [*faults, "text too long"]
    if "-----BEGIN PGP MESSAGE-----" in text[:5000]:
        return Body(faults=[*faults, "encrypted"])
    if text.lstrip().startswith("-----BEGIN PGP SIGNED MESSAGE-----"):
        text = _clearsigned(text)
    head = text[:200].lstrip().lower()
    if head.startswith(("<html", "<!doctype html")):
        lines, html_faults = html_lines(text)
        return Body(lines, faults=[*faults, *html_faults])
    if part.parameters.get("format", "").lower() == "flowed":
        return Body(flowed_lines(text, delsp=part.parameters.get("delsp", "").lower() == "yes"), faults=faults)
    return Body(plain_lines(text), faults=faults)


def _clearsigned(text: str) -> str:
    """RFC 9580 section 7: the text between the armor's headers and the signature, dash-escaping undone."""
    _, _, signed = text.lstrip().partition("\n\n")
    signed = signed.partition("-----BEGIN PGP SIGNATURE-----")[0]
    return "\n".join(line.removeprefix("- ") for line in signed.split("\n"))


def _html(part: Part) -> Body:
    text, faults = part.text()
    lines, html_faults = html_lines(text)
    return Body(lines, faults=[*faults, *html_faults])


def read_attachments(parts: list[Part]) -> tuple[Attachment, ...]:
    """Sizes are of the decoded content; the content is cut at `MAX_ATTACHMENT`, and `MAX_ATTACHED` in all."""
    found: list[Attachment] = []
    room = MAX_ATTACHED
    for part in parts[:MAX_ATTACHMENTS]:
        content, _ = part.content()
        if part.parts:
            content = b""
        kept = content[: max(0, min(MAX_ATTACHMENT, room))]
        room -= len(kept)
        found.append(Attachment(part.filename or _default_name(part), part.content_type[:100], len(content), kept))
    return tuple(found)


def _default_name(part: Part) -> str:
    match part.content_type:
        case "message/rfc822":
            subject = decode_words(parse_headers(part.body, 0)[0].get("subject"))
            name = "".join(c if c.isalnum() or c in " -_." else "_" for c in subject[:80]).strip(" .")
            return f"{name or 'message'}.eml"
        case "text/calendar":
            return "invitation.ics"
        case "application/ms-tnef" | "application/vnd.ms-tnef":
            return "winmail.dat"
        case kind:
            return f"{kind.partition('/')[0] or 'attachment'}.bin"
