"""HTML mail: what is seen is read, what is hidden is not, and quotations are told by structure."""

import pytest

from parsers.email import parse_email
from parsers.html import html_lines
from tests.parsers.mails.clients import mail


def seen(source: str) -> list[str]:
    return [line.text for line in html_lines(source)[0] if line.text]


SEEN = {
    "tags and entities": ("<p>ACCEPT &amp; go, caf&eacute; &#8364;</p>", ["ACCEPT & go, café €"]),
    "a break is a line's end": ("one<br>two<br/>three", ["one", "two", "three"]),
    "a tag of XHTML that closes itself is open": ("<div hidden/>ACCEPT</div>no", ["no"]),
    "an empty element of Office": ("<p>one<o:p/></p>two", ["one", "two"]),
    "white space is one space": ("<p>one\n   two\t three</p>", ["one two three"]),
    "preformatted text keeps its lines": ("<pre>one\n two</pre>", ["one", "two"]),
    "cells are words of one line": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
    "list items are lines": ("<ul><li>one<li>two</ul>", ["one", "two"]),
    "head, style, script and title": (
        "<head><title>t</title><style>p{color:red}</style></head><script>var a='<p>x</p>'</script><p>y</p>",
        ["y"],
    ),
    "comments, conditions and declarations": (
        "<!DOCTYPE html><!-- a --><!--[if mso]><p>b</p><![endif]--><![if !mso]><p>c</p><![endif]><?xml d ?>",
        ["c"],
    ),
    "angles that open no tag": ("<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"]),
    "an attribute with an angle in it": ('<p title="a>b">c</p>', ["c"]),
    "a quote that never closes": ('<p title="a>b</p><p>c</p>', ["b", "c"]),
    "display:none": ('<div style="display: none !important">ACCEPT</div><p>no</p>', ["no"]),
    "visibility:hidden": ('<div style="visibility:hidden">ACCEPT</div><p>no</p>', ["no"]),
    "no size": ('<span style="font-size:0">ACCEPT</span><span style="font-size:1px">x</span>no', ["no"]),
    "no opacity": ('<span style="opacity:0">ACCEPT</span>no', ["no"]),
    "no height": ('<div style="max-height:0;overflow:hidden">ACCEPT</div>no', ["no"]),
    "off-screen": ('<div style="position:absolute;left:-9999px">ACCEPT</div>no', ["no"]),
    "indented away": ('<div style="text-indent:-9999px">ACCEPT</div>no', ["no"]),
    "hidden by an attribute": ("<div hidden>ACCEPT</div>no", ["no"]),
    "hidden from Outlook": ('<div style="mso-hide:all">ACCEPT</div>no', ["no"]),
    "white text": ('<font color="#FFFFFF">ACCEPT</font><span style="color: rgb(255, 255, 255)">x</span>no', ["no"]),
    "transparent text": ('<span style="color:transparent">ACCEPT</span>no', ["no"]),
    "white text on a dark ground is seen": ('<div style="background:#000"><font color=white>yes</font></div>', ["yes"]),
    "what is in a hidden element is hidden": (
        '<div style="display:none"><p style="display:block">ACCEPT</p></div>no',
        ["no"],
    ),
    "hidden by a style sheet": ("<style>.pre{display:none;}</style><p class=pre>ACCEPT</p>no", ["no"]),
    "a style sheet's condition hides nothing": (
        "<style>@media (max-width:600px){.m{display:none}} .n{display:none}</style><p class=m>yes</p><p class=n>x</p>",
        ["yes"],
    ),
    "an end tag cannot leave its cell": ("<div hidden><table><tr><td></div>ACCEPT</td></tr></table></div>no", ["no"]),
    "a paragraph ends a hidden one": ("<p hidden>ACCEPT<p>no", ["no"]),
    "a form's values and drawings": (
        "<textarea>ACCEPT</textarea><svg><text>ACCEPT</text></svg><button>x</button>no",
        ["no"],
    ),
    "an emoji's picture": ('<p>ok <img data-emoji="x" class="an1" alt="👍"><img alt="logo"></p>', ["ok 👍"]),
    "depth": ("<div>" * 5000 + "yes" + "</div>" * 5000 + "no", ["yes", "no"]),
}


@pytest.mark.parametrize(("source", "lines"), SEEN.values(), ids=SEEN.keys())
def test_what_a_reader_sees(source: str, lines: list[str]) -> None:
    assert seen(source) == lines


def test_paragraphs_of_outlook_have_no_blank_line_between_them() -> None:
    source = "<p>a</p><p>b</p><p class=MsoNormal>c</p><p class=MsoNormal>d</p><p style='margin:0'>e</p>"
    assert [line.text for line in html_lines(source)[0]] == ["a", "", "b", "", "c", "d", "e"]


ACCEPT = "<div>ACCEPT</div>"
QUOTES = {
    "a cited block": '<blockquote type="cite">REJECT</blockquote>',
    "any block quotation": "<blockquote><p>REJECT</p></blockquote>",
    "Gmail's block": '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">REJECT</blockquote>',
    "Gmail's forward": (
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Bob<br></div>'
        "<br><div>REJECT</div></div>"
    ),
    "Gmail's attribution above unmarked words": '<div class="gmail_attr">On 3/3/25 Bob wrote:</div><div>REJECT</div>',
    "Notes's table": (
        "<table><tr><td><b>Murphy/HQ/Acme</b><p>03/03/2025 09:59</td><td><table><tr><td><div>To</div></td><td>Ann</td>"
        "</tr>"
        "<tr><td>cc</td></tr><tr><td>Subject</td><td>TAKE</td></tr></table></td></tr></table><br>REJECT"
    ),
    "Yahoo's block": '<div class="yahoo_quoted"><div>On 3/3/25 Murphy wrote:</div><div>REJECT</div></div>',
    "Proton's block": '<div class="protonmail_quote">On Monday, Murphy wrote:<br><blockquote>REJECT</blockquote></div>',
    "Tutanota's block": '<blockquote class="tutanota_quote">REJECT</blockquote>',
    "Outlook's reply header": '<div id="divRplyFwdMsg"><b>From:</b> Murphy</div><div>REJECT</div>',
    "Outlook's reply header, copied": '<div id="x_divRplyFwdMsg"><b>From:</b> Murphy</div><div>REJECT</div>',
    "Outlook's mark for what is appended": '<div id="appendonsend"></div><div>REJECT</div>',
    "Outlook.com's old line": '<hr id="stopSpelling"><div>REJECT</div>',
    "Outlook's mobile container": '<div id="mail-editor-reference-message-container"><div>REJECT</div></div>',
    "Outlook for Mac's section": '<span id="OLK_SRC_BODY_SECTION"><div>REJECT</div></span>',
    "Zimbra's divider": '<hr id="zwchr" data-marker="__DIVIDER__"><div>REJECT</div>',
    "GMX's block": '<div name="quote" style="margin:10px 5px;padding:10px;border-left:2px solid #C3D9E5">REJECT</div>',
    "a bar on the left": '<div style="border-left: 2px solid #1010FF; padding-left: 5px">REJECT</div>',
    "Spark's section": '<div name="messageReplySection">On 3 Mar, Murphy wrote:<blockquote>REJECT</blockquote></div>',
    "NetEase's block": '<div id="isReplyContent">REJECT</div>',
    "Thunderbird's forward": '<div class="moz-forward-container">REJECT</div>',
    "quotes in quotes": "<blockquote><blockquote>REJECT</blockquote>TAKE</blockquote>",
    "tag soup in a quote": "<blockquote><div><p>REJECT</div><b>TAKE</blockquote></b>",
    "Gmail's signature": '<div class="gmail_signature">REJECT</div>',
    "Outlook's signature": '<div id="Signature">REJECT</div>',
    "Thunderbird's signature": '<pre class="moz-signature">-- \nREJECT</pre>',
    "a quote without structure": "<div>&gt; REJECT</div>",
    "Outlook's line and header block": (
        '<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0 0 0"><p><b>Van:</b> Murphy<br>'
        "<b>Verzonden:</b> maandag 3 maart 2025<br><b>Aan:</b> Ann<br><b>Onderwerp:</b> TAKE</p></div><p>REJECT</p>"
    ),
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_a_quote_below_is_told_by_structure(quote: str) -> None:
    inbound = parse_email(mail(("text/html", ACCEPT + quote)))
    assert (inbound.visible_text, inbound.sure) == ("ACCEPT", True)


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_what_is_only_in_a_quote_never_decides(quote: str) -> None:
    inbound = parse_email(mail(("text/html", quote)))
    assert not (inbound.sure and inbound.deciding_line in {"REJECT", "TAKE"})


def test_an_indented_paragraph_of_the_writer_is_no_quote() -> None:
    indented = '<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>and fast</div></blockquote>'
    assert parse_email(mail(("text/html", ACCEPT + indented))).visible_text.split() == ["ACCEPT", "and", "fast"]


def test_words_between_quotes_are_kept() -> None:
    source = "<blockquote>REJECT</blockquote><p>ACCEPT</p><blockquote>TAKE</blockquote><p>and more</p>"
    inbound = parse_email(mail(("text/html", source)))
    assert inbound.visible_text.split("\n") == ["ACCEPT", "", "and more"]
    assert (inbound.public_text, inbound.public_sure) == ("ACCEPT", False)
