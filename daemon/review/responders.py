"""The engineers: when each was asked, joined, left, or did not answer. A line for each time that one was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from daemon.core import events as e
from daemon.core.model import SeatStatus
from daemon.review.stretches import walk


@dataclass(frozen=True, slots=True)
class Responder:
    """`who` is a contact id (in a report: a name), `discipline` "" for whoever was called by name.

    `asked` is when the page was handed to the channels, None for who joined unasked. `joined` and `left` are when their
    words came in, or when they were released. `answer` is what it came to: SILENT
    also where they were released after that.
    """

    who: str
    discipline: str
    asked: datetime | None
    joined: datetime | None = None
    left: datetime | None = None
    answer: SeatStatus = SeatStatus.ASKED
    words: str = ""

    @property
    def waited(self) -> timedelta | None:
        """From being asked to joining."""
        return self.joined - self.asked if self.joined and self.asked and self.joined >= self.asked else None


def responders(events: Sequence[e.Event]) -> tuple[Responder, ...]:
    """In the order in which they were asked. Whoever is on it when it is brought back has a line of that time too."""
    found: list[Responder] = []
    now: dict[str, int] = {}
    for event, _ in walk(events):
        match event:
            case e.Paged(contact=who):
                now[who] = len(found)
                found.append(Responder(who, event.discipline, event.at))
            case e.EngineerJoined(by=who):
                if who not in now or found[now[who]].left is not None:
                    now[who] = len(found)
                    found.append(Responder(who, event.discipline, None))
                place = now[who]
                found[place] = replace(found[place], joined=found[place].joined or event.at, answer=SeatStatus.JOINED)
            case e.EngineerDeclined(by=who) if who in now:
                left = found[now[who]].joined is not None
                answer = SeatStatus.LEFT if left else SeatStatus.DECLINED
                found[now[who]] = replace(found[now[who]], left=event.at, answer=answer, words=event.words)
            case e.EngineerSilent(contact=who) if who in now:
                found[now[who]] = replace(found[now[who]], answer=SeatStatus.SILENT)
            case e.Released(contact=who) if who in now:
                answer = SeatStatus.RELEASED if event.by else SeatStatus.SPARED
                if found[now[who]].answer is SeatStatus.SILENT:
                    answer = SeatStatus.SILENT
                found[now[who]] = replace(found[now[who]], left=event.at, answer=answer)
    return tuple(found)
