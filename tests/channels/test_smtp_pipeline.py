"""Pipelining: each message's own outcome is known, also where the connection ends in the middle or goes out of step."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from channels.resolver import Resolver
from channels.smtp_opening import open_session
from channels.smtp_pipeline import Pipeline
from channels.smtp_replies import Refused
from channels.smtp_session import Lost
from channels.smtp_settings import Deadlines, RelaySettings
from channels.types import Mail
from tests.channels.mail_case import about, mail, until
from tests.servers.certificates import certificates
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.postfix import postfix

US = "incidents@acme.example"
ANN = "ann@acme.example"
PATIENT = Deadlines(connect=30.0, command=30.0, message=30.0)
SHORT = Deadlines(connect=30.0, command=0.2, message=0.2)

Answers = Callable[["Server", str, str], str | None]


class Server:
    """Answers each command as its table says, and keeps what it takes. "drop" cuts the line; None: silence.

    With `together` what it says to a group of commands comes in one packet, as Postfix does; else each by itself.
    """

    def __init__(self, answers: Answers, *, together: bool = False) -> None:
        self.answers = answers
        self.together = together
        self.unsaid = b""
        self.taken: list[tuple[str, bytes]] = []
        self.commands: list[str] = []
        self.port = 0
        self.silent = False
        self.lines: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.append(writer)
        with suppress(ConnectionError):
            await self._serve(reader, writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test ESMTP\r\n")
        recipient = ""
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            self.commands.append(verb)
            if verb == "EHLO":
                writer.write(b"250-test\r\n250 PIPELINING\r\n")
                continue
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
            answer = self.answers(self, verb, recipient) if verb != "RSET" else "250 ok"
            if not self._said(writer, answer):
                break
            if verb == "DATA" and (answer or "").startswith("354"):
                data = b""
                while (part := await reader.readline()) not in (b".\r\n", b""):
                    data += part
                answer = self.answers(self, ".", recipient)
                if (answer or "").startswith("250") and data:
                    self.taken.append((recipient, data))
                if not self._said(writer, answer):
                    break
        writer.transport.abort()

    def _said(self, writer: asyncio.StreamWriter, answer: str | None) -> bool:
        if answer == "drop":
            self._say(writer)
            return False
        self.silent |= answer is None
        if answer is not None and not self.silent:
            if self.together and not self.unsaid:
                asyncio.get_running_loop().call_later(0.005, self._say, writer)
            self.unsaid += answer.replace("\n", "\r\n").encode() + b"\r\n"
            if not self.together:
                self._say(writer)
        return True

    def _say(self, writer: asyncio.StreamWriter) -> None:
        writer.write(self.unsaid)
        self.unsaid = b""


@asynccontextmanager
async def server(answers: Answers, *, together: bool = False) -> AsyncIterator[Server]:
    made = Server(answers, together=together)
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield made
        for line in made.lines:
            line.transport.abort()
        await asyncio.sleep(0)


def table(**rows: str | None) -> Answers:
    """Answers by verb and number of the recipient ("rcpt_3"), "dot" for the end of the data; else the usual ones."""
    usual = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 2.0.0 taken", "QUIT": "221 bye"}

    def answer(_server: Server, verb: str, recipient: str) -> str | None:
        name = "dot" if verb == "." else verb.lower()
        number = recipient.partition("@")[0].removeprefix("p")
        return rows.get(f"{name}_{number}", rows.get(name, usual.get(verb, "500 what")))

    return answer


async def pipeline(port: int, deadlines: Deadlines = PATIENT) -> Pipeline:
    client = await open_session(RelaySettings("r", "127.0.0.1", port, "none"), PATIENT, Resolver())
    assert client.supports_extension("pipelining")
    return Pipeline(client, deadlines)


def mails(count: int) -> list[Mail]:
    return [mail(f"p{number}@acme.example", about(f"n{number}")) for number in range(count)]


def said(how: str | Refused | Lost) -> str:
    match how:
        case str():
            return "taken"
        case Refused(refusal=why):
            return f"refused {why.failure.code}"
        case Lost():
            return f"lost after {how.stage}" if how.sent else "not sent"


async def sent(through: Pipeline, messages: Iterable[Mail]) -> dict[str, str]:
    """What became of each, by its recipient's number; a lost connection is one of the ways."""
    left = iter(messages)
    outcomes: dict[str, str] = {}

    def settle(message: Mail, how: str | Refused | Lost) -> None:
        number = message.recipient.partition("@")[0].removeprefix("p")
        assert number not in outcomes, "each is settled once"
        outcomes[number] = said(how)

    try:
        await through.run(lambda: next(left, None), settle)
    except Lost as lost:
        outcomes["end"] = type(lost).__name__
    return outcomes


def all_taken(count: int, **but: str) -> dict[str, str]:
    return {
        **dict.fromkeys(map(str, range(count)), "taken"),
        **{key.removeprefix("n"): how for key, how in but.items()},
    }


CASES = [
    pytest.param({}, all_taken(5), id="all are taken"),
    pytest.param(
        {"rcpt_2": "550 5.1.1 no such user", "data_2": "554 5.5.1 no valid recipients"},
        all_taken(5, n2="refused 550 5.1.1"),
        id="one address is refused, and its DATA",
    ),
    pytest.param(
        {"rcpt_2": "550 5.1.1 no such user", "dot_2": "554 5.5.1 no valid recipients"},
        all_taken(5, n2="refused 550 5.1.1"),
        id="one address is refused, its DATA is let through: a lone dot",
    ),
    pytest.param(
        {"rcpt_2": "450 4.2.0 greylisted", "dot_2": "250 2.0.0 nothing sent"},
        all_taken(5, n2="refused 450 4.2.0"),
        id="a lone dot that is said to be taken is still no message",
    ),
    pytest.param(
        {"dot_1": "552 5.3.4 too big", "dot_3": "451 4.3.0 try later"},
        all_taken(5, n1="refused 552 5.3.4", n3="refused 451 4.3.0"),
        id="the data of two are refused",
    ),
    pytest.param(
        {"data_1": "451 4.3.0 no room"}, all_taken(5, n1="refused 451 4.3.0"), id="DATA is refused after RCPT was not"
    ),
    pytest.param(
        {"dot_1": "250-2.0.0 taken\n250 as promised"}, all_taken(3), id="an answer of several lines is one answer"
    ),
]


PACKETS = pytest.mark.parametrize("together", [False, True], ids=["one by one", "together"])


@PACKETS
@pytest.mark.parametrize(("rows", "expected"), CASES)
async def test_each_has_its_own_outcome(rows: dict[str, str], expected: dict[str, str], together: bool) -> None:
    async with server(table(**rows), together=together) as other:
        through = await pipeline(other.port)
        assert await sent(through, mails(len(expected))) == expected
        assert through.is_open
        assert await sent(through, mails(2)) == {key: expected[key] for key in "01"}, "and it goes on"
        through.close()
    taken = {f"p{key}@acme.example" for key, how in expected.items() if how == "taken"}
    assert {recipient for recipient, _ in other.taken} == taken
    assert all(data == about(recipient.replace("p", "n", 1).partition("@")[0]) for recipient, data in other.taken)


LOST = [
    pytest.param({"dot_2": "drop"}, "lost after DATA", "not sent", "Lost", id="the line is cut at the end of the data"),
    pytest.param({"rcpt_3": "drop"}, "taken", "not sent", "Lost", id="the line is cut at the next envelope"),
    pytest.param({"dot_2": None}, "lost after DATA", "not sent", "Lost", id="no answer to the data"),
    pytest.param({"mail_3": None, "rcpt_3": None}, "taken", "not sent", "Lost", id="no answer to the next envelope"),
    pytest.param({"dot_2": "354 what"}, "lost after DATA", "not sent", "OutOfStep", id="an answer of another step"),
    pytest.param({"dot_2": "nonsense"}, "lost after DATA", "not sent", "OutOfStep", id="no SMTP at all"),
    pytest.param({"rcpt_3": "354 what"}, "taken", "not sent", "OutOfStep", id="354 to RCPT"),
    pytest.param({"data_3": "250 what"}, "taken", "not sent", "OutOfStep", id="250 to DATA"),
    pytest.param({"dot_2": "250 ok\n250 ok"}, "taken", "not sent", "OutOfStep", id="one answer too many"),
]


@PACKETS
@pytest.mark.parametrize(("rows", "third", "fourth", "end"), LOST)
async def test_what_was_on_its_way_is_known(
    rows: dict[str, str], third: str, fourth: str, end: str, together: bool
) -> None:
    async with server(table(**rows), together=together) as other:
        through = await pipeline(other.port, SHORT if None in rows.values() else PATIENT)
        outcomes = await sent(through, mails(6))
        assert not through.is_open
    uncertain = [number for number, how in outcomes.items() if how.startswith("lost")]
    assert outcomes.pop("end") == end
    assert (outcomes["0"], outcomes["1"], outcomes["2"]) == ("taken", "taken", third)
    assert outcomes.get("3", "not sent") == fourth
    assert set(outcomes) <= set("0123"), "nothing is pulled after the end"
    assert len(uncertain) <= 1
    certain = [number for number, how in outcomes.items() if how == "taken"]
    assert {f"p{number}@acme.example" for number in certain} <= {recipient for recipient, _ in other.taken}


async def test_a_relay_that_says_goodbye_while_nothing_is_sent_is_closed() -> None:
    async with server(table()) as other:
        through = await pipeline(other.port)
        assert await sent(through, mails(1)) == all_taken(1)
    goodbye = b"421 4.3.2 shutting down\r\n"
    through.get_buffer(-1)[: len(goodbye)] = goodbye
    through.buffer_updated(len(goodbye))
    assert not through.is_open
    with pytest.raises(Lost):
        await through.run(lambda: None, lambda _mail, _how: None)


async def test_an_address_that_cannot_be_written_never_leaves() -> None:
    async with server(table()) as other:
        through = await pipeline(other.port)
        outcomes = await sent(through, [mail("p0\r\nDATA@x"), mail("p1@acme.example"), mail("p2é@acme.example")])
        through.close()
    assert sorted(outcomes.values()) == ["refused 553 5.6.7", "refused address", "taken"]
    assert [recipient for recipient, _ in other.taken] == ["p1@acme.example"]


async def test_a_run_that_is_cut_off_settles_what_was_on_its_way() -> None:
    async with server(table(dot_1=None)) as other:
        through = await pipeline(other.port)
        outcomes: list[str] = []
        left = iter(mails(4))
        run = asyncio.create_task(through.run(lambda: next(left, None), lambda _mail, how: outcomes.append(said(how))))
        await until(lambda: len(other.taken) == 1 and other.commands.count("DATA") == 3)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        assert not through.is_open
    assert outcomes == ["taken", "lost after DATA", "not sent"]


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
async def test_against_postfix(tmp_path: Path, security: str) -> None:
    """Some are refused at RCPT, one after DATA, the others arrive; byte for byte, and each once."""
    certs = certificates(tmp_path)
    async with dovecot() as imap, postfix(imap, US, ANN) as smtp, _door(smtp.port, certs.context(), security) as port:
        ca_file = certs.ca_file if security == "tls" else imap.certificates.ca_file
        settings = {
            "none": RelaySettings("r", "127.0.0.1", smtp.port, "none"),
            "starttls": RelaySettings(
                "r", "127.0.0.1", smtp.submission_port, "starttls", US, PASSWORD, ca_file=ca_file
            ),
            "tls": RelaySettings("r", "127.0.0.1", port, "tls", ca_file=ca_file),
        }[security]
        client = await open_session(settings, PATIENT, Resolver())
        through = Pipeline(client, PATIENT)
        batch = []
        for number in range(60):
            batch.append(mail(ANN, about(f"n{number}") + b".\r\n..dots\r\n"))
            if number % 10 == 3:
                batch.append(mail(f"nobody{number}@acme.example"))
            if number == 25:
                batch.append(mail(ANN, about("too big", 1_100_000)))
        outcomes: list[str] = []
        left = iter(batch)
        await through.run(lambda: next(left, None), lambda _mail, how: outcomes.append(said(how)))
        through.close()
        assert outcomes.count("taken") == 60
        assert outcomes.count("refused 550 5.1.1") == 6
        assert outcomes.count("refused 552 5.3.4") == 1
        await until(lambda: len(imap.messages(ANN)) == 60)
        bodies = [message.replace(b"\r\n", b"\n") for message in imap.messages(ANN)]
        assert all(body.endswith(b"\nWords.\n.\n..dots\n") for body in bodies)
        assert len({body.partition(b"Subject: ")[2].partition(b"\n")[0] for body in bodies}) == 60


@asynccontextmanager
async def _door(port: int, context: ssl.SSLContext, security: str) -> AsyncIterator[int]:
    """TLS from the first byte, passed on in the clear to `port`."""
    if security != "tls":
        yield 0
        return

    lines: list[asyncio.StreamWriter] = []

    async def pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        sink.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        lines.append(inner_writer)
        await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer), return_exceptions=True)

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as listening:
        yield listening.sockets[0].getsockname()[1]
        for line in lines:
            line.transport.abort()
        await asyncio.sleep(0)
