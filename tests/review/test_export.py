"""An incident as one ZIP file: every message in and out, with checksums that a stranger's tools check."""

import csv
import hashlib
import io
import json
import shutil
import stat
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from config.load import load
from daemon.core.delivery import AttemptStatus, Ended, Ending, Trial
from daemon.core.events import MadeConfidential
from daemon.core.model import Incident
from daemon.history import Sent, messages
from daemon.review.archive_zip import SUMS, Entry, write_zip
from daemon.review.copies import copies
from daemon.review.export import Export, export, files
from daemon.review.reading import record
from daemon.review.rendering import render_of
from daemon.state.store import Reading, StateDamaged, read_store
from tests.review.conftest import Left
from tests.review.outage import NUMBER

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def exporting(left: Left, reading: Reading | None = None, reports: Mapping[str, str] | None = None) -> Export:
    reading = reading or read_store(left.murphyd.state)
    configuration = load(left.murphyd.home / "etc", {})
    read = record(reading, configuration, "MI-1", datetime(2026, 3, 3, tzinfo=UTC))
    assert read is not None
    render = render_of(configuration, left.murphyd.state)
    assert not isinstance(render, str)
    about = (read.history, messages(reading, "MI-1"), reading.raw, configuration, read.name, read.zone)
    return Export(*about, render, reports or {"report.md": "# MI-1\n", "report.html": "<p>MI-1</p>"})


@pytest.fixture(scope="module")
def written(outage: Left, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "MI-1.zip"
    export(exporting(outage), target)
    return target


@pytest.fixture(scope="module")
def content(written: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(written) as packed:
        return {name.removeprefix("MI-1/"): packed.read(name) for name in packed.namelist()}


def rows(content: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = content[name].decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n"), "RFC 4180"
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_tools_of_any_system_unpack_and_check_it(written: Path, tmp_path: Path) -> None:
    for command in (["unzip", "-tqq", str(written)], ["unzip", "-qq", str(written), "-d", str(tmp_path)]):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    sums = ["sha256sum", "-c", "--strict", SUMS]
    folder = tmp_path / "MI-1"
    checked = subprocess.run(sums, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {line.split(": ")[0] for line in checked.stdout.splitlines()} == there - {SUMS}, "no file without its sum"


def test_every_mail_is_byte_for_byte_what_the_mail_server_got(outage: Left, content: Mapping[str, bytes]) -> None:
    """Those about no incident, of channels that went down, are not the incident's."""
    mine = [raw for raw in outage.wire.mailed if _mark(raw).startswith("MI-1 ")]
    sent = [raw for name, raw in content.items() if name.startswith("sent/") and name.endswith(".eml")]
    assert Counter(mine) == Counter(sent)
    assert len(mine) > 60
    assert {_mark(raw).split()[1] for raw in mine} >= {"initial", "update", "all-clear", "review-invited"}


def _mark(raw: bytes) -> str:
    return str(message_from_bytes(raw)["X-Murphy"] or "")


def test_every_text_is_what_was_on_the_phone(outage: Left, content: Mapping[str, bytes]) -> None:
    got = [words for _, sender, _, words in outage.wire.texts if sender == NUMBER and words.startswith("MI-1")]
    sent = [raw.decode() for name, raw in content.items() if name.startswith("sent/") and name.endswith(".txt")]
    assert Counter(got) == Counter(sent)
    assert len(got) > 40


def test_what_came_in_is_byte_for_byte_as_it_was_kept(outage: Left, content: Mapping[str, bytes]) -> None:
    """Each is named in the record by its SHA-256."""
    theirs = [words for _, sender, _, words in outage.wire.texts if sender != NUMBER]
    listed = rows(content, "received/index.csv")
    assert all(row["kept"] == "yes" for row in listed)
    assert {row["file"] for row in listed} == {name for name in content if name.startswith("received/0")}
    for row in listed:
        assert hashlib.sha256(content[row["file"]]).hexdigest() == row["sha256"]
    assert Counter(content[r["file"]].decode() for r in listed if r["medium"] == "sms") == Counter(theirs)
    proposal = content["received/0001.eml"]
    assert b"The checkout answers 500." in proposal
    sums = dict(line.split("  ")[::-1] for line in content[SUMS].decode().splitlines())
    assert rows(content, "timeline.csv")[0]["message_sha256"] == sums["received/0001.eml"]


def test_two_exports_of_one_record_are_equal(outage: Left, written: Path, tmp_path: Path) -> None:
    again = export(exporting(outage), tmp_path / "again.zip")
    assert again.path.read_bytes() == written.read_bytes()
    assert again.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()


def test_only_its_owner_reads_it_and_nothing_else_is_left(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_the_deliveries_name_each_persons_files(content: Mapping[str, bytes]) -> None:
    named = [name for row in rows(content, "deliveries.csv") for name in row["files"].split()]
    assert sorted(named) == sorted(name for name in content if name.startswith("sent/"))
    cut = [
        row for row in rows(content, "deliveries.csv") if row["channel"] == "sms" and "email failed" in row["attempts"]
    ]
    assert cut, "somebody's mail was tried while the relay was cut"
    assert all("cannot connect" in row["attempts"] and row["files"].endswith("-sms.txt") for row in cut)


def test_the_timeline_says_the_same_in_both_forms(content: Mapping[str, bytes]) -> None:
    document = json.loads(content["timeline.json"])
    sheet = rows(content, "timeline.csv")
    assert [one["event"] for one in document["events"]] == [row["event"] for row in sheet]
    assert sheet[0]["time_utc"] == "2026-03-02T08:00:00Z"
    assert sheet[0]["time_local"] == "2026-03-02T09:00:00+01:00"
    assert all(datetime.fromisoformat(r["time_utc"]) == datetime.fromisoformat(r["time_local"]) for r in sheet)


def test_the_files_are_counted_for_whoever_watches(outage: Left, tmp_path: Path) -> None:
    seen: list[int] = []
    what = exporting(outage)
    done = export(what, tmp_path / "watched.zip", seen.append)
    assert sum(seen) == done.files - 1
    assert abs(files(what) - done.files) < done.files / 4


def test_what_is_gone_is_listed_as_gone(outage: Left, tmp_path: Path) -> None:
    what = exporting(outage)
    gone, damaged = what.messages[0].raw, what.messages[1].raw

    def raw(name: str) -> bytes:
        if name == gone:
            raise FileNotFoundError(name)
        if name == damaged:
            raise StateDamaged(["damaged"])
        return what.raw(name)

    target = tmp_path / "gone.zip"
    export(replace(what, raw=raw), target)
    with zipfile.ZipFile(target) as packed:
        listed = rows({"i": packed.read("MI-1/received/index.csv")}, "i")
        readme = packed.read("MI-1/README.txt").decode()
    kept = [row["kept"] for row in listed]
    assert kept.count("no: removed after [state] keep_raw") == 1
    assert kept.count("yes") == len(listed) - sum(one.raw in (gone, damaged) for one in what.messages)
    assert f"({kept.count('yes')} of {len(listed)})" in readme


def test_without_the_secret_it_says_that_nothing_was_written_anew(outage: Left, tmp_path: Path) -> None:
    shutil.copytree(outage.murphyd.state, tmp_path / "state")
    (tmp_path / "state" / "token.secret").unlink()
    why = render_of(load(outage.murphyd.home / "etc", {}), tmp_path / "state")
    assert why == "the secret of the reply tokens is not in the state folder"
    target = tmp_path / "plain.zip"
    export(replace(exporting(outage), render=None, unrendered=why), target)
    with zipfile.ZipFile(target) as packed:
        names, readme = packed.namelist(), packed.read("MI-1/README.txt").decode()
    assert not [name for name in names if "/sent/" in name]
    assert why in readme


def edited(what: Export, edit: Callable[[Incident], Incident], *more: MadeConfidential) -> Export:
    found = what.found
    return replace(what, found=replace(found, incident=edit(found.incident), events=(*found.events, *more)))


def test_a_confidential_one_says_so_first_and_what_went_out_since_is_discreet(outage: Left, tmp_path: Path) -> None:
    what = exporting(outage)
    moment = next(sent.notice.at for sent in what.found.sent if sent.notice.kind == "all-clear")
    secret = edited(what, lambda i: replace(i, confidential=True), MadeConfidential("MI-1", moment, "an"))
    target = tmp_path / "secret.zip"
    export(secret, target)
    with zipfile.ZipFile(target) as packed:
        readme = packed.read("MI-1/README.txt").decode()
        mails = {
            n: message_from_bytes(packed.read(n))["Subject"] for n in packed.namelist() if n.endswith("1-email.eml")
        }
    assert "CONFIDENTIAL" in readme.split("\n\n")[1]
    assert [s for n, s in mails.items() if "-initial/" in n] != []
    assert all("Web shop" in s for n, s in mails.items() if "-initial/" in n)
    assert all("Web shop" not in s for n, s in mails.items() if "-all-clear/" in n)


def test_a_bouncing_person_and_one_on_two_channels(outage: Left) -> None:
    """What reached nobody has no file; each channel that took it has one."""
    what = exporting(outage)
    sent = next(sent for sent in what.found.sent if sent.notice.kind == "decision-request")
    who = sent.notice.recipients[0]
    assert [copy.channel for copy in copies(sent, who, 1, None)] in (["email", "sms"], ["sms", "email"])
    failed = Sent(sent.notice, {who: Ended(who, Ending.UNREACHED, "", 9, "no such user")}, frozenset())
    assert copies(failed, who, 1, None) == ()


@pytest.mark.parametrize(
    "path",
    ["../etc/passwd", "/etc/passwd", "sent/../../x", "a//b", "", ".", "sent/.bashrc", "C:\\x", "a\\..\\b", "new\nline"],
    ids=str.encode,
)
def test_no_path_leaves_the_folder(path: str, tmp_path: Path) -> None:
    target = tmp_path / "x.zip"
    with pytest.raises(ValueError, match="no path within an archive"):
        write_zip(target, "MI-1", [Entry(path, AT, [b""])], AT, lambda _: None)
    assert list(tmp_path.iterdir()) == [], "nothing half-written stays"


def test_a_file_that_is_there_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "x.zip"
    target.write_bytes(b"before")
    with pytest.raises(ValueError, match="twice"):
        write_zip(target, "MI-1", [Entry("a", AT, [b"1"]), Entry("a", AT, [b"2"])], AT, lambda _: None)
    assert target.read_bytes() == b"before"
    done = write_zip(target, "MI-1", [Entry("a", AT, [b"1", b"2"])], AT, lambda _: None)
    assert zipfile.ZipFile(target).read("MI-1/a") == b"12"
    assert done.files == 2


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_zip(tmp_path, "MI-1", [], AT, lambda _: None)


@pytest.mark.parametrize("channel", ["../../x", "", "a/b", "sms\n", "ünï", "." * 300], ids=str.encode)
def test_a_channels_name_never_leads_elsewhere(channel: str, outage: Left, tmp_path: Path) -> None:
    what = exporting(outage)
    sent = next(sent for sent in what.found.sent if sent.notice.kind == "initial")
    who = sent.notice.recipients[0]
    like = Trial(who, channel.replace("/", "-"), "+3247", AttemptStatus.SENT, 3)
    twice = (like, replace(like, address="+3248"), replace(like, channel=f"{channel}/"))
    odd = Sent(sent.notice, {who: Ended(who, Ending.SENT, channel, 9)}, frozenset(), attempts={who: twice})
    those = copies(odd, who, 1, None)
    done = write_zip(tmp_path / "x.zip", "MI-1", [Entry(one.path, AT, [b"words"]) for one in those], AT, lambda _: None)
    assert done.files == len(those) + 1 >= 4
    assert all(one.path.startswith(f"sent/{sent.notice.id:06}-initial/000001-") for one in those)
