"""Weeks of a busy organization in minutes, played and measured day by day.

The whole daemon over the real protocols, with the clock moved by hand: every day incidents with teams, updates and
answers, strangers' mail, texts that make no sense, an exercise, and a fault: relay, texts, mailbox, disk, a restart.
What the simulated servers keep is thrown away each night, so that the figures are the daemon's.
"""

import asyncio
import ctypes
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pymap.backend.dict.mailbox import MailboxData

from daemon.core.state import State
from daemon.core.stimuli import DrillAsked
from daemon.sandbox.mail_server import MailServer, ReceivedMail
from daemon.sandbox.organization import Organization
from daemon.sandbox.relay import Envelope

PAGE = os.sysconf("SC_PAGE_SIZE")
DESCRIPTORS = Path("/proc/self/fd")
INBOX = "incidents@acme.example"
ARCHIVE_AFTER = "2d"
SEEN = 100
OURS = frozenset({"config", "parsers", "channels", "daemon"})
SIMULATED = "daemon.sandbox."
TEAM = ("Rosa", "Hugo", "Tom")
SERVICES = ("web shop", "payments")


@dataclass(frozen=True, slots=True)
class Sample:
    """How it stands at the end of a day. `messages` counts both ways from the start on; `blocks` are what Python has
    allocated and not freed, `objects` what its garbage collector knows, with nothing in it that is garbage; of the C
    library's heap below it, `used` bytes are in use and `kept` are free."""

    day: int
    messages: int
    incidents: int
    resident: int
    used: int
    kept: int
    descriptors: int
    tasks: int
    blocks: int
    objects: int
    ours: int
    """Of the objects, those of Murphy's own classes."""
    disk: int
    rows: Mapping[str, int]
    orphans: Mapping[str, int]
    """What is remembered of incidents and notices that are not in memory any more, by table."""


def resident() -> int:
    """Bytes of memory that the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


MALLINFO2 = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
)  # fmt: skip


class Heap(ctypes.Structure):
    """The C library's, by mallinfo2(3)."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in MALLINFO2)


def heap() -> tuple[int, int]:
    """Bytes in use, and free and kept; 0 where the C library does not tell."""
    tell = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if tell is None:
        return 0, 0
    tell.restype = Heap
    told = tell()
    return told.uordblks + told.hblkhd, told.fordblks


def alive() -> tuple[Mapping[str, int], int]:
    """The live objects of Murphy's own classes, by class, and how many objects there are of all."""
    known = gc.get_objects()
    ours: Counter[str] = Counter()
    for kind, number in Counter(map(type, known)).items():
        module = str(kind.__module__)  # a few classes of others have something else there
        if module.partition(".")[0] in OURS and not module.startswith(SIMULATED):
            ours[f"{module}.{kind.__qualname__}"] += number
    return ours, len(known) + gc.get_freeze_count()


def descriptors() -> int:
    return sum(1 for _ in DESCRIPTORS.iterdir())


class Light(MailServer):
    """Nobody reads the people's mail but this soak: only the incidents mailbox is one."""

    async def accept(self, envelope: Envelope, raw: bytes) -> None:
        if envelope.recipient.startswith("incidents"):
            await super().accept(envelope, raw)
            return
        mail = ReceivedMail(envelope, raw, self._now())
        self._received.setdefault(envelope.recipient.lower(), []).append(mail)
        assert self.on_mail is not None
        self.on_mail(mail)


class Soak:
    """`size` is about how many incidents there are in a day."""

    def __init__(self, size: int, archive_after: str) -> None:
        self.organization = Organization(edits={"[state]": f'[state]\narchive_after = "{archive_after}"'}, asleep=True)
        old = self.organization.mail
        self.organization.mail = Light(now=old._now, on_mail=old.on_mail)
        self._size = size
        self._day = 0
        self._messages = 0
        self._incidents = 0
        self._to_review: list[str] = []

    async def day(self) -> Sample:
        """From one morning to the next."""
        begun = self.organization.clock.now()
        self._day += 1
        yesterday, self._to_review = self._to_review, []
        fault = FAULTS[self._day % len(FAULTS)]
        for number in range(self._size):
            await self._incident(fault if number == 1 else _nothing, SERVICES[number % len(SERVICES)])
        for incident in yesterday:
            await self._texts("An", f"ACTION {incident} Rosa: look at it again by tomorrow")
            await self._texts("Rosa", f"DONE {incident} 1")
            await self._texts("An", f"REVIEWED {incident}")
        await self._noise()
        if self._day % 3 == 0:
            await self._exercise()
        await self._pass(begun + timedelta(days=1) - self.organization.clock.now())
        return await self._night()

    async def _incident(self, fault: Callable[[Organization], Awaitable[None]], service: str) -> None:
        here = self.organization
        before = set(here.daemon.state.incidents)
        await here.mails("Lotte", f"Trouble {self._day}", f"Service: {service}\n\nNothing works since this morning.")
        await here.settle()
        (number,) = set(here.daemon.state.incidents) - before
        self._incidents += 1
        await self._texts("An", f"ACCEPT {number} We are on it.")
        for name in TEAM:
            await self._texts(name, f"JOIN {number}")
        await fault(here)
        await self._texts("An", f"UPDATE {number} Half of it works. MGMT: it costs money")
        for name in ("Nadia", "Sofie", "Lotte"):
            await here.replies(name, "Thanks, and when will it be over?")
        await here.settle()
        await self._pass(timedelta(minutes=100))
        await _mend(here)
        await self._texts("An", f"RESOLVE {number} All is well again.")
        self._to_review.append(number)

    async def _noise(self) -> None:
        here = self.organization
        for number in range(8):
            await here.twilio.text(f"+3247055{self._day % 10}{number:03}", "hello?")
            await self._texts("James", ("HELP", "STATUS", "I can't accept this", "ACCEPT MI-99999")[number % 4])
        await here.settle()

    async def _exercise(self) -> None:
        asked = DrillAsked(f"soak {self._day}", ("operators",), roll_call=True)
        await self.organization.daemon.consumer.put(asked)
        await self._pass(timedelta(hours=2))

    async def _texts(self, name: str, words: str) -> None:
        await self.organization.texts(name, words)
        await self.organization.settle()

    async def _pass(self, duration: timedelta) -> None:
        await self.organization.pass_time(duration)

    async def _night(self) -> Sample:
        """What the simulated servers remember is thrown away, then it is counted."""
        here = self.organization
        self._messages += len(here.seen)
        here.seen.clear()
        here._sids.clear()
        here._keys.clear()
        here.mail._received.clear()
        here.twilio.phones._texts.clear()
        here.twilio.phones._calls.clear()
        for sid in [sid for sid in here.twilio._messages if sid not in here.daemon.state.refs]:
            del here.twilio._messages[sid]
        here.twilio._calls.clear()
        here.twilio.callbacks.clear()
        done = await here.mail.imap.folder(INBOX, "Done")
        await done.delete([message.uid async for message in done.messages()])
        _forget_deleted(await here.mail.imap.folder(INBOX), done)
        state, directory = here.daemon.state, here.configuration.settings.state.directory
        await here.daemon.store.drop_raws(time.time() + 1)
        gc.collect()
        ours, objects = alive()
        used, kept = heap()
        return Sample(
            day=self._day,
            messages=self._messages,
            incidents=self._incidents,
            resident=resident(),
            used=used,
            kept=kept,
            descriptors=descriptors(),
            tasks=len(asyncio.all_tasks()),
            blocks=sys.getallocatedblocks(),
            objects=objects,
            ours=sum(ours.values()),
            disk=sum(path.stat().st_size for path in directory.glob("*.jsonl")),
            rows={name: len(getattr(state, name)) for name in ROWS},
            orphans=orphans(state),
        )


def _forget_deleted(*folders: MailboxData) -> None:
    """The simulated server would remember for ever which messages there were; whoever reads has seen the last ones."""
    for folder in folders:
        sequences = folder._mod_sequences
        for old in [number for number in sequences._expunges if number < sequences.highest - SEEN]:
            for uid in sequences._expunges.pop(old):
                sequences._uids.pop(uid, None)
            sequences._mod_seqs_order.remove(old)


def orphans(state: State) -> Mapping[str, int]:
    """None, where archiving forgets all that it should."""
    notices, incidents = state.notices.keys(), state.incidents.keys()
    return {
        "tallies": len(state.tallies.keys() - notices),
        "deliveries": len(state.deliveries.keys() - notices),
        "stopped": len(state.stopped.keys() - notices),
        "refs": len({number for number, _ in state.refs.values()} - notices),
        "used_refs": len(set(state.used_refs.values()) - notices),
        "spent": len({number for number, _ in state.spent} - notices),
        "drilled": len(state.drilled.keys() - notices),
        "asked": len(set(state.asked) - notices),
        "timelines": len(state.timelines.keys() - incidents),
        "told": len(state.told.keys() - incidents),
        "drafts": len({incident for incident, _ in state.drafts} - incidents),
        "places": len({id(p) for p in state.places.values()} - {id(b.places) for b in state.tallies.values()}),
    }


ROWS = (
    "incidents", "timelines", "notices", "tallies", "deliveries", "stopped", "refs", "used_refs", "told", "drafts",
    "barred", "spent", "sources", "handled", "health", "calls", "unwatched", "drilled", "asked", "places",
)  # fmt: skip
"""What the state holds; `handled` grows by one for each message that came in, for 400 days."""


async def _nothing(_: Organization) -> None:
    return


async def _restart(here: Organization) -> None:
    await here.stop()
    del here.daemon
    await here.start()


async def _disk(here: Organization) -> None:
    await here.cut_disk()
    await here.texts("James", "STATUS")
    await here.settle()
    await here.mend_disk()


FAULTS: tuple[Callable[[Organization], Awaitable[None]], ...] = (
    _nothing,
    Organization.cut_relay,
    _restart,
    Organization.cut_sms,
    Organization.cut_mailbox,
    _disk,
)


async def _mend(here: Organization) -> None:
    """Everything works again."""
    await here.mend_relay()
    await here.mend_sms()
    if not here.daemon.inbox.up.get("incidents"):
        await here.mend_mailbox()
    await here.settle()


async def _age(here: Organization) -> None:
    """In a process of its own: it is none of the daemon's memory."""
    folder, now = here.configuration.settings.state.directory, here.clock.now().isoformat()
    aging = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.years", str(folder), now)
    assert await aging.wait() == 0


async def soak(
    days: int, size: int, report: Callable[[Sample], None], *, archive_after: str = ARCHIVE_AFTER, aged: bool = False
) -> list[Sample]:
    """One sample a day. With `aged` the state is at the beginning as it is after years."""
    samples = []
    async with (soaked := Soak(size, archive_after)).organization as here:
        if aged:
            await _age(here)
        await here.start()
        for _ in range(days):
            samples.append(await soaked.day())
            report(samples[-1])
    return samples
