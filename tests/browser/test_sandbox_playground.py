"""What the page and the terminal play in: scripts that hold with a modem and calls, and nothing lost by a kill."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from daemon.core.model import Status
from daemon.sandbox.page.lesson import TASKS, Lesson
from daemon.sandbox.page.people import people
from daemon.sandbox.page.standing import standing
from daemon.sandbox.page.story import MOST, Story
from daemon.sandbox.playground import KEPT, Playground
from daemon.sandbox.scenarios import SCENARIOS
from daemon.sandbox.switchboard import FORGOTTEN


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[Playground]:
    async with Playground(speed=0) as opened:
        yield opened


@pytest.mark.parametrize("name", list(SCENARIOS))
async def test_a_script_goes_on_the_page_as_it_does_by_itself(playground: Playground, name: str) -> None:
    await playground.anew(name)
    assert playground.playing is not None
    assert playground.held
    cut = set()
    while playground.playing.next:
        await playground.step()
        cut |= {switch for switch, lamp in playground.switches.lamps().items() if lamp.cut}
    assert playground.playing.missing == []
    assert not playground.held
    assert cut == ({"relay"} if name == "outage" else set()), "what the script cuts shows at the switchboard"


async def test_who_joins_in_is_told_that_the_script_went_another_way(playground: Playground) -> None:
    await playground.anew("outage")
    await playground.step()
    await playground.organization.texts("An Peeters", "REJECT MI-1 a hiccup")
    await playground.rest()
    await playground.step()
    assert playground.playing is not None
    assert playground.playing.missing
    assert playground.playing.done == 2


async def test_killed_amid_a_broadcast_everybody_hears_once_and_what_was_texted_meanwhile_counts(
    playground: Playground,
) -> None:
    organization = playground.organization
    await organization.mails("Lotte Claes", "Web shop is down", "Service: web shop")
    await playground.rest()
    await organization.texts("An Peeters", "ACCEPT MI-1")
    await playground.turn("daemon", whole=False)
    assert not organization.alive
    await organization.texts("Rosa Alvarez", "STATUS MI-1")
    await playground.pass_time(timedelta(minutes=3))
    await playground.turn("daemon", whole=True)
    await organization.settle()
    assert organization.daemon.state.incidents["MI-1"].status is Status.ACCEPTED
    for address in ("nadia.benali@acme.example", "laura.chen@acme.example"):
        sent = [
            mail.raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for mail in organization.mail.mailbox(address)
        ]
        assert len(set(sent)) == 1, "one notice; a second copy has the same Message-ID"
    answers = [s for s in organization.seen if s.person == "Rosa Alvarez" and s.channel == "sms" and not s.inbound]
    assert answers


async def test_the_story_tells_a_notice_once_however_many_it_goes_to(playground: Playground) -> None:
    organization, story = playground.organization, Story(playground.organization)
    story.read(playground)
    await organization.mails("Lotte Claes", "Web shop is down", "Service: web shop")
    await playground.rest()
    await organization.texts("An Peeters", "ACCEPT MI-1")
    await playground.rest()
    await playground.turn("relay", whole=False)
    await organization.texts("An Peeters", "UPDATE MI-1 We are on it.")
    await playground.rest()
    story.read(playground)
    told = [line.words for line in story.lines]
    assert "An Peeters texts Murphy" in told
    assert "The mail relay is cut: mails fail, texts take over." in told
    assert any(words.startswith("Murphy finds that no mail gets out: ") for words in told)
    assert sum("others: initial" in words and "mails" in words for words in told) == 1
    assert sum("others: update" in words and "texts" in words for words in told) == 1
    assert {line.kind for line in story.lines} == {"said", "sent", "cut", "found"}


NAMES = [task.title for task in TASKS]


async def test_the_first_steps_follow_what_is_done_whoever_does_it(playground: Playground) -> None:
    organization, lesson = playground.organization, Lesson()
    assert lesson.shown(playground)["current"] == 0
    await organization.texts("Nadia Benali", "PROPOSE tills are down")
    await playground.rest()
    await organization.texts("Claire Dubois", "ACCEPT MI-1")
    await playground.rest()
    shown = lesson.shown(playground)
    assert TASKS[shown["current"]].title == "Join"
    await playground.turn("relay", whole=False)
    lesson.shown(playground)
    await organization.texts("Claire Dubois", "UPDATE MI-1 half work")
    await playground.rest()
    shown = lesson.shown(playground)
    assert [task["title"] for task in shown["tasks"] if task["done"]] == [
        "Propose", "Accept", "Update", "Cut the mail", "Update again",
    ]  # fmt: skip
    await playground.turn("relay", whole=True)
    assert not lesson.shown(playground)["tasks"][NAMES.index("Restore the mail")]["done"]
    await playground.pass_time(timedelta(hours=1))
    assert lesson.shown(playground)["tasks"][NAMES.index("Restore the mail")]["done"]
    await organization.texts("Claire Dubois", "RESOLVE MI-1 all work")
    await playground.rest()
    assert TASKS[lesson.shown(playground)["current"]].title == "Review"
    await organization.replies("Claire Dubois", "The texts came when the mail did not.")
    await playground.rest()
    assert lesson.shown(playground)["current"] is None


async def test_where_the_mail_is_still_cut_the_review_is_answered_by_text(playground: Playground) -> None:
    organization, lesson = playground.organization, Lesson()
    await organization.texts("Lotte Claes", "PROPOSE tills are down")
    await playground.rest()
    await organization.texts("An Peeters", "ACCEPT MI-1")
    await playground.rest()
    await playground.turn("relay", whole=False)
    await organization.texts("An Peeters", "RESOLVE MI-1 all work")
    await playground.rest()
    shown = lesson.shown(playground)
    assert TASKS[shown["current"]].title == "Review"
    await organization.texts("An Peeters", shown["show"]["text"])
    await playground.rest()
    assert lesson.shown(playground)["current"] is None


async def test_killed_while_its_disk_was_full_it_is_not_said_to_have_forgotten_nothing(playground: Playground) -> None:
    await playground.turn("disk", whole=False)
    await playground.turn("daemon", whole=False)
    await playground.turn("disk", whole=True)
    await playground.turn("daemon", whole=True)
    assert playground.organization.seen[-1].text == FORGOTTEN
    await playground.turn("daemon", whole=False)
    await playground.turn("daemon", whole=True)
    assert playground.organization.seen[-1].text != FORGOTTEN


async def test_days_of_messages_are_bounded_and_the_newest_are_there(playground: Playground) -> None:
    organization, story = playground.organization, Story(playground.organization)
    for number in range(KEPT + KEPT // 5):
        organization.remark(f"remark {number}")
    lines = story.read(playground)
    assert len(organization.seen) <= KEPT + KEPT // 10
    assert organization.seen.total == KEPT + KEPT // 5
    assert organization.seen.numbered(0) is None
    newest = organization.seen.numbered(organization.seen.total - 1)
    assert newest is not None
    assert newest.text == story.lines[-1].words == lines[-1].words == f"remark {KEPT + KEPT // 5 - 1}"
    assert len(story.lines) == MOST
    assert [seen.text for seen in organization.seen.since(organization.seen.total - 1)] == [newest.text]


async def test_everybody_has_a_card_and_what_is_due_is_named(playground: Playground) -> None:
    world = people(playground.organization.configuration)
    assert len(world["people"]) == len(playground.organization.configuration.people.contacts)
    assert {person["part"] for person in world["people"]} == {part["name"] for part in world["parts"]}
    assert standing(playground)["due"] is None
    await playground.organization.texts("Lotte Claes", "PROPOSE tills are down")
    await playground.rest()
    named: set[str] = set()
    for _ in range(9):
        named |= set(standing(playground)["due"]["what"].split("; "))
        await playground.to_next()
    assert "MI-1: the managers are asked again, by the next rung of the ladder" in named
    assert "MI-1: the proposer hears that nobody has decided yet" in named
