"""Whatever people, calendars and the clock do in a review, in any order, with restarts: what must always hold."""

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

import pytest

from daemon.core.identity import Evidence, Identity
from daemon.core.model import Incident, Status
from daemon.core.notices import Notice
from daemon.core.stimuli import CalendarReplied
from parsers.types import CalendarAnswer, CalendarReply
from tests.core.reviews import in_review
from tests.core.vocabulary import Came, Office

STEPS = 40
PEOPLE = ("An", "James", "Tom", "Rosa", "Hugo", "Laura", "Nadia", "eve@evil.example")
TEXTS = (
    "The spare was missing.", "thanks", "", "ACTION Tom: order disks by tomorrow", "ACTION Hugo: x in 2 weeks",
    "ACTION Xavier: buy", "ACTION me: x by friday\nand the rest\nACTION Rosa: y by 2030-01-01", "DONE 1",
    "DONE", "DONE #2 it is", "DONE 99", "REVIEWED", "REVIEWED MI-1 well", "Reviewed the logs and", "HANDOVER Tom",
    "HANDOVER Laura", "REOPEN MI-1 it is back", "RESOLVE MI-1 over again", "UPDATE MI-1 too rare", "MI-1 it was full",
    "NOTE MI-1 x", "STATUS", "HELP", "CONFIDENTIAL MI-1", "TAKE MI-1",
)  # fmt: skip


def does(office: Office, random: Random) -> Came:
    """One thing that somebody does, or time."""
    name = random.choice(PEOPLE)
    match random.randrange(10):
        case 0 | 1:
            return office.passes(timedelta(hours=random.choice((1, 5, 30))))
        case 2:
            return office.jumps(timedelta(days=random.choice((1, 4))))
        case 3:
            return calendar(office, name, random)
        case 4 | 5 | 6:
            notice = random.choice(list(office.state.notices.values())[-30:])
            evidence = random.choice((Evidence.TOKEN, Evidence.DOMAIN, Evidence.NONE))
            text = random.choice(TEXTS)
            return office.says(name, text, by="email", answering=notice, evidence=evidence, raw="raw")
        case _:
            return office.says(name, random.choice(TEXTS), raw="raw")


def calendar(office: Office, name: str, random: Random) -> Came:
    office.letters += 1
    who = office.who(name)
    contact = who if who in office.configuration.people.contacts else None
    start = office.now + timedelta(hours=random.randint(-5, 50))
    answer = random.choice(list(CalendarAnswer))
    reply = CalendarReply(
        answer, "review.mi-1@acme.example", random.randint(0, 3), who, start, random.choice(("", "no"))
    )
    identity = Identity(contact, who, name, random.choice((Evidence.DOMAIN, Evidence.NONE)))
    return office.gets(CalendarReplied(f"calendar {office.letters}", identity, "MI-1", reply, "raw"))


class Watch:
    """What has been told until now."""

    def __init__(self) -> None:
        self.reminded: dict[tuple[str, str], list[datetime]] = defaultdict(list)
        self.revisions = [-1]
        self.last = 0

    def sees(self, before: Incident, came: Came) -> None:
        new = [notice for notice in came.notices if notice.id > self.last]  # not one that is confidential from now on
        self.last = max((notice.id for notice in new), default=self.last)
        for notice in new:
            match notice.kind.value:
                case "review-reminder":
                    self._reminder(before, notice)
                case "review-due":
                    assert before.review is not None
                    assert notice.at >= before.review.due
                case "review-invited" | "review-moved" | "review-off" if notice.content.meet:
                    assert notice.content.meet.revision >= self.revisions[-1], "never an older entry"
                    self.revisions.append(notice.content.meet.revision)
                case "action-reminder":
                    assert all(not action.done for action in notice.content.actions)
        if before.status is Status.REVIEWED:
            assert not {"review-reminder", "review-due"} & set(came.kinds)

    def _reminder(self, before: Incident, notice: Notice) -> None:
        assert before.review is not None
        assert not before.review.answered & set(notice.recipients), "who has answered is left alone"
        for who in notice.recipients:
            past = self.reminded["review-reminder", who]
            assert not past or notice.at - past[-1] >= timedelta(days=1), "once in remind_every"
            past.append(notice.at)


@pytest.mark.parametrize("seed", range(20))
def test_in_any_order(seed: int) -> None:
    random = Random(seed)
    office, opened = in_review()
    watch = Watch()
    watch.sees(office.incident, opened)
    for _ in range(STEPS):
        before = office.incident
        came = does(office, random)
        watch.sees(before, came)
        after = office.incident
        numbers = [action.number for action in after.actions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len({a for a in after.actions if a.done}) >= len({a for a in before.actions if a.done})
        assert (after.status is Status.REVIEWED) == bool(after.review and after.review.closed)
        if random.random() < 0.2:
            assert office.restored().incidents == office.state.incidents
            office.state = office.restored()
