"""Replies as the mail programs write them: each function makes the body of one, from a language's words.

A body is (content type, text). Written from what the programs do; no mail of anyone is in here.
"""

import textwrap
from base64 import encodebytes
from collections.abc import Callable
from html import escape

from tests.parsers.mails.languages import ADDRESS, MURPHY, Language

QUOTED = (
    "REJECT",
    "A proposal waits for you: reply ACCEPT or REJECT, please, and do so within thirty minutes of this mail.",
    "",
    "TAKE MI-7",
    "RESOLVE all is well",
)
"""Each line is a verb planted in what is quoted, but for the second, which the programs wrap."""

Body = tuple[str, str]


def mail(body: Body, *headers: str, sender: str = "Ann Berg <ann@acme.example>") -> bytes:
    """A whole message around a body, base64 as any charset demands."""
    kind, text = body
    fields = [
        f"From: {sender}",
        f"To: {ADDRESS}",
        "Subject: Re: MI-7 proposed",
        "Date: Mon, 3 Mar 2025 10:02:03 +0100",
        "Message-ID: <reply-1@acme.example>",
        "In-Reply-To: <notice-1@acme.example>",
        "MIME-Version: 1.0",
        *headers,
        f"Content-Type: {kind}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + encodebytes(text.encode())


def marked(*lines: str, width: int = 72) -> str:
    """Lines with ">" before them, wrapped with care."""
    wrapped = [part for line in lines for part in textwrap.wrap(line, width) or [""]]
    return "\n".join(f"> {line}".rstrip() for line in wrapped)


def divs(words: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in words.split("\n"))


def paragraphs(words: str) -> str:
    return "".join(
        f"<p class=MsoNormal>{escape(line) or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>\r\n" for line in words.split("\n")
    )


QUOTED_HTML = "<h2>Major incident proposed</h2>" + "".join(f"<p>{escape(line)}</p>" for line in QUOTED)


def head(language: Language, bold: str = "") -> list[str]:
    values = (MURPHY, "Monday 3 March 2025 09:59", "Ann Berg <ann@acme.example>", "MI-7 proposed")
    return [f"{bold}{label}:{bold} {value}" for label, value in zip(language.labels, values, strict=True)]


def gmail_plain(language: Language) -> Body:
    attribution = "\n".join(textwrap.wrap(language.gmail, 70, break_long_words=False, break_on_hyphens=False))
    return "text/plain", f"{language.words}\n\n{attribution}\n\n{marked(*QUOTED)}\n"


def gmail_html(language: Language) -> Body:
    return "text/html", (
        f'<div dir="ltr">{divs(language.words)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(language.gmail)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
        f'padding-left:1ex">{QUOTED_HTML}</blockquote></div>'
    )


def gmail_bottom(language: Language) -> Body:
    return "text/plain", f"{language.gmail}\n{marked(*QUOTED)}\n\n{language.words}\n"


def gmail_between(language: Language) -> Body:
    first, second = language.words.split("\n")
    return "text/plain", f"{language.gmail}\n\n> REJECT\n\n{first}\n\n> TAKE MI-7\n> RESOLVE\n\n{second}\n\n> STOP\n"


def gmail_between_html(language: Language) -> Body:
    first, second = language.words.split("\n")
    quote = '<blockquote class="gmail_quote" style="border-left:1px solid #ccc;padding-left:1ex">{}</blockquote>'
    return "text/html", (
        f'<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">{escape(language.gmail)}</div>'
        f"{quote.format('<div>REJECT</div>')}<div>{escape(first)}</div>{quote.format('<p>TAKE MI-7</p>')}"
        f"<div>{escape(second)}</div>{quote.format(QUOTED_HTML)}</div></div>"
    )


def apple_plain(language: Language) -> Body:
    return "text/plain", f"{language.words}\n\n> {language.apple}\n> \n{marked(*QUOTED)}\n"


def apple_html(language: Language) -> Body:
    return "text/html", (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
        f'<body style="overflow-wrap: break-word;">{divs(language.words)}<div><br><blockquote type="cite">'
        f'<div>{escape(language.apple)}</div><br class="Apple-interchange-newline"><div>{QUOTED_HTML}</div>'
        "</blockquote></div><br></body></html>"
    )


def iphone_plain(language: Language) -> Body:
    return "text/plain", f"{language.words}\n\n{language.iphone}\n\n> {language.apple}\n> \n{marked(*QUOTED)}\n"


def iphone_html(language: Language) -> Body:
    return "text/html", (
        f'<html><body dir="auto">{divs(language.words)}<div dir="ltr"><br>{language.iphone}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escape(language.apple)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">{QUOTED_HTML}</div></blockquote></body></html>'
    )


def thunderbird_plain(language: Language) -> Body:
    return "text/plain; format=flowed", f"{language.words}\n\n{language.thunderbird}\n{marked(*QUOTED)}\n"


def thunderbird_html(language: Language) -> Body:
    return "text/html", (
        f"<html><body>{'<br>'.join(escape(line) for line in language.words.splitlines())}<br><br>"
        f'<div class="moz-cite-prefix">{escape(language.thunderbird)}<br></div>'
        f'<blockquote type="cite" cite="mid:1@acme.example">{QUOTED_HTML}</blockquote></body></html>'
    )


def yahoo_plain(language: Language) -> Body:
    quoted = "\n".join(f" {line}" for line in QUOTED)
    return "text/plain", f" {language.words}\n\n    {language.yahoo}  \n \n {quoted}\n  "


def yahoo_html(language: Language) -> Body:
    return "text/html", (
        f'<div class="ydp1yahoo-style-wrap">{divs(language.words)}</div>'
        '<div id="yahoo_quoted_1" class="yahoo_quoted"><div style="font-size:13px;color:#26282a;">'
        f"<div>{escape(language.yahoo)}</div><div><br></div><div>{QUOTED_HTML}</div></div></div>"
    )


def outlook_plain(language: Language) -> Body:
    block = "\n".join(head(language))
    return "text/plain", f"{language.words}\n\n{block}\n\n" + "\n".join(QUOTED)


def outlook_plain_original(language: Language) -> Body:
    block = "\n".join(head(language))
    return "text/plain", f"{language.words}\n\n{language.original}\n{block}\n\n" + "\n".join(QUOTED)


def outlook_html(language: Language) -> Body:
    block = "<br>".join(f"<b>{escape(line).replace(':', ':</b>', 1)}" for line in head(language))
    return "text/html", (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--\n'
        "p.MsoNormal {margin:0cm;}\n--></style>"
        f"</head><body lang=EN-GB><div class=WordSection1>{paragraphs(language.words)}"
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal>{block}<o:p></o:p></p></div></div>{QUOTED_HTML}</div></body></html>"
    )


def outlook_web_html(language: Language) -> Body:
    block = "<br>".join(f"<b>{escape(line).replace(':', ':</b>', 1)}" for line in head(language))
    return "text/html", (
        f'<html><body dir="ltr"><div class="elementToProof">{divs(language.words)}</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000">{block}</font><div>&nbsp;</div></div>'
        f"<div>{QUOTED_HTML}</div></body></html>"
    )


def outlook_mobile_plain(language: Language) -> Body:
    block = "\n".join(head(language))
    return "text/plain", (
        f"{language.words}\n\n{language.outlook_mobile}<https://aka.ms/o0ukef>\n{'_' * 32}\n{block}\n\n"
        + "\n".join(QUOTED)
    )


def outlook_mobile_html(language: Language) -> Body:
    block = "<br>".join(f"<b>{escape(line).replace(':', ':</b>', 1)}" for line in head(language))
    return "text/html", (
        f'<html><body><div dir="auto">{divs(language.words)}</div>'
        f'<div id="ms-outlook-mobile-signature"><div><br></div><div>{language.outlook_mobile}</div></div>'
        '<div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">'
        f'<hr style="display:inline-block;width:98%"><div '
        f'id="divRplyFwdMsg">{block}</div>{QUOTED_HTML}</div></body></html>'
    )


def outlook_mac_html(language: Language) -> Body:
    block = "<br>".join(head(language))
    return "text/html", (
        f"<html><body>{divs(language.words)}<span "
        f'id="OLK_SRC_BODY_SECTION"><div>{block}</div>{QUOTED_HTML}</span></body></html>'
    )


def bold_header_plain(language: Language) -> Body:
    block = "\n".join(head(language, bold="*"))
    return "text/plain", f"{language.words}\n\n\n\n{block}\n\n" + "\n".join(QUOTED)


def notes_plain(language: Language) -> Body:
    block = "\n".join(f"{label}:\t{value}" for label, value in zip(
        language.labels, ("Murphy/HQ/Acme", "03/03/2025 09:59", "Ann Berg/HQ/Acme@ACME", "MI-7 proposed"), strict=True
    ))  # fmt: skip
    return "text/plain", f"{language.words}\n\n\n\n{block}\n\n\n\n" + "\n".join(QUOTED)


def notes_bare_plain(language: Language) -> Body:
    return "text/plain", (
        f"{language.words}\n\n\n\n\nMurphy/HQ/Acme\n03/03/2025 09:59\n\nTo\nAnn Berg/HQ/Acme@ACME\ncc\n\n"
        "Subject\nMI-7 proposed\n\n\n\n\n\n" + "\n".join(QUOTED)
    )


def signed_plain(language: Language) -> Body:
    signature = f"{language.farewell}\nAnn Berg\nHead of Operations\nTel. +32 2 555 12 34 | ann@acme.example"
    return "text/plain", f"{language.words}\n\n-- \n{signature}\n\n{language.thunderbird}\n{marked(*QUOTED)}\n"


def farewell_plain(language: Language) -> Body:
    signature = f"{language.farewell}\n\nAnn Berg\nAcme Retail\n+32 2 555 12 34\nwww.acme.example"
    return "text/plain", f"{language.words}\n\n{signature}\n\n{language.gmail}\n\n{marked(*QUOTED)}\n"


CLIENTS: tuple[Callable[[Language], Body], ...] = (
    gmail_plain, gmail_html, gmail_bottom, gmail_between, gmail_between_html, apple_plain, apple_html,
    iphone_plain, iphone_html,
    thunderbird_plain, thunderbird_html, yahoo_plain, yahoo_html, outlook_plain, outlook_plain_original, outlook_html,
    outlook_web_html, outlook_mobile_plain, outlook_mobile_html, outlook_mac_html, bold_header_plain, notes_plain,
    notes_bare_plain, signed_plain, farewell_plain,
)  # fmt: skip
