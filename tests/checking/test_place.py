"""What is weak on the machine: the state folder's disk, the modem's folders, files with secrets."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.types import Configuration, Gsm, StatusPage
from daemon.checking.findings import Finding, Severity
from daemon.checking.place import of_machine
from daemon.checking.remembered import of_state
from daemon.state.store import Put, open_store
from tests.core.vocabulary import example

DISK = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that everybody may enter, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def placed(state: Path, folder: Path, **changes: object) -> Configuration:
    whole = example()
    settings = replace(whole.settings, state=replace(whole.settings.state, directory=state), **changes)  # type: ignore[arg-type]
    return replace(whole, settings=settings, templates=folder / "templates")


def found(configuration: Configuration, mounts: str, folder: Path) -> dict[str, Finding]:
    file = folder / "mountinfo"
    file.write_text(mounts)
    return {finding.rule: finding for finding in of_machine(configuration, file)}


def test_a_folder_on_a_disk_is_fine_also_before_it_is_made(tmp_path: Path) -> None:
    assert found(placed(tmp_path / "not" / "yet", tmp_path), DISK, tmp_path) == {}


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        pytest.param("tmpfs", "state-in-memory", Severity.FAULT, id="in memory"),
        pytest.param("nfs4", "state-remote", Severity.WEAKNESS, id="on another machine"),
    ],
)
def test_the_kind_of_file_system(tmp_path: Path, kind: str, rule: str, severity: Severity) -> None:
    place = tmp_path / "a folder"
    place.mkdir()
    mounts = DISK + f"30 22 0:25 / {str(place).replace(' ', chr(92) + '040')} rw shared:2 - {kind} {kind} rw\n"
    findings = found(placed(place / "state", tmp_path), mounts, tmp_path)
    assert findings[rule].severity is severity
    assert found(placed(tmp_path / "beside", tmp_path), mounts, tmp_path) == {}


def test_a_mount_below_it_says_nothing_of_it_and_odd_lines_are_passed_over(tmp_path: Path) -> None:
    mounts = f"junk\n\n- -\n{DISK}30 22 0:25 / {tmp_path}/state/x rw - tmpfs tmpfs rw\n"
    assert found(placed(tmp_path / "state", tmp_path), mounts, tmp_path) == {}


def test_a_state_folder_that_is_a_file_or_open_to_others(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert found(placed(tmp_path / "file", tmp_path), DISK, tmp_path)["state-folder"].severity is Severity.FAULT
    (tmp_path / "open").mkdir(mode=0o755)
    assert "chmod it to 0700" in found(placed(tmp_path / "open", tmp_path), DISK, tmp_path)["state-open"].cure


def test_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    (finding,) = (f for f in of_machine(placed(tmp_path, tmp_path), least_space=1 << 62) if f.rule == "state-space")
    assert "MB left" in finding.problem


def test_the_modems_folders(tmp_path: Path) -> None:
    for name in ("inbox", "outbox", "sent"):
        (tmp_path / name).mkdir()
    inbox, outbox, sent, error = (tmp_path / name for name in ("inbox", "outbox", "sent", "error"))
    gsm = Gsm("+32470009999", inbox, outbox, sent, error, 20)
    finding = found(placed(tmp_path / "state", tmp_path, gsm=gsm), DISK, tmp_path)["modem-folder"]
    assert (finding.severity, finding.key) == (Severity.FAULT, "gsm.error")


def test_the_status_page_s_folder(tmp_path: Path) -> None:
    page = StatusPage(tmp_path / "pages", "https://status.acme.example", timedelta(days=14))
    configuration = placed(tmp_path / "state", tmp_path, status_page=page)
    finding = found(configuration, DISK, tmp_path)["status-folder"]
    assert (finding.severity, finding.key) == (Severity.FAULT, "status_page.directory")
    page.directory.mkdir()
    assert found(configuration, DISK, tmp_path) == {}


def test_a_secret_that_everybody_on_the_machine_can_read(open_folder: Path) -> None:
    settings = open_folder / "murphyd.toml"
    settings.write_text('[[mailbox]]\npassword_file = "secret"\n[twilio]\nauth_token = "x"\n')
    (open_folder / "secret").write_text("x")
    for file in (settings, open_folder / "secret"):
        file.chmod(0o600)
    configuration = placed(open_folder / "state", open_folder)
    assert found(configuration, DISK, open_folder) == {}
    (open_folder / "secret").chmod(0o644)
    assert found(configuration, DISK, open_folder)["secret-open"].key == "mailbox.password_file"
    (open_folder / "secret").chmod(0o600)
    settings.chmod(0o644)
    assert found(configuration, DISK, open_folder)["secret-open"].key == "twilio.auth_token"
    settings.chmod(0o600)
    dropped = open_folder / "credentials" / "relay.second.password"
    dropped.parent.mkdir(mode=0o755)
    dropped.write_text("x")
    dropped.chmod(0o644)
    assert found(configuration, DISK, open_folder)["secret-open"].key == "relay.second.password"
    dropped.parent.chmod(0o700)
    assert found(configuration, DISK, open_folder) == {}
    settings.chmod(0o644)
    open_folder.chmod(0o700)
    assert found(configuration, DISK, open_folder) == {}, "nobody else gets there"


async def test_what_the_state_remembers(tmp_path: Path) -> None:
    configuration = placed(tmp_path / "state", tmp_path)
    assert list(of_state(configuration)) == []
    store = await open_store(tmp_path / "state")
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC).isoformat()
    for channel, address in (("sms", "+32470550101"), ("email", "laura.chen@acme.example")):
        row = {"channel": channel, "address": address, "reason": "opted out by STOP", "at": now}
        await store.commit([Put("barred", f"{channel} {address}", row)])
    await store.close()
    (an,) = of_state(configuration)
    assert (an.rule, an.key) == ("barred", "An Peeters"), "Laura is only in an audience"
    assert an.problem == "no sms to +32470550101 since 2026-03-02: opted out by STOP"
    journal = max((tmp_path / "state").glob("journal-*"))
    journal.write_bytes(journal.read_bytes()[:10] + b"?" + journal.read_bytes()[11:])
    assert "state-damaged" in {finding.rule for finding in of_state(configuration)}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param("s" * 10, ["no-receipts"], id="none of many"),
        pytest.param("s" * 9, [], id="too few to say"),
        pytest.param("s" * 20 + "d", [], id="some have one"),
    ],
)
async def test_texts_that_never_have_a_receipt(tmp_path: Path, texts: str, found: list[str]) -> None:
    configuration = placed(tmp_path / "state", tmp_path)
    store = await open_store(tmp_path / "state")
    by = " ".join("1" for _ in texts)
    row = {"notice": 1, "places": by, "endings": f"{texts}d", "channels": ["email", "sms"], "by": f"{by} 0"}
    await store.commit([Put("outcomes", "1", row)])
    await store.close()
    assert [finding.rule for finding in of_state(configuration)] == found
