"""What is given away works where nothing of ours is: source archive, wheel, install script, a daemon that runs."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from daemon.sandbox.organization import EXAMPLE
from tests.architecture.tree import ROOT
from tests.end_to_end.test_real_servers import Acme, acme

__all__ = ["acme"]

WITHIN = 400


@dataclass(frozen=True)
class Installed:
    """Everything that the install script put below `root`, from the wheel that was made of the source archive."""

    root: Path
    sdist: Path
    wheel: Path
    said: str

    @property
    def murphyd(self) -> Path:
        return self.root / "opt/murphyd/bin/murphyd"

    def run(self, *words: str, expected: int = 0) -> str:
        done = subprocess.run(
            [self.murphyd, *words], capture_output=True, text=True, cwd="/", env=clean(), timeout=WITHIN, check=False
        )
        assert done.returncode == expected, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout


def clean() -> dict[str, str]:
    """Without a way to the sources or to the tests' own packages."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def build(source: Path, what: str, target: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(target)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=WITHIN)
    (made,) = target.glob("*.tar.gz" if what == "sdist" else "*.whl")
    return made


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("packaging")
    sdist = build(ROOT, "sdist", folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "sources", filter="data")
    (sources,) = (folder / "sources").iterdir()
    wheel = build(sources, "wheel", folder / "wheel")
    done = subprocess.run(
        ["bash", "scripts/install.sh", str(wheel), "--root", str(folder / "root")],
        cwd=sources, env={**clean(), "PYTHON": sys.executable}, capture_output=True, text=True, timeout=WITHIN,
        umask=0o077, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return Installed(folder / "root", sdist, wheel, done.stdout)


def test_the_wheel_holds_the_program_its_words_and_its_licence_and_no_tests(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()
        meta = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"config", "parsers", "channels", "daemon"}
    for language in ("en", "nl", "fr", "de", "es"):
        assert f"daemon/render/templates/{language}.toml" in names
    assert {f"daemon/sandbox/example/{path.name}" for path in EXAMPLE.iterdir() if path.is_file()} <= set(names)
    assert any(name.endswith("/LICENSE") for name in names)
    assert "License-Expression: Apache-2.0" in meta


def test_the_source_archive_holds_what_installing_and_reading_takes(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "requirements.txt",
        "requirements-build.txt",
        "scripts/install.sh",
    }
    assert wanted | {"systemd/murphyd.service", "docs/operate.md"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/")) or "__pycache__" in name]


def test_the_script_puts_the_command_the_units_and_the_folders_in_place(installed: Installed) -> None:
    here = {path.relative_to(installed.root).as_posix() for path in (installed.root / "etc").rglob("*")}
    assert {f"etc/systemd/system/{path.name}" for path in (ROOT / "systemd").glob("*.service")} <= here
    assert {"etc/sysusers.d/murphyd.conf", "etc/tmpfiles.d/murphyd.conf"} <= here
    assert (installed.root / "usr/local/bin/murphyd").readlink() == Path("/opt/murphyd/bin/murphyd")
    assert f"Next: {installed.root}/opt/murphyd/bin/murphyd init {installed.root}/etc/murphyd" in installed.said
    assert installed.run("init", "--example").startswith("# What `murphyd init --answers FILE` must know.")


def test_the_service_s_user_may_read_it_however_careful_root_is(installed: Installed) -> None:
    everything = [path for path in (installed.root / "opt").rglob("*") if not path.is_symlink()]
    assert installed.murphyd.resolve() in everything
    assert not [path for path in everything if path.stat().st_mode & 0o044 != 0o044]
    assert installed.murphyd.stat().st_mode & 0o111 == 0o111


def test_an_installation_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        ["bash", str(ROOT / "scripts/install.sh"), "--root", str(tmp_path / "root")],
        env={**clean(), **nowhere, "PYTHON": sys.executable}, capture_output=True, text=True, timeout=WITHIN,
        check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "No matching distribution" in done.stderr
    assert not [*(tmp_path / "root/opt").iterdir()]


def test_it_says_its_version_which_is_that_of_the_wheel(installed: Installed) -> None:
    assert installed.run("--version").split() == ["murphyd", installed.wheel.name.split("-")[1]]


@pytest.mark.parametrize(
    ("tag", "after", "version"),
    [
        ("v1.2.3", 0, r"1\.2\.3"),
        ("v1.2.3", 1, r"1\.2\.4\.dev1\+g[0-9a-f]+"),
        ("v2.0.0rc1", 0, r"2\.0\.0rc1"),
    ],
    ids=["a tagged commit is that version", "one after it is on its way to the next", "a release candidate"],
)
def test_the_version_comes_from_the_tag(
    installed: Installed, tmp_path: Path, tag: str, after: int, version: str
) -> None:
    (sources,) = (installed.sdist.parents[1] / "sources").iterdir()
    clone = shutil.copytree(sources, tmp_path / "clone", ignore=shutil.ignore_patterns("PKG-INFO", "tests", "docs"))
    identity = {name: value for name, value in clean().items() if not name.startswith("GIT_")}
    identity |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        identity |= {f"GIT_{role}_NAME": "An Peeters", f"GIT_{role}_EMAIL": "an.peeters@acme.example"}

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=clone, env=identity, check=True, timeout=WITHIN)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "All of it")
    git("tag", tag)
    for _ in range(after):
        git("commit", "--quiet", "--allow-empty", "--message", "More")
    assert re.fullmatch(version, build(clone, "wheel", tmp_path / "wheel").name.split("-")[1])


def test_it_needs_nothing_that_is_not_declared(installed: Installed) -> None:
    done = subprocess.run(
        [installed.murphyd.parent / "python", "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert "No broken requirements found." in done.stdout, done.stdout


def test_check_says_what_is_wrong(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "murphyd.toml").write_text("[organization]\nnam = 1\n")
    done = subprocess.run(
        [installed.murphyd, "check", "--config", str(tmp_path)],
        capture_output=True,
        text=True,
        env=clean(),
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr


def test_the_sandbox_plays_an_outage(installed: Installed) -> None:
    assert "MI-1" in installed.run("sandbox", "--scenario", "outage", "--speed", "6000")


MANAGERS = ("An Peeters", "James Whitfield", "Claire Dubois")
OTHERS = MANAGERS[1:]
PAGED = ("Tom Baker", "Hugo Moreau")
NO_MAIL = "Oliver Grant"
TEXT = "text"


def heard(acme: Acme) -> Counter[tuple[str, str]]:
    """Who has got which kind of mail, and how many texts."""
    everybody = [contact.name for contact in acme.people.contacts.values()]
    mails = ((name, mail["X-Murphy"].split()[1]) for name in everybody if name != NO_MAIL for mail in acme.mails(name))
    return Counter([*mails, *((name, TEXT) for name in everybody for _ in acme.texts(name))])


def to_all(acme: Acme, kind: str) -> list[tuple[str, str]]:
    return [(contact.name, kind if contact.emails else TEXT) for contact in acme.people.contacts.values()]


async def all_heard(acme: Acme, expected: Counter[tuple[str, str]]) -> None:
    try:
        await acme.until(lambda: heard(acme) == expected, "it is as expected")
    except AssertionError as late:
        late.add_note(f"missing: {expected - heard(acme)}\nnot expected: {heard(acme) - expected}")
        raise


async def test_it_runs_against_dovecot_and_postfix(installed: Installed, acme: Acme) -> None:
    """From the proposal to the all-clear, stopped and started again in the middle; nobody hears anything else."""
    assert await acme.murphyd.stop() == 0
    acme.murphyd.log.unlink()
    run = (str(installed.murphyd), "run", "--config", str(acme.murphyd.config))
    await acme.murphyd.start(*run)
    await acme.mails_murphy("Lotte Claes", "Tills are down", "Service: payments\n\nNo store can take cards.")
    expected = Counter([("Lotte Claes", "proposal-received")])
    expected.update((name, kind) for name in MANAGERS for kind in ("procedure", "decision-request", TEXT))
    await all_heard(acme, expected)

    (asked,) = acme.found("An Peeters", "ACCEPT MI-1")
    await acme.replies("An Peeters", asked, "Accept")
    expected.update([*to_all(acme, "initial"), *((name, TEXT) for name in PAGED)])
    expected.update([("An Peeters", "done-accept"), ("Lotte Claes", "proposer-accepted")])
    expected.update((name, kind) for name in OTHERS for kind in ("decision-accepted", TEXT))
    await all_heard(acme, expected)

    assert await acme.murphyd.stop() == 0
    await acme.murphyd.start(*run)

    await acme.replies("An Peeters", asked, "Resolve MI-1 All stores take cards.")
    expected.update([*to_all(acme, "all-clear"), *((name, TEXT) for name in PAGED)])
    expected.update(("An Peeters", kind) for kind in ("done-resolve", "review-invited", "review-questions"))
    expected.update([("Lotte Claes", "proposer-over")])
    expected.update((name, kind) for name in OTHERS for kind in ("decision-resolved", TEXT))
    await all_heard(acme, expected)

    assert await acme.murphyd.stop() == 0
    queue = acme.relay.folder / "queue"
    waiting = ("maildrop", "incoming", "active", "deferred")
    await acme.until(lambda: not [p for name in waiting for p in (queue / name).rglob("*") if p.is_file()], "it is out")
    assert heard(acme) == expected, "nothing else was sent"
