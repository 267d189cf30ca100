"""Which proposals SAME joins to which incident, and which one NEW means, as people write it.

"SAME 7" in answer to a message about MI-9, or "MI-9 SAME 7", joins MI-9 to MI-7. Without either it answers the question
that was asked: every open proposal that looks like MI-7 joins it.
"""

import re
from datetime import datetime, timedelta

from daemon.core.model import OPEN, Incident, Status
from daemon.core.sameness import root
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.which import Missing, Nothing, Several, visible, which
from parsers.types import Verb

RECENT = timedelta(days=1)
"""How long NEW without a number means a proposal that was joined."""

_NUMBER = re.compile(r"(?:as\s+)?(?:(mi|dr)\s*-?\s*|#)?(\d{1,9})\b", re.IGNORECASE)


def meant(state: State, said: Said, who: str, now: datetime) -> Incident | Missing | Several | Nothing:
    """The incident that a message is about; of several that SAME joins, the first."""
    if said.command.verb is Verb.NEW:
        return _undone(state, said, who, now)
    if said.command.verb is not Verb.SAME:
        return which(state, said, who, now)
    joined, target = pair(state, said, who)
    if isinstance(joined, Missing | Several | Nothing):
        return joined
    return joined[0] if target else Several(joined)


Found = tuple[Incident, ...] | Missing | Several | Nothing


def pair(state: State, said: Said, who: str) -> tuple[Found, Incident | None]:
    """The proposals to be joined, and to which incident."""
    thread = _thread(state, said, who)
    named, second = _named(state, said, who)
    if isinstance(named, Missing):
        return named, None
    if second is not None:
        if isinstance(second, Missing) or named is None:
            return second if isinstance(second, Missing) else Nothing(), None
        return _of_two(named, second)
    if named is None:
        return _answered(state, said, who, thread)
    if thread and thread[0].id != named.id:
        return _of_two(thread[0], named)
    if thread:
        return _answered(state, said, who, thread)
    asked = tuple(i for i in _pending(state, said, who) if root(state, state.incidents[i.looks_like]).id == named.id)
    if asked:
        return asked, named
    return _alone(state, said, who, named)


def _of_two(one: Incident, named: Incident) -> tuple[Found, Incident | None]:
    """The first becomes a part of the second, unless it is accepted already and the second is not."""
    if one.status is Status.ACCEPTED and named.status is Status.PROPOSED:
        return (named,), one
    return (one,), named


def _alone(state: State, said: Said, who: str, named: Incident) -> tuple[Found, Incident | None]:
    """Only a number, and nothing looks like that one: it is itself the one asked about, or there is just one other."""
    if named.looks_like and named.status is Status.PROPOSED:
        return (named,), root(state, state.incidents[named.looks_like])
    if named.same_as:
        return (named,), state.incidents.get(named.same_as)
    others = tuple(
        i
        for i in _told(state, who, said.written)
        if i.id != named.id and i.drill == named.drill and i.status is Status.PROPOSED
    )
    if len(others) == 1:
        return others, named
    recent = tuple(i for i in state.incidents.values() if i.same_as == named.id and visible(state, i, who))
    if not others and recent:
        return recent[-1:], named
    return (Several(others) if others else Nothing()), None


def _answered(state: State, said: Said, who: str, thread: tuple[Incident, ...]) -> tuple[Found, Incident | None]:
    """SAME alone: yes to the question that was asked."""
    asked = tuple(i for i in thread or _pending(state, said, who) if i.looks_like or i.same_as)
    targets = {root(state, state.incidents[i.looks_like or i.same_as]).id: None for i in asked}
    if len(targets) == 1:
        return asked, state.incidents[next(iter(targets))]
    open_ = tuple(i for i in _told(state, who, said.written) if i.status in OPEN)
    return (Several(asked or open_) if asked or open_ else Nothing()), None


def _undone(state: State, said: Said, who: str, now: datetime) -> Incident | Missing | Several | Nothing:
    named, _ = _named(state, said, who)
    if named is not None:
        return named
    thread = tuple(i for i in _thread(state, said, who) if i.looks_like or i.same_as)
    found = thread or _pending(state, said, who) or _joined(state, who, now)
    if len(found) == 1:
        return found[0]
    whole = _thread(state, said, who)
    return Several(found) if found else whole[0] if len(whole) == 1 else which(state, said, who, now)


def _joined(state: State, who: str, now: datetime) -> tuple[Incident, ...]:
    """Of late, those that this person knows of."""
    every = (i for i in state.incidents.values() if i.same_as and i.ended and now - i.ended < RECENT)
    return tuple(i for i in every if visible(state, i, who))


def _pending(state: State, said: Said, who: str) -> tuple[Incident, ...]:
    """The proposals about which this person had been asked whether they are the same, before writing."""
    return tuple(
        i for i in _told(state, who, said.written) if i.status is Status.PROPOSED and i.looks_like in state.incidents
    )


def _told(state: State, who: str, written: datetime) -> tuple[Incident, ...]:
    """What this person had been told of before writing."""
    heard = {i.id: state.told.get(i.id, {}).get(who) for i in state.incidents.values()}
    return tuple(
        i
        for i in state.incidents.values()
        if (at := heard[i.id]) and at.replace(microsecond=0) <= written and visible(state, i, who)
    )


def _thread(state: State, said: Said, who: str) -> tuple[Incident, ...]:
    """What the message answered is about."""
    if not said.thread:
        return ()
    notice = state.notices.get(said.thread[1])
    numbers = notice.about if notice else (said.thread[0],)
    return tuple(i for n in numbers if (i := state.incidents.get(n)) and visible(state, i, who))


def _named(state: State, said: Said, who: str) -> tuple[Incident | Missing | None, Incident | Missing | None]:
    """The incident before the verb, or directly behind it; and another one in the words."""
    first = _of_number(state, said.command.incident, who) if said.command.incident else None
    second = _NUMBER.match(said.command.words) if said.command.verb is Verb.SAME else None
    if second is None:
        return first, None
    number = f"{second[1].upper()}-{second[2]}" if second[1] else second[2]
    return first, _of_number(state, number, who)


def _of_number(state: State, number: str, who: str) -> Incident | Missing:
    number = number if "-" in number else f"MI-{number}"
    incident = state.incidents.get(number)
    return incident if incident and visible(state, incident, who) else Missing(number)
