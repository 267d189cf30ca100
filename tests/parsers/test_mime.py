"""The text of a mail is found whatever its MIME claims, and what is attached is kept to a limit."""

import gzip
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from parsers.email import parse_email
from parsers.types import Address, Attachment, Inbound

Make = Callable[[], Inbound]

BASE = b"From: Ann <ann@acme.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def read(headers: str, body: str | bytes) -> Inbound:
    raw = BASE + headers.replace("\n", "\r\n").encode() + b"\r\n\r\n"
    return parse_email(raw + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()))


def parts(*bodies: str, kind: str = "mixed", more: str = "") -> Inbound:
    boundary = "=_b"
    text = "".join(f"--{boundary}\n{body}\n" for body in bodies)
    return read(
        f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}', f"preamble\n{text}--{boundary}--\nepilogue"
    )


PLAIN = "Content-Type: text/plain\n\nACCEPT"
HTML = "Content-Type: text/html\n\n<p>TAKE</p>"

SIGNED = b"Content-Type: text/plain\r\n\r\nACCEPT\r\n"


def tlv(tag: int, value: bytes) -> bytes:
    """One element of BER, its length in two bytes."""
    return bytes([tag, 0x82]) + len(value).to_bytes(2, "big") + value


def pkcs7(oid: str, *content: bytes) -> Inbound:
    data = tlv(0x06, bytes.fromhex("2a864886f70d010701"))
    inner = tlv(
        0x30, tlv(0x02, b"\1") + tlv(0x31, b"") + tlv(0x30, data + tlv(0xA0, b"".join(content))) + tlv(0x31, b"")
    )
    der = tlv(0x30, b"\x06\x09" + bytes.fromhex(oid) + tlv(0xA0, inner))
    fields = 'Content-Type: application/pkcs7-mime; name="smime.p7m"\nContent-Transfer-Encoding: base64'
    return read(fields, b64encode(der))


def opaque(octets: bytes) -> Inbound:
    return pkcs7("2a864886f70d010702", octets)


TEXTS = {
    "no headers at all": (lambda: parse_email(b"\r\n\r\nACCEPT"), "ACCEPT"),
    "no MIME": (lambda: read("X-A: b", "ACCEPT"), "ACCEPT"),
    "lone carriage returns": (lambda: parse_email(b"From: a@b.example\r\rACCEPT\rplease"), "ACCEPT\nplease"),
    "a mailbox file's first line": (lambda: parse_email(b"From ann Mon Mar  3\nSubject: x\n\nACCEPT"), "ACCEPT"),
    "quoted-printable": (lambda: read("Content-Transfer-Encoding: quoted-printable", "AC=\nCEPT=20=C3=A9"), "ACCEPT é"),
    "base64": (lambda: read("Content-Transfer-Encoding: BASE64", b64encode(b"ACCEPT\r\n")), "ACCEPT"),
    "base64 without its padding": (lambda: read("Content-Transfer-Encoding: base64", "QUNDRVBUIQ"), "ACCEPT!"),
    "base64 that is plain text": (
        lambda: read("Content-Transfer-Encoding: base64", "ACCEPT, please do"),
        "ACCEPT, please do",
    ),
    "base64 with a list's footer": (
        lambda: read("Content-Transfer-Encoding: base64", "QUNDRVBU\n\n____\nThe list: hi!"),
        "ACCEPT",
    ),
    "quoted-printable that is not declared": (
        lambda: read("Content-Transfer-Encoding: 8bit", "ACCEPT caf=C3=A9 and what comes=\n after=20\nit"),
        "ACCEPT café and what comes after\nit",
    ),
    "ISO-8859-1 is Windows-1252": (lambda: read("Content-Type: text/plain; charset=iso-8859-1", b"\x93a\x94"), "“a”"),
    "a charset that is none": (lambda: read("Content-Type: text/plain; charset=klingon", "é"), "é"),
    "a codec that is no charset": (lambda: read("Content-Type: text/plain; charset=rot13", "ACCEPT"), "ACCEPT"),
    "a charset that lies": (lambda: read("Content-Type: text/plain; charset=us-ascii", "é"), "é"),
    "UTF-8 declared, Latin sent": (
        lambda: read("Content-Type: text/plain; charset=utf-8", b"ACCEPT \xe9"),
        "ACCEPT \ufffd",
    ),
    "UTF-16 with its mark": (
        lambda: read("Content-Type: text/plain; charset=utf-16", "ACCEPT é".encode("utf-16")),
        "ACCEPT é",
    ),
    "ISO-2022-JP": (lambda: read("Content-Type: text/plain; charset=ISO-2022-JP", "承認".encode("iso2022_jp")), "承認"),
    "GB2312": (lambda: read("Content-Type: text/plain; charset=gb2312", "接受".encode("gb18030")), "接受"),
    "KOI8-R": (lambda: read("Content-Type: text/plain; charset=koi8-r", "ПРИНЯТЬ".encode("koi8-r")), "ПРИНЯТЬ"),
    "NULs and soft hyphens": (lambda: read("X-A: b", "AC\x00CE\u00adP\u200bT"), "ACCEPT"),
    "flowed lines": (lambda: read("Content-Type: text/plain; format=flowed", "one \ntwo\n-- \nx"), "one two"),
    "flowed lines without their spaces": (
        lambda: read("Content-Type: text/plain; format=flowed; delsp=yes", "one \ntwo"),
        "onetwo",
    ),
    "flowed and stuffed": (lambda: read("Content-Type: text/plain; format=flowed", " From here"), "From here"),
    "plain before HTML": (lambda: parts(PLAIN, HTML, kind="alternative"), "ACCEPT"),
    "an empty plain part": (lambda: parts("Content-Type: text/plain\n\n \n", HTML, kind="alternative"), "TAKE"),
    "a plain part that says it needs HTML": (
        lambda: parts(
            "Content-Type: text/plain\n\nPlease view this in an HTML capable reader.", HTML, kind="alternative"
        ),
        "TAKE",
    ),
    "HTML in related in alternative": (
        lambda: parts(
            "Content-Type: multipart/related; boundary=c\n\n--c\n"
            + HTML
            + "\n--c\nContent-Type: image/png\n\nx\n--c--",
            kind="alternative",
        ),
        "TAKE",
    ),
    "a signed mail's text": (
        lambda: parts(PLAIN, "Content-Type: application/pgp-signature; name=s.asc\n\nxyz", kind="signed"),
        "ACCEPT",
    ),
    "an opaquely signed mail's text": (lambda: opaque(tlv(0x04, SIGNED)), "ACCEPT"),
    "one signed in chunks": (lambda: opaque(tlv(0x24, tlv(0x04, SIGNED[:30]) + tlv(0x04, SIGNED[30:]))), "ACCEPT"),
    "one signed with open lengths": (
        lambda: opaque(b"\x24\x80" + tlv(0x04, SIGNED[:30]) + tlv(0x04, SIGNED[30:]) + b"\0\0"),
        "ACCEPT",
    ),
    "a clear-signed text": (
        lambda: read(
            "X-A: b",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nACCEPT\n- -- x\n"
            "-----BEGIN PGP SIGNATURE-----\n\nabc\n",
        ),
        "ACCEPT\n-- x",
    ),
    "text parts one after the other": (
        lambda: parts(PLAIN, "Content-Type: text/plain\n\nand more"),
        "ACCEPT\n\nand more",
    ),
    "a part without headers": (lambda: parts("\nACCEPT"), "ACCEPT"),
    "a multipart that never ends": (
        lambda: read('Content-Type: multipart/mixed; boundary="=_b"', f"--=_b\n{PLAIN}"),
        "ACCEPT",
    ),
    "a multipart without parts": (lambda: read("Content-Type: multipart/mixed; boundary=zz", "ACCEPT"), "ACCEPT"),
    "a multipart without a boundary": (lambda: read("Content-Type: multipart/mixed", "ACCEPT"), "ACCEPT"),
    "an inner multipart that the outer ends": (
        lambda: parts(
            f"Content-Type: multipart/alternative; boundary=c\n\n--c\n{PLAIN}", "Content-Type: image/png\n\nx"
        ),
        "ACCEPT",
    ),
    "a boundary that begins like another": (
        lambda: read(
            "Content-Type: multipart/mixed; boundary=b",
            f"--b\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n{PLAIN}\n--b2--\n--b--",
        ),
        "ACCEPT",
    ),
    "an attached text is not read": (
        lambda: parts(PLAIN, 'Content-Type: text/plain; name="a.txt"\nContent-Disposition: attachment\n\nTAKE'),
        "ACCEPT",
    ),
    "an attached message is not read": (lambda: parts(PLAIN, f"Content-Type: message/rfc822\n\n{PLAIN}"), "ACCEPT"),
    "HTML that claims to be plain": (
        lambda: read("Content-Type: text/plain", "<html><body>ACCEPT</body></html>"),
        "ACCEPT",
    ),
    "an encrypted mail": (
        lambda: parts("Content-Type: application/pgp-encrypted\n\nVersion: 1", PLAIN, kind="encrypted"),
        "",
    ),
    "an S/MIME encrypted mail": (lambda: pkcs7("2a864886f70d010703", tlv(0x04, SIGNED)), ""),
    "a signature of nothing": (lambda: opaque(b""), ""),
    "an encrypted text": (lambda: read("X-A: b", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"), ""),
}


@pytest.mark.parametrize(("make", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_the_text_is_found(make: Make, text: str) -> None:
    assert make().visible_text == text


FAULTS = {
    "encrypted": lambda: parts("Content-Type: application/pgp-encrypted\n\nVersion: 1", PLAIN, kind="encrypted"),
    "signed twice": lambda: opaque(tlv(0x04, SIGNED.replace(b"text/plain", b"application/pkcs7-mime"))),
    "tnef": lambda: parts(PLAIN, "Content-Type: application/ms-tnef; name=winmail.dat\n\nx"),
    "calendar": lambda: parts(PLAIN, "Content-Type: text/calendar\n\nBEGIN:VCALENDAR"),
    "broken base64": lambda: read("Content-Transfer-Encoding: base64", "ACCEPT, please"),
    "undecodable bytes": lambda: read("Content-Type: text/plain; charset=utf-8", b"\xe9\xff ok"),
    "charset is not as declared": lambda: (
        read("Content-Type: text/plain; charset=shift_jis", b"\xc3\xa9\xff" + "é".encode()[:1])
        if False
        else read("Content-Type: text/plain; charset=ascii-7", "é")
    ),
    "unfinished multipart": lambda: read('Content-Type: multipart/mixed; boundary="=_b"', f"--=_b\n{PLAIN}"),
    "multipart without a boundary": lambda: read("Content-Type: multipart/mixed", "ACCEPT"),
    "header field too long": lambda: read("X-A: " + "b" * 50_000, "ACCEPT"),
    "too many header fields": lambda: read("\n".join(f"X-{n}: a" for n in range(600)), "ACCEPT"),
    "too many parts": lambda: parts(*[PLAIN] * 400),
    "nested too deep": lambda: read(
        "X-A: b\n" + "Content-Type: multipart/mixed; boundary=b0",
        "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(50)),
    ),
    "text too long": lambda: read("X-A: b", "ACCEPT\n" + "a\n" * 200_000),
    "HTML too long": lambda: read("Content-Type: text/html", "ACCEPT<p>" + "a<br>" * 100_000),
}


@pytest.mark.parametrize(("fault", "make"), FAULTS.items(), ids=FAULTS.keys())
def test_what_could_not_be_read_is_told(fault: str, make: Make) -> None:
    assert fault in make().faults


def test_a_mail_in_order_has_no_faults() -> None:
    assert parts(PLAIN, HTML, kind="alternative").faults == ()


def attachment(disposition: str, kind: str = "application/octet-stream", body: str = "eA==") -> Attachment:
    return parts(PLAIN, f"Content-Type: {kind}\n{disposition}Content-Transfer-Encoding: base64\n\n{body}").attachments[
        0
    ]


NAMES = {
    "quoted": ('Content-Disposition: attachment; filename="plan of today.pdf"\n', "plan of today.pdf"),
    "an encoded word": ('Content-Disposition: attachment; filename="=?utf-8?b?w6kucGRm?="\n', "é.pdf"),
    "RFC 2231": ("Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf\n", "café.pdf"),
    "RFC 2231 in sections": (
        "Content-Disposition: attachment; filename*0*=utf-8''caf%C3;\n filename*1*=%A9; filename*2=.pdf\n",
        "café.pdf",
    ),
    "folders are stripped": ('Content-Disposition: attachment; filename="../../etc/passwd"\n', "passwd"),
    "a drive is stripped": ('Content-Disposition: attachment; filename="C:\\\\tmp\\\\a.exe"\n', "a.exe"),
    "nothing but dots": ('Content-Disposition: attachment; filename=".."\n', "application.bin"),
    "control characters": ('Content-Disposition: attachment; filename="a\x07b.txt"\n', "a b.txt"),
    "none": ("Content-Disposition: attachment\n", "application.bin"),
}


@pytest.mark.parametrize(("disposition", "name"), NAMES.values(), ids=NAMES.keys())
def test_an_attachment_has_a_name_without_a_path(disposition: str, name: str) -> None:
    assert attachment(disposition).name == name


def test_an_attachment_is_kept_to_a_limit_and_its_size_is_told() -> None:
    content = gzip.compress(b"") * 50_000
    kept = attachment("", body=b64encode(content).decode())
    assert (kept.size, len(kept.content)) == (len(content), 256 * 1024)
    assert content.startswith(kept.content)


def test_all_attachments_together_have_a_limit() -> None:
    each = "Content-Type: image/png\n\n" + "x" * 300_000
    found = parts(PLAIN, *[each] * 12).attachments
    assert len(found) == 12
    assert sum(len(one.content) for one in found) == 2 * 1024 * 1024
    assert {one.size for one in found} == {300_000}


def test_an_attached_message_is_named_after_its_subject() -> None:
    found = parts(PLAIN, "Content-Type: message/rfc822\n\nSubject: =?utf-8?q?no_mail=21?=\n\nx").attachments
    assert [one.name for one in found] == ["no mail_.eml"]


HEADERS = b"""From: =?utf-8?q?Berg=2C_Ann?= <Ann@Acme.example>
From: "Bob, B." <bob@evil.example>
Sender: list@acme.example
To: undisclosed-recipients:;, Murphy <Incidents+Tok@acme.example>, (x) c@d.example
Cc: Team: e@f.example, "g"@h.example;
Delivered-To: incidents+tok@acme.example
X-Original-To: other@acme.example
Subject: =?iso-8859-1?Q?caf=E9?= =?utf-8?b?w6k=?= and
 more
Date: Mon, 3 Mar 2025 10:00:00 +0100
Message-ID: <A.b@c>
References: <one@x> <two
 @x>
In-Reply-To: <three@x>
Authentication-Results: mx.acme.example; dmarc=pass
Authentication-Results: evil.example; dkim=pass

x"""


def test_header_fields() -> None:
    inbound = parse_email(HEADERS)
    assert inbound.sender == Address("Berg, Ann", "ann@acme.example")
    assert [each.address for each in inbound.senders] == ["ann@acme.example", "bob@evil.example", "list@acme.example"]
    assert [each.address for each in inbound.recipients] == [
        "incidents+tok@acme.example",
        "c@d.example",
        "e@f.example",
        '"g"@h.example',
        "incidents+tok@acme.example",
        "other@acme.example",
    ]
    assert inbound.subject == "caféé and more"
    assert inbound.date == datetime(2025, 3, 3, 10, tzinfo=timezone(timedelta(hours=1)))
    assert inbound.message_id == "A.b@c"
    assert inbound.references == ("one@x", "two@x", "three@x")
    assert inbound.authentication_results == ("mx.acme.example; dmarc=pass", "evil.example; dkim=pass")


SENDERS = {
    "a plain address": ("ann@acme.example", ["ann@acme.example"]),
    "an address in the name": ('"boss@acme.example" <evil@x.example>', ["evil@x.example"]),
    "an address in an encoded name": (
        "=?utf-8?q?boss=40acme=2Eexample_=3Cboss=40acme=3E?= <e@x.example>",
        ["e@x.example"],
    ),
    "an address before the angles": ("boss@acme.example <evil@x.example>", ["evil@x.example"]),
    "two in angles": ("<boss@acme.example> <evil@x.example>", ["boss@acme.example", "evil@x.example"]),
    "an address in a comment": ("(boss@acme.example) evil@x.example", ["evil@x.example"]),
    "an old route": ("<@relay.example:ann@acme.example>", ["ann@acme.example"]),
    "none": ("Ann", []),
    "a colon in the name": ("Acme: Ann <ann@acme.example>", ["ann@acme.example"]),
}


@pytest.mark.parametrize(("value", "addresses"), SENDERS.values(), ids=SENDERS.keys())
def test_who_it_says_it_is_from(value: str, addresses: list[str]) -> None:
    assert [each.address for each in parse_email(f"From: {value}\n\nx".encode()).senders] == addresses


def test_a_lone_carriage_return_starts_no_header_field() -> None:
    inbound = parse_email(b"From: ann@acme.example\r\nX-A: b\rFrom: boss@acme.example\r\n\r\nACCEPT")
    assert [each.address for each in inbound.senders] == ["ann@acme.example"]


DATES = {
    "Mon, 3 Mar 2025 10:00:00 -0000": datetime(2025, 3, 3, 10, tzinfo=UTC),
    "3 Mar 2025 10:00 GMT": datetime(2025, 3, 3, 10, tzinfo=UTC),
    "Mon, 99 Foo 2025": None,
    "": None,
    "Fri, 31 Dec 9999 23:59:00 -2359": None,
}


@pytest.mark.parametrize(("value", "date"), DATES.items())
def test_dates(value: str, date: datetime | None) -> None:
    assert parse_email(f"Date: {value}\n\nx".encode()).date == date


def test_the_fingerprint_is_of_who_when_and_what() -> None:
    one = parse_email(b"From: a@b.example\nDate: d\nSubject: s\n\nACCEPT")
    assert (
        one.fingerprint == parse_email(b"Received: x\nFrom: a@b.example\nDate: d\nSubject: s\n\nACCEPT\n").fingerprint
    )
    assert one.fingerprint != parse_email(b"From: a@b.example\nDate: d\nSubject: s\n\nREJECT").fingerprint
    assert one.fingerprint != parse_email(b"From: a@b.example\nDate: e\nSubject: s\n\nACCEPT").fingerprint


def test_a_boundary_that_is_not_the_declared_one_is_found() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=lost\n\n--kept\nContent-Type: text/plain\n\nACCEPT\n--kept--\n"
    assert parse_email(raw).visible_text == "ACCEPT"


def test_a_clear_signed_text_behind_blank_lines_is_read() -> None:
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nACCEPT\n-----BEGIN PGP SIGNATURE-----\n\nabc\n"
    assert parse_email(b"Subject: x\n\n\n\n" + signed.encode()).visible_text == "ACCEPT"
