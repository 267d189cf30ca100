"""The console of a running daemon, asked over its socket: what it answers, whom it hears, and what it survives."""

import asyncio
import os
import socket
import stat
import tempfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from daemon.console.client import NoDaemon, ask
from daemon.console.left import TABLE, leave
from daemon.console.requests import LARGEST, SOCKET, Refusal
from daemon.console.server import AT_ONCE, listening, peer_of
from daemon.sandbox.organization import Organization
from daemon.state.lock import Lock
from daemon.state.store import StateLocked
from tests.scenarios.play import Talk

NOBODY = 65534


@pytest.fixture
async def acme() -> AsyncIterator[Organization]:
    async with Organization() as acme:
        yield acme


def state_of(acme: Organization) -> Path:
    return acme.configuration.settings.state.directory


async def asked(acme: Organization, do: str, name: str = "", words: str = "", **values: object) -> Mapping[str, Any]:
    return await asyncio.to_thread(ask, state_of(acme), {"do": do, "as": name, "words": words, **values})


async def refused(acme: Organization, do: str, name: str = "", words: str = "", **values: object) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked(acme, do, name, words, **values)
    return str(refusal.value)


async def test_an_incident_runs_from_the_console_and_its_answers_go_nowhere_else() -> None:
    async with Organization() as acme:
        talk = Talk(acme)
        proposed = await asked(acme, "propose", "Emma", "The shop is down", service="webshop", impact="No orders")
        assert proposed["kinds"] == ["proposal-received"]
        assert "MI-1" in proposed["answers"][0]
        await acme.settle()
        talk.all_get(("An", "James", "Claire"), "decision-request", "email", "sms", words=("The shop is down", "No or"))
        accepted = await asked(acme, "say", "james.whitfield@acme.example", "MI-1 ACCEPT")
        assert accepted["kinds"] == ["done-accept"]
        assert accepted["answers"][0].startswith("[MI-1] The shop is down")
        await acme.settle()
        assert not [seen for seen in acme.seen if "You accepted" in seen.text], "an answer is printed, and not sent"
        told = acme.daemon.state.incidents["MI-1"]
        assert (told.proposer, told.manager, told.services, told.impact) == (
            *("emma.clarke@acme.example", "james.whitfield@acme.example"),
            *(("webshop",), "No orders"),
        )


async def test_whoever_may_not_is_told_so_at_the_console(acme: Organization) -> None:
    await asked(acme, "propose", "Lotte", "The shop is down")
    assert (await asked(acme, "say", "Lotte", "MI-1 ACCEPT"))["kinds"] == ["not-allowed"]
    assert acme.daemon.state.incidents["MI-1"].manager == ""


async def test_words_with_any_look_propose(acme: Organization) -> None:
    """Not as a text, where PROPOSE could be part of a sentence: the command says what they are."""
    await asked(acme, "propose", "Lotte", "Can't accept cards?\nConfidential: yes")
    incident = acme.daemon.state.incidents["MI-1"]
    assert (incident.summary, incident.confidential) == ("Can't accept cards?", True)


async def test_who_wants_only_texts_is_answered_at_the_console_too() -> None:
    wishes = {
        "lists,language,timezone\n": "lists,language,timezone,channels\n",
        "all-staff,nl,Europe/Brussels": "all-staff,nl,Europe/Brussels,sms",
    }
    async with Organization(edits=wishes) as acme:
        assert (await asked(acme, "say", "An", "STATUS"))["answers"]


async def test_a_number_that_opted_out_comes_back_by_an_operator(acme: Organization) -> None:
    assert (await asked(acme, "say", "An", "STOP"))["kinds"] == ["stopped"]
    assert set(acme.daemon.state.barred) == {("sms", "+32470550101")}
    assert (await asked(acme, "say", "An", "START"))["kinds"] == ["started"]
    assert not acme.daemon.state.barred


@pytest.mark.parametrize(
    ("do", "name", "words", "said"),
    [
        pytest.param("say", "", "STATUS", "--as NAME", id="nobody speaks"),
        pytest.param("say", "Zoe", "STATUS", "nobody on file", id="a name that nobody has"),
        pytest.param("propose", "An", "  ", "what has failed", id="no words"),
        pytest.param("dance", "An", "", "cannot dance", id="something else"),
    ],
)
async def test_what_cannot_be_done_is_a_line(acme: Organization, do: str, name: str, words: str, said: str) -> None:
    assert said in await refused(acme, do, name, words)


async def test_a_name_of_two_people_asks_which() -> None:
    async with Organization(edits={"David Kim": "David Chen"}) as acme:
        assert "Laura Chen (laura.chen@acme.example), David Chen" in await refused(acme, "say", "chen", "STATUS")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"hello\n", id="no JSON"),
        pytest.param(b"[1]\n", id="no object"),
        pytest.param(b'{"do": "say"', id="no end of the line"),
        pytest.param(b"[" * 50_000 + b"\n", id="deeply nested"),
        pytest.param(b"\xff\xfe\n", id="no text"),
        pytest.param(b"x" * (LARGEST + 1000), id="too long"),
        pytest.param(b'{"do": "say", "as": 7, "words": ["x"]}\n', id="values of other types"),
    ],
)
async def test_anything_else_than_a_request_is_answered_with_a_fault(acme: Organization, line: bytes) -> None:
    assert b'"fault"' in await asyncio.to_thread(sent, state_of(acme), line)
    assert (await asked(acme, "say", "An", "STATUS"))["kinds"] == ["no-incident"]


def sent(state: Path, line: bytes) -> bytes:
    """What comes back for these bytes."""
    with connected(state) as connection:
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


def connected(state: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(45)
    connection.connect(str(state / SOCKET))
    return connection


async def test_a_crowd_that_says_nothing_does_not_hold_up_the_daemon(acme: Organization) -> None:
    crowd = [await asyncio.to_thread(connected, state_of(acme)) for _ in range(AT_ONCE)]
    assert "too many" in await refused(acme, "say", "An", "STATUS")
    for silent in crowd:
        silent.close()
    async with asyncio.timeout(45):
        while True:
            try:
                assert (await asked(acme, "say", "An", "STATUS"))["kinds"] == ["no-incident"]
                break
            except Refusal:
                await asyncio.sleep(0.05)


async def test_only_its_own_user_reaches_the_socket_and_one_that_was_left_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / SOCKET))
    with listening(tmp_path) as ear:
        ear.listen()
        assert stat.S_IMODE((tmp_path / SOCKET).stat().st_mode) == 0o600
        with connected(tmp_path):
            met, _ = await asyncio.get_running_loop().sock_accept(ear)
            assert peer_of(met) == os.geteuid()
            met.close()
    assert not (tmp_path / SOCKET).exists()


async def test_a_folder_with_a_long_name_has_a_console(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*("a folder of thirty characters…",) * 5)
    deep.mkdir(parents=True)
    with listening(deep) as ear:
        ear.listen()
        with pytest.raises(Refusal, match="did not answer"):
            await asyncio.gather(asyncio.to_thread(ask, deep, {}), hangs_up(ear))


async def hangs_up(ear: socket.socket) -> None:
    met, _ = await asyncio.get_running_loop().sock_accept(ear)
    met.close()


async def left(acme: Organization, do: str, who: str, words: str) -> None:
    await leave(state_of(acme), {"do": do, "as": who, "words": words}, acme.clock.now())


async def test_commands_left_while_no_daemon_ran_are_done_once_in_order_and_answered_by_mail_and_text() -> None:
    async with Organization() as acme:
        with pytest.raises(StateLocked):
            await leave(state_of(acme), {}, acme.clock.now())
        await acme.stop()
        with pytest.raises(NoDaemon):
            await asyncio.to_thread(ask, state_of(acme), {})
        talk = Talk(acme)
        now = acme.clock.now()
        await leave(
            state_of(acme), {"do": "propose", "as": "lotte.claes@acme.example", "words": "The shop is down"}, now
        )
        await left(acme, "say", "an.peeters@acme.example", "MI-1 REJECT a drill")
        await acme.start()
        await acme.settle()
        for name, kind in (("Lotte", "proposal-received"), ("An", "done-reject")):
            talk.gets(name, kind, "email", "sms")
        assert acme.daemon.state.incidents["MI-1"].reason == "a drill"
        assert not acme.daemon.store.table(TABLE)
        await acme.stop()
        await acme.start()
        await acme.settle()
        assert list(acme.daemon.state.incidents) == ["MI-1"]


async def test_a_command_that_waited_too_long_is_judged_by_when_it_was_typed() -> None:
    async with Organization() as acme:
        await asked(acme, "propose", "Lotte", "The shop is down")
        await asked(acme, "say", "An", "MI-1 ACCEPT")
        await acme.settle()
        await acme.stop()
        await left(acme, "say", "an.peeters@acme.example", "MI-1 RESOLVE it works")
        await left(acme, "propose", "emma.clarke@acme.example", "Mail is down")
        acme.clock.move_to(acme.clock.now() + timedelta(hours=2))
        await acme.start()
        await acme.settle()
        assert acme.daemon.state.incidents["MI-1"].status == "accepted"
        assert acme.daemon.state.incidents["MI-2"].hold == "late"


async def test_a_command_that_cannot_be_read_is_left_out_and_gone() -> None:
    async with Organization() as acme:
        await acme.stop()
        await left(acme, "say", "somebody who has left", "STATUS")
        await acme.start()
        await acme.settle()
        assert not acme.daemon.store.table(TABLE)
        assert acme.seen == []


async def test_another_user_of_the_machine_is_not_heard() -> None:
    """Even where somebody has opened the folder and the socket to all. Only root can be another user for a moment."""
    async with Organization() as acme:
        state = state_of(acme)
        state.chmod(0o755)
        (state / SOCKET).chmod(0o666)
        is_root = os.geteuid() == 0
        answer = await asyncio.to_thread(as_another, state, NOBODY if is_root else os.geteuid())
        assert ("only the user of the daemon" in answer) is is_root, answer
        assert "fault" in answer


def as_another(state: Path, uid: int) -> str:
    """What the console answers to a process of this user."""
    folder = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.seteuid(uid)
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(f"/proc/self/fd/{folder}/{SOCKET}")
                connection.sendall(b"{}\n")
                os.write(theirs, connection.recv(4096))
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    os.close(folder)
    return said


def test_what_root_leaves_belongs_to_the_daemons_user() -> None:
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        os.chown(name, owner, -1)
        asyncio.run(leave(Path(name), {"do": "say"}, datetime.now(UTC)))
        assert {file.stat().st_uid for file in Path(name).iterdir()} == {owner}
    assert os.geteuid() == os.getuid()


async def test_a_daemon_that_starts_while_a_command_is_left_waits_for_it() -> None:
    async with Organization() as acme:
        await acme.stop()
        held = Lock(state_of(acme))
        asyncio.get_running_loop().call_later(0.3, held.release)
        await acme.start()
        assert (await asked(acme, "say", "An", "STATUS"))["kinds"] == ["no-incident"]


async def test_the_console_is_evidence_where_mail_is_none_and_texts_need_a_code() -> None:
    async with Organization(edits={"[web]": '[security]\ndecide = "code"\n\n[web]'}) as acme:
        await asked(acme, "propose", "Lotte", "A theft in the vault", service="email", confidential=True)
        assert (await asked(acme, "say", "An", "MI-1 ACCEPT"))["kinds"] == ["done-accept"]
        assert (await asked(acme, "say", "Emma", "MI-1 STATUS"))["kinds"] == ["no-such-incident"], "it is none of hers"


async def test_with_a_disk_that_fails_it_is_done_and_says_that_it_is_not_written_down() -> None:
    async with Organization() as acme:
        await acme.cut_disk()
        came = await asked(acme, "propose", "Lotte", "The shop is down")
        assert (came["kinds"], came["durable"]) == (["proposal-received"], False)
        assert came["answers"]
        await acme.mend_disk()
