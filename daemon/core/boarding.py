"""The way onto the board from elsewhere: a link to an incident manager or operator, for one use within ten minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.types import MANAGERS, OPERATORS
from daemon.core.discretion import inside
from daemon.core.facts import Fact, Spent
from daemon.core.model import Incident
from daemon.core.notices import Content, Kind, Notice
from daemon.core.saying import to_asker
from daemon.core.state import State
from daemon.core.stimuli import BoardAsked, BoardEntered, BoardLeft

LINK_LIFE = timedelta(minutes=10)


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
                yield to_asker(state, Kind.BOARD_LINK, now, who, medium, Content(at=now, due=now + LINK_LIFE))
        case BoardEntered(number):
            notice = link_of(state, number)
            if notice and opens(state, notice, now):
                yield Spent(number, notice.recipients[0])
        case BoardLeft(number):
            if link_of(state, number) and not has_left(state, number):
                yield Spent(number, "")


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
