"""The way onto the board from elsewhere, at the wire: a link to who may look, a button, a session; all others wait."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from config.types import MANAGERS, OPERATORS
from daemon.clock import MovedClock
from daemon.core.boarding import LINK_LIFE
from daemon.core.notices import Notice
from daemon.web.board.login import MOST_ASKS, origin_of
from daemon.web.board.viewer import SESSION
from tests.core.vocabulary import minutes
from tests.web.stage import ORIGIN, Shown, Stage, shown

PAGES = ("/board", "/board/MI-1", "/board/MI-1/people")


def links(stage: Stage) -> list[Notice]:
    return [notice for notice in stage.state.notices.values() if notice.kind == "board-link"]


def public() -> Stage:
    """An incident under way, and nothing shown without a login."""
    stage = Stage(public=True)
    stage.accepted()
    return stage


# Asking


@pytest.mark.parametrize(
    ("asked", "via"),
    [
        pytest.param("an.peeters@acme.example", "email", id="by address"),
        pytest.param("  An.Peeters@ACME.example ", "email", id="as people type"),
        pytest.param("jw@home.example", "email", id="by a second address"),
        pytest.param("+32 470 55 01 03", "sms", id="by number"),
        pytest.param("0032470550103", "sms", id="by number, with two zeros"),
        pytest.param("sofie.maes@acme.example", "email", id="an operator"),
    ],
)
async def test_who_may_look_gets_a_link_the_way_they_asked(asked: str, via: str) -> None:
    async with shown(public()) as here:
        answer = await here.posts("/board/login", who=asked)
        assert answer.status == 200
        (notice,) = links(here.stage)
        assert notice.via[0] == (via,)
        assert len(notice.via) == 2, "and by the other way where that fails"
        assert notice.content.due == notice.at + LINK_LIFE
        assert notice.content.link == "", "the secret is not in what is written down"


STRANGERS = {
    "a stranger": "mallory@evil.example",
    "somebody in an audience": "lotte.claes@acme.example",
    "an engineer": "hugo.moreau@acme.example",
    "a number of nobody": "+32470999999",
    "a header": "an.peeters@acme.example\r\nBcc: mallory@evil.example",
    "two addresses": "an.peeters@acme.example, mallory@evil.example",
    "a very long one": "a" * 5000 + "@acme.example",
    "markup": "<script>alert(1)</script>@acme.example",
}


@pytest.mark.parametrize("asked", STRANGERS.values(), ids=STRANGERS)
async def test_everybody_else_gets_the_same_answer_and_nothing_more(asked: str) -> None:
    async with shown(public()) as here:
        known = await here.posts("/board/login", who="an.peeters@acme.example")
        before = len(links(here.stage))
        answer = await here.posts("/board/login", who=asked)
        assert (answer.status, answer.text) == (known.status, known.text)
        assert set(answer.headers) == set(known.headers)
        assert len(links(here.stage)) == before == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param("0470 55 01 03", "write &#34;+32470550103&#34;", id="a manager's without its country"),
        pytest.param("0470 55 99 99", "write &#34;+32470559999&#34;", id="nobody's without its country"),
        pytest.param("An Peeters", "does not begin with +", id="a name"),
        pytest.param("", "An email address will do as well", id="nothing"),
        pytest.param("+", "is no phone number", id="the sign alone"),
        pytest.param("<b>", "&#34;&lt;b&gt;&#34; does not begin", id="markup"),
        pytest.param("\u202e1\0" * 900, "does not begin with +", id="a very long one that turns what follows"),
    ],
)
async def test_what_nobody_can_have_is_said_at_once_and_nothing_is_sent(asked: str, words: str) -> None:
    async with shown(public()) as here:
        answer = await here.posts("/board/login", who=asked)
        assert words in answer.text
        assert "\u202e" not in answer.text
        assert links(here.stage) == []


URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        pytest.param(f"{URLENCODED}; charset=utf-99", b"who=a", 400, id="in a charset that is none"),
        pytest.param(f"{URLENCODED}; charset=utf-16", b"who=a", 400, id="in a charset that it is not"),
        pytest.param(URLENCODED, b"who=\xff\xfe", 400, id="bytes that are no text"),
        pytest.param(URLENCODED, b"&".join(b"%d=1" % n for n in range(9000)), 413, id="thousands of fields"),
        pytest.param("multipart/form-data; boundary=a", b"--a\r\n\r\nx\r\n--a--\r\n", 415, id="in parts"),
        pytest.param("text/plain", b"who=a", 415, id="as text"),
    ],
)
async def test_what_is_no_form_is_refused_without_a_traceback(kind: str, body: bytes, status: int) -> None:
    async with shown(public()) as here:
        headers = {"Content-Type": kind, "Origin": ORIGIN}
        with capture_logs() as logs:
            async with here.session.post(f"{here.url}/board/login", data=body, headers=headers) as answer:
                assert answer.status == status
        assert logs == []


async def test_from_one_address_only_so_many_are_asked_for() -> None:
    async with shown(public()) as here:
        first = {"X-Forwarded-For": "203.0.113.7"}
        found = [
            (await here.posts("/board/login", who=f"{n}@acme.example", **first)).status for n in range(MOST_ASKS + 2)
        ]
        assert found == [200] * MOST_ASKS + [429] * 2
        assert (
            await here.posts("/board/login", who="x@acme.example", **{"X-Forwarded-For": "203.0.113.8"})
        ).status == 200
        here.stage.seconds += 180
        assert (await here.posts("/board/login", who="x@acme.example", **first)).status == 200


async def test_one_person_gets_three_links_in_ten_minutes_at_most() -> None:
    async with shown(public()) as here:
        for n in range(6):
            answer = await here.posts(
                "/board/login", who="an.peeters@acme.example", **{"X-Forwarded-For": f"203.0.113.{n}"}
            )
            assert answer.status == 200
        assert len(links(here.stage)) == 3
        here.stage.passes(minutes(11))
        await here.asks()
        assert len(links(here.stage)) == 4


# Using the link


async def test_the_button_logs_in_and_the_page_alone_does_not() -> None:
    async with shown(public()) as here:
        path = await here.asks()
        for method in ("GET", "HEAD", "GET"):
            looked = await here.calls(method, path)
            assert looked.status == 200
            assert "Set-Cookie" not in looked.headers
        assert f'<form method="post" action="{path}">' in (await here.gets(path)).text
        answer = await here.posts(path)
        assert (answer.status, answer.place) == (303, "/board")
        value, *flags = answer.headers["Set-Cookie"].split("; ")
        assert value.startswith("__Host-board=")
        assert {flag.partition("=")[0].lower() for flag in flags} == {
            "httponly",
            "secure",
            "samesite",
            "path",
            "max-age",
        }
        assert {"SameSite=Strict", "Path=/", f"Max-Age={int(SESSION.total_seconds())}"} <= set(flags)
        board = await here.gets("/board", value)
        assert board.status == 200
        assert "Web shop is down" in board.text
        assert "An Peeters" in board.text


async def test_a_link_works_once_however_fast_it_is_pressed_and_whatever_restarts() -> None:
    stage = public()
    async with shown(stage) as here:
        path = await here.asks()
        answers = await asyncio.gather(*(here.posts(path) for _ in range(8)))
        assert sorted(answer.status for answer in answers) == [303] + [403] * 7
        assert (await here.gets(path)).status == 403
        cookie = next(a for a in answers if a.status == 303).headers["Set-Cookie"].partition(";")[0]
    stage.state = stage.restored()
    async with shown(stage) as here:
        assert (await here.posts(path)).status == 403
        assert (await here.gets("/board", cookie)).status == 200, "who is in stays in"


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(0), 303), (LINK_LIFE - timedelta(seconds=1), 303), (LINK_LIFE, 403), (timedelta(days=1), 403)],
)
async def test_a_link_works_for_ten_minutes(after: timedelta, status: int) -> None:
    async with shown(public()) as here:
        path = await here.asks()
        here.stage.passes(after)
        assert (await here.posts(path)).status == status


Forge = Callable[[Shown, Notice, Notice], str]
FORGED: dict[str, Forge] = {
    "of another person": lambda here, mine, _: here.passes.link(mine.id, "claire.dubois@acme.example", mine.at),
    "of another notice": lambda here, mine, other: here.link(other).replace(f"/{other.id}-", f"/{mine.id}-")[13:],
    "of another time": lambda here, mine, _: here.passes.link(mine.id, mine.recipients[0], mine.at + minutes(9)),
    "of a notice that is no link": lambda here, *_: here.link(here.stage.state.notices[1])[13:],
    "of no notice": lambda here, *_: here.passes.link(999999, "an.peeters@acme.example", here.stage.now),
    "a session": lambda here, mine, _: here.passes.session(mine.id, mine.recipients[0], mine.at),
    "one letter more": lambda here, mine, _: here.link(mine)[13:] + "a",
    "one letter less": lambda here, mine, _: here.link(mine)[13:-1],
    "another letter": lambda here, mine, _: here.link(mine)[13:-1] + ("a" if here.link(mine)[-1] != "a" else "b"),
    "in capitals": lambda here, mine, _: here.link(mine)[13:].upper(),
    "other digits": lambda here, mine, _: here.link(mine)[13:].replace(str(mine.id), "%D9%A1", 1),
    "nothing": lambda *_: "-",
    "a zero byte": lambda here, mine, _: here.link(mine)[13:] + "%00",
    "a path": lambda *_: "..%2f..%2fetc%2fpasswd",
    "very long": lambda *_: "1-" + "a" * 3000,
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
async def test_no_other_link_opens_anything(forge: Forge) -> None:
    async with shown(public()) as here:
        await here.asks("Claire")
        await here.asks("An")
        other, mine = links(here.stage)
        path = f"/board/enter/{forge(here, mine, other)}"
        for answer in (await here.calls("POST", path, Origin=ORIGIN), await here.gets(path)):
            assert answer.status == 403
            assert "Set-Cookie" not in answer.headers
        assert (await here.posts(here.link(mine))).status == 303, "and the true one still does"


def without(stage: Stage, name: str, *lists: str) -> None:
    """The configuration as a reload brings it, with this person on those lists no more."""
    people, who = stage.configuration.people, stage.who(name)
    kept = {name: tuple(one for one in on if one != who) if name in lists else on for name, on in people.lists.items()}
    contacts = people.contacts if MANAGERS in lists else {id_: c for id_, c in people.contacts.items() if id_ != who}
    stage.state.configuration = replace(stage.configuration, people=replace(people, contacts=contacts, lists=kept))


@pytest.mark.parametrize("lists", [(MANAGERS,), (MANAGERS, OPERATORS)], ids=["off the list", "off both lists"])
async def test_who_is_taken_off_the_list_is_out_at_once(lists: tuple[str, ...]) -> None:
    async with shown(public()) as here:
        cookie = await here.enters()
        path = await here.asks()
        without(here.stage, "An", *lists)
        assert (await here.posts(path)).status == 403
        assert (await here.gets("/board", cookie)).place == "/board/login"
        assert (await here.gets("/board/events", cookie)).status == 403


async def test_somebody_who_is_an_operator_too_stays() -> None:
    async with shown(public()) as here:
        cookie = await here.enters("Tom")
        assert (await here.gets("/board", cookie)).status == 200


# The session


async def test_a_session_ends_after_twelve_hours() -> None:
    async with shown(public()) as here:
        cookie = await here.enters()
        here.stage.clock.move_to(here.stage.now + SESSION - timedelta(seconds=1))
        assert (await here.gets("/board", cookie)).status == 200
        here.stage.clock.move_to(here.stage.now + SESSION)
        assert (await here.gets("/board", cookie)).place == "/board/login"


class AdjustedClock(MovedClock):
    """As a machine's own, which somebody may set right."""

    def set_to(self, when: datetime) -> None:
        self._now = when


@pytest.mark.parametrize(("back", "status"), [(timedelta(minutes=9), 200), (timedelta(days=1), 303)], ids=str)
async def test_a_clock_that_is_set_back_makes_no_session_longer(back: timedelta, status: int) -> None:
    stage = public()
    clock = stage.clock = AdjustedClock(stage.now)
    async with shown(stage) as board:
        cookie = await board.enters()
        clock.set_to(stage.now - back)
        assert (await board.gets("/board", cookie)).status == status


async def test_logging_out_ends_it_for_who_copied_the_cookie_too_and_after_a_restart() -> None:
    stage = public()
    async with shown(stage) as here:
        cookie, other = await here.enters(), await here.enters()
        answer = await here.posts("/board/logout", cookie)
        assert (answer.status, answer.place) == (303, "/board/login")
        assert answer.headers["Set-Cookie"].startswith('__Host-board="";')
        assert (await here.gets("/board", cookie)).place == "/board/login"
        assert (await here.gets("/board", other)).status == 200, "in another browser it goes on"
    stage.state = stage.restored()
    async with shown(stage) as here:
        assert (await here.gets("/board", cookie)).place == "/board/login"


COOKIES: dict[str, Callable[[str], str]] = {
    "none": lambda _: "",
    "empty": lambda _: "__Host-board=",
    "altered": lambda good: good[:-1] + ("a" if good[-1] != "a" else "b"),
    "for longer": lambda good: good.replace("-177", "-277", 1),
    "by another name": lambda good: good.removeprefix("__Host-"),
    "garbage": lambda _: "__Host-board=%00%ff;;;=;__Host-board",
    "signs": lambda _: "__Host-board=\u00e9\u00ff",
    "a number without end": lambda _: "__Host-board=1-" + "9" * 12 + "-" + "a" * 32,
    "many": lambda good: "; ".join(f"c{n}=1" for n in range(200)),
}


@pytest.mark.parametrize("made", COOKIES.values(), ids=COOKIES)
async def test_no_other_cookie_counts(made: Callable[[str], str]) -> None:
    async with shown(public()) as here:
        good = await here.enters()
        cookie = made(good)
        assert cookie != good
        answer = await here.gets("/board", cookie)
        assert (answer.status, answer.place) == (303, "/board/login")


async def test_a_huge_cookie_is_refused_and_others_are_served() -> None:
    async with shown(public()) as here:
        good = await here.enters()
        assert (await here.gets("/board", f"{good}; single-sign-on={'a' * 6000}")).status == 200
        assert (await here.gets("/board", "__Host-board=" + "a" * 10_000)).status in (400, 431)
        assert (await here.gets("/board/login")).status == 200


ODD = {
    "JSON": 'consent={"a":1, "b":[2]}',
    "a quotation that never ends": 'x="abc',
    "signs": "x=a@b[c](d)/e?f",
    "spaces": "x = y ; ; z",
    "no value": "x",
    "ours, with nothing in it": "__Host-board=",
    "letters of other alphabets": "x=\u00e9\u00fc",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_odd_cookies_of_the_domain_above_do_not_shut_anybody_out(odd: str) -> None:
    async with shown(public()) as here:
        good = await here.enters()
        assert (await here.gets("/board", f"{odd}; {good}")).status == 200


async def test_a_cookie_for_a_link_that_nobody_used_is_made_by_nobody_else() -> None:
    async with shown(public()) as here:
        await here.asks()
        (notice,) = links(here.stage)
        until = here.stage.now + SESSION
        forged = here.passes.session(notice.id, "claire.dubois@acme.example", until)
        assert (await here.gets("/board", f"__Host-board={forged}")).place == "/board/login"


# Other sites


ORIGINS = {
    "none": None,
    "null": "null",
    "empty": "",
    "another site": "https://evil.example",
    "in the clear": "http://murphy.acme.example:8080",
    "another port": "https://murphy.acme.example",
    "a name that begins like ours": "https://murphy.acme.example:8080.evil.example",
    "a name below ours": "https://evil.murphy.acme.example:8080",
    "this machine": "http://127.0.0.1:8080",
}


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
async def test_a_form_from_elsewhere_does_nothing(origin: str | None) -> None:
    async with shown(public()) as here:
        cookie, path = await here.enters(), await here.asks()
        before = len(links(here.stage))
        assert (await here.posts("/board/login", origin=origin, who="an.peeters@acme.example")).status == 403
        assert (await here.posts(path, origin=origin)).status == 403
        assert (await here.posts("/board/logout", cookie, origin=origin)).status == 403
        assert len(links(here.stage)) == before
        assert (await here.gets("/board", cookie)).status == 200
        assert (await here.posts(path)).status == 303, "the link is not used up"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://murphy.acme.example", "https://murphy.acme.example"),
        ("https://Murphy.acme.example:443", "https://murphy.acme.example"),
        ("https://murphy.acme.example:8443", "https://murphy.acme.example:8443"),
        ("https://mürphy.example", "https://xn--mrphy-kva.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_an_address_is_compared_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


async def test_who_is_at_another_name_is_led_to_the_board_s_own_address() -> None:
    async with shown(public()) as here:
        answer = await here.posts("/board/login", origin="https://intranet.acme.example", who="an.peeters@acme.example")
        assert f'<a href="{ORIGIN}/board/login">' in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/board/login", "/board/enter/1-a", "/", "/board/MI-999", "/nothing"])
async def test_every_answer_keeps_other_sites_and_caches_out(path: str) -> None:
    async with shown(public()) as here:
        cookie = await here.enters()
        for sent in ("", cookie):
            headers = (await here.gets(path, sent)).headers
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-store"
            policy = headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")


ELSEWHERE = {
    "a place to go on to": "/board?next=https://evil.example",
    "in the path": "/board/login?next=//evil.example/",
    "two slashes": "//evil.example/board",
    "a backslash": "/\\evil.example/board",
    "a line break": "/board%0d%0aLocation:%20https://evil.example",
    "up": "/board/../../evil.example",
    "up, in percent": "/board/%2e%2e/%2e%2e/metrics",
    "an incident of another form": "/board/MI-1%2fpeople",
    "an incident without end": "/board/MI-" + "9" * 500,
    "an asset": "/assets/..%2fserver.py",
}


@pytest.mark.parametrize("path", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_no_path_leads_elsewhere(path: str) -> None:
    async with shown(public()) as here:
        cookie = await here.enters()
        for sent in ("", cookie):
            answer = await here.gets(path, sent, Host="evil.example")
            assert answer.status in (200, 303, 400, 404)
            assert answer.place in ("", "/board", "/board/login", "/board/MI-1/people")
            assert "evil.example" not in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_without_a_login_there_is_nothing_to_see(path: str) -> None:
    async with shown(public()) as here:
        for headers in ({}, {"Host": "127.0.0.1:8080"}, {"X-Forwarded-For": "127.0.0.1"}):
            answer = await here.gets(path, **headers)
            assert (answer.status, answer.place, answer.text) == (303, "/board/login", "")
        assert (await here.gets("/board/events")).status == 403
