"""The status page beside the running daemon, over the real wires: what the public is told stands there, and no more."""

import asyncio
import os
import shutil
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.sandbox.organization import Organization

WITHIN = 60.0
PAGES = '[status_page]\ndirectory = "{folder}"\nurl = "https://status.acme.example"\n\n[state]'


@asynccontextmanager
async def organization(folder: Path, edits: dict[str, str] | None = None) -> AsyncIterator[Organization]:
    async with Organization(edits={"[state]": PAGES.format(folder=folder), **(edits or {})}) as here:
        yield here


async def until(fits: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not fits():  # noqa: ASYNC110 (files tell nobody)
            await asyncio.sleep(0.05)


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    return pages


async def test_an_incident_as_the_public_hears_of_it(folder: Path) -> None:
    index = folder / "index.html"
    (folder / "favicon.ico").write_text("theirs")
    async with organization(folder) as here:
        await until(lambda: "There is no major incident now." in read(index))
        await here.mails("Lotte", "Checkout <b>dead</b>", "Service: web shop\n\nThe secret vendor broke it again.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are <on> it. MGMT: it costs a million")
        await here.settle()
        await until(lambda: "We are &lt;on&gt; it." in read(index))
        for name, there in (("index.html", True), ("MI-1.html", True), ("feed.atom", True), ("murphy.css", True)):
            assert (folder / name).exists() is there
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o644
        await here.pass_time(timedelta(minutes=65))
        await until(lambda: "We have no new words for you now" in read(index))
        assert "We are &lt;on&gt; it." in read(index), "the last words stay to be read"
        await here.texts("An", "RESOLVE MI-1 All is well again.")
        await here.settle()
        await until(lambda: "All is well again." in read(index) and "There is no major incident now." in read(index))
        everything = "".join(read(folder / name) for name in names(folder) if name != "murphy.css")
        for private in ("secret vendor", "dead", "million", "Lotte", "An Peeters", "meet.acme.example", "MGMT"):
            assert private not in everything
        await here.pass_time(timedelta(days=14, minutes=1))
        await until(lambda: not (folder / "MI-1.html").exists())
        assert "All is well again." not in read(index) + read(folder / "feed.atom")
    assert names(folder) == ["favicon.ico", "feed.atom", "index.html", "murphy.css"]


async def test_what_becomes_confidential_is_gone_from_everywhere(folder: Path) -> None:
    async with organization(folder) as here:
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are on it.")
        await here.settle()
        await until(lambda: "MI-1" in read(folder / "index.html"))
        await here.texts("An", "CONFIDENTIAL MI-1")
        await here.settle()
        await until(lambda: not (folder / "MI-1.html").exists())
        await until(lambda: "MI-1" not in read(folder / "feed.atom") + read(folder / "index.html"))


async def test_a_folder_that_is_gone_holds_up_no_notice_and_is_told_once(folder: Path) -> None:
    shutil.rmtree(folder)
    async with organization(folder) as here:

        def told(kind: Kind) -> list[Notice]:
            return [notice for notice in here.daemon.state.notices.values() if notice.kind is kind]

        await until(lambda: bool(told(Kind.PART_DOWN)))
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are on it.")
        await here.settle()
        assert [seen for seen in here.seen if seen.person == "Nadia Benali" and "We are on it." in seen.text]
        assert len(told(Kind.PART_DOWN)) == 1
        assert "No such file or directory" in told(Kind.PART_DOWN)[0].content.reason
        os.mkdir(folder)  # noqa: PTH102
        await here.texts("An", "UPDATE MI-1 Half of it works.")
        await here.settle()
        await until(lambda: "Half of it works." in read(folder / "index.html") and bool(told(Kind.PART_UP)))


async def test_a_disk_that_hangs_delays_no_notice(folder: Path) -> None:
    """A page that cannot be replaced is read, and this one is a pipe into which nobody writes: as a dead disk does."""
    page = folder / "MI-1.html"
    left = folder / "MI-99.html"
    left.touch()
    async with organization(folder) as here:
        await until(lambda: not left.exists())  # the last thing that is done to the pages at the start
        os.mkfifo(page)
        (folder / ".MI-1.html.new").mkdir()
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are on it.")
        await here.settle()
        end = await asyncio.wait_for(opened(page), WITHIN)  # only a reader that waits lets it be opened
        try:
            await here.texts("An", "UPDATE MI-1 Half of it works.")
            await here.settle()
            for words in ("We are on it.", "Half of it works."):
                assert [seen for seen in here.seen if seen.person == "Nadia Benali" and words in seen.text]
            assert here.daemon.store.health.ok
        finally:
            os.close(end)


async def opened(pipe: Path) -> int:
    """Its end to write into, once somebody reads."""
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            await asyncio.sleep(0.05)


async def test_after_a_start_it_is_as_the_state_has_it(folder: Path) -> None:
    async with organization(folder) as here:
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        await here.texts("An", "ACCEPT MI-1 We are on it.")
        await here.settle()
        await until((folder / "MI-1.html").exists)
        await here.stop()
        (folder / "index.html").write_text("half of a pa")
        (folder / "MI-99.html").write_text("of a state before")
        unchanged = (folder / "MI-1.html").stat().st_ino
        await here.start()
        await until(lambda: "We are on it." in read(folder / "index.html") and not (folder / "MI-99.html").exists())
        assert (folder / "MI-1.html").stat().st_ino == unchanged, "what has not changed is not written again"
