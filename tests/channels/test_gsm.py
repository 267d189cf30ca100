"""The modem: texts out and in through a real gammu-smsd with its dummy phone."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.gsm import _IGNORED, AT_ONCE, Gsm
from channels.gsm_inbox import GsmInbox
from channels.types import (
    Arrival,
    Call,
    ChannelDown,
    Failure,
    FirstSight,
    Message,
    Outcome,
    Result,
    Retry,
    SourceState,
    Text,
    TextArrival,
)
from tests.channels.twilio_case import Ledger
from tests.servers.gammu import Gammu

ANN = "+32470000001"
BOB = "+32470000002"
OURS = "+32470009999"
HELLO = Text(ANN, "MI-7: email is down")
KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
UP = SourceState("gsm", True, "")


def channel(gammu: Gammu, **options: float) -> Gsm:
    return Gsm(
        gammu.outbox,
        gammu.sent,
        gammu.error,
        per_minute=int(options.get("per_minute", 20)),
        deadline=options.get("deadline", 20.0),
        watch_every=0.02,
    )


@pytest.fixture
def idle(tmp_path: Path) -> Gammu:
    """The folders of a gammu-smsd that does not run."""
    return Gammu(tmp_path)


class TestOut:
    async def test_texts_are_sent_whole_one_by_one(self, tmp_path: Path) -> None:
        bodies = ["plain [x]", "Pâte €5 你好 🙂\nline 2", "long " * 100]
        async with Gammu(tmp_path) as gammu:
            gsm = channel(gammu)
            outcomes = await asyncio.gather(*(gsm.send(Text(ANN, body)) for body in bodies))
            assert [outcome.result for outcome in outcomes] == [Result.SENT] * 3
            sent = [(gammu.sent / outcome.ref).read_bytes().decode("utf-16") for outcome in outcomes]
            assert sent == bodies
            assert list(gammu.outbox.iterdir()) == []
            log = (tmp_path / "log").read_text(errors="replace")
            assert f'Found 5 sms to "{ANN}"' not in log
            assert f"(total: 4) to {ANN}" in log

    async def test_what_the_modem_cannot_send_takes_the_next_rung(self, idle: Gammu) -> None:
        async def fail_as_smsd_does(_: float) -> None:
            [file] = idle.outbox.glob("OUT*")
            file.rename(idle.error / file.name)

        outcome = await Gsm(idle.outbox, idle.sent, idle.error, sleep=fail_as_smsd_does).send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (Result.FAILED, "error", Retry.NEXT)

    async def test_a_modem_that_does_not_run_is_down_and_the_text_is_withdrawn(self, idle: Gammu) -> None:
        outcome = await channel(idle, deadline=0.1).send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (Result.FAILED, "timeout", Retry.DOWN)
        assert list(idle.outbox.iterdir()) == []

    async def test_a_text_that_vanishes_leaves_doubt(self, idle: Gammu) -> None:
        async def vanish(_: float) -> None:
            [file] = idle.outbox.glob("OUT*")
            file.unlink()

        outcome = await Gsm(idle.outbox, idle.sent, idle.error, sleep=vanish).send(HELLO)
        assert outcome.result is Result.UNCERTAIN

    async def test_missing_folders_are_the_channel_s_fault(self, tmp_path: Path) -> None:
        outcome = await Gsm(tmp_path / "no", tmp_path / "no", tmp_path / "no").send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.code, outcome.failure.retry) == (Result.FAILED, "ENOENT", Retry.DOWN)

    @pytest.mark.parametrize(
        ("message", "retry"),
        [
            pytest.param(Text("../../etc/x", "hello"), Retry.NEVER, id="a number that is a path"),
            pytest.param(Text("", "hello"), Retry.NEVER, id="no number"),
            pytest.param(Text(ANN, ""), Retry.NEXT, id="an empty text"),
            pytest.param(Call(ANN, "en", "hello"), Retry.NEXT, id="a call"),
        ],
    )
    async def test_what_cannot_be_a_text_is_not_written(self, idle: Gammu, message: Message, retry: Retry) -> None:
        outcome = await channel(idle).send(message)
        assert outcome.failure
        assert (outcome.result, outcome.failure.retry) == (Result.FAILED, retry)
        assert list(idle.outbox.iterdir()) == []

    async def test_the_rate_is_kept_and_says_how_long_to_wait(self, idle: Gammu) -> None:
        async def send_as_smsd_does(_: float) -> None:
            for file in idle.outbox.glob("OUT*"):
                file.rename(idle.sent / file.name)

        now = 100.0
        gsm = Gsm(idle.outbox, idle.sent, idle.error, per_minute=2, sleep=send_as_smsd_does, clock=lambda: now)
        assert (await gsm.send(HELLO)).result is Result.SENT
        now += 20
        assert (await gsm.send(HELLO)).result is Result.SENT
        assert (await gsm.send(HELLO)).failure == Failure(
            "rate", "over the modem's rate", Retry.SAME, timedelta(seconds=40)
        )
        now += 40
        assert (await gsm.send(HELLO)).result is Result.SENT

    async def test_a_slow_modem_that_gets_on_is_not_given_up(self, idle: Gammu) -> None:
        now, moved = 0.0, 0
        sends: list[asyncio.Task[Outcome]] = []

        async def one_in_fifty_seconds(_: float) -> None:
            nonlocal now, moved
            await asyncio.sleep(0)
            if sum(send.done() for send in sends) == moved and (files := list(idle.outbox.glob("OUT*"))):
                now += 50
                moved += 1
                min(files).rename(idle.sent / min(files).name)

        gsm = Gsm(idle.outbox, idle.sent, idle.error, deadline=60, sleep=one_in_fifty_seconds, clock=lambda: now)
        sends += [asyncio.create_task(gsm.send(HELLO)) for _ in range(5)]
        outcomes = await asyncio.gather(*sends)
        assert {outcome.result for outcome in outcomes} == {Result.SENT}


class TestFind:
    @pytest.mark.parametrize(
        ("folder", "result"),
        [
            pytest.param("sent", Result.SENT, id="sent"),
            pytest.param("outbox", Result.SENT, id="waiting"),
            pytest.param("error", Result.FAILED, id="refused"),
        ],
    )
    async def test_a_text_of_before_a_crash(self, idle: Gammu, tmp_path: Path, folder: str, result: Result) -> None:
        name = f"OUTA20260301_120000_00_{ANN}_0a1b2c3d.txtd"
        (tmp_path / folder / name).write_bytes(HELLO.body.encode("utf-16"))
        found = await channel(idle).find(HELLO, datetime.now(UTC))
        assert found
        assert (found.result, found.ref) == (result, name)

    async def test_other_words_another_number_or_before_is_not_it(self, idle: Gammu) -> None:
        name = f"OUTA20260301_120000_00_{ANN}_0a1b2c3d.txtd"
        (idle.sent / name).write_bytes(HELLO.body.encode("utf-16"))
        gsm, now = channel(idle), datetime.now(UTC)
        assert await gsm.find(Text(ANN, "other words"), now) is None
        assert await gsm.find(Text(BOB, HELLO.body), now) is None
        assert await gsm.find(HELLO, now + timedelta(hours=1)) is None

    async def test_folders_that_cannot_be_read_give_no_answer(self, idle: Gammu) -> None:
        name = f"OUTA20260301_120000_00_{ANN}_0a1b2c3d.txtd"
        (idle.sent / name).mkdir()
        with pytest.raises(ChannelDown):
            await channel(idle).find(HELLO, datetime.now(UTC) - timedelta(hours=1))


class TestDisk:
    """A folder that hangs, as on a server that is gone: reading a pipe that nobody writes to never returns."""

    async def test_a_search_that_hangs_gives_no_answer_and_holds_up_no_other(self, idle: Gammu) -> None:
        pipe = idle.sent / f"OUTA20260301_120000_00_{ANN}_0a1b2c3d.txtd"
        os.mkfifo(pipe)
        gsm = Gsm(idle.outbox, idle.sent, idle.error, deadline=0.1, watch_every=0.02, disk_within=0.5)
        with pytest.raises(ChannelDown, match="does not answer"):
            await gsm.find(HELLO, KNOWN)
        assert (await gsm.send(HELLO)).failure == _IGNORED
        let_go(pipe)

    async def test_with_all_its_threads_hanging_nothing_is_begun(self, idle: Gammu) -> None:
        pipe = idle.sent / f"OUTA20260301_120000_00_{ANN}_0a1b2c3d.txtd"
        os.mkfifo(pipe)
        gsm = Gsm(idle.outbox, idle.sent, idle.error, disk_within=0.2)
        searches = (gsm.find(HELLO, KNOWN) for _ in range(AT_ONCE))
        assert {type(found) for found in await asyncio.gather(*searches, return_exceptions=True)} == {ChannelDown}
        outcome = await gsm.send(HELLO)
        assert outcome.failure
        assert (outcome.result, outcome.failure.retry) == (Result.FAILED, Retry.DOWN)
        assert outcome.failure.reason == "gammu-smsd's folders: the disk does not answer"
        let_go(pipe)
        assert list(idle.outbox.iterdir()) == []

    async def test_an_inbox_that_hangs_is_told_and_watched_on(self, idle: Gammu) -> None:
        ledger = Ledger()
        pipe = idle.inbox / f"IN20260301_120000_00_{ANN}_00.txt"
        os.mkfifo(pipe)

        def steps() -> Iterator[object]:
            yield from range(3)
            let_go(pipe)
            pipe.unlink()
            yield 3
            put(idle.inbox, f"IN20260301_120000_00_{BOB}_00.txt", b"ACCEPT 7")
            yield from range(3)

        await watch(idle.inbox, ledger, KNOWN, steps(), disk_within=0.2)
        down = SourceState("gsm", False, "gammu-smsd's inbox: the disk does not answer")
        assert [arrival for arrival in ledger.arrivals if isinstance(arrival, SourceState)] == [UP, down, UP]
        assert texts(ledger.arrivals) == [(BOB, "ACCEPT 7")]


def let_go(pipe: Path) -> None:
    """Whoever reads the pipe sees its end."""
    os.close(os.open(pipe, os.O_WRONLY))


class Over(Exception):
    """Everything expected has come, or the rounds are over."""


async def watch(
    inbox: Path, ledger: Ledger, since: datetime | None, steps: Iterator[object], disk_within: float = 30.0
) -> None:
    """Watches, with one step done in each pause, until the steps end."""

    async def sleep(_: float) -> None:
        if next(steps, Over) is Over:
            raise Over

    with pytest.raises(Over):
        await GsmInbox(inbox, OURS, sleep=sleep, disk_within=disk_within).watch(ledger, since)


async def watch_smsd(gammu: Gammu, ledger: Ledger, done: Callable[[], bool]) -> None:
    async def sleep(_: float) -> None:
        if done():
            raise Over
        await asyncio.sleep(0.05)

    async with asyncio.timeout(60):
        with pytest.raises(Over):
            await GsmInbox(gammu.inbox, OURS, sleep=sleep).watch(ledger, KNOWN)


def texts(arrivals: Sequence[Arrival]) -> list[tuple[str, str]]:
    return [(arrival.sender, arrival.body) for arrival in arrivals if isinstance(arrival, TextArrival)]


def put(inbox: Path, name: str, content: bytes) -> None:
    (inbox / name).write_bytes(content)


class TestIn:
    @pytest.mark.parametrize("inboxformat", ["unicode", "standard", "detail"])
    async def test_texts_through_gammu_smsd_in_each_of_its_formats(self, tmp_path: Path, inboxformat: str) -> None:
        ledger = Ledger()
        gammu = Gammu(tmp_path, inboxformat)
        gammu.receive(ANN, ["Accept 7 €é 🙂"])
        gammu.receive(BOB, ["x" * 40 + " the end of one, ", "你好 and the other"])
        gammu.receive("ACME", ["from a name"])
        async with gammu:
            await watch_smsd(gammu, ledger, lambda: len(texts(ledger.arrivals)) == 3)
        assert sorted(texts(ledger.arrivals)) == [
            (ANN, "Accept 7 €é 🙂"),
            (BOB, "x" * 40 + " the end of one, 你好 and the other"),
            ("ACME", "from a name"),
        ]
        assert list(gammu.inbox.iterdir()) == []

    async def test_a_file_goes_only_once_its_text_is_taken(self, idle: Gammu) -> None:
        ledger = Ledger()
        ledger.full = lambda arrival: isinstance(arrival, TextArrival)
        put(idle.inbox, f"IN20260301_120000_00_{ANN}_00.txt", b"ACCEPT 7")
        await watch(idle.inbox, ledger, KNOWN, iter(range(3)))
        assert len(list(idle.inbox.iterdir())) == 1
        ledger.full = lambda _: False
        await watch(idle.inbox, ledger, KNOWN, iter(range(3)))
        assert texts(ledger.arrivals) == [(ANN, "ACCEPT 7")]
        assert list(idle.inbox.iterdir()) == []

    async def test_a_file_that_still_grows_is_left_alone(self, idle: Gammu) -> None:
        ledger = Ledger()
        name = f"IN20260301_120000_00_{ANN}_00.txt"

        def grow() -> Iterator[object]:
            for end in range(1, 9):
                put(idle.inbox, name, b"ACCEPT 7"[:end])
                yield end
                assert texts(ledger.arrivals) == []
            yield from range(2)

        await watch(idle.inbox, ledger, KNOWN, grow())
        assert texts(ledger.arrivals) == [(ANN, "ACCEPT 7")]

    async def test_a_part_that_comes_later_is_waited_for(self, idle: Gammu) -> None:
        ledger = Ledger()

        def parts() -> Iterator[object]:
            for part, words in enumerate((b"one ", b"two ", b"three")):
                put(idle.inbox, f"IN20260301_120000_00_{ANN}_{part:02}.txt", words)
                yield part
            yield from range(2)

        await watch(idle.inbox, ledger, KNOWN, parts())
        assert texts(ledger.arrivals) == [(ANN, "one two three")]

    async def test_two_texts_under_one_name_have_two_references(self, idle: Gammu) -> None:
        ledger = Ledger()
        name = f"IN20260301_120000_00_{ANN}_00.txt"
        for words in (b"ACCEPT 7", b"STATUS", b"STATUS"):
            put(idle.inbox, name, words)
            await watch(idle.inbox, ledger, KNOWN, iter(range(2)))
        refs = [arrival.ref for arrival in ledger.arrivals if isinstance(arrival, TextArrival)]
        assert len(refs) == 3
        assert refs[1] == refs[2] != refs[0]

    async def test_at_first_sight_what_lies_there_is_counted_and_set_aside(self, idle: Gammu) -> None:
        ledger = Ledger()
        put(idle.inbox, f"IN20260301_120000_00_{ANN}_00.txt", b"ACCEPT 1")
        put(idle.inbox, f"IN20260301_120000_00_{BOB}_00.txt", b"a long ")
        put(idle.inbox, f"IN20260301_120000_00_{BOB}_01.txt", b"text")

        def then() -> Iterator[object]:
            put(idle.inbox, f"IN20260301_120100_00_{ANN}_00.txt", b"ACCEPT 2")
            yield from range(3)

        await watch(idle.inbox, ledger, None, then())
        sight = ledger.arrivals[0]
        assert isinstance(sight, FirstSight)
        assert sight.waiting == 2
        await watch(idle.inbox, ledger, KNOWN, iter(range(3)))
        assert texts(ledger.arrivals) == [(ANN, "ACCEPT 2")]
        assert len(list(idle.inbox.iterdir())) == 3

    @pytest.mark.parametrize(
        ("name", "content", "body", "media"),
        [
            pytest.param("txt", b"caf\xe9", "caf�", 0, id="a charset that is not UTF-8"),
            pytest.param("txt", b"\xfe\xff\x00A\x00", "A�", 0, id="half a UTF-16 character"),
            pytest.param("txt", b"\xff\xfeA\x00\x00\x00\x00\x00", "A", 0, id="NULs after the end"),
            pytest.param("txt", b"", "", 0, id="nothing"),
            pytest.param("bin", b"\x00\x01\xff", "", 1, id="8-bit data"),
            pytest.param("txt", b"x" * 100_000, "x" * 65536, 0, id="far too long"),
            pytest.param(
                "txt",
                b"; This file format was designed for Gammu\nText00 = 00410\nText01 = zz\n",
                "A",
                0,
                id="cut short",
            ),
        ],
    )
    async def test_any_bytes_become_a_text(self, idle: Gammu, name: str, content: bytes, body: str, media: int) -> None:
        ledger = Ledger()
        put(idle.inbox, f"IN20260301_120000_00_{ANN}_00.{name}", content)
        await watch(idle.inbox, ledger, KNOWN, iter(range(2)))
        [arrival] = [arrival for arrival in ledger.arrivals if isinstance(arrival, TextArrival)]
        assert (arrival.body, arrival.media, arrival.recipient) == (body, media, OURS)

    async def test_files_of_others_are_left_alone(self, idle: Gammu) -> None:
        ledger = Ledger()
        for name in ("notes.txt", "INx.txt", ".IN20260301_120000_00_x_00.txt", "old-IN20260301_120000_00_x_00.txt"):
            put(idle.inbox, name, b"ACCEPT 7")
        await watch(idle.inbox, ledger, KNOWN, iter(range(3)))
        assert ledger.arrivals == [UP]
        assert len(list(idle.inbox.iterdir())) == 4

    async def test_a_folder_that_is_missing_is_told_once_and_watched_for(self, tmp_path: Path) -> None:
        ledger = Ledger()
        inbox = tmp_path / "inbox"

        def appear() -> Iterator[object]:
            yield from range(2)
            inbox.mkdir()
            yield from range(2)

        await watch(inbox, ledger, KNOWN, appear())
        assert ledger.arrivals == [SourceState("gsm", False, "gammu-smsd's inbox: No such file or directory"), UP]
