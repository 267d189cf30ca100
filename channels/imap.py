"""A mailbox as a way in: every message is handed on once its turn comes, and moved once its effect is durable.

What lay there at first sight is never handed on as mail. Nothing is lost by a dropped connection or a restart;
after a crash a message may come again.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from channels.imap_client import MOST_BYTES, ImapClient
from channels.imap_protocol import Login
from channels.imap_responses import Fetched
from channels.resolver import Resolver
from channels.types import Arrival, ChannelDown, Deliver, Failure, FirstSight, MailArrival, Position, Retry, SourceState

__all__ = ["Login", "Mailbox", "Rhythm"]

_BATCH = 50
_SIZES = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds: deadlines for the login and for each answer, how often IDLE is renewed, polled without IDLE and a
    message tried again that was not taken; first and longest pause before connecting again; `login` is the pause
    after a refused login (directories lock accounts); a connection that lasted `steady` is replaced without a word.
    """

    connect: float = 15.0
    command: float = 60.0
    renew: float = 240.0
    poll: float = 15.0
    first: float = 1.0
    longest: float = 60.0
    login: float = 60.0
    steady: float = 30.0


class Mailbox:
    """One folder of one account. `name` is the source of what it delivers; `done` is where handled mail goes."""

    def __init__(
        self,
        name: str,
        login: Login,
        *,
        folder: str = "INBOX",
        done: str = "Done",
        rhythm: Rhythm | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self.name = name
        self._login = login
        self._folder = folder
        self._done = done
        self._rhythm = rhythm or Rhythm()
        self._resolver = resolver or Resolver()
        self._state: SourceState | None = None
        self._unmoved = ""
        self._unread = ""
        self._position: Position | None = None
        self._handled: set[int] = set()
        self._rounds = 0
        self._resting = False
        self.beats = 0
        """Counts on as long as it is watched."""

    @property
    def state(self) -> SourceState | None:
        """As last told; None before the first try."""
        return self._state

    async def check(self) -> Failure | None:
        """Connect, log in and open the folder; why that failed, if it did."""
        try:
            client = await self._connect()
            try:
                await client.select(self._folder)
            finally:
                await client.close()
        except ChannelDown as trouble:
            return trouble.failure
        return None

    async def watch(self, deliver: Deliver, position: Position | None) -> None:
        """Run until cancelled. `position` is that of the last MailArrival or FirstSight that was made durable.

        Arrivals of one batch are delivered together, in UID order. A Position says up to where everything was
        taken for certain: what lies above may come again after a crash, and is to be known by its content.
        """
        self._position, self._state = position, None
        loop = asyncio.get_running_loop()
        pause = self._rhythm.first
        while True:
            self.beats += 1
            started = loop.time()
            try:
                await self._session(deliver)
            except ChannelDown as trouble:
                failure = trouble.failure
            except Exception as error:
                _log.exception("mailbox %s: a way in must not end by an error", self.name)
                failure = Failure("error", f"an error of our own: {type(error).__name__}", Retry.DOWN)
            up = self._state is not None and self._state.up
            if up and self._went_well(failure) and loop.time() - started >= self._rhythm.steady:
                pause = self._rhythm.first
                continue
            await self._tell(deliver, up=False, reason=failure.reason)
            longer = max(pause, self._rhythm.login) if failure.code == "login" else pause
            await asyncio.sleep(longer * random.uniform(0.5, 1.0))  # noqa: S311 (spread, not secrecy)
            pause = min(pause * 2, self._rhythm.longest)

    def _went_well(self, failure: Failure) -> bool:
        """A server that is silent when it is asked for something would be silent in the next session as well."""
        return self._rounds > 0 and (self._resting or failure.code != "timeout")

    async def _connect(self) -> ImapClient:
        return await ImapClient.connect(self._login, self._resolver, self._rhythm.connect, self._rhythm.command)

    async def _session(self, deliver: Deliver) -> None:
        self._rounds, self._resting = 0, False
        client = await self._connect()
        try:
            await self._look(client, deliver)
            while True:
                self._resting = False
                quiet = await self._catch_up(client, deliver)
                self._rounds += 1
                self.beats += 1
                self._resting = True
                if client.idles:
                    await client.idle(self._rhythm.renew if quiet else self._rhythm.poll)
                else:
                    await client.pause(self._rhythm.poll)
        finally:
            client.abort()

    async def _look(self, client: ImapClient, deliver: Deliver) -> None:
        """Open the folder; a source never seen before is told, and what lies there is left alone."""
        seen = await client.select(self._folder)
        if self._position is None or self._position.uidvalidity != seen.uidvalidity:
            last = seen.uidnext - 1 if seen.uidnext else max(await client.uids_above(0), default=0)
            position = Position(seen.uidvalidity, last, last)
            while not await self._hand_on(deliver, FirstSight(self.name, position, seen.exists)):
                await client.pause(self._rhythm.poll)
            self._position = position
            self._handled.clear()
        await self._tell(deliver, up=True, reason=self._complaint)

    async def _catch_up(self, client: ImapClient, deliver: Deliver) -> bool:
        """Hand on and move everything above the baseline; whether there was nothing new, and nothing remains.

        As long as there was, IDLE is kept short: a server may miss what comes while IDLE begins.
        """
        uids = await client.uids_above(self._known.baseline)
        fresh = [uid for uid in uids if not self._is_handled(uid)]
        self._advance(max((uid for uid in self._handled if not fresh or uid < fresh[0]), default=0))
        settled = await self._move(client, [uid for uid in uids if self._is_handled(uid)])
        complete, done = True, list[int]()
        self._unread = ""
        for start in range(0, len(fresh), _SIZES):
            for batch in _batches(await client.sizes(fresh[start : start + _SIZES])):
                bodies, refused = await client.bodies(one.uid for one in batch)
                if refused:
                    complete = await self._take_singly(client, deliver, batch, complete=complete)
                else:
                    # What was handed on before is moved while this waits for the disk.
                    taking = self._take(deliver, batch, bodies, complete=complete)
                    taken, moved = await _both(taking, self._move(client, done))
                    complete, settled, done = complete and taken, settled and moved, []
                done += [one.uid for one in batch if self._is_handled(one.uid)]
        settled &= await self._move(client, done)
        await self._tell(deliver, up=True, reason=self._complaint)
        return settled and complete and not fresh

    async def _take_singly(
        self, client: ImapClient, deliver: Deliver, batch: Sequence[Fetched], *, complete: bool
    ) -> bool:
        """One message that the server cannot give must not keep back the others."""
        for one in batch:
            bodies, refused = await client.bodies([one.uid])
            if refused:
                self._unread, complete = f"a message cannot be read, and is tried again: {refused}", False
            else:
                complete &= await self._take(deliver, [one], bodies, complete=complete)
        return complete

    async def _take(
        self, deliver: Deliver, batch: Sequence[Fetched], bodies: Mapping[int, bytes], *, complete: bool
    ) -> bool:
        """Hand on one batch; whether all of it was taken. `complete`: everything before it was."""
        known = self._known
        position = replace(known, last_uid=batch[0].uid) if complete and len(batch) == 1 else known
        arrivals = [
            (one.uid, MailArrival(self.name, position, raw, max(one.size, len(raw)), one.received or datetime.now(UTC)))
            for one in batch
            if (raw := bodies.get(one.uid)) is not None
        ]
        taken = await asyncio.gather(*(self._hand_on(deliver, arrival) for _, arrival in arrivals))
        self._handled.update(uid for (uid, _), durable in zip(arrivals, taken, strict=True) if durable)
        if complete and all(taken):
            self._advance(batch[-1].uid)
        return all(taken)

    async def _move(self, client: ImapClient, uids: Sequence[int]) -> bool:
        """Move handled mail out of the way; a move that fails is tried again at the next round."""
        for start in range(0, len(uids), _SIZES):
            why = await client.move(uids[start : start + _SIZES], self._done)
            self._unmoved = f"handled mail cannot be moved to the folder {self._done!r}: {why}" if why else ""
            if why:
                return False
        return True

    async def _hand_on(self, deliver: Deliver, arrival: Arrival) -> bool:
        try:
            return await deliver(arrival)
        except Exception:
            _log.exception("mailbox %s: an arrival could not be handed on", self.name)
            return False

    async def _tell(self, deliver: Deliver, *, up: bool, reason: str) -> None:
        state = SourceState(self.name, up, reason)
        if state != self._state:
            self._state = state
            await self._hand_on(deliver, state)

    @property
    def _complaint(self) -> str:
        return "; ".join(filter(None, (self._unread, self._unmoved)))

    @property
    def _known(self) -> Position:
        assert self._position is not None
        return self._position

    def _is_handled(self, uid: int) -> bool:
        return uid <= self._known.last_uid or uid in self._handled

    def _advance(self, uid: int) -> None:
        """Everything up to `uid` was taken."""
        if uid > self._known.last_uid:
            self._position = replace(self._known, last_uid=uid)
            self._handled = {handled for handled in self._handled if handled > uid}


async def _both(first: Awaitable[bool], second: Awaitable[bool]) -> tuple[bool, bool]:
    """Both to their end; then it raises what one of them raised."""
    ended = await asyncio.gather(first, second, return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException):
            raise each
    return bool(ended[0]), bool(ended[1])


def _batches(messages: Sequence[Fetched]) -> Iterator[list[Fetched]]:
    """In UID order, each of at most 50 messages and 5 MB: a big one goes alone."""
    batch: list[Fetched] = []
    size = 0
    for message in sorted(messages, key=lambda one: one.uid):
        share = min(message.size, MOST_BYTES)
        if batch and (len(batch) == _BATCH or size + share > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += share
    if batch:
        yield batch
