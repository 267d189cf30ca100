"""The consumer, when the store does what it never should."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from channels.types import Outcome, Result
from daemon.clock import MovedClock, SystemClock
from daemon.consumer import DECIDING, Consumer
from daemon.core.deadlines import next_deadline
from daemon.core.facts import Ailing, Fact
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.core.stimuli import Exhausted, Ignored, PartChanged, Settled, Settlements, Tick
from daemon.state.store import Change, open_store
from tests.core.vocabulary import Office


async def test_a_store_that_refuses_a_commit_leaves_nobody_waiting_and_is_asked_again(tmp_path: Path) -> None:
    store = await open_store(tmp_path)

    class Refusing:
        times = 1

        def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
            self.times -= 1
            if self.times >= 0:
                raise ValueError
            return store.commit(changes)

    consumer = Consumer(Office().state, Refusing(), SystemClock())  # type: ignore[arg-type]
    released: list[Fact] = []
    consumer.releases.append(released.extend)
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(45):
        assert await consumer.put(Ignored("mail 1", "odd")) is False
        assert await consumer.put(Ignored("mail 2", "odd")) is True
    assert consumer.idle
    assert len(released) == 2, "what was decided is acted on all the same"
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()


async def test_of_what_comes_together_only_what_the_store_refuses_is_not_kept(tmp_path: Path) -> None:
    store = await open_store(tmp_path)
    commits: list[int] = []

    class Picky:
        def commit(self, changes: Sequence[Change]) -> asyncio.Future[None]:
            if any("odd" in change.key for change in changes):
                raise ValueError
            commits.append(len(changes))
            return store.commit(changes)

    consumer = Consumer(Office().state, Picky(), SystemClock())  # type: ignore[arg-type]
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(45):
        fine = await asyncio.gather(*(consumer.put(Ignored(f"mail {n}", "")) for n in range(3)))
        mixed = await asyncio.gather(*(consumer.put(Ignored(key, "")) for key in ("mail 3", "odd", "mail 4")))
    assert (fine, mixed) == ([True] * 3, [True, False, True])
    assert commits == [3, 1, 1], "what comes together is written down by one commit, unless some of it is refused"
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()


async def test_one_outcome_that_cannot_be_decided_loses_no_other_and_is_told_once(tmp_path: Path) -> None:
    store, office = await open_store(tmp_path), Office()
    asked = office.proposes().of("decision-request")[0]
    people = asked.recipients
    assert len(people) > 2
    settled = [
        Settled(asked.id, who, 0, "sms", "+32470000001", office.now, Outcome(Result.DELIVERED, ref=who))
        for who in (people[0], "nobody@nowhere.example", *people[1:])
    ]
    consumer = Consumer(office.state, store, SystemClock())
    released: list[Fact] = []
    consumer.releases.append(released.extend)
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(45):
        assert await consumer.put(Settlements(tuple(settled)))
        assert await consumer.put(Exhausted(((asked.id, "nobody@nowhere.example"),)))
    assert [office.state.tallies[asked.id].ended(who) for who in people] == [True] * len(people)
    assert [fact for fact in released if isinstance(fact, Ailing)] == [
        Ailing(DECIDING, False, next(fact.at for fact in released if isinstance(fact, Ailing)))
    ]
    told = [fact for fact in released if isinstance(fact, Notice) and fact.kind is Kind.PART_DOWN]
    assert [notice.content.reason for notice in told] == ["what follows from Settlements cannot be decided (KeyError)"]
    async with asyncio.timeout(45):
        assert await consumer.put(PartChanged(DECIDING, up=True, reason=""))
    assert DECIDING not in office.state.ailing
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()


async def test_an_incident_whose_tick_fails_stops_the_clock_of_no_other(tmp_path: Path) -> None:
    store, office = await open_store(tmp_path), Office()
    office.proposes()
    office.says("An", "ACCEPT MI-1")
    office.proposes(words="Mail is down")
    broken = office.state.incidents["MI-1"]
    office.state.incidents["MI-1"] = replace(broken, promises={"all-staff": None})  # type: ignore[dict-item]
    released: list[Fact] = []
    asked = next_deadline(office.state)
    assert asked
    consumer = Consumer(office.state, store, MovedClock(asked))
    consumer.releases.append(released.extend)
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(45):
        await consumer.put(Tick())
        await consumer.put(Tick())
    notices = [fact for fact in released if isinstance(fact, Notice)]
    assert [notice.incident for notice in notices if notice.kind is Kind.DECISION_REQUEST] == ["MI-2"]
    told = [notice.content.reason for notice in notices if notice.kind is Kind.PART_DOWN]
    assert told == ["what follows from Tick cannot be decided (AttributeError)"]
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await store.close()
