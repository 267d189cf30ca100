"""A task that hangs is found, whichever it is, and by whom its line in the table says."""

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from daemon.archiver import Archiver
from daemon.core.facts import Archived
from daemon.pulse import Work
from daemon.rounds import LIVES, Working, working
from daemon.sandbox.organization import Organization
from daemon.state.store import Store
from daemon.supervisor import HUNG, Tasks
from daemon.upkeep import Sweep
from tests.core.vocabulary import Office


async def never(*_: object) -> None:
    await asyncio.Event().wait()


class DeadStore:
    """Its disk never answers."""

    archive = drop_raws = never

    def table(self, _name: str) -> dict[str, object]:
        return {}


class Hanging:
    """Waits for ever at a piece of its work."""

    def __init__(self) -> None:
        self.work = Work()

    async def run(self) -> None:
        with self.work:
            await never()


def archiver() -> Working:
    made = Archiver(cast("Store", DeadStore()))
    made.release([Archived("MI-1", 1, 1, 1)])
    return made


REAL: dict[str, Callable[[], Working]] = {
    "archiver": archiver,
    "sweep": lambda: Sweep(cast("Store", DeadStore()), Office().configuration.settings.state),
}


@pytest.mark.parametrize("name", LIVES)
async def test_a_hang_is_found(name: str) -> None:
    told: asyncio.Queue[tuple[str, bool, str]] = asyncio.Queue(99)

    async def tell(part: str, up: bool, reason: str) -> None:
        told.put_nowait((part, up, reason))

    what, life = REAL.get(name, Hanging)(), LIVES[name]
    async with Tasks(tell) as tasks, asyncio.timeout(45):
        tasks.supervise(name, working(name, what))
        while not what.work.busy:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0)
        assert [tasks.stuck(now) for now in (0.0, life.limit)] == [(), ()]
        found = tasks.stuck(life.limit + 1.0)
        assert found == ((name,) if life.vital else ())
        if not life.vital:
            assert await told.get() == (name, False, HUNG)


async def test_every_task_of_a_daemon_has_its_line_and_its_pulse() -> None:
    async with Organization() as here:
        rounds = here.daemon.tasks.rounds
        assert {"consumer", "outbox", "archiver", "bridges", "console", "watchdog", "sweep"} <= rounds.keys()
        assert {name for name, one in rounds.items() if one.what.pulse is None} == set()
        assert {name.partition(":")[0] for name in rounds} <= LIVES.keys()
        vital = {name.partition(":")[0] for name, one in rounds.items() if one.what.vital}
        assert vital == {"consumer", "outbox", "way in"}
