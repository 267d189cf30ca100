"""Work on a disk that may hang: it has a deadline, holds up only itself, and no answer is lost sight of."""

import asyncio
import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.beside import Beside, NotBegun

WITHIN = 0.05


@pytest.fixture
def disk() -> Iterator[threading.Event]:
    """Answers once it is set."""
    answers = threading.Event()
    yield answers
    answers.set()


async def hang(beside: Beside, disk: threading.Event, late: list[bool]) -> None:
    with pytest.raises(TimeoutError) as silent:
        await beside.run(disk.wait, late.append)
    assert (silent.value.strerror, type(silent.value)) == ("the disk does not answer", TimeoutError)


async def test_what_hangs_holds_only_its_own_place(disk: threading.Event) -> None:
    beside = Beside(2, WITHIN)
    await hang(beside, disk, [])
    assert await Beside(1, 30).run(lambda: 1) == 1
    beside._deadline = 30
    assert [await beside.run(lambda: 2), await beside.run(lambda: 3)] == [2, 3]


async def test_without_a_place_it_is_not_begun_and_never_will_be(disk: threading.Event, tmp_path: Path) -> None:
    beside, late = Beside(1, WITHIN), list[bool]()
    await hang(beside, disk, late)
    with pytest.raises(NotBegun, match="does not answer"):
        await beside.run((tmp_path / "begun").touch)
    disk.set()
    while not late:  # noqa: ASYNC110 (a thread tells)
        await asyncio.sleep(0)
    beside._deadline = 30
    assert await beside.run((tmp_path / "begun").exists) is False


async def test_the_answer_that_nobody_waits_for_is_handed_over(disk: threading.Event) -> None:
    beside, late = Beside(1, WITHIN), list[bool]()
    await hang(beside, disk, late)
    assert late == []
    disk.set()
    while not late:  # noqa: ASYNC110 (a thread tells)
        await asyncio.sleep(0)
    assert late == [True]


async def test_what_the_work_raises_is_raised(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await Beside(1, 30).run((tmp_path / "no").read_bytes)

    def slow_server() -> None:
        raise TimeoutError(errno.ETIMEDOUT, "Connection timed out")

    with pytest.raises(TimeoutError, match="Connection timed out"):
        await Beside(1, 30).run(slow_server)


async def test_where_no_thread_can_be_had_nothing_is_begun_and_later_works_again(tmp_path: Path) -> None:
    beside = Beside(1, 30)
    before = threading.stack_size(1 << 46)
    try:
        with pytest.raises(NotBegun, match="no thread can be started"):
            await beside.run((tmp_path / "begun").touch)
    finally:
        threading.stack_size(before)
    assert await beside.run((tmp_path / "begun").exists) is False
