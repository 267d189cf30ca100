"""The daemon is killed again and again amid its work; then nothing was lost, and what was said twice is counted.

`make test` kills it 50 times, `make torture` 1,000 times. Half of the times by SIGKILL at a random moment, half in
the middle of one write, sync or rename of the store.
"""

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.types import Mail, Text
from config.load import load
from daemon import restoring
from daemon.core import events as e
from daemon.core.kinds import Kind
from daemon.core.state import State
from daemon.identity.secret import load_secret
from daemon.identity.tokens import Tokens
from daemon.render.renderer import Renderer
from daemon.sandbox.mail_client import new_mail, read
from daemon.sandbox.mail_server import MailServer
from daemon.sandbox.twilio_server import TwilioServer
from daemon.state.store import read_store
from tests.counted import counted
from tests.end_to_end.daemon_process import DaemonProcess
from tests.end_to_end.loaded import loaded
from tests.end_to_end.surroundings import QUICK, surroundings

KILLS = int(os.environ.get("KILLS", "50"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1_000_000)
OURS = "incidents@acme.example"
PROPOSER, MANAGER = "lotte.claes@acme.example", "+32470550101"
EVERYTHING_WITHIN = 120.0

OPERATIONS = 30
"""It dies at one of so many first ones."""

LIVES, DIES_WITHIN = 1.0, 2.0
"""Seconds at most until it is killed."""


class Work:
    """What is asked of the daemon while it is being killed: proposals by mail, notes by text."""

    def __init__(self, mail: MailServer, twilio: TwilioServer, murphyd: DaemonProcess) -> None:
        self.mail, self.twilio, self.murphyd = mail, twilio, murphyd
        self.people = load(murphyd.config, {}).people
        self.proposals: list[str] = []
        self.notes: list[str] = []

    async def proposal(self) -> None:
        subject = f"Outage {len(self.proposals) + 1}"
        self.proposals.append(subject)
        sender = self.people.contacts[PROPOSER]
        raw = new_mail(sender, OURS, subject, "Nothing works.", datetime.now(UTC), len(self.proposals))
        await self.mail.deliver(raw, OURS)

    async def note(self) -> None:
        words = f"note {len(self.notes) + 1}"
        self.notes.append(words)
        await self.twilio.text(MANAGER, f"NOTE MI-1 {words}")

    def state(self) -> State:
        """What the daemon has on its disk."""
        return restoring.restore(load(self.murphyd.config, os.environ), read_store(self.murphyd.state))

    async def done(self) -> State:
        """Waits until everything asked has been handled, and every delivery has ended."""
        loop = asyncio.get_running_loop()
        end = loop.time() + EVERYTHING_WITHIN
        while left := await self._left(state := self.state()):
            assert loop.time() < end, f"still to be done (seed {SEED}): {left}"
            await asyncio.sleep(0.5)
        return state

    async def _left(self, state: State) -> str:
        """What is still to be done, in words."""
        summaries = {event.summary for event in events(state) if isinstance(event, e.Proposed)}
        noted = {event.words for event in events(state) if isinstance(event, e.Noted)}
        if missing := [*(set(self.proposals) - summaries), *(set(self.notes) - noted)]:
            return f"not handled: {missing}"
        if open_ones := [(n.id, n.kind.value, state.deliveries.get(n.id)) for n in state.unfinished()]:
            return f"not delivered: {open_ones}"
        inbox = await self.mail.imap.folder(OURS)
        return "mail not moved" if [message async for message in inbox.messages()] else ""


def events(state: State) -> list[e.Event]:
    return [event for timeline in state.timelines.values() for event in timeline]


@pytest.fixture
async def work(tmp_path: Path) -> AsyncIterator[Work]:
    async with surroundings(tmp_path, QUICK) as around:
        around.twilio.webhook = f"http://127.0.0.1:{around.murphyd.web_port}/twilio/sms"
        yield Work(around.mail, around.twilio, around.murphyd)


async def test_killed_at_any_moment_nothing_is_lost(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    await work.murphyd.start()
    await work.proposal()
    await work.done()
    await work.murphyd.kill()
    amid = 0
    async with loaded() as program:
        for number in counted("Killing the daemon", KILLS, asked="KILLS"):
            at_random = number % 2 == 1
            await work.murphyd.fork(program, operation=0 if at_random else chance.randrange(1, OPERATIONS))
            asking = asyncio.create_task(ask(work, chance))
            with suppress(TimeoutError):
                await work.murphyd.ended(chance.uniform(0.05, LIVES) if at_random else DIES_WITHIN)
                amid += 1
            await work.murphyd.kill()
            await asking
    await work.murphyd.start()
    state = await work.done()
    assert await work.murphyd.stop() == 0

    proposed = Counter(event.summary for event in events(state) if isinstance(event, e.Proposed))
    noted = Counter(event.words for event in events(state) if isinstance(event, e.Noted))
    assert proposed == Counter(work.proposals), f"every proposal took effect once (seed {SEED})"
    assert noted == Counter(work.notes), f"every note took effect once (seed {SEED})"
    mails, texts = duplicates(work, state)
    with capsys.disabled():
        print(  # noqa: T201 (the figure is what the test is for)
            f"\n  killed {KILLS} times, {amid} of them amid an operation (seed {SEED}): "
            f"{len(proposed)} proposals, {len(noted)} notes; "
            f"sent twice: {mails} mails with their same Message-ID, {texts} texts"
        )
    assert texts == 0, "an uncertain text is looked up at the provider, never sent blindly again"
    assert mails <= KILLS * 8, "only mail that was under way at a kill, one for each session"


async def ask(work: Work, chance: random.Random) -> None:
    for _ in range(2):
        await asyncio.sleep(chance.uniform(0.05, 0.3))
        await (work.proposal() if chance.random() < 0.5 else work.note())


def duplicates(work: Work, state: State) -> tuple[int, int]:
    """Mails and texts beyond those that the notices asked for; asserts that each of those arrived."""
    configuration = load(work.murphyd.config, os.environ)
    tokens = Tokens(load_secret(work.murphyd.state))
    renderer = Renderer(configuration, lambda n, who: tokens.issue(who, n.incident, n.id, n.at.date()))
    due_mails: set[str] = set()
    due_texts: Counter[tuple[str, str]] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    by_mail = told_by_mail(work)
    for notice in state.notices.values():
        if notice.kind not in (Kind.DECISION_REQUEST, Kind.PROPOSAL_RECEIVED, Kind.DONE_NOTE):
            continue
        for who in notice.recipients:
            contact = state.person(who)
            for channel in notice.via[0]:
                if channel == "email":
                    mail = renderer.render(notice, contact, "email", contact.emails[0])
                    assert isinstance(mail, Mail)
                    due_mails.add(mail.message_id)
                else:
                    text = renderer.render(notice, contact, "sms", contact.phones[0])
                    assert isinstance(text, Text)
                    due_texts[text.recipient, text.body] += 1
                    unknown[text.recipient, text.body] += (notice.id, who) in by_mail
    addresses = [contact.emails[0] for contact in work.people.contacts.values() if contact.emails]
    got_mails = Counter(str(read(m.raw)["Message-ID"]) for address in addresses for m in work.mail.mailbox(address))
    got_texts = Counter(
        (text.recipient, text.body) for inbox in work.twilio.phones.inboxes().values() for text in inbox
    )
    assert due_mails <= got_mails.keys(), f"every mail arrived (seed {SEED})"
    lost = due_texts - got_texts - unknown
    assert not lost, f"every text arrived, or a mail in its place (seed {SEED}): {lost}"
    extra = got_texts - due_texts
    return sum(got_mails.values()) - len(got_mails), sum(n for text, n in extra.items() if text in due_texts)


def told_by_mail(work: Work) -> set[tuple[int, str]]:
    """Notice and contact where texts were under way at two kills: then it goes by mail."""
    rows = read_store(work.murphyd.state).table("attempts").values()
    tried = [(row["notice"], trial) for row in rows for trial in json.loads(row["trials"])]
    unsure = Counter((n, t["contact"]) for n, t in tried if (t["channel"], t["status"]) == ("sms", "uncertain"))
    mailed = {(n, t["contact"]) for n, t in tried if (t["channel"], t["status"]) == ("email", "sent")}
    return {key for key, times in unsure.items() if times >= 2} & mailed
