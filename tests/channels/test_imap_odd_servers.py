"""Odd, broken and hostile IMAP servers, and each trap of the library: nothing hangs, nothing is missed, all is told."""

import asyncio
from base64 import b64encode
from itertools import count

import pytest

from channels.imap import Login, Mailbox, Rhythm
from channels.imap_protocol import LONGEST_HELLO, MOST_HELLO, _Hello
from channels.types import Position
from tests.channels.imap_script import Reply, ScriptedImap
from tests.channels.mail_case import Desk, Given, stopped, until

QUICK = Rhythm(connect=0.3, command=0.3, renew=30.0, poll=0.05, first=0.01, longest=0.05, login=0.05)
KNOWN = Position(7, 0, 0)


def mailbox(server: ScriptedImap, rhythm: Rhythm = QUICK, **changes: object) -> Mailbox:
    login = Login("127.0.0.1", server.port, "none", "incidents", "open sesame")
    return Mailbox("incidents", login, rhythm=rhythm, **changes)  # type: ignore[arg-type]


async def first_word(server: ScriptedImap, watched: Mailbox, position: Position | None = KNOWN) -> str:
    """What is told first of a server that cannot be used."""
    desk = Desk()
    watch = asyncio.create_task(watched.watch(desk, position))
    await until(lambda: any(not state.up for state in desk.states))
    await stopped(watch)
    return next(state.reason for state in desk.states if not state.up)


UNUSABLE: list[tuple[str, dict[str, Reply], str, str]] = [
    ("turns us away", {}, "* BYE overloaded\r\n", "turned us away: * BYE overloaded"),
    ("is already logged in", {}, "* PREAUTH hello\r\n", "turned us away"),
    ("speaks another protocol", {}, "220 smtp ready\r\n", "turned us away"),
    ("says nothing", {}, "", "within 0.3 s"),
    ("greets without an end", {}, "* OK " + "x" * 20_000, "broke off"),
    ("refuses the login", {"LOGIN": "{tag} NO [AUTHENTICATIONFAILED] no\r\n"}, "* OK\r\n", "refused the login"),
    ("is silent at the login", {"LOGIN": ""}, "* OK\r\n", "0.3 s"),
    (
        "forbids logins in the clear",
        {"CAPABILITY": "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n{tag} OK\r\n"},
        "* OK\r\n",
        "TLS is needed",
    ),
    ("has no capabilities", {"CAPABILITY": "{tag} OK\r\n"}, "* OK\r\n", "cannot be understood"),
    ("has no such folder", {"SELECT": "{tag} NO no such mailbox\r\n"}, "* OK\r\n", "open the folder 'INBOX'"),
    ("gives no UIDVALIDITY", {"SELECT": "* 0 EXISTS\r\n{tag} OK\r\n"}, "* OK\r\n", "no UIDVALIDITY"),
    ("answers with another tag", {"SELECT": "ZZ9 OK\r\n"}, "* OK\r\n", ""),
    ("announces a literal of a terabyte", {"UID SEARCH": "* SEARCH {1000000000000}\r\n"}, "* OK\r\n", "lost"),
    (
        "gives a number of five thousand digits",
        {"UID SEARCH": f"* SEARCH {'9' * 5000}\r\n{{tag}} OK\r\n"},
        "* OK\r\n",
        "",
    ),
    ("refuses to search", {"UID SEARCH": "{tag} NO busy\r\n"}, "* OK\r\n", "refused to search: busy"),
    ("is silent at a search", {"UID SEARCH": ""}, "* OK\r\n", "no answer within 0.3 s"),
    ("refuses to IDLE", {"IDLE": "{tag} NO not now\r\n"}, "* OK\r\n", "refused to IDLE"),
    ("is silent at IDLE", {"IDLE": ""}, "* OK\r\n", "no answer within 0.3 s"),
    ("sends bytes", {"UID SEARCH": bytes(range(256)) + b"\r\n{tag} BAD\r\n"}, "* OK\r\n", "refused to search"),
]


@pytest.mark.parametrize(
    ("replies", "greeting", "reason"),
    [row[1:] for row in UNUSABLE],
    ids=[f"a server that {row[0]}" for row in UNUSABLE],
)
async def test_what_cannot_be_used_is_told_in_words_and_tried_again(
    replies: dict[str, Reply], greeting: str, reason: str
) -> None:
    async with ScriptedImap(replies, greeting) as server:
        told = await first_word(server, mailbox(server))
        assert reason in told
        assert "sesame" not in told


async def test_ten_thousand_untagged_lines_in_one_answer_are_read() -> None:
    noise = "".join(f"* {number} RECENT\r\n" for number in range(10_000))
    numbers = " ".join(str(number) for number in range(1, 300))
    listing = "".join(
        f'* {n} FETCH (UID {n} RFC822.SIZE 5 INTERNALDATE "01-Jan-2026 00:00:00 +0000")\r\n' for n in range(1, 300)
    )
    replies: dict[str, Reply] = {
        "UID SEARCH": f"{noise}* SEARCH {numbers}\r\n{{tag}} OK\r\n",
        "UID FETCH": listing + noise + "{tag} OK\r\n",
        "UID FETCH 1,": listing + "{tag} OK\r\n",
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server, Rhythm(first=0.01)).watch(desk, KNOWN))
        await until(lambda: any(command.endswith("<0.5242880>)") for command in server.commands))
        assert all(state.up for state in desk.states)
        await stopped(watch)


async def test_an_exists_amid_another_answer_is_not_missed() -> None:
    searches = count()

    def search() -> str:
        found = "* SEARCH 1\r\n" if next(searches) else "* SEARCH\r\n* 1 EXISTS\r\n"
        return found + "{tag} OK\r\n"

    body = "Subject: late\r\n\r\n"
    replies: dict[str, Reply] = {
        "UID SEARCH": search,
        "UID FETCH 1 (UID RFC822.SIZE": "* 1 FETCH (RFC822.SIZE 17 UID 1)\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID BODY": f"* 1 FETCH (BODY[]<0> {{{len(body)}}}\r\n{body} UID 1)\r\n{{tag}} OK\r\n",
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server, Rhythm()).watch(desk, KNOWN))
        await until(lambda: desk.subjects == ["late"])
        assert not any(command.startswith("IDLE") for command in server.commands[:6])
        await stopped(watch)


BODIES = [
    (
        "a literal before the UID",
        b"* 1 FETCH (BODY[] {17}\r\nSubject: odd\r\n\r\n) UID 1)\r\n",
        b"Subject: odd\r\n\r\n)",
    ),
    ("a quoted string", b'* 1 FETCH (UID 1 BODY[]<0> "Subject: \\"odd\\"")\r\n', b'Subject: "odd"'),
    ("an empty literal", b"* 1 FETCH (UID 1 BODY[]<0> {0}\r\n)\r\n", b""),
    (
        "parentheses, stars and tags in the text",
        b"* 1 FETCH (UID 1 BODY[]<0> {35}\r\n)) * 2 EXISTS\r\nA1 OK done\r\n((({9}\r\n)\r\n",
        b")) * 2 EXISTS\r\nA1 OK done\r\n((({9}\r\n",
    ),
    (
        "news of other messages in between",
        b"* 9 FETCH (FLAGS ())\r\n* 1 FETCH (UID 1 BODY[]<0> {2}\r\nok)\r\n* 9 FETCH (UID 9 FLAGS)\r\n* 3 EXISTS\r\n",
        b"ok",
    ),
]


@pytest.mark.parametrize(("answer", "raw"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
async def test_a_message_is_found_in_whatever_form_it_is_sent(answer: bytes, raw: bytes) -> None:
    moved = asyncio.Event()

    def move() -> str:
        moved.set()
        return "{tag} OK\r\n"

    replies: dict[str, Reply] = {
        "UID SEARCH": lambda: "* SEARCH\r\n{tag} OK\r\n" if moved.is_set() else "* SEARCH 1\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID RFC822.SIZE": "* 1 FETCH (UID 1 RFC822.SIZE 2)\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID BODY": answer + b"{tag} OK\r\n",
        "UID MOVE": move,
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, KNOWN))
        await until(moved.is_set)
        assert [arrival.raw for arrival in desk.mails] == [raw]
        await stopped(watch)


async def test_a_message_that_the_server_cannot_give_keeps_back_no_other() -> None:
    body = "* {0} FETCH (UID {0} BODY[]<0> {{2}}\r\nok)\r\n{{tag}} OK\r\n"
    replies: dict[str, Reply] = {
        "UID SEARCH": "* SEARCH 1 2 3\r\n{tag} OK\r\n",
        "UID FETCH 1,2,3 (UID RFC822.SIZE": "".join(f"* {n} FETCH (UID {n} RFC822.SIZE 2)\r\n" for n in (1, 2, 3))
        + "{tag} OK\r\n",
        "UID FETCH 2 (UID RFC822.SIZE": "* 2 FETCH (UID 2 RFC822.SIZE 2)\r\n{tag} OK\r\n",
        "UID FETCH 1,2,3 (UID BODY": "{tag} NO some could not be read\r\n",
        "UID FETCH 1 (UID BODY": body.format(1),
        "UID FETCH 2 (UID BODY": "{tag} NO message is damaged\r\n",
        "UID FETCH 3 (UID BODY": body.format(3),
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, KNOWN))
        await until(lambda: sum("FETCH 2 (UID BODY" in command for command in server.commands) >= 3)
        assert [arrival.position.last_uid for arrival in desk.mails] == [1, 1]
        assert any(command.endswith('UID MOVE 1,3 "Done"') for command in server.commands)
        assert "message is damaged" in desk.states[-1].reason
        assert desk.is_up
        await stopped(watch)


async def test_a_move_that_fails_is_told_and_changes_nothing() -> None:
    replies: dict[str, Reply] = {
        "UID SEARCH": "* SEARCH 1\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID RFC822.SIZE": "* 1 FETCH (UID 1 RFC822.SIZE 2)\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID BODY": "* 1 FETCH (UID 1 BODY[]<0> {2}\r\nok)\r\n{tag} OK\r\n",
        "UID MOVE": "{tag} NO [TRYCREATE] no such folder\r\n",
        "CREATE": "{tag} NO [NOPERM] not allowed\r\n",
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, KNOWN))
        await until(lambda: sum("MOVE" in command for command in server.commands) >= 6)
        assert len(desk.mails) == 1
        assert [state.up for state in desk.states] == [True, True]
        assert "cannot be moved to the folder 'Done'" in desk.states[-1].reason
        await stopped(watch)


async def test_without_move_and_uidplus_messages_are_copied_and_marked() -> None:
    marked = asyncio.Event()

    def store() -> str:
        marked.set()
        return "{tag} OK\r\n"

    replies: dict[str, Reply] = {
        "CAPABILITY": "* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n",
        "UID SEARCH": lambda: "* SEARCH\r\n{tag} OK\r\n" if marked.is_set() else "* SEARCH 1\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID RFC822.SIZE": "* 1 FETCH (UID 1 RFC822.SIZE 2)\r\n{tag} OK\r\n",
        "UID FETCH 1 (UID BODY": "* 1 FETCH (UID 1 BODY[]<0> {2}\r\nok)\r\n{tag} OK\r\n",
        "UID COPY": "{tag} OK\r\n",
        "UID STORE": store,
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, KNOWN))
        await until(marked.is_set)
        searches = sum("SEARCH" in command for command in server.commands)
        await until(lambda: sum("SEARCH" in command for command in server.commands) > searches + 1)
        await stopped(watch)
    assert len(desk.mails) == 1
    assert not any("EXPUNGE" in command for command in server.commands)
    assert any("UNDELETED" in command for command in server.commands)


async def test_without_uidnext_the_baseline_is_the_greatest_uid() -> None:
    replies: dict[str, Reply] = {
        "SELECT": "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK\r\n",
        "UID SEARCH": "* SEARCH 41 7\r\n{tag} OK\r\n",
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, None))
        await until(lambda: desk.is_up)
        await stopped(watch)
    assert repr(desk.arrivals[0]) == (
        "FirstSight(source='incidents', position=Position(uidvalidity=7, baseline=41, last_uid=41), "
        "waiting=2, since=None)"
    )


async def test_idle_is_renewed_and_nothing_is_asked_while_it_lasts() -> None:
    async with ScriptedImap() as server:
        desk = Desk()
        rhythm = Rhythm(renew=0.02)
        watch = asyncio.create_task(mailbox(server, rhythm).watch(desk, KNOWN))
        await until(lambda: server.commands.count("DONE") >= 3)
        await stopped(watch)
    verbs = [command.split(" ")[-1] if " " in command else command for command in server.commands]
    idles = [index for index, verb in enumerate(verbs) if verb == "IDLE"]
    assert all(verbs[index + 1] == "DONE" for index in idles[:3])


async def test_a_connection_that_ends_within_idle_is_noticed_at_once() -> None:
    async with ScriptedImap() as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server, Rhythm(first=600.0)).watch(desk, KNOWN))
        await until(lambda: any(command.endswith("IDLE") for command in server.commands))
        assert server.writer is not None
        server.writer.transport.abort()
        await until(lambda: not desk.is_up)
        assert desk.states[-1].reason == "the connection was lost"
        await stopped(watch)


async def test_a_server_that_ends_idle_by_itself_is_asked_again() -> None:
    async with ScriptedImap({"IDLE": "+ idling\r\n{tag} OK idled enough\r\n"}) as server:
        desk = Desk()
        watch = asyncio.create_task(mailbox(server).watch(desk, KNOWN))
        await until(lambda: sum(command.endswith("IDLE") for command in server.commands) >= 3)
        assert all(state.up for state in desk.states)
        await stopped(watch)


async def test_a_name_and_password_of_any_letters_are_passed_on_whole() -> None:
    async with ScriptedImap() as server:
        login = Login("127.0.0.1", server.port, "none", 'in"ci\\ dents', 'ope"n \\ sésame')
        assert await Mailbox("incidents", login, rhythm=QUICK).check() is None
    sent = next(command for command in server.commands if " LOGIN " in command)
    assert sent.endswith(r''' LOGIN "in\"ci\\ dents" "ope\"n \\ sésame"''')


async def test_a_password_shows_in_no_log_and_no_reason(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with ScriptedImap({"LOGIN": "{tag} BAD what is LOGIN incidents open sesame\r\n"}) as server:
        told = await first_word(server, mailbox(server))
    assert "what is LOGIN incidents …" in told
    async with ScriptedImap({"CAPABILITY": XOAUTH2, "AUTHENTICATE XOAUTH2": "{tag} NO ya29.token\r\n"}) as server:
        told += await first_word(server, by_token(server))
    sent = next(command for command in server.commands if "XOAUTH2" in command).split()[-1]
    for secret in ("sesame", "ya29.token", sent):
        assert secret not in told + caplog.text


async def test_a_password_can_carry_no_command() -> None:
    async with ScriptedImap() as server:
        login = Login("127.0.0.1", server.port, "none", "incidents", "x\r\nA1 DELETE INBOX")
        trouble = await Mailbox("incidents", login, rhythm=QUICK).check()
        assert trouble is not None
    assert not any("DELETE" in command for command in server.commands)


# XOAUTH2 and STARTTLS

XOAUTH2 = "* CAPABILITY IMAP4rev1 IDLE AUTH=XOAUTH2\r\n{tag} OK\r\n"


def by_token(server: ScriptedImap, *tokens: str) -> Mailbox:
    given = Given(*tokens or ("ya29.token",))
    login = Login("127.0.0.1", server.port, "none", "incidents@acme.example", auth="xoauth2", token=given)
    return Mailbox("incidents", login, rhythm=QUICK)


async def test_a_token_logs_in() -> None:
    async with ScriptedImap({"CAPABILITY": XOAUTH2, "AUTHENTICATE XOAUTH2": "{tag} OK\r\n"}) as server:
        desk = Desk()
        watch = asyncio.create_task(by_token(server).watch(desk, KNOWN))
        await until(lambda: desk.is_up)
        await stopped(watch)
    sent = next(command for command in server.commands if "XOAUTH2" in command)
    assert sent.endswith("dXNlcj1pbmNpZGVudHNAYWNtZS5leGFtcGxlAWF1dGg9QmVhcmVyIHlhMjkudG9rZW4BAQ==")


async def test_a_refused_token_is_told_not_waited_for() -> None:
    replies: dict[str, Reply] = {
        "CAPABILITY": XOAUTH2,
        "AUTHENTICATE XOAUTH2": "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n",
        "": "{tag} NO AUTHENTICATE failed.\r\n",
    }
    async with ScriptedImap(replies) as server:
        told = await first_word(server, by_token(server))
    assert "refused the login" in told
    assert "ya29" not in told


async def test_after_a_refused_token_another_one_logs_in() -> None:
    """It was revoked before its time, or the machine slept through it."""
    good = b64encode(b"user=incidents@acme.example\1auth=Bearer two\1\1").decode()
    replies: dict[str, Reply] = {
        "CAPABILITY": XOAUTH2,
        "AUTHENTICATE XOAUTH2": "{tag} NO AUTHENTICATE failed.\r\n",
        f"AUTHENTICATE XOAUTH2 {good}": "{tag} OK\r\n",
    }
    async with ScriptedImap(replies) as server:
        desk = Desk()
        watch = asyncio.create_task(by_token(server, "one", "two").watch(desk, KNOWN))
        await until(lambda: desk.is_up)
        await stopped(watch)


STARTTLS = [
    ("refuses it", "TLS1 NO not here\r\n", "refused STARTTLS"),
    ("does not know it", "TLS1 BAD unknown\r\n", "refused STARTTLS"),
    ("talks on in the clear", "TLS1 OK begin\r\n* OK [CAPABILITY IMAP4rev1] injected\r\nA OK\r\n", ""),
]


@pytest.mark.parametrize(("answer", "reason"), [row[1:] for row in STARTTLS], ids=[row[0] for row in STARTTLS])
async def test_a_server_without_tls_gets_no_password(answer: str, reason: str) -> None:
    async with ScriptedImap({"STARTTLS": answer}) as server:
        login = Login("127.0.0.1", server.port, "starttls", "incidents", "open sesame")
        told = await first_word(server, Mailbox("incidents", login, rhythm=QUICK))
        assert reason in told
        assert not any("LOGIN" in command for command in server.commands)


@pytest.mark.parametrize(
    ("data", "first"),
    [
        pytest.param(b"* OK hello\r\n" * 10_000, b"* OK hello\r", id="lines without end"),
        pytest.param(b"x" * 100_000, b"", id="a line without end"),
    ],
)
def test_what_a_server_says_before_tls_fills_no_memory(data: bytes, first: bytes) -> None:
    hello = _Hello()
    for _ in range(50):
        hello.data_received(data)
    assert hello._lines.qsize() <= MOST_HELLO
    assert len(hello._rest) <= LONGEST_HELLO
    assert hello._lines.get_nowait() == first
