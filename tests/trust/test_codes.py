"""decide = "code": whoever decides shows the code of our text, and nobody else ever sees it."""

import re

from daemon.core.model import Status
from tests.trust.scene import AN, CLAIRE, JAMES, PASSED, Stage, stage

LAURA = "laura.chen@acme.example"

CODED = '\n[security]\ndecide = "code"\n'


def code_in(text: str, form: str = "ACCEPT MI-1") -> str:
    found = re.search(rf"{form} ([0-9]{{4}})\b", text)
    assert found is not None, text
    return found[1]


async def _proposed(here: Stage) -> str:
    await here.talk.mails("Lotte Claes", "Tills are down", "Service: web shop\n\nNobody can pay.")
    codes = {code_in(here.talk.hears(name, "sms", "MI-1").text) for name in ("James", "An", "Claire")}
    assert len(codes) > 1, "each has their own"
    here.forget()
    return here.organization.daemon.inbox.reader.codes.issue(JAMES, "MI-1")


async def test_the_code_decides_and_without_it_the_text_says_what_to_do() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        await here.talk.texts("James", "ACCEPT MI-1")
        assert here.undecided
        asked = here.asked_to_confirm("James", f"ACCEPT MI-1 {code}")
        assert not re.search(r"ACCEPT MI-1(?! [0-9]{4})", asked.text), "no form that does not work"
        await here.talk.texts("James", f"ACCEPT MI-1 {'0000' if code != '0000' else '1111'}")
        assert here.undecided
        here.asked_to_confirm("James", f"ACCEPT MI-1 {code}")
        await here.talk.texts("James", f"Accept mi-1 {code}.")
        assert here.status is Status.ACCEPTED


async def test_by_mail_too_only_with_the_code_which_no_mail_shows() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        await here.talk.replies("James", "ACCEPT MI-1")
        assert here.undecided
        here.asked_to_confirm("James", f"ACCEPT MI-1 {code}")
        await here.talk.replies("James", f"ACCEPT MI-1 {code}")
        assert here.status is Status.ACCEPTED
        mails = [seen for seen in here.organization.seen if seen.channel == "email" and not seen.inbound]
        assert mails
        assert not any(code in seen.text + seen.subject for seen in mails)


async def test_a_code_in_the_subject() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        await here.posts(PASSED, f"From: {JAMES}", f"Subject: ACCEPT MI-1 {code}", body="")
        assert here.status is Status.ACCEPTED


async def test_the_code_of_another_and_all_codes_at_once_do_not_decide() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        issue = here.organization.daemon.inbox.reader.codes.issue
        other = next(theirs for who in (AN, CLAIRE, LAURA) if (theirs := issue(who, "MI-1")) != code)
        await here.talk.texts("James", f"ACCEPT MI-1 {other}")
        assert here.undecided
        every = " ".join(f"{(int(code) + number) % 10_000:04}" for number in range(1, 10_001))
        await here.posts(PASSED, f"From: {JAMES}", "Subject: Re: [MI-1]", body=f"ACCEPT MI-1 {every}")
        assert here.undecided


async def test_after_ten_wrong_codes_none_counts_for_an_hour() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        wrong = f"{(int(code) + 1) % 10_000:04}"
        for _ in range(10):
            await here.posts(f"From: {JAMES}", "Subject: Re: [MI-1]", body=f"ACCEPT MI-1 {wrong}")
        for _ in range(9):
            await here.talk.texts("James", f"ACCEPT MI-1 {wrong}")
        await here.talk.texts("An", "REJECT MI-1")
        await here.talk.texts("James", f"ACCEPT MI-1 {wrong}")
        await here.talk.texts("James", f"ACCEPT MI-1 {code}")
        assert here.undecided
        await here.talk.passes("61m", watched=False)
        await here.talk.texts("James", f"ACCEPT MI-1 {code}")
        assert here.status is Status.ACCEPTED


PUBLIC = {
    "between number and words": "UPDATE MI-1 {code} Half is back.",
    "followed by a comma": "UPDATE MI-1 {code}, Half is back.",
    "after a tab": "UPDATE MI-1\t{code}\tHalf is back.",
    "after a space that does not break": "UPDATE MI-1\u00a0{code}\u00a0Half is back.",
    "on a line of its own": "UPDATE MI-1\n{code}\nHalf is back.",
    "twice": "UPDATE MI-1 {code} Half is back. ({code})",
    "among what is for management": "UPDATE MI-1 {code} Half is back. MGMT {code} 40 orders a minute",
}


async def test_the_code_is_in_no_words_that_go_out() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        await here.talk.texts("James", f"ACCEPT MI-1 {code} We are on it.")
        here.forget()
        for case, words in PUBLIC.items():
            await here.talk.texts("James", words.format(code=code))
            told = [seen for seen in here.sent() if "Half is back." in seen.text and seen.person != "James Whitfield"]
            assert len(told) >= 12, case
            assert not any(code in seen.text + seen.subject for seen in told), case
            here.forget()
            await here.talk.passes("1m", watched=False)
            here.forget()


async def test_a_key_pressed_in_our_call_needs_no_code() -> None:
    async with stage(CODED, calls=True) as here:
        await _proposed(here)
        await here.talk.passes("5m", watched=False)
        await here.organization.twilio.press("+447912555102", "1")
        await here.organization.settle()
        assert here.organization.daemon.state.incidents["MI-1"].manager == JAMES


async def test_a_text_that_claims_to_be_a_key_needs_the_code() -> None:
    async with stage(CODED, calls=True) as here:
        await _proposed(here)
        await here.talk.texts("James", "1")
        await here.talk.texts("James", "voice ACCEPT MI-1")
        assert here.undecided


async def test_words_in_doubt_are_confirmed_with_the_code() -> None:
    async with stage(CODED) as here:
        code = await _proposed(here)
        await here.talk.texts("James", f"ACCEPT MI-1 {code}")
        here.forget()
        await here.talk.texts("James", f"UPDATE MI-1 {code} Half is back. Tell mgmt 40 orders are lost")
        here.talk.hears("James", "sms", "Half is back. Tell", f"Reply UPDATE MI-1 {code} alone")
        here.talk.nothing_else()
        await here.talk.texts("James", f"UPDATE MI-1 {code}")
        here.talk.hears("Laura Chen", "email", "Half is back. Tell")
