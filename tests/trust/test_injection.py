"""What people write is shown as they wrote it, and does nothing: no header, no markup, no template of theirs counts."""

import pytest

from tests.trust.scene import PASSED, stage

EVIL = "{{ 7*7 }}{% include 'what' %}${7*7}<script>alert(1)</script><img src=x onerror=alert(1)>"
HEADERS = {
    "an encoded line break in the subject": "Subject: =?utf-8?q?Tills=0D=0ABcc:_victim@evil.example=0D=0A=0D=0AHi?=",
    "an encoded line feed in the subject": "Subject: =?utf-8?b?VGlsbHMKQmNjOiB2aWN0aW1AZXZpbC5leGFtcGxlCg==?=",
    "a lone carriage return in the subject": "Subject: Tills\rBcc: victim@evil.example",
    "a line separator in the subject": "Subject: Tills\u2028Bcc: victim@evil.example",
    "a line break in the name": "From: =?utf-8?q?Lotte=0D=0ABcc:_victim@evil.example?= <new@acme.example>",
    "a quoted line break in the name": 'From: "Lotte\rBcc: victim@evil.example" <new@acme.example>',
    "a line break in the Message-ID": "Message-ID: <1\rBcc:victim@evil.example>",
}


async def test_no_header_comes_of_what_comes_in() -> None:
    async with stage() as here:
        for number, (case, head) in enumerate(HEADERS.items()):
            others = [f"From: new{number}@acme.example", "Subject: Tills"]
            others = [line for line in others if not line.startswith(head[:5])]
            await here.posts(PASSED, head, *others, body="All of them.\r\n\r\nBcc: victim@evil.example")
            letters = [seen.mail for seen in here.sent() if seen.mail is not None]
            assert len(letters) == 4, case
            for letter in letters:
                assert "Bcc" not in letter, case
                assert not letter.defects, case
                assert str(letter["Auto-Submitted"]) == "auto-generated", case
            addressed = {seen.address for seen in here.sent()}
            assert not any("victim" in address for address in addressed), case
            await here.rejected()


@pytest.mark.parametrize("words", [EVIL, f"<!--{EVIL}", "</title></head><body onload=x>"])
async def test_markup_and_templates_are_shown_not_obeyed(words: str) -> None:
    async with stage() as here:
        head = (PASSED, f"From: =?utf-8?q?{quoted(words[:40])}?= <new@acme.example>", f"Subject: {words}")
        await here.posts(*head, body=f"Service: {words}\nImpact: {words}\n\n{words}")
        here.talk.hears("James", "email", "MI-1", words[:60])
        await here.talk.texts("James", "ACCEPT MI-1")
        await here.talk.texts("James", f"UPDATE MI-1 Half is back. {words}")
        here.talk.hears("Laura Chen", "email", "MI-1", "Half is back.", words[:60])
        for seen in here.organization.seen:
            assert "49" not in seen.text
            if seen.mail is not None and not seen.inbound:
                page = seen.mail.get_body(("html",))
                assert page is not None
                html = str(page.get_content())
                assert html.count("<title>") == html.count("</title>") == html.count("<body") == 1
                assert not any(mark in html for mark in ("<script", "<img", "<!--", "onload=x>"))


def quoted(words: str) -> str:
    return "".join(f"={byte:02X}" for byte in words.encode())


async def test_command_words_stay_words() -> None:
    async with stage() as here:
        await here.accepted()
        await here.talk.texts(
            "James", "UPDATE MI-1 Half\r\nSubject: x\r\nBcc: victim@evil.example\r\n.\r\nRCPT TO:<a@b>"
        )
        told = [seen for seen in here.sent() if seen.person == "Laura Chen"]
        assert len(told) == 1
        assert "RCPT TO:<a@b>" in told[0].text
        assert told[0].mail is not None
        assert "Bcc" not in told[0].mail


ADDRESSES = {
    "a greater-than sign": "From: a@x.example>new@acme.example",
    "a second address in quotes": 'From: "a@x.example>,<b"@acme.example',
    "a Kelvin sign": "From: new@ac\u212ae.example",
    "a percent sign": "From: eve%x.example@acme.example",
}


async def test_an_odd_address_reaches_nobody_else() -> None:
    async with stage() as here:
        for case, head in ADDRESSES.items():
            await here.posts(head, "Subject: Tills down", body="All of them.")
            sent = here.sent()
            assert {seen.person for seen in sent} >= {"James Whitfield"}, case
            mailed = [seen.address for seen in sent if seen.channel == "email"]
            assert all(address.endswith("@acme.example") for address in mailed), case
            assert not any(">" in address for address in mailed), case
            await here.rejected()
