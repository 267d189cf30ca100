"""Loops and floods: answered a few times, then only logged; a valid command in between works as ever."""

import re
from email.utils import format_datetime

from structlog.testing import capture_logs

from daemon.core.model import Status
from daemon.sandbox.mail_client import read
from tests.trust.scene import BOX, CLAIRE, JAMES, PASSED, SILENT, Stage, stage


async def test_fifty_nonsense_texts_get_three_answers_and_the_accept_among_them_works() -> None:
    async with stage() as here:
        await here.proposed()
        with capture_logs() as logs:
            for number in range(50):
                await here.talk.texts("James", f"blah blah {number}")
                if number == 25:
                    assert len(here.sent()) == 3
                    here.forget()
                    await here.talk.texts("James", "ACCEPT MI-1")
                    assert here.status is Status.ACCEPTED
                    here.talk.hears("James", "sms", "MI-1", "You are the incident manager")
                    here.forget()
        here.talk.nothing_else()
        assert len([log for log in logs if log["event"] == "message"]) == 51, "each is in the log"


async def test_a_loop_with_an_auto_responder_stops() -> None:
    async with stage() as here:
        await here.proposed()
        for who, words in ((JAMES, "I am away until Monday."), (CLAIRE, "Status: your message was received")):
            await here.posts(PASSED, f"From: {who}", "Subject: Re: [MI-1]", body="STATUS MI-1")
            answered = await _robot(here, who, words)
            assert answered <= 10, words
            assert here.undecided


async def _robot(here: Stage, who: str, words: str) -> int:
    """An auto-responder without headers that answers each mail it gets: how often, until no answer comes."""
    answered = 0
    while True:
        before = len(here.organization.mail.mailbox(who))
        last = read(here.organization.mail.mailbox(who)[-1].raw)
        head = (SILENT, f"From: {who}", f"Subject: Re: {last['Subject']}", f"In-Reply-To: {last['Message-ID']}")
        await here.posts(*head, to=str(last["Reply-To"]), body=words)
        answered += 1
        if len(here.organization.mail.mailbox(who)) == before or answered > 30:
            return answered


async def test_the_proposers_robot_does_not_page_the_managers_for_ever() -> None:
    async with stage() as here:
        await here.proposed()
        to = f"incidents+{here.token('lotte.claes@acme.example')}@acme.example"
        for number in range(20):
            await here.posts("From: lotte.claes@acme.example", "Subject: Re: [MI-1]", to=to, body=f"Ticket {number}")
        passed_on = [seen for seen in here.sent() if seen.person == "James Whitfield" and seen.channel == "sms"]
        assert 1 <= len(passed_on) <= 5
        assert here.organization.daemon.state.incidents["MI-1"].replies == 20, "all are counted and kept"


async def test_our_own_mail_back_in_the_mailbox_is_ignored() -> None:
    async with stage() as here:
        await here.proposed()
        for mail in here.organization.mail.mailbox(JAMES):
            await here.organization.mail.deliver(mail.raw, BOX)
            await here.organization.mail.deliver(b"Return-Path: <>\r\n" + mail.raw, BOX)
        await here.organization.settle()
        now = format_datetime(here.organization.clock.now())
        ours = f"From: {BOX}\r\nTo: {BOX}\r\nSubject: hello\r\nDate: {now}\r\nMessage-ID: <o@x>\r\n\r\nACCEPT MI-1\r\n"
        await here.organization.mail.deliver(ours.encode(), BOX)
        await here.organization.settle()
        assert here.undecided
        assert list(here.organization.daemon.state.incidents) == ["MI-1"]
        here.talk.nothing_else()


async def test_a_hundred_proposals_of_one_sender_are_all_kept_and_page_three_times() -> None:
    async with stage() as here:
        for number in range(100):
            head = (PASSED, "From: lotte.claes@acme.example", f"Subject: Alarm {number}")
            await here.posts(*head, body=f"Disk {number} is full.", settled=number == 99)
        incidents = here.organization.daemon.state.incidents
        assert len(incidents) == 100
        texts = [seen for seen in here.sent() if seen.person == "James Whitfield" and seen.channel == "sms"]
        mails = [seen for seen in here.sent() if seen.person == "James Whitfield" and seen.channel == "email"]
        assert (len(texts), len(mails)) == (1, 2)
        await here.talk.passes("2m", watched=False)
        mine = [seen for seen in here.sent() if seen.person == "James Whitfield"]
        texts = [seen for seen in mine if seen.channel == "sms"]
        assert (len(texts), len(mine)) == (2, 6)
        told = set(re.findall(r"MI-\d+", " ".join(seen.text for seen in mine if seen.channel == "email")))
        assert told == set(incidents)
        assert set(re.findall(r"MI-\d+", " ".join(seen.text for seen in texts))) == {"MI-1", "MI-2", "MI-3"}
        here.forget()
        await here.talk.texts("James", "ACCEPT MI-77")
        assert incidents["MI-77"].status is Status.ACCEPTED
        here.forget()
        await here.talk.passes("6m", watched=False)
        again = [seen for seen in here.sent() if seen.person == "James Whitfield" and seen.channel == "sms"]
        assert set(re.findall(r"MI-\d+", " ".join(text.text for text in again))) >= {"MI-1", "MI-2", "MI-3"}


async def test_strangers_together_page_for_three_at_most() -> None:
    async with stage() as here:
        for number in range(8):
            await here.posts(f"From: {number}@evil.example", f"Subject: Buy {number}", body="Cheap.")
        await here.talk.passes("2m", watched=False)
        texts = [seen for seen in here.sent() if seen.person == "James Whitfield" and seen.channel == "sms"]
        assert set(re.findall(r"MI-\d+", " ".join(text.text for text in texts))) == {"MI-1", "MI-2", "MI-3"}
        assert len(texts) == 2
        assert not [seen for seen in here.sent() if "evil" in seen.address]
        here.forget()
        await here.talk.mails("Lotte Claes", "Tills are down", "Really.")
        here.talk.hears("James", "sms", "Tills are down")


async def test_forged_mail_texts_the_person_three_times_in_ten_minutes() -> None:
    async with stage() as here:
        await here.proposed()
        for number in range(20):
            await here.posts(
                f"From: {JAMES}", "Subject: Re: [MI-1]", body=f"ACCEPT MI-1 we are on it, all {number} of us"
            )
        assert [seen.channel for seen in here.sent()] == ["sms"] * 3
        assert here.undecided


async def _tickets(here: Stage, subject: str) -> int:
    """A ticket system that answers every mail from us by a new one, which refers to nothing; how often it did."""
    desk, answered = "lotte.claes@acme.example", 0
    await here.posts(PASSED, f"From: {desk}", "Subject: Tills are down", body="All of them.")
    while answered < len(letters := here.organization.mail.mailbox(desk)) and answered < 40:
        head = f"Subject: {subject.format(read(letters[answered].raw)['Subject'])}"
        await here.posts(PASSED, f"From: {desk}", head, body="We have received your request.")
        answered += 1
    return answered


async def test_a_loop_with_a_ticket_system_stops() -> None:
    async with stage() as here:
        assert await _tickets(here, "[Ticket 33] {}") <= 2
        assert list(here.organization.daemon.state.incidents) == ["MI-1"]


async def test_a_loop_with_a_ticket_system_of_its_own_subjects_stops() -> None:
    async with stage() as here:
        assert await _tickets(here, "Your request") <= 6
