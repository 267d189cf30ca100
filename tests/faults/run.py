"""One fault in the whole daemon, over the real wires: who is reached in spite of it, by what, after how long."""

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from channels.smtp import Patience
from daemon.core.kinds import Kind
from daemon.core.state import State
from daemon.sandbox.imap_faults import ImapWire
from daemon.sandbox.organization import EXAMPLE, Organization, Seen
from daemon.sandbox.relay import Envelope, Relay
from tests.faults.cases import LOGIN, Case, ImapCase, secured
from tests.servers.certificates import certificates

MANAGER = "James Whitfield"
WORDS = "Orders work again for half of our customers."
MAILED = "Web shop shows errors"
ABOUT_SOURCES = frozenset({Kind.SOURCE_DOWN, Kind.SOURCE_COMPLAINT})
PATIENCE = 90.0
"""Seconds of real time that a fault of the mailbox is waited for: an answer may take 60."""
AT_MOST = timedelta(minutes=15)
"""Procedure time that is waited for a row."""

SECURITY = 'security = "none"\nfrom = "Acme'
SECURED = f'security = "starttls"\nusername = "{LOGIN[0]}"\npassword = "{LOGIN[1]}"\nca_file = "{{ca}}"\nfrom = "Acme'
BACKUP = '[[relay]]\nname = "backup"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n\n[twilio]'
TEXT_FIRST = {'via = ["email", "sms"]': 'via = ["sms", "email"]'}


@dataclass
class Watch:
    """Every message with the real time at which it arrived."""

    arrivals: list[tuple[float, Seen]] = field(default_factory=list)

    def __call__(self, seen: Seen) -> None:
        self.arrivals.append((asyncio.get_running_loop().time(), seen))


@dataclass(frozen=True, slots=True)
class Reached:
    """How the people of one update were reached first: how many by each channel, and when the first and last of them.

    Seconds are real time, and what the procedure waits by its own clock. `again` got it a second time.
    """

    people: int
    by: tuple[tuple[str, int], ...]
    first: float
    last: float
    again: int

    @property
    def reached(self) -> int:
        return sum(count for _, count in self.by)


async def broadcast(case: Case, *, text_first: bool = False, backup: bool = False) -> Reached:
    """An incident is under way; the fault strikes; the manager writes an update to 15 others."""
    watch = Watch()
    async with AsyncExitStack() as stack:
        organization = await _organization(stack, watch, text_first=text_first, backup=backup)
        await organization.texts("Emma Clarke", "PROPOSE Web shop is down")
        await organization.texts(MANAGER, "ACCEPT MI-1")
        await organization.settle()
        await case.strike(organization)
        began, at = asyncio.get_running_loop().time(), organization.clock.now()
        before = len(watch.arrivals)
        await organization.texts(MANAGER, f"UPDATE MI-1 {WORDS}")
        people = organization.configuration.people.on("all-staff")
        names = {organization.configuration.people.contacts[who].name for who in people} - {MANAGER}
        while True:
            await organization.settle()
            now, due = organization.clock.now(), organization.daemon.next_wake()
            everybody = names <= {seen.person for _, seen in watch.arrivals[before:] if _is_update(seen)}
            if everybody or due is None or due - at > AT_MOST:
                break
            await organization.pass_time(max(due - now, timedelta(seconds=1)))
        return _summary(watch.arrivals[before:], names, began, at.timestamp())


def _is_update(seen: Seen) -> bool:
    return not seen.inbound and WORDS in seen.text


def _summary(arrivals: list[tuple[float, Seen]], names: set[str], began: float, at: float) -> Reached:
    first: dict[str, tuple[str, float]] = {}
    again: set[str] = set()
    for when, seen in arrivals:
        if _is_update(seen) and seen.person in names:
            if seen.person in first:
                again.add(seen.person)
            first.setdefault(seen.person, (seen.channel, when - began + seen.at.timestamp() - at))
    times = [seconds for _, seconds in first.values()]
    by = Counter(channel for channel, _ in first.values())
    return Reached(len(names), tuple(sorted(by.items())), min(times, default=0.0), max(times, default=0.0), len(again))


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds of real time: until the operators heard of the fault, and until a mail that came meanwhile was acted on.

    `after_mend` says that the latter counts from the end of the fault. `times` is how often it was acted on.
    """

    told: float | None
    acted: float
    after_mend: bool
    times: int
    by_text: float
    """Until a proposal by text reached the managers meanwhile."""


async def mailbox(case: ImapCase, next_try: float = 5.0) -> Waited:
    """The fault strikes; somebody proposes by text, then somebody else by mail; the fault ends.

    `next_try` is how many seconds of real time it gets to act in spite of the fault, once it has told of it.
    """
    async with AsyncExitStack() as stack:
        wire = ImapWire(0)
        await wire.start()
        stack.push_async_callback(wire.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="murphy-faults-"))) / "example"
        shutil.copytree(EXAMPLE, folder)
        settings = folder / "murphyd.toml.in"
        settings.write_text(settings.read_text().replace("{imap_port}", str(wire.port)))
        organization = await stack.enter_async_context(Organization(folder=folder, asleep=True))
        wire.upstream = organization.mail.imap_port
        await organization.start()
        state, now = organization.daemon.state, asyncio.get_running_loop().time

        await wire.strike(case.step, case.fault)
        began = now()
        await organization.texts("Lotte Claes", "PROPOSE Tills are down")
        async with asyncio.timeout(PATIENCE):
            while not any(not seen.inbound and "Tills" in seen.text for seen in organization.seen):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        by_text = now() - began
        await organization.mails("Emma Clarke", MAILED, "The checkout answers 500.")  # first, it would hold the text up
        told = acted = None
        while now() - began < (PATIENCE if told is None else told + next_try) and (told is None or acted is None):
            await asyncio.sleep(0.02)
            if told is None and any(n.kind in ABOUT_SOURCES for n in state.notices.values()):
                told = now() - began
            if acted is None and _proposals(state):
                acted = now() - began
        after_mend = acted is None
        if after_mend:
            await wire.mend()
            mended = now()
            async with asyncio.timeout(PATIENCE * 2):
                while not _proposals(state):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            acted = now() - mended
        else:
            await wire.mend()
        await organization.settle()
        assert acted is not None
        return Waited(told, acted, after_mend, _proposals(state), by_text)


def _proposals(state: State) -> int:
    return sum(incident.summary == MAILED for incident in state.incidents.values())


async def _organization(stack: AsyncExitStack, watch: Watch, *, text_first: bool, backup: bool) -> Organization:
    certs = certificates(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="murphy-faults-"))))
    edits = {SECURITY: SECURED.format(ca=certs.ca_file)}
    if text_first:
        edits |= TEXT_FIRST
    second: Relay | None = None
    if backup:
        second = Relay(_nobody)
        await second.start()
        stack.push_async_callback(second.stop)
        edits |= {"[twilio]": BACKUP.format(port=second.port)}
    organization = Organization(on_message=watch, edits=edits)
    organization.patience = Patience()
    secured(organization, certs.context())
    if second is not None:
        second.take = organization.mail.accept
    return await stack.enter_async_context(organization)


async def _nobody(_envelope: Envelope, _raw: bytes) -> None:
    raise AssertionError
