"""The files in their folder: whole at every moment, whatever happens to the one who writes them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from daemon.status_page.writing import publish

OLD = {"MI-1.html": b"old page", "index.html": b"old index MI-1.html", "feed.atom": b"old feed"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(tmp_path, OLD, ())
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_not_ours_is_left_alone_and_what_is_gone_leaves(folder: Path) -> None:
    for name in ("MI-7.html", "favicon.ico", "MI-x.html", "MI-8.html.bak"):
        (folder / name).write_bytes(b"x")
    publish(folder, {"index.html": b"new"}, ())
    assert sorted(content(folder)) == ["MI-8.html.bak", "MI-x.html", "favicon.ico", "feed.atom", "index.html"]


def test_what_has_not_changed_is_not_written(folder: Path) -> None:
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    publish(folder, {**OLD, "index.html": b"new index"}, ())
    changed = {path.name for path in folder.iterdir() if path.stat().st_ino != before[path.name]}
    assert changed == {"index.html"}


def test_others_may_read_it_whatever_the_service_is_told_to_hide(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(tmp_path, OLD, ())
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o644}


def test_what_somebody_laid_in_its_way_is_neither_followed_nor_waited_for(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.write_text("theirs")
    (folder / ".index.html.new").symlink_to(elsewhere)
    (folder / "feed.atom").unlink()
    (folder / "feed.atom").symlink_to(elsewhere)
    os.mkfifo(folder / ".feed.atom.new")
    (folder / "MI-1.html").unlink()
    os.mkfifo(folder / "MI-1.html")
    publish(folder, {**OLD, "index.html": b"new"}, ())
    assert elsewhere.read_text() == "theirs"
    assert content(folder) == {**OLD, "index.html": b"new"}


def blocked(folder: Path, name: str) -> None:
    """Nothing can be written beside this file any more, as on a full disk."""
    (folder / f".{name}.new").mkdir()


def test_what_a_killed_writer_has_left_is_not_there_for_all_to_read(folder: Path) -> None:
    for name in (".MI-1.html.new", ".MI-2.html.new", ".index.html.new", ".theirs.new"):
        (folder / name).write_bytes(b"half of a pa")
    blocked(folder, "feed.atom")
    with pytest.raises(OSError, match=r"\.new"):
        publish(folder, {"feed.atom": b"new"}, {"MI-1"})
    assert not (folder / ".MI-1.html.new").exists(), "nobody may know of it"
    (folder / ".feed.atom.new").rmdir()
    publish(folder, {"feed.atom": b"new"}, {"MI-1"})
    assert sorted(content(folder)) == [".theirs.new", "feed.atom", "index.html"]


def test_what_cannot_be_written_stays_whole_and_the_rest_is_written(folder: Path) -> None:
    blocked(folder, "index.html")
    with pytest.raises(OSError, match=r"\.new"):
        publish(folder, {"MI-1.html": b"new page", "index.html": b"new index", "feed.atom": b"new feed"}, ())
    assert (folder / "index.html").read_bytes() == OLD["index.html"]
    assert (folder / "feed.atom").read_bytes() == b"new feed"
    assert (folder / "MI-1.html").read_bytes() == b"new page"


def test_what_must_not_be_known_goes_even_where_nothing_can_be_written(folder: Path) -> None:
    blocked(folder, "index.html")
    blocked(folder, "feed.atom")
    with pytest.raises(OSError, match=r"\.new"):
        publish(folder, {"index.html": b"new", "feed.atom": b"new"}, {"MI-1"})
    assert not (folder / "MI-1.html").exists()
    assert not (folder / "index.html").exists(), "it still spoke of it"
    assert (folder / "feed.atom").exists(), "it did not"


WRITER = """
import sys
from pathlib import Path
from daemon.status_page.writing import publish
number = 0
while True:
    number += 1
    body = str(number).encode() * 20000
    publish(Path(sys.argv[1]), {name: body + b"end" for name in ("index.html", "feed.atom")}, ())
    print(number, flush=True)
"""


def test_killed_at_any_moment_no_reader_ever_sees_half(tmp_path: Path) -> None:
    seen = set()
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        for _ in range(5):
            writer.stdout.readline()
            for _ in range(20):
                whole = (tmp_path / "index.html").read_bytes()
                assert whole.endswith(b"end")
                seen.add(whole)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        for name in ("index.html", "feed.atom"):
            assert (tmp_path / name).read_bytes().endswith(b"end")
    assert len(seen) > 3, "it was read while it was written"
