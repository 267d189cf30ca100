"""Mails of one megabyte made to keep a parser busy, each aimed at one thing that parsers do badly."""

MEGABYTE = 1_000_000


def _fill(unit: str, size: int = MEGABYTE) -> str:
    return unit * (size // len(unit.encode()))


def _counted(template: str, size: int = MEGABYTE) -> str:
    out, length, count = [], 0, 0
    while length < size:
        out.append(template.format(count))
        length += len(out[-1])
        count += 1
    return "".join(out)


def _html(body: str) -> bytes:
    return b"Content-Type: text/html\n\n" + body.encode()


def _plain(body: str, more: str = "") -> bytes:
    return f"Content-Type: text/plain; charset=utf-8{more}\n\n{body}".encode()


def _nested(size: int) -> bytes:
    out = []
    for level in range(size // 80):
        out.append(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n")
    return "".join(out).encode()


def _attached(size: int) -> bytes:
    return b"Content-Type: message/rfc822\n\n" * (size // 30)


HALF = MEGABYTE // 2

HOSTILE: dict[str, bytes] = {
    "nothing but line ends": b"\n" * MEGABYTE,
    "carriage returns": b"\r" * MEGABYTE,
    "NULs": b"\x00" * MEGABYTE,
    "one long header": b"Subject: " + b"a" * MEGABYTE,
    "one folded header": b"Subject: a" + b"\n b" * (MEGABYTE // 3),
    "many headers": _counted("X-{0}: a\n").encode(),
    "many From headers": _fill("From: a@b.example\n").encode(),
    "colons": b":" * MEGABYTE,
    "encoded words": b"Subject: " + _fill("=?utf-8?q?=41?= ").encode(),
    "unfinished encoded words": b"Subject: " + _fill("=?utf-8?q?").encode(),
    "commas in To": b"To: " + b"," * MEGABYTE,
    "open quotes in From": b"From: " + b'"' * MEGABYTE,
    "open comments in From": b"From: " + b"(" * MEGABYTE,
    "open angles in From": b"From: " + b"<" * MEGABYTE,
    "backslashes in From": b'From: "' + b"\\" * MEGABYTE,
    "addresses": b"To: " + b"a@b.example, " * (MEGABYTE // 13),
    "parameters": b"Content-Type: text/plain" + b'; a="' * (MEGABYTE // 5),
    "escaped parameters": b"Content-Type: text/plain" + b';a="\\"' * (MEGABYTE // 6),
    "parameter sections": b"Content-Type: text/plain" + _counted("; name*{0}*=%41").encode(),
    "references": b"References: " + _counted("<{0}@a>\n ").encode(),
    "a date of digits": b"Date: Mon, " + b"1" * MEGABYTE,
    "nested multiparts": _nested(MEGABYTE),
    "nested messages": _attached(MEGABYTE),
    "many parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * (MEGABYTE // 8),
    "almost boundaries": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--c\n" * (MEGABYTE // 4),
    "a boundary of one long line": b"Content-Type: multipart/mixed; boundary=b\n\n--" + b"b" * MEGABYTE,
    "dashes": b"Content-Type: multipart/mixed; boundary=\"-\"\n\n" + b"-" * MEGABYTE,
    "base64 of padding": b"Content-Transfer-Encoding: base64\n\n" + b"=" * MEGABYTE,
    "base64 of quads": b"Content-Transfer-Encoding: base64\n\n" + b"QUI=" * (MEGABYTE // 4),
    "base64 that is none": b"Content-Transfer-Encoding: base64\n\n" + b"?\n" * HALF,
    "quoted-printable of equals": b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * MEGABYTE,
    "undeclared soft line breaks": _plain("=\n" * HALF),
    "utf-7": b"Content-Type: text/plain; charset=utf-7\n\n" + b"+AAA-" * (MEGABYTE // 5),
    "punycode": b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * HALF,
    "idna": b"Content-Type: text/plain; charset=idna\n\n" + b"xn--a." * (MEGABYTE // 6),
    "utf-16": b"Content-Type: text/plain; charset=utf-16\n\n" + b"\xff\xfe" + b"a\x00" * HALF,
    "iso-2022-jp": b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B" * (MEGABYTE // 3),
    "one line": _plain("a" * MEGABYTE),
    "two-letter lines": _plain("ab\n" * (MEGABYTE // 3)),
    "quote marks": _plain(">" * MEGABYTE),
    "quote lines": _plain(">\n" * HALF),
    "unended attributions": _plain("On 3 March 2025 at 10:00 somebody at acme example\n" * (MEGABYTE // 50)),
    "attributions": _plain("On 3 March 2025 at 10:00 somebody wrote:\n" * (MEGABYTE // 41)),
    "one attribution of spaces": _plain("On " + " " * MEGABYTE + "wrote:"),
    "colon lines": _plain("a:\n" * (MEGABYTE // 3)),
    "header labels": _plain("From: a\n" * (MEGABYTE // 8)),
    "two header labels": _plain("From: a\nTo: b\n\n\n\n" * (MEGABYTE // 17)),
    "labels that stand alone": _plain("a/b 03/03/2025\nTo\n" * (MEGABYTE // 18)),
    "dashed lines": _plain("-" * 80 + "\n") * 1 + (("-" * 80 + "\n") * (MEGABYTE // 81)).encode(),
    "dashes and spaces": _plain("- " * HALF),
    "signature marks": _plain("-- \n" * (MEGABYTE // 4)),
    "sent from": _plain("Sent from my phone\n" * (MEGABYTE // 19)),
    "phone numbers": _plain("ok\n\n" + "+32 2 555 12 34 / " * (MEGABYTE // 18)),
    "contact lines": _plain("ok\n\n" + "Tel. +32 2 555 12 34\n\n" * (MEGABYTE // 22)),
    "digits and dots": _plain("1." * HALF),
    "flowed lines": _plain("a \n" * (MEGABYTE // 3), "; format=flowed"),
    "flowed depths": _plain(">a \n>>b \n" * (MEGABYTE // 9), "; format=flowed"),
    "names": _plain("Ann\n\n" * (MEGABYTE // 5)),
    "open tags": _html(_fill("<b>")),
    "formatting elements reopened by paragraphs": _html(_counted("<b x{0}>", HALF) + _fill("<p>x", HALF)),
    "end tags without a start": _html(_fill("<span>", HALF) + _fill("</p>", HALF)),
    "tables in tables": _html(_fill("<table><tr><td>")),
    "lists in lists": _html(_fill("<ul><li>")),
    "quotes in quotes": _html(_fill("<blockquote>a")),
    "left angles": _html(_fill("<")),
    "letters after left angles": _html(_fill("<a")),
    "unclosed attribute quotes": _html(_fill("<a '")),
    "mixed attribute quotes": _html(_fill("<a '\"")),
    "comments that never end": _html(_fill("<!--")),
    "declarations that never end": _html(_fill("<!")),
    "attributes": _html("<div " + _fill("a=b ") + ">x"),
    "styles": _html(_fill("<p style='border-top:solid;a:b;c:d'>x")),
    "rules in a style sheet": _html("<style>" + _counted(".a{0}{{display:none}}") + "</style>"),
    "classes beside a style sheet": _html(
        f"<style>{_counted('.a{0}.b{{display:none}}', 9_000)}</style>" + _fill('<p class="a b c d e f g h i j">x')
    ),
    "attributions behind words": _plain("a On 3 March 2025 at 10:00 somebody <a@b.example> On wrote:\n" * 15_000),
    "marked headers without marks below": _plain("> From: a\n> Sent: b\n> To: c\n> Subject: d\n>\n> x\n" * 20_000),
    "braces in a style sheet": _html("<style>" + _fill("{") + "</style>"),
    "unended style sheets": _html(_fill("<style>")),
    "ampersands": _html(_fill("&")),
    "entities": _html(_fill("&amp;")),
    "numeric entities of digits": _html("&#" + "1" * MEGABYTE),
    "long numeric entities": _html(_fill("&#" + "9" * 5000 + ";")),
    "spaces in HTML": _html(_fill(" ")),
    "line breaks in HTML": _html(_fill("<br>")),
    "cells": _html("<table><tr>" + _fill("<td>a")),
    "paragraphs": _html(_fill("<p>")),
    "hidden elements": _html(_fill("<i hidden>")),
    "delivery-status groups": (
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        b"Content-Type: message/delivery-status\n\n" + b"Action: failed\nFinal-Recipient: rfc822;a@b.c\n\n" *
        (MEGABYTE // 46)
    ),
    "a report of addresses": (
        b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b"a@b.example 550 " * (MEGABYTE // 16)
    ),
    "a report of at signs": b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b"a@" * HALF,
    "a report of letters": b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b"a" * MEGABYTE,
    "a small report for the library": (
        b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b"<a@b.example>:\n550 " * 9_000
    ),
    "a small report of spaces": b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b" " * 190_000,
    "a small report of angles": b"From: mailer-daemon@a.example\nSubject: failure notice\n\n" + b"<" * 190_000,
}  # fmt: skip
