"""The way onto the board from elsewhere: a link to an incident manager or operator, for one use within ten minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.types import MANAGERS, OPERATORS
from daemon.core.content import Content
from daemon.core.discretion import inside
from daemon.core.facts import Fact, Spent
from daemon.core.kinds import Kind
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.saying import to_asker
from daemon.core.state import State
from daemon.core.stimuli import BoardAsked, BoardEntered, BoardLeft

LINK_LIFE = timedelta(minutes=10)

MOST_TEXTS = 6
"""Links by text within a day that nobody used; what is asked for then comes by mail. Whoever knows a manager's number
can ask in their name, all night."""


def may_look(state: State, who: str) -> bool:
    """Whoever decides, and whoever looks after the channels."""
    people = state.configuration.people
    return who in people.on(MANAGERS) or who in people.on(OPERATORS)


def may_see(state: State, incident: Incident, who: str) -> bool:
    """What is confidential only those inside; `who` is "" for somebody at this machine, whom nobody names."""
    return not incident.confidential or (bool(who) and inside(state, incident, who))


def boarding(state: State, stimulus: BoardAsked | BoardEntered | BoardLeft, now: datetime) -> Iterator[Fact]:
    match stimulus:
        case BoardAsked(who, medium):
            if may_look(state, who):
                way = "email" if medium == "sms" and _enough_texts(state, who, now) else medium
                yield to_asker(state, Kind.BOARD_LINK, now, who, way, Content(at=now, due=now + LINK_LIFE))
        case BoardEntered(number):
            notice = link_of(state, number)
            if notice and opens(state, notice, now):
                yield Spent(number, notice.recipients[0])
        case BoardLeft(number):
            if link_of(state, number) and not has_left(state, number):
                yield Spent(number, "")


def _enough_texts(state: State, who: str, now: datetime) -> bool:
    unused = 0
    for notice in reversed(state.notices.values()):
        if now - notice.at > timedelta(days=1):
            break
        texted = notice.kind is Kind.BOARD_LINK and notice.recipients == (who,) and notice.via[0] == ("sms",)
        unused += texted and (notice.id, who) not in state.spent
    return unused >= MOST_TEXTS


def link_of(state: State, number: int) -> Notice | None:
    """The notice of this number, where it brought a link."""
    notice = state.notices.get(number)
    return notice if notice and notice.kind is Kind.BOARD_LINK else None


def opens(state: State, notice: Notice, now: datetime) -> bool:
    """Whether its link can still be used."""
    (who,) = notice.recipients
    fresh = notice.at <= now < notice.at + LINK_LIFE
    return fresh and (notice.id, who) not in state.spent and may_look(state, who)


def has_left(state: State, number: int) -> bool:
    """Whether who came by the link of this notice has logged out."""
    return (number, "") in state.spent
