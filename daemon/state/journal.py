"""The journal's thread: appends what is committed, one fdatasync for all that wait, and compacts beside the work.

After a failed or hung write that file is never written again: commits stay in memory, and with back-off a complete
snapshot is tried into a new file.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from daemon.state.disk import RESERVE, Disk
from daemon.state.files import (
    Loaded,
    begin_journal,
    clear_temporary,
    set_aside,
    snapshot_path,
    sweep,
    write_snapshot,
)
from daemon.state.health import Vitals, Waiting, reason_of
from daemon.state.limits import LAST_COMPACTION, LAST_WRITE, Limits
from daemon.state.lines import LINE, dump, encode, parse, sealed_body
from daemon.state.memory import Operation, Tables
from daemon.state.values import StoreDown

COMPACTION = "the state cannot be compacted"


class Journal:
    """Commits in, files out. Public methods belong to the event loop's thread."""

    def __init__(self, directory: Path, disk: Disk, loaded: Loaded, limits: Limits) -> None:
        self.memory = loaded.memory
        self.vitals = Vitals()
        self._directory = directory
        self._disk = disk
        self._loaded = loaded
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._watch: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        # All below is shared between the threads, under this lock.
        self._wake = threading.Condition()
        self._waiting: list[Waiting] = []
        self._in_flight: list[Waiting] = []
        self._compact_for: list[Waiting] = []
        self._compaction: threading.Thread | None = None
        self._compacting: float | None = None  # since when; None where none is under way, or is known to hang
        self._compacting_for: list[Waiting] = []
        self._down = ""
        self._recovering = False
        self._closing = False
        self._busy: float | None = None
        # These are the journal thread's own.
        self._file = -1
        self._number = max(loaded.number, 1)
        self._size = loaded.size
        self._journal_size = 0
        self._reserved = 0
        self._renewed = 0
        self._patience = 0
        self._tries = 0

    async def start(self) -> None:
        """Returns when the journal takes commits, or is known to be down."""
        self._thread.start()
        self._look()
        await self._ready

    @property
    def size(self) -> int:
        """Bytes of the snapshot and the journal."""
        return self._size

    def append(self, operations: Sequence[Operation]) -> asyncio.Future[None]:
        """Applies the operations to memory and queues their line. Raises as Store.commit does."""
        texts = [dump(operation) for operation in operations]
        parsed: list[Operation] = parse(f"[{','.join(texts)}]")
        bodies = [encode(text) for text in texts]
        future: asyncio.Future[None] = self._loop.create_future()
        with self._wake:
            if self._closing:
                raise StoreDown("the state is closed")
            line = b""
            if bodies:
                number = self.memory.commits + 1
                line = sealed_body(b'{"n":%d,"changes":[%s]}' % (number, b",".join(bodies)))
                self.memory.commits = number
                for operation, body in zip(parsed, bodies, strict=True):
                    self.memory.apply(operation, len(body) + LINE)
            if self._down and not self._recovering:
                self.vitals.settle([(line, future)], self._down)
            else:
                self._waiting.append((line, future))
                self._wake.notify()
        if self._watch is None:
            self._look()
        return future

    def compact(self) -> asyncio.Future[None]:
        """Compacts now; the future is done when that is over, or raises StoreDown."""
        future: asyncio.Future[None] = self._loop.create_future()
        with self._wake:
            if self._compaction and self._compacting is None:
                self.vitals.settle([(b"", future)], reason_of(TimeoutError()))
            else:
                self._compact_for.append((b"", future))
                self._wake.notify()
        return future

    async def close(self) -> None:
        """Waits for what is queued, but not for a disk that does not answer."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        await asyncio.to_thread(self._thread.join, min(LAST_WRITE, self._limits.deadline))
        with self._wake:
            if self._thread.is_alive():
                self._fail(reason_of(TimeoutError()))
        if compaction := self._compaction:
            await asyncio.to_thread(compaction.join, LAST_COMPACTION)
        if self._watch:
            self._watch.cancel()

    def _look(self) -> None:
        """Watches over the disk while anybody waits for it."""
        deadline = self._limits.deadline
        with self._wake:
            since = self._busy
            busy = 0.0 if since is None else monotonic() - since
            if busy >= deadline and (self._recovering or not self._down):
                self._fail(reason_of(TimeoutError()))
            waited_for = self._waiting or self._in_flight or not (self._ready.done() or self._down)
        self._watch = self._loop.call_later(max(deadline - busy, deadline / 100), self._look) if waited_for else None

    # From here on: the journal's thread.

    def _run(self) -> None:
        self._step(self._begin)
        self.vitals.settle([(b"", self._ready)])
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._down or self._closing or self._due(), self._lasts())
                if self._lasts() == 0:
                    self._give_up()
            if self._down:
                self._recover()
            elif self._due():
                self._step(self._compact)
            elif self._journal_size > self._limits.journal:
                self._step(self._rotate)
            elif self._waiting:
                self._step(self._flush)
            if self._closing and (self._down or not self._waiting):
                break
        self._leave()
        self.vitals.settle(self._compact_for, "the state is closed")

    def _step(self, work: Callable[[], object]) -> None:
        """One piece of work on the disk. If it fails, whatever the reason, the store is down."""
        self._busy = monotonic()
        try:
            work()
        except Exception as fault:  # of whatever kind: nothing is durable any more, and that is told
            with self._wake:
                self._fail(reason_of(fault))
        finally:
            self._busy = None

    def _begin(self) -> None:
        """Goes on in a copy of the newest journal: what was read may be torn, or in the page cache only."""
        clear_temporary(self._disk, self._directory)
        if self._loaded.damaged:
            self._renew(self.memory.copy(), self.memory.commits)
        else:
            self._open(self._number, self._loaded.after, b"".join(map(sealed_body, self._loaded.commits)))
        self._loaded.commits = []

    def _flush(self) -> None:
        with self._wake:
            self._in_flight, self._waiting = self._waiting, []
        self._write()

    def _write(self) -> None:
        data = b"".join([line for line, _ in self._in_flight])
        end = self._journal_size + len(data)
        if data:
            if end > self._reserved:
                self._make_room(end)
            self._disk.write(self._file, data)
            self._disk.sync(self._file)
        with self._wake:
            self._size += len(data)
            self._journal_size = end
            flown, self._in_flight = self._in_flight, []
        self.vitals.settle(flown)

    def _make_room(self, end: int) -> None:
        """Durable before it is written over, so that a power cut leaves old room where it leaves out a sector."""
        self._reserved = end + RESERVE
        self._disk.reserve(self._file, self._journal_size, self._reserved - self._journal_size)
        self._disk.sync(self._file)

    def _open(self, number: int, after: int, lines: bytes) -> None:
        file, size = begin_journal(self._disk, self._directory, number, after, lines)
        self._leave()
        self._file, self._number, self._journal_size, self._reserved = file, number, size, size + RESERVE

    def _leave(self) -> None:
        """Closes the journal in use; what this may fail at has no part in what is stored."""
        with suppress(OSError):
            self._disk.trim(self._file, self._journal_size)
        with suppress(OSError):
            self._disk.close(self._file)

    def _due(self) -> bool:
        """Whether outdated lines have come to half the live ones: more would make the next start slow."""
        if self._compaction or self._closing:
            return False
        live = self.memory.live_bytes
        return bool(self._compact_for) or self._size - live > max(live // 2, self._limits.garbage) + self._patience

    def _rotate(self) -> tuple[Tables, int]:
        """Goes on in a new journal; gives all that was committed before it."""
        with self._wake:
            tables, commits = self.memory.copy(), self.memory.commits
            self._in_flight, self._waiting = self._waiting, []
        self._write()
        self._open(self._number + 1, commits, b"")
        return tables, commits

    def _compact(self) -> None:
        tables, commits = self._rotate()
        with self._wake:
            self._compacting_for, self._compact_for = self._compact_for, []
            self._compacting = monotonic()
            outdated = self._size
        work = (self._number, tables, commits, outdated)
        self._compaction = threading.Thread(target=self._compacted, args=work, name="compaction", daemon=True)
        self._compaction.start()

    def _lasts(self) -> float | None:
        """Seconds until the compaction that is under way counts as hung."""
        return None if self._compacting is None else max(0.0, self._compacting + self._limits.compaction - monotonic())

    def _give_up(self) -> None:
        """The lock is held. A compaction that hangs is not waited for: the journal as it is goes on, and grows."""
        self._compacting = None
        self.vitals.warn(COMPACTION, reason_of(TimeoutError()))
        self.vitals.settle(self._compacting_for + self._compact_for, reason_of(TimeoutError()))
        self._compacting_for, self._compact_for = [], []

    def _compacted(self, number: int, tables: Tables, commits: int, outdated: int) -> None:
        """The compaction's thread. If it fails nothing is lost: it is tried again when as much has been added."""
        fault = ""
        size = 0
        try:
            size = write_snapshot(self._disk, snapshot_path(self._directory, number), tables, commits)
            sweep(self._disk, self._directory, number)
        except Exception as error:  # the journal as it is goes on, and it is told
            fault = reason_of(error)
        with self._wake:
            self.vitals.warn(COMPACTION, fault)
            if not fault and number > self._renewed:
                self._size += size - outdated
            self._patience = self._size if fault else 0
            self._compaction = self._compacting = None
            self.vitals.settle(self._compacting_for, fault)
            self._compacting_for = []
            self._wake.notify()

    def _recover(self) -> None:
        """One try, after a pause: a complete snapshot, and a journal after it, in new files."""
        pauses = self._limits.retries
        with self._wake:
            self._wake.wait_for(lambda: self._closing, pauses[min(self._tries, len(pauses) - 1)])
            tables, commits = self.memory.copy(), self.memory.commits
            self._recovering = True
        self._tries += 1
        self._step(lambda: self._renew(tables, commits))
        with self._wake:
            if self._recovering:
                self._recovering, self._down, self._tries = False, "", 0
                self.vitals.down("")

    def _renew(self, tables: Tables, commits: int) -> None:
        set_aside(self._disk, self._loaded.damaged)
        number = self._number + 1
        self._size = write_snapshot(self._disk, snapshot_path(self._directory, number), tables, commits)
        self._open(number, commits, b"")
        self._size += self._journal_size
        self._loaded.damaged = []
        self._renewed = number
        sweep(self._disk, self._directory, number)

    def _fail(self, reason: str) -> None:
        """The lock is held. Whoever waits is told; what they committed stays in memory."""
        doomed = self._in_flight + self._waiting + self._compact_for
        self._in_flight, self._waiting, self._compact_for = [], [], []
        self._down, self._recovering = reason, False
        self.vitals.down(reason)  # first, so that whoever is told can see it
        self.vitals.settle(doomed, reason)
        self.vitals.settle([(b"", self._ready)])
