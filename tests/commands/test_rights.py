"""A command of a user who may not read everything: which file, and what to do; no alarm, and nothing passed over."""

import os
from collections.abc import Iterator

import pytest

from tests.commands.murphyd import Murphyd
from tests.commands.typed import Done, typed
from tests.servers.process import server_folder

SERVICE = 62_011
"""The number of a user under whom Murphy might run."""


@pytest.fixture
def theirs(murphyd: Murphyd) -> Iterator[Murphyd]:
    """A folder that everybody may read, and a state that its owner shares; ours only where we are not root."""
    with server_folder() as folder:
        copy = murphyd.copy(folder / "copy")
        (copy.home / "etc" / "templates").mkdir(exist_ok=True)
        change = copy.settings.read_text().replace('auth_token = "sandbox"', 'auth_token_file = "credentials/token"')
        copy.settings.write_text(change)
        (copy.home / "etc" / "credentials").mkdir()
        (copy.home / "etc" / "credentials" / "token").write_text("sandbox")
        for path in (copy.home, *copy.home.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        if os.geteuid() == 0:
            for path in (copy.state, *copy.state.rglob("*")):
                os.chown(path, SERVICE, SERVICE)
        yield copy
        for path in (copy.home, *copy.home.rglob("*")):
            path.chmod(0o700)


def run(theirs: Murphyd, *words: str) -> Done:
    return typed(*(word.format(home=theirs.home) for word in words), "--config", str(theirs.home / "etc"), nobody=True)


CHECK = ("check", "--offline")
CASES = {
    "check: the state": (CHECK, "state", 1, "state may not be read by this user, "),
    "check: its journal": (CHECK, "state/journal-*", 1, ".jsonl may not be read by this user, "),
    "check: the settings": (CHECK, "etc/murphyd.toml", 2, "murphyd.toml may not be read by this user; run it as root"),
    "check: the procedure": (CHECK, "etc/procedure.toml", 2, "procedure.toml may not be read by this user"),
    "check: the contacts": (CHECK, "etc/contacts.csv", 2, "contacts.csv may not be read by this user"),
    "check: a secret": (CHECK, "etc/credentials", 2, "names may not be read by this user; run it as root"),
    "check: the templates": (CHECK, "etc/templates", 2, "etc/templates may not be read by this user"),
    "verify: the state": (("state", "verify"), "state", 2, "state: Permission denied; run it as root"),
    "verify: messages": (("state", "verify"), "state/raw", 2, "state/raw: Permission denied; run it as root"),
    "verify: one message": (("state", "verify"), "state/raw/*", 2, ": Permission denied; run it as root"),
    "verify: archives": (("state", "verify"), "state/archive", 2, "state/archive: Permission denied"),
    "channels": (("channels",), "state", 2, "state: Permission denied; run it as root, as in: sudo murphyd"),
    "review": (("review", "MI-2"), "state/journal-*", 2, ".jsonl: Permission denied; run it as root"),
    "review: the folder": (("review", "MI-2"), "etc/procedure.toml", 2, "procedure.toml may not be read by this user"),
    "contacts": (("contacts",), "state", 2, "state: Permission denied; run it as root"),
    "import: the contacts": (
        ("contacts", "import", "{home}/people.csv", "--yes"),
        "etc/contacts.csv",
        2,
        "contacts.csv may not be read by this user; run it as root",
    ),
}


@pytest.mark.parametrize(("words", "closed", "code", "said"), CASES.values(), ids=CASES.keys())
def test_what_may_not_be_read_is_named_with_what_to_do(
    theirs: Murphyd, words: tuple[str, ...], closed: str, code: int, said: str
) -> None:
    (theirs.home / "people.csv").write_text("name,email\nNew One,new.one@acme.example\n")
    theirs.home.chmod(0o777)
    for path in theirs.home.glob(closed):
        path.chmod(0)
    done = run(theirs, *words)
    assert done.returncode == code, done
    assert said in done.stdout + done.stderr
    assert "as in: sudo murphyd" in done.stdout + done.stderr
    for alarm in ("damaged", "intact", "Traceback", "a fault of Murphy", "as of now"):
        assert alarm not in done.stdout + done.stderr


def test_secrets_where_only_root_may_look_are_not_told_to_be_missing(theirs: Murphyd) -> None:
    settings = theirs.settings.read_text()
    theirs.settings.write_text("\n".join(one for one in settings.splitlines() if not one.startswith("password")))
    (theirs.home / "etc" / "credentials").chmod(0)
    done = run(theirs, *CHECK)
    assert done.returncode == 2
    words = "password: is not given, and "
    assert f"{words}{theirs.home}/etc/credentials may not be read by this user; run it as root" in done.stderr, done
    assert "is missing" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's files can be another's")
def test_what_root_compacts_still_belongs_to_the_user_of_the_service(theirs: Murphyd) -> None:
    assert typed("state", "compact", "--config", str(theirs.home / "etc")).returncode == 0
    owners = {path.name: path.stat().st_uid for path in (theirs.state, *theirs.state.iterdir())}
    assert set(owners.values()) == {SERVICE}, owners


def test_a_folder_of_the_modem_that_may_not_be_looked_into_is_a_line_as_any(theirs: Murphyd) -> None:
    spool = theirs.home / "spool"
    for name in ("inbox", "outbox", "sent", "error"):
        (spool / name).mkdir(parents=True)
    gsm = "\n".join(f'{name} = "{spool / name}"' for name in ("inbox", "outbox", "sent", "error"))
    settings = theirs.settings.read_text()
    assert "[gsm]" not in settings
    theirs.settings.write_text(f'{settings}\n[gsm]\nnumber = "+32470009999"\n{gsm}\n')
    spool.chmod(0)
    done = run(theirs, *CHECK)
    assert done.returncode == 2
    assert done.stderr.count("cannot be used by this user; put murphyd's user into gammu's group") == 4, done


def test_all_that_may_be_read_is_as_ever(theirs: Murphyd) -> None:
    assert run(theirs, "state", "verify").stdout.endswith("intact\n")
    assert "may not be read" not in (done := run(theirs, *CHECK)).stdout + done.stderr
