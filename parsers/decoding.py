"""Bytes of a body part to text: transfer encodings (RFC 2045 section 6) and charsets, whatever they claim to be.

The declared charset is tried strictly, then UTF-8, then the declared one with replacement characters.
"""

import binascii
import codecs
import re

_SAME_AS: dict[str, str] = {
    # What senders declare -> what they send (as browsers read it: WHATWG Encoding).
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
}
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,39}")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_QP_ESCAPE = re.compile(rb"=(?:[0-9A-F]{2}|\n)")


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes behind a Content-Transfer-Encoding, and a fault or ""."""
    match encoding.strip().lower():
        case "base64":
            return _base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body), ""
        case "x-uuencode" | "uuencode" | "x-uue" | "x-yencode":
            return body, "transfer encoding not read"
        case _:
            return body, ""


def _base64(body: bytes) -> tuple[bytes, str]:
    packed = body.translate(None, b" \t\r\n")
    fault = ""
    if packed.translate(None, _BASE64):
        # Plain text appended by a list server, or no base64 at all: what comes before the first odd line counts.
        good: list[bytes] = []
        for line in body.split(b"\n"):
            stripped = line.strip()
            if stripped.translate(None, _BASE64):
                break
            good.append(stripped)
        packed, fault = b"".join(good), "broken base64"
        if not packed:
            return body, fault
    out = bytearray()
    for chunk in packed.split(b"="):
        if len(chunk) % 4 == 1:
            chunk, fault = chunk[:-1], "broken base64"  # noqa: PLW2901 (the same one, cut)
        out += binascii.a2b_base64(chunk + b"=" * (-len(chunk) % 4))
    return bytes(out), fault


def looks_quoted_printable(body: bytes) -> bool:
    """Whether text that claims to be plain was sent quoted-printable: soft line breaks, and no other "="."""
    return body.count(b"=\n") >= 1 and body.count(b"=") >= 3 and len(_QP_ESCAPE.findall(body)) == body.count(b"=")


def decode_charset(data: bytes, charset: str) -> str | None:
    """Strictly, or None where the bytes are not of that charset or there is no such charset."""
    name = charset.strip().strip("\"'").lower()
    if not _NAME.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(_SAME_AS.get(name, name))
        if codec.name in _NOT_CHARSETS or not getattr(codec, "_is_text_encoding", True):
            return None
        return data.decode(codec.name)
    except (LookupError, ValueError, OverflowError, AssertionError):
        return None


def decode_text(data: bytes, charset: str) -> tuple[str, str]:
    """The text, and a fault or "" ."""
    declared = charset.strip().strip("\"'").lower()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and (text := decode_charset(data, "utf-16")):
        return text, ""
    seven_bit = data.isascii() and b"\x1b" not in data and b"\x00" not in data
    if not declared or declared in {"us-ascii", "ascii"} or (seven_bit and not declared.startswith("utf")):
        if (text := decode_charset(data, "utf-8")) is not None:
            return text.removeprefix("\ufeff"), ""
    elif (text := decode_charset(data, declared)) is not None:
        return text.removeprefix("\ufeff"), ""
    if (text := decode_charset(data, "utf-8")) is not None:
        return text.removeprefix("\ufeff"), "charset is not as declared"
    try:
        return data.decode(_SAME_AS.get(declared, declared) or "cp1252", "replace"), "undecodable bytes"
    except (LookupError, ValueError, OverflowError, AssertionError):
        return data.decode("cp1252", "replace"), "undecodable bytes"
