"""`murphyd init` as it is typed: by a file of answers and at a terminal; whole, or nothing at all."""

import asyncio
import json
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from config.faults import ConfigurationFaults
from config.load import load
from daemon.sandbox.twilio_server import TOKEN, TwilioServer
from daemon.setup.placing import ASIDE, place
from daemon.setup.settings import Files
from tests.commands.terminal import Terminal
from tests.commands.typed import typed
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.postfix import postfix

US = "incidents@acme.example"
SECRET = "geheim-4711"

FEWEST = """
[organization]
name = "Acme Retail"
[mailbox]
address = "incidents@acme.example"
password = "geheim-4711"
[[manager]]
name = "An Peeters"
email = "an.peeters@acme.example"
"""

FULL = """
[organization]
name = "Acme « Retail » \\"42\\""
timezone = "Europe/Brussels"
language = "fr"
[mailbox]
address = "incidents@acme.example"
host = "imap.acme.example"
password = "geheim-4711"
authserv_id = "mx.acme.example"
[[relay]]
name = "primary"
host = "smtp.acme.example"
username = "incidents"
password = "geheim-4711"
[[relay]]
name = "elsewhere"
host = "smtp.another.example"
[twilio]
account_sid = "AC00000000000000000000000000000000"
auth_token = "geheim-4711"
number = "+32460000000"
public_url = "https://murphy.acme.example"
[canary]
phone = "+32470550199"
[[manager]]
name = "An Peeters"
email = "an.peeters@acme.example"
phone = "+32470550101"
[[manager]]
name = "Claire \\"CD\\" Dubois, ing."
email = "claire.dubois@acme.example"
phone = "+32470550103"
[[bridge]]
name = "Conference"
url = "https://meet.acme.example/major"
phone = "+3225550100"
depends_on = ["internet"]
[[bridge]]
name = "Dial-in"
phone = "+442079460018"
pin = "771204"
"""


def answers(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "answers.toml"
    file.write_text(text + f'[state]\ndirectory = "{tmp_path / "state"}"\n')
    return file


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_fewest_answers_make_a_folder_without_faults(tmp_path: Path) -> None:
    done = typed("init", str(tmp_path / "etc"), "--answers", str(answers(tmp_path, FEWEST)), "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert SECRET not in done.stdout
    configuration = load(tmp_path / "etc", {})
    assert configuration.procedure.propose.senders == ("*@acme.example",)
    assert configuration.settings.mailboxes[0].password is not None
    assert configuration.settings.mailboxes[0].password.value == SECRET
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "etc").rglob("*")}
    assert modes["murphyd.toml"] == 0o640
    assert modes["credentials"] == 0o700
    assert {mode for name, mode in modes.items() if "password" in name} == {0o600}
    assert SECRET not in (tmp_path / "etc/murphyd.toml").read_text()


def test_full_answers_leave_nothing_to_say(tmp_path: Path) -> None:
    done = typed("init", str(tmp_path / "etc"), "--answers", str(answers(tmp_path, FULL)), "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{tmp_path / 'etc'}: no faults, no weaknesses" in done.stdout
    checked = typed("check", "--offline", "--json", "--config", str(tmp_path / "etc"))
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["findings"] == []
    configuration = load(tmp_path / "etc", {})
    assert configuration.settings.organization.name == 'Acme « Retail » "42"'
    assert configuration.people.on("engineers") == ("an.peeters@acme.example", "claire.dubois@acme.example")
    (anything,) = (service for service in configuration.procedure.services if service.name == "*")
    assert anything.public_name == "Un service essentiel"


def test_what_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    etc = tmp_path / "etc"
    etc.mkdir()
    (etc / "procedure.toml").write_text("mine")
    done = typed("init", str(etc), "--answers", str(answers(tmp_path, FEWEST)), "--offline")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"murphyd: there is already {etc / 'procedure.toml'}; nothing was changed")
    assert everything(etc) == {"procedure.toml": b"mine"}


def test_all_faults_of_the_answers_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = FEWEST.replace("incidents@acme", "incidents acme").replace('email = "an', 'phone = "0470')
    done = typed("init", str(tmp_path / "etc"), "--answers", str(answers(tmp_path, wrong)), "--offline")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "answers.toml: mailbox.address: " in done.stderr
    assert "answers.toml: manager.An Peeters.phone: " in done.stderr
    assert not (tmp_path / "etc").exists()


def test_the_example_of_answers_works_once_it_has_its_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(typed("init", "--example").stdout)
    words = ("init", str(tmp_path / "etc"), "--answers", str(file), "--offline")
    assert "mailbox.password" in typed(*words).stderr
    monkeypatch.setenv("MURPHYD_MAILBOX__PASSWORD", SECRET)
    assert typed(*words).returncode == 0


LIVE = """
[organization]
name = "Acme Retail"
[mailbox]
address = "{us}"
host = "localhost"
port = {imap}
password = "{password}"
ca_file = "{ca_file}"
[[relay]]
name = "primary"
host = "localhost"
port = {submission}
security = "starttls"
username = "{us}"
password = "{password}"
ca_file = "{ca_file}"
[[relay]]
name = "second"
host = "127.0.0.1"
port = {smtp}
security = "none"
[twilio]
account_sid = "AC00000000000000000000000000000000"
auth_token = "{token}"
number = "+32460000000"
api_base = "http://127.0.0.1:{twilio}"
[[manager]]
name = "An Peeters"
email = "an.peeters@acme.example"
phone = "+32470550101"
"""


async def test_real_servers_are_logged_in_to_and_the_check_passes(tmp_path: Path) -> None:
    """Dovecot, Postfix and the simulated Twilio: the last check connects to each."""
    async with dovecot() as imap, postfix(imap, US) as smtp, TwilioServer() as twilio:
        ports = {"imap": imap.tls_port, "submission": smtp.submission_port, "smtp": smtp.port, "twilio": twilio.port}
        text = LIVE.format(us=US, password=PASSWORD, token=TOKEN, ca_file=imap.certificates.ca_file, **ports)
        words = ("init", str(tmp_path / "etc"), "--answers", str(answers(tmp_path, text)))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "daemon", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        async with asyncio.timeout(120):
            shown = (await process.communicate())[0].decode()
        assert process.returncode == 0, shown
        tried = [line.split(" ms  ")[1].partition(":")[0] for line in shown.splitlines() if line.startswith("ok ")]
        assert {"mailbox incidents", "relay primary", "relay second"} < set(tried)
        assert any("twilio" in one.lower() for one in tried)
        assert "failed" not in shown
        assert imap.messages(US) == [], "nothing is sent"


def test_a_login_that_is_refused_says_what_and_how_to_go_on(tmp_path: Path) -> None:
    """Nothing listens there: the folder is written all the same, and the exit code says that it does not work yet."""
    text = FULL.replace('host = "imap.acme.example"', 'host = "127.0.0.1"\nport = 9').partition("[twilio]")[0]
    text += "[[manager]]" + FULL.partition("[[manager]]")[2].partition("[[manager]]")[0]
    text = text.replace("smtp.acme.example", "127.0.0.1").replace("smtp.another.example", "localhost")
    done = typed("init", str(tmp_path / "etc"), "--answers", str(answers(tmp_path, text)))
    assert done.returncode == 2
    assert "mailbox.incidents: " in done.stderr
    assert f"Correct what is named above in {tmp_path / 'etc'}, then: murphyd check" in done.stdout
    assert load(tmp_path / "etc", {}).settings.mailboxes


def files() -> Files:
    made = Files()
    made.texts.update({Path(name): name for name in ("murphyd.toml", "procedure.toml", "contacts.csv")})
    return made


def test_a_fault_before_it_is_in_place_leaves_nothing(tmp_path: Path) -> None:
    def refuse(aside: Path) -> None:
        assert (aside / "murphyd.toml").exists()
        raise ConfigurationFaults(())

    with pytest.raises(ConfigurationFaults):
        place(tmp_path / "new" / "etc", files(), refuse)
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_leaves_is_no_configuration_and_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    """Killed after one file was in place, before murphyd.toml was."""
    aside = tmp_path / f"{ASIDE}x"
    aside.mkdir()
    for name in ("murphyd.toml", "contacts.csv"):
        (aside / name).write_text("half")
    (tmp_path / "contacts.csv").hardlink_to(aside / "contacts.csv")
    place(tmp_path, files(), lambda _: None)
    assert everything(tmp_path) == {name: name.encode() for name in ("murphyd.toml", "procedure.toml", "contacts.csv")}


def test_what_a_crash_leaves_after_all_was_in_place_stays(tmp_path: Path) -> None:
    aside = tmp_path / f"{ASIDE}x"
    aside.mkdir()
    (aside / "murphyd.toml").write_text("whole")
    (tmp_path / "murphyd.toml").hardlink_to(aside / "murphyd.toml")
    with pytest.raises(Exception, match="there is already"):
        place(tmp_path, files(), lambda _: None)
    assert everything(tmp_path) == {"murphyd.toml": b"whole"}


def test_questions_at_a_terminal(tmp_path: Path) -> None:
    """Wrong answers are asked again; the password is not shown; numbers are understood as they are dialled at home."""
    with Terminal("init", str(tmp_path / "etc"), "--offline", TZ="Europe/Brussels", LC_ALL="nl_BE.UTF-8") as at:
        at.answer("Name of the organization", "Acme Retail")
        at.answer("Time zone [Europe/Brussels]", "")
        at.answer("Language of its messages (en, nl, fr, de, es) [nl]", "pt")
        at.expect("there are no templates in pt")
        at.answer("Language of its messages", "")
        at.answer("Its address", "incidents acme")
        at.expect("is no email address")
        at.answer("Its address", US)
        at.answer(f"User name [{US}]", "")
        at.answer("Password (not shown): ", SECRET)
        at.answer("Name of the incident manager", "An Peeters")
        at.answer("Email", "an.peeters@acme.example")
        at.answer("Mobile phone", "0470 55 01 01")
        for question in ("Next incident manager", "Name of the engineer", "Account SID"):
            at.answer(question, "")
        at.answer("Its link", "")
        at.answer("Number to dial in", "")
        at.expect("Read what it will do")
        assert at.end() == 0
        assert SECRET not in at.screen
    people = load(tmp_path / "etc", {}).people
    assert people.contacts["an.peeters@acme.example"].phones == ("+32470550101",)
    raw = tomllib.loads((tmp_path / "etc/murphyd.toml").read_text())
    assert raw["organization"] == {"name": "Acme Retail", "timezone": "Europe/Brussels", "language": "nl"}
    assert (tmp_path / "etc" / raw["mailbox"][0]["password_file"]).read_text() == f"{SECRET}\n"


def test_leaving_at_a_question_leaves_nothing(tmp_path: Path) -> None:
    with Terminal("init", str(tmp_path / "etc"), "--offline") as at:
        at.answer("Name of the organization", "Acme Retail")
        at.expect("Time zone")
        at.type("\x03\n")  # the key just before the terminal is read shows with the next one only
        assert at.end() == 1
        assert "murphyd: left, and nothing was done" in at.screen
        assert "Traceback" not in at.screen
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_it_says_what_to_do_instead(tmp_path: Path) -> None:
    done = typed("init", str(tmp_path / "etc"))
    assert done.returncode == 2
    assert "murphyd init --example" in done.stderr
    assert not (tmp_path / "etc").exists()
