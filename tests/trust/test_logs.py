"""The log says what was refused and why, and holds no token, code, password, secret or word of anybody."""

import logging
import re
from base64 import b64encode

import pytest
from structlog.testing import capture_logs

from daemon.sandbox.twilio_server import ACCOUNT
from tests.trust.scene import CLAIRE, FAILED, JAMES, PASSED, Stage, stage

PASSWORD = re.compile(r"(?<![\w/.-])sandbox(?![\w/.-])")
"""Everybody's in the sandbox, where it stands alone."""

WORDS = ("Zwaluw", "Kwikstaart", "Roerdomp", "Wulp", "Grutto", "Snip", "Kievit", "Aalscholver", "Tureluur")


async def _conversation(here: Stage) -> None:
    """Everything that people write in an incident, and what others write in their name."""
    talk = here.talk
    await talk.mails("Lotte Claes", f"Tills {WORDS[0]}", f"Service: web shop\n\nNobody {WORDS[1]} can pay.")
    token = here.token(JAMES)
    to = f"incidents+{token}@acme.example"
    await here.posts(FAILED, f"From: {JAMES}", f"Subject: {WORDS[2]}", to=to, body=f"REJECT MI-1 {WORDS[3]}")
    await here.posts(f"From: {CLAIRE}", f"Subject: Re: {WORDS[2]}", to=to, body=f"REJECT MI-1 {WORDS[3]}")
    await here.posts(f'From: "{WORDS[2]}" <eve@evil.example>', "Subject: x", to=to, body=WORDS[3])
    code = here.organization.daemon.inbox.reader.codes.issue(JAMES, "MI-1")
    await talk.texts("James", f"ACCEPT MI-1 {code} we know {WORDS[4]}")
    await talk.texts("James", f"UPDATE MI-1 {code} {WORDS[5]} is back. MGMT: {WORDS[6]}")
    await talk.texts("James", f"{WORDS[7]} nonsense")
    await here.organization.twilio.text("+32999888777", WORDS[8])
    await talk.cuts_relay()
    await talk.texts("James", f"UPDATE MI-1 {code} {WORDS[5]} again.")
    await talk.mends_relay()
    await talk.passes("6m", watched=False)
    await talk.replies("Lotte Claes", f"Thanks {WORDS[8]}")
    await here.organization.settle()


@pytest.mark.parametrize("settings", ["", '\n[security]\ndecide = "code"\n'], ids=["known", "code"])
async def test_no_secret_and_nobodys_words_are_in_the_log(
    settings: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.INFO)
    with capture_logs() as logs:
        async with stage(settings) as here:
            await _conversation(here)
            daemon = here.organization.daemon
            known = [
                (who, notice.incident, notice.id, notice.at.date())
                for notice in daemon.state.notices.values()
                for who in notice.recipients
            ]
            macs = {here.tokens.issue(*each).rpartition("-")[2] for each in known}
            codes = {daemon.inbox.reader.codes.issue(who, number) for who, number, *_ in known if number}
    ours = [record for record in caplog.records if not record.name.startswith("pymap")]  # the mail server itself
    written = "\n".join([*map(str, logs), *(record.getMessage() for record in ours), *capfd.readouterr()])
    assert len(macs) > 20
    assert "message" in {log["event"] for log in logs}
    assert not [word for word in WORDS if word in written]
    assert not [mac for mac in macs if mac in written]
    if settings:
        assert not [log for log in logs for code in codes if code in map(str, log.values())]
        assert not [log for log in logs for code in codes if f" {code}" in str(log)]
    assert not PASSWORD.search(written)
    assert b64encode(f"{ACCOUNT}:sandbox".encode()).decode() not in written


REFUSED = {
    "dmarc=fail": ((FAILED, f"From: {JAMES}"), "ACCEPT MI-1"),
    "a stranger": ((PASSED, "From: eve@evil.example"), "ACCEPT MI-1"),
    "more than one From": ((PASSED, f"From: {JAMES}, eve@evil.example"), "ACCEPT MI-1"),
    "issued to somebody else": ((f"From: {CLAIRE}",), "ACCEPT MI-1"),
    "not of our server": (("Authentication-Results: mx.evil.example; dmarc=pass", f"From: {CLAIRE}"), "ACCEPT MI-1"),
    "ACCEPT by one who may not": ((PASSED, "From: nadia.benali@acme.example"), "ACCEPT MI-1"),
}


async def test_the_log_says_what_was_refused_and_why() -> None:
    async with stage() as here:
        await here.proposed()
        to = f"incidents+{here.token(JAMES)}@acme.example"
        for why, (head, body) in REFUSED.items():
            with capture_logs() as logs:
                await here.posts(*head, "Subject: Re: [MI-1]", to=to, body=body)
            (message,) = [log for log in logs if log["event"] == "message"]
            assert why in message["refused"]
        with capture_logs() as logs:
            await here.talk.texts("James", "ACCEPT MI-1")
        (message,) = [log for log in logs if log["event"] == "message"]
        assert message["refused"] == ""


MORE = {
    "mail is no evidence in a confidential incident": "Confidential: yes\n\nMoney is missing.",
    "mail is no evidence while it is affected": "Service: email\n\nNo mail.",
}


@pytest.mark.parametrize(("why", "proposal"), MORE.items(), ids=MORE)
async def test_the_log_says_why_mail_does_not_count(why: str, proposal: str) -> None:
    async with stage() as here:
        await here.proposed(proposal)
        with capture_logs() as logs:
            await here.posts(PASSED, f"From: {JAMES}", "Subject: Re: [MI-1]")
        (message,) = [log for log in logs if log["event"] == "message"]
        assert why in message["refused"]


async def test_the_log_says_that_a_token_has_decided_or_a_code_is_missing() -> None:
    async with stage() as here:
        await here.proposed()
        to = f"incidents+{here.token(JAMES)}@acme.example"
        await here.posts(f"From: {JAMES}", "Subject: Re: [MI-1]", to=to, body="REJECT MI-1")
        with capture_logs() as logs:
            await here.posts(f"From: {JAMES}", "Subject: Re: [MI-1]", to=to, body="ACCEPT MI-1")
        assert [x["refused"] for x in logs if x["event"] == "message"] == ["a token that has decided already"]
    async with stage('\n[security]\ndecide = "code"\n') as here:
        await here.proposed()
        with capture_logs() as logs:
            await here.talk.texts("James", "ACCEPT MI-1")
        assert [x["refused"] for x in logs if x["event"] == "message"] == ["without the code of our text"]
