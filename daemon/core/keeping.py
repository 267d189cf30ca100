"""Every message that came to something about an incident is kept with it, word for word."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from daemon.core import events as e
from daemon.core.facts import Fact, Kept
from daemon.core.notices import Notice
from daemon.core.stimuli import CalendarReplied, Said


def kept(said: Said | CalendarReplied, heard: Sequence[Fact], now: datetime) -> Iterator[Kept]:
    """With the incident to which something happened, else with the one that its answer is about, where it is one."""
    if not said.raw:
        return
    happened = dict.fromkeys(fact.incident for fact in heard if isinstance(fact, EVENTS))
    answered = dict.fromkeys(fact.incident for fact in heard if isinstance(fact, Notice) and fact.incident)
    who = said.identity.contact or said.identity.address
    medium = said.medium if isinstance(said, Said) else "email"
    if len(about := happened or answered) == 1:
        yield Kept(next(iter(about)), said.key, now, who, medium, said.raw)


EVENTS = e.Event.__args__
