"""What the board shows, to whom, and how it stays alive; at the wire, over states as the core leaves them."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from daemon.core import events as e
from daemon.core.facts import HealthChanged
from daemon.core.health import lost
from daemon.core.stimuli import DrillAsked
from daemon.web.board.live import MOST, MOST_OF_ONE, Pace
from tests.core.vocabulary import minutes
from tests.web.stage import ORIGIN, Shown, Stage, busy, shown

WITHIN = 45.0

HERE = {"Host": "127.0.0.1:8080"}


def words(html: str) -> str:
    """As somebody reads them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).replace(" ,", ",")


# What is shown


async def test_the_board_shows_what_is_under_way_and_what_has_ended() -> None:
    async with shown(busy()) as here:
        said = words((await here.gets("/board")).text)
        for part in (
            "MI-3 accepted since 09:32 Web shop shows an error to everybody since the release",
            "Next update in 27 minutes by 10:17 to management",
            "Manager An Peeters",
            "web : Rosa Alvarez joined",
            "https://meet.acme.example/major, +3225550100, PIN 482915",
            "Last words Payments work again for new orders.",
            "MI-4 proposed",
            "An Peeters, James Whitfield, Claire Dubois; next 09:55",
            "nobody has decided yet",
            "email up 09:41, 2.4",
            "gsm the modem does not answer down since 09:19",
            "MI-1 Nobody could print resolved",
            "MI-2 Phones in Ghent are silent rejected",
        ):
            assert part in said
        order = [said.index(part) for part in ("Under way", "MI-3", "MI-4", "Recently ended", "MI-1")]
        assert order == sorted(order), "what was accepted stands before what is only proposed"
        assert "Nobody on the team at the end." in words((await here.gets("/board/MI-1")).text)


async def test_an_incident_shows_its_timeline_the_newest_first_and_who_was_reached() -> None:
    async with shown(busy(100)) as here:
        said = words((await here.gets("/board/MI-3")).text)
        timeline = said[said.index("Timeline") :]
        order = ["wrote an update", "Rosa Alvarez joined", "An Peeters accepted", "Lotte Claes proposed it"]
        places = [timeline.index(part) for part in order]
        assert places == sorted(places)
        assert "Hugo Moreau declined or left (database): I am on a train until ten" in timeline
        assert "stakeholders 93 of 114 1 not reached 20 on its way email 82 sms 11" in said
        assert "113 of 114 1 not reached" in said
        assert "20 on its way" in said


async def test_a_proposal_shows_who_is_asked_and_what_was_proposed() -> None:
    stage = Stage()
    stage.proposes(words="Payroll is gone", body="Since the update of last night.\nImpact: 900 people are not paid")
    async with shown(stage) as here:
        said = words((await here.gets("/board/MI-1")).text)
        assert "Asked An Peeters, James Whitfield, Claire Dubois; next 09:05" in said
        assert "Manager nobody has decided yet" in said
        assert "Proposed 09:00 by Lotte" in said
        assert "Details Since the update of last night." in said
        assert "Impact 900 people are not paid" in said


async def test_person_by_person_who_was_not_reached_comes_first_and_names_are_found() -> None:
    async with shown(busy(450)) as here:
        first = words((await here.gets("/board/MI-3/people")).text)
        assert "1 to 200 of 466; who was not reached lately comes first" in first
        assert re.search(r"update, [0-9:]+ ; [0-9]+ not reached", words((await here.gets("/board")).text))
        rows = re.findall(r'<tr><th scope="row">.*?</tr>', (await here.gets("/board/MI-3/people")).text)
        assert "✗" in rows[0]
        assert "201 to 400 of 466" in words((await here.gets("/board/MI-3/people?page=2")).text)
        assert "1 to 1 of 1;" in words((await here.gets("/board/MI-3/people?q=LOTTE")).text)
        missed = (await here.gets("/board/MI-3/people?only=unreached")).text
        assert len(re.findall(r"<tr><th.*✗", missed)) == missed.count('<tr><th scope="row"') > 3
        assert missed.count('<span class="why small">no address</span>') == missed.count("✗</i><span")
        for odd in ("?page=0", "?page=-1", "?page=99999", "?page=x", "?only=nothing", "?page=%00&q=%ff"):
            assert (await here.gets(f"/board/MI-3/people{odd}")).status == 200
        assert "Nobody like that" in (await here.gets("/board/MI-3/people?q=%3Cscript%3E")).text


async def test_after_the_all_clear_the_review_and_what_was_agreed_are_shown() -> None:
    stage = busy()
    async with shown(stage) as here:
        assert "Review" not in words((await here.gets("/board/MI-3")).text)
        stage.says("An", "RESOLVE MI-3 everything works again")
        stage.says("An", "ACTION MI-3 hugo.moreau@acme.example replace the disk by 2026-03-20")
        page = words((await here.gets("/board/MI-3")).text)
        assert "Review An Peeters; meeting Thu 5 Mar 09:30, 0 of 2 have answered" in page
        assert "1. Hugo Moreau: replace the disk, by Friday 20 March 2026" in page
        stage.says("An", "REVIEWED MI-3")
        assert "Review An Peeters closed it" in words((await here.gets("/board/MI-3")).text)


async def test_with_5000_people_no_page_is_heavy() -> None:
    async with shown(busy(5000)) as here:
        for path in ("/board", "/board/MI-3", "/board/MI-3/people"):
            page = (await here.gets(path)).text
            assert len(page.encode()) < 150_000, "unpacked, so that style and script fit in 200 KB with it"
            assert "5,01" in page or path == "/board"


async def test_what_people_wrote_is_never_markup() -> None:
    stage = Stage()
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    stage.proposes(words=evil, body=f"Impact: {evil}")
    stage.says("An", f"ACCEPT {evil}")
    stage.says("An", f"BRIDGE javascript:alert(3) {evil}")
    stage.says("An", f"NOTE {evil}")
    async with shown(stage) as here:
        for path in ("/board", "/board/MI-1", f"/board/MI-1/people?q={'%3Cscript%3E'}"):
            page = (await here.gets(path)).text
            assert "&lt;script&gt;" in page
            assert "<script>" not in page
            assert "<img" not in page
            assert 'href="javascript' not in page.lower()


async def test_no_words_turn_those_behind_them() -> None:
    stage = Stage()
    turned = "gnihton \u202e something \u2066 else\u0007"
    stage.proposes(words=turned, body=f"Impact: {turned}")
    stage.says("An", f"ACCEPT {turned} MGMT {turned}")
    stage.says("An", f"BRIDGE {turned}")
    async with shown(stage) as here:
        for path in ("/board", "/board/MI-1", "/board/MI-1/people"):
            page = (await here.gets(path)).text
            assert "something" in page
            assert not set(page) & set("\u202e\u2066\u0007")


async def test_an_exercise_is_marked_and_stands_below_what_is_real() -> None:
    stage = Stage()
    stage.gets(DrillAsked("k", words="The data center is flooded"))
    async with shown(stage) as here:
        said = words((await here.gets("/board")).text)
        assert "exercise" in said
        assert "Only an exercise: nothing has really failed." in said
        assert "Only an exercise" in words((await here.gets("/board/DR-1")).text)


async def test_a_canary_that_did_not_come_back_is_shown() -> None:
    stage = Stage()
    gone = lost(None, stage.now - minutes(6), "not back in 5 minutes", stage.now)
    stage.happens(HealthChanged("email", gone))
    async with shown(stage) as here:
        assert "email not back in 5 minutes down since 09:00 lost, sent 08:54" in words(
            (await here.gets("/board")).text
        )


# Who is at this machine


@pytest.mark.parametrize("path", ["/board", "/board/MI-1", "/board/MI-1/people", "/board/events", "/board/login"])
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "murphy.acme.example"}, id="a proxy that keeps the Host"),
        pytest.param({"Host": "evil.example"}, id="a name bound anew to this machine"),
        pytest.param({**HERE, "X-Forwarded-For": "127.0.0.1"}, id="a proxy"),
        pytest.param({**HERE, "Forwarded": "for=127.0.0.1"}, id="a newer proxy"),
        pytest.param({**HERE, "Via": "1.1 proxy"}, id="a cache"),
    ],
)
async def test_where_nothing_is_public_only_this_machine_sees_it(path: str, headers: dict[str, str]) -> None:
    stage = Stage()
    stage.accepted()
    async with shown(stage) as here:
        answer = await here.gets(path, **headers)
        assert answer.status == 403
        assert "Web shop" not in answer.text
        assert (await here.posts("/board/login", who="an.peeters@acme.example", **headers)).status == 403


async def test_an_old_proxy_that_says_nothing_is_not_this_machine() -> None:
    stage = Stage()
    stage.accepted()
    async with shown(stage) as here:
        port = int(here.url.rpartition(":")[2])
        for version, status in ((b"1.0", b"403"), (b"1.1", b"200")):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /board HTTP/%s\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n" % version)
            async with asyncio.timeout(WITHIN):
                assert (await reader.read()).split(b" ")[1] == status
            writer.close()


async def test_at_this_machine_nobody_logs_in_and_nothing_is_asked_for() -> None:
    async with shown(Stage()) as here:
        assert (await here.gets("/board/login")).place == "/board"
        assert (await here.posts("/board/login", origin=here.url, who="an.peeters@acme.example")).place == "/board"
        assert (await here.posts("/board/logout", origin=here.url)).status == 403
        assert not here.stage.state.notices


# What is confidential


def secretive(*, public: bool) -> Stage:
    """MI-1 is confidential, MI-2 looks like it."""
    stage = Stage(public=public)
    stage.proposes(words="Somebody copies the payroll", body="Confidential: yes")
    stage.says("An", "ACCEPT MI-1")
    stage.proposes("Nadia", words="Printers are slow", body="")
    stage.happens(e.LooksAlike("MI-2", stage.now, "MI-1", stage.now + minutes(5)))
    stage.happens(e.MadeSame("MI-2", stage.now, stage.who("An"), "MI-1"))
    return stage


OUTSIDE = ("/board/MI-1", "/board/MI-1/people")


async def test_to_others_a_confidential_incident_does_not_exist() -> None:
    async with shown(secretive(public=False)) as here:
        nothing = await here.gets("/board/MI-99")
        for path in OUTSIDE:
            answer = await here.gets(path)
            assert (answer.status, answer.text) == (404, nothing.text)
        for path in ("/board", "/board/MI-2", "/board/MI-2/people"):
            page = (await here.gets(path)).text
            assert "MI-1" not in page
            assert "payroll" not in page


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        pytest.param("An", True, id="the incident manager"),
        pytest.param("Claire", True, id="another manager"),
        pytest.param("Sofie", False, id="an operator, who has no part in it"),
    ],
)
async def test_a_confidential_incident_is_for_its_named_people(name: str, sees: bool) -> None:
    async with shown(secretive(public=True)) as here:
        cookie = await here.enters(name)
        for path in OUTSIDE:
            assert (await here.gets(path, cookie)).status == (200 if sees else 404)
        for path in ("/board", "/board/MI-2"):
            page = (await here.gets(path, cookie)).text
            assert ("MI-1" in page) is sees
        board = (await here.gets("/board", cookie)).text
        assert ("payroll" in board) is sees
        assert ("confidential" in board) is sees


async def test_one_that_becomes_confidential_vanishes_at_once() -> None:
    stage = Stage()
    stage.accepted()
    async with shown(stage) as here:
        assert (await here.gets("/board/MI-1")).status == 200
        stage.says("An", "CONFIDENTIAL MI-1")
        assert (await here.gets("/board/MI-1")).status == 404
        assert "Web shop" not in (await here.gets("/board")).text


# Live


@asynccontextmanager
async def stream(here: Shown, query: str = "", cookie: str = "", **headers: str) -> AsyncIterator[AsyncIterator[str]]:
    """The ids of the events as they come."""
    headers |= {"Cookie": cookie} if cookie else {}
    async with here.session.get(f"{here.url}/board/events{query}", headers=headers) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"

        async def ids() -> AsyncIterator[str]:
            async for line in answer.content:
                if line.startswith(b"id: "):
                    yield line[4:].decode().strip()

        yield ids()


async def following(ids: AsyncIterator[str]) -> str:
    async with asyncio.timeout(WITHIN):
        return await anext(ids)


def version(page: str) -> str:
    found = re.search(r'data-version="([^"]+)"', page)
    assert found
    return found[1]


HURRIED = Pace(apart=0.0, beat=0.05, slow=0.2)


async def test_a_page_hears_of_what_happens_after_it_was_made_and_of_nothing_before() -> None:
    stage = busy()
    async with shown(stage) as here:
        seen = version((await here.gets("/board/MI-3")).text)
        async with stream(here, f"?about=MI-3&since={seen}") as ids:
            stage.says("An", "NOTE MI-3 the release is back")
            after = await following(ids)
            assert after != seen
            assert after == version((await here.gets("/board/MI-3")).text)


@pytest.mark.parametrize("knows", ["the page", "the browser", "neither"])
async def test_what_was_missed_while_away_is_told_at_once(knows: str) -> None:
    stage = busy()
    async with shown(stage) as here:
        seen = version((await here.gets("/board")).text)
        stage.says("An", "NOTE MI-3 somebody was away")
        missed = version((await here.gets("/board")).text)
        query, headers = {
            "the page": (f"?since={seen}", {}),
            "the browser": (f"?since={missed}", {"Last-Event-ID": seen}),
            "neither": ("", {}),
        }[knows]
        async with stream(here, query, **headers) as ids:
            assert await following(ids) == missed


async def test_who_has_seen_everything_is_told_only_of_the_next() -> None:
    stage = busy()
    async with shown(stage) as here:
        seen = version((await here.gets("/board")).text)
        async with stream(here, "?since=old", **{"Last-Event-ID": seen}) as ids:
            stage.says("An", "NOTE MI-3 the next")
            assert await following(ids) == version((await here.gets("/board")).text)


async def test_nothing_of_a_confidential_incident_shows_in_what_others_hear() -> None:
    stage = secretive(public=True)
    async with shown(stage) as here:
        inside, outside = await here.enters("An"), await here.enters("Sofie")

        async def versions(cookie: str) -> list[str]:
            return [version((await here.gets(path, cookie)).text) for path in ("/board", "/board/MI-2")]

        before = await versions(inside), await versions(outside)
        stage.says("An", "NOTE MI-1 it was the intern")
        stage.says("An", "UPDATE MI-1 we know more")
        after = await versions(inside), await versions(outside)
        assert after[1] == before[1]
        assert after[0][0] != before[0][0]
        seen = version((await here.gets("/board", outside)).text)
        async with stream(here, f"?about=MI-1&since={seen}", outside) as ids:
            first = await following(ids)
        async with stream(here, "?about=MI-99&since=x", outside) as ids:
            assert await following(ids) == first, "no other than what does not exist"


async def test_the_stream_of_who_logs_out_ends() -> None:
    stage = Stage(public=True, pace=HURRIED)
    stage.accepted()
    async with shown(stage) as here:
        cookie = await here.enters()
        async with stream(here, "?since=x", cookie) as ids:
            await following(ids)
            assert (await here.posts("/board/logout", cookie)).status == 303
            stage.says("An", "NOTE MI-1 not for who is out")
            async with asyncio.timeout(WITHIN):
                assert [one async for one in ids] == []


async def test_streams_are_bounded_for_one_person() -> None:
    stage = Stage(public=True)
    stage.accepted()
    async with shown(stage) as here:
        mine, other = await here.enters("An"), await here.enters("Claire")
        held = [
            await here.session.get(f"{here.url}/board/events", headers={"Cookie": mine}) for _ in range(MOST_OF_ONE)
        ]
        refused = await here.gets("/board/events", mine)
        assert (refused.status, refused.headers["Retry-After"]) == (503, "15")
        async with stream(here, cookie=other) as ids:
            await following(ids)
        assert (await here.gets("/board", mine)).status == 200, "the pages are there all the same"
        for answer in held:
            answer.close()


async def test_streams_are_bounded_in_all() -> None:
    stage = Stage()
    connector = aiohttp.TCPConnector(limit=0)
    async with shown(stage) as here, aiohttp.ClientSession(connector=connector) as session:
        held = [await session.get(f"{here.url}/board/events") for _ in range(MOST)]
        assert {answer.status for answer in held} == {200}
        assert (await here.gets("/board/events")).status == 503
        assert (await here.gets("/healthz")).status == 200
        for answer in held:
            answer.close()


async def test_a_reader_that_takes_nothing_is_dropped_and_others_hear_everything() -> None:
    stage = Stage(pace=HURRIED)
    stage.accepted()
    async with shown(stage) as here, stream(here) as ids, asyncio.timeout(WITHIN):
        await following(ids)
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect(("127.0.0.1", int(here.url.rpartition(":")[2])))
            deaf.sendall(b"GET /board/events HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n")
            while stage.changes.streams < 2:  # noqa: ASYNC110 (the server tells nobody)
                await asyncio.sleep(0.01)
            while stage.changes.streams > 1:
                stage.happens(e.Noted("MI-1", stage.now, "", "x"))
                await following(ids)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
async def test_no_page_of_another_site_holds_a_stream(site: str) -> None:
    async with shown(Stage()) as here:
        assert (await here.gets("/board/events", **{"Sec-Fetch-Site": site})).status == 403
        async with stream(here, **{"Sec-Fetch-Site": "same-origin"}) as ids:
            await following(ids)


async def test_looking_whether_there_is_a_stream_does_not_begin_one() -> None:
    async with shown(Stage()) as here:
        assert (await here.calls("HEAD", "/board/events")).status == 405
        assert here.stage.changes.streams == 0


async def test_streams_end_when_the_daemon_stops() -> None:
    stage = Stage()
    async with shown(stage) as here, stream(here, "?since=x") as ids:
        await following(ids)
        stage.changes.close()
        async with asyncio.timeout(WITHIN):
            assert [one async for one in ids] == []


async def test_posting_to_a_page_is_not_possible() -> None:
    async with shown(busy()) as here:
        for path in ("/", "/board", "/board/MI-3", "/board/MI-3/people", "/board/events"):
            assert (await here.posts(path, origin=ORIGIN)).status == 405


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("/board/", "/board"),
        ("/board/mi-3", "/board/MI-3"),
        ("/board/MI-3/", "/board/MI-3"),
        ("/board/Mi-3/People/", "/board/MI-3/people"),
    ],
)
async def test_an_address_typed_by_hand_leads_to_its_page(typed: str, place: str) -> None:
    async with shown(busy()) as here:
        answer = await here.gets(typed)
        assert (answer.status, answer.place) == (303, place)
        assert (await here.gets(place)).status == 200


@pytest.mark.parametrize("path", ["/board/MI-3/x", "/board/MI-0", "/board/x", "/board//x"])
async def test_a_wrong_address_is_answered_in_words(path: str) -> None:
    async with shown(busy()) as here:
        answer = await here.gets(path)
        assert (answer.status, answer.place) == (404, "")
        assert "There is no such incident here" in answer.text
