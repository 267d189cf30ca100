"""Our own verification of DKIM signatures, against really signed messages."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from daemon.identity.signature import Lookup, verifier

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PUBLIC = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
RECORD = b"v=DKIM1; k=rsa; p=" + b64encode(PUBLIC)

MESSAGE = (
    b"From: jan@acme.example\r\nTo: incidents@acme.example\r\nSubject: MI-7\r\n"
    b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nACCEPT\r\n"
)
HEADERS = (b"from", b"to", b"subject", b"date")


def signed(domain: bytes = b"acme.example", headers: tuple[bytes, ...] = HEADERS, *, length: bool = False) -> bytes:
    signature = dkim.sign(MESSAGE, b"k1", domain, PRIVATE, include_headers=list(headers), length=length)
    return bytes(signature) + MESSAGE


def lookup(name: bytes, timeout: float) -> bytes | None:
    return RECORD if name.startswith(b"k1._domainkey.") and timeout > 0 else None


SIGNED = signed()

CASES: list[tuple[bytes, str, bool, str]] = [
    (SIGNED, "acme.example", True, "signed by the From domain"),
    (SIGNED, "mail.acme.example", True, "signed by a domain above it"),
    (SIGNED, "evil.example", False, "signed by another domain"),
    (SIGNED, "notacme.example", False, "signed by a domain that it ends with"),
    (signed(b"mail.acme.example"), "acme.example", False, "signed by a domain below it"),
    (signed(b"example"), "acme.example", False, "signed by the top-level domain"),
    (MESSAGE, "acme.example", False, "not signed"),
    (SIGNED.replace(b"ACCEPT", b"REJECT"), "acme.example", False, "another body"),
    (SIGNED + b"more\r\n", "acme.example", False, "a longer body"),
    (SIGNED.replace(b"Subject: MI-7", b"Subject: MI-8"), "acme.example", False, "another subject"),
    (SIGNED.replace(b"From: jan", b"From: ann"), "acme.example", False, "another From"),
    (b"From: ann@acme.example\r\n" + SIGNED, "acme.example", False, "a second From"),
    (b"Subject: ACCEPT\r\n" + SIGNED, "acme.example", False, "a second Subject"),
    (b"Content-Type: text/html\r\nContent-Type: text/plain\r\n" + SIGNED, "acme.example", False, "a second type"),
    (signed(length=True), "acme.example", False, "signed for a part of the body only"),
    (signed(headers=(b"from", b"to", b"date")), "acme.example", False, "the subject is not signed"),
    (b"DKIM-Signature: v=1; a=x\r\n" + SIGNED, "acme.example", True, "an unreadable signature beside a good one"),
    (b"DKIM-Signature: v=1; a=x\r\n" * 9 + SIGNED, "acme.example", False, "too many signatures"),
    (
        SIGNED.replace(b"\r\n\r\n", b"\r\n\r\n" + b" " * 300_000, 1),
        "acme.example",
        False,
        "blanks that hang the library",
    ),
    (SIGNED + b"x" * 1_000_001, "acme.example", False, "too long"),
    (b"", "acme.example", False, "nothing"),
    (b"\x00\xff" * 100, "acme.example", False, "noise"),
    (SIGNED, "", False, "no From domain"),
]


@pytest.mark.parametrize(("raw", "domain", "verified"), [c[:3] for c in CASES], ids=[c[3] for c in CASES])
def test_signatures(raw: bytes, domain: str, verified: bool) -> None:
    assert verifier(raw, lookup)(domain) is verified


def _raises(name: bytes, timeout: float) -> bytes | None:
    raise TimeoutError


RECORDS: list[tuple[Callable[[bytes, float], bytes | None], str]] = [
    (lambda _name, _timeout: None, "no key"),
    (lambda _name, _timeout: b"", "an empty record"),
    (lambda _name, _timeout: b"v=DKIM1; p=", "a key taken back"),
    (lambda _name, _timeout: b"v=DKIM1; k=rsa; p=AAAA", "a broken key"),
    (lambda _name, _timeout: b"\xff\x00", "noise"),
    (_raises, "a name server that is silent"),
]


@pytest.mark.parametrize("record", [c[0] for c in RECORDS], ids=[c[1] for c in RECORDS])
def test_without_a_good_key_nothing_is_verified(record: Lookup) -> None:
    assert verifier(SIGNED, record)("acme.example") is False


def test_the_name_server_is_asked_within_the_deadline() -> None:
    asked: list[float] = []

    def watched(name: bytes, timeout: float) -> bytes | None:
        asked.append(timeout)
        return lookup(name, timeout)

    assert verifier(SIGNED, watched, timedelta(seconds=3))("acme.example")
    assert all(0 < timeout <= 3 for timeout in asked)
    assert asked


def test_past_the_deadline_nothing_is_asked() -> None:
    def unexpected(name: bytes, timeout: float) -> bytes | None:
        raise AssertionError(name)

    assert verifier(SIGNED, unexpected, timedelta(0))("acme.example") is False
