"""Time has passed: what fell due is done, once, however late."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from config.types import OnSilence
from daemon.core import events as e
from daemon.core.archiving import archive
from daemon.core.audiences import merged
from daemon.core.authority import deciders
from daemon.core.case import replacing
from daemon.core.climbing import climb, tell_proposer, undecided
from daemon.core.content import Content
from daemon.core.deadlines import Due, deadlines
from daemon.core.deciding import MISSED_BEFORE_TAKE, take_charge
from daemon.core.drill_ticking import drills
from daemon.core.drilling import end, over
from daemon.core.exercise import scoped
from daemon.core.facts import Fact, Forgotten
from daemon.core.flapping import calmed_down
from daemon.core.handing import lapse
from daemon.core.informing import to_audiences
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident
from daemon.core.releasing import release
from daemon.core.review_ticking import reviews
from daemon.core.saying import to_managers, to_person
from daemon.core.state import State
from daemon.core.team import pass_over, silent
from parsers.types import Verb

KEPT_KEYS = timedelta(days=400)
"""How long a handled message is remembered: longer than any copy of it can be on its way."""

MOST_KEYS = 100_000
"""So many at most, about 52 MB: whoever sends us a flood must not fill the memory. The oldest are forgotten first."""


def tick(state: State, now: datetime, part: str = "") -> Iterator[Fact]:
    """`part`: one of `parts`, by itself; "" for all of them."""
    if part in state.incidents:
        yield from _incidents((state.incidents[part],), state, now)
        return
    for name, work in _PARTS.items():
        if part in ("", name):
            yield from work(state, now)


def parts(state: State) -> tuple[str, ...]:
    """What a tick looks at, one after the other: where one cannot be decided, the others can."""
    incidents = tuple(incident.id for incident in state.open_incidents())
    return tuple(chain.from_iterable(incidents if name == INCIDENTS else (name,) for name in _PARTS))


def _incidents(incidents: Iterable[Incident], state: State, now: datetime) -> Iterator[Fact]:
    climbing: list[Incident] = []
    for incident in incidents:
        yield from _incident(state, incident, now, climbing)
    yield from climb(state, climbing, now)


def _forget(state: State, now: datetime) -> Iterator[Fact]:
    """Keys are in the order in which they were handled."""
    over = len(state.handled) - MOST_KEYS
    for place, (key, at) in enumerate(state.handled.items()):
        if place >= over and now - at < KEPT_KEYS:
            return
        yield Forgotten(key)


def _incident(state: State, incident: Incident, now: datetime, climbing: list[Incident]) -> Iterator[Fact]:
    """One thing a tick: what it changes may change what else is due, and the clock wakes again at once.

    Those whose ladder is to be climbed are only noted: several are asked about together.
    """
    state = scoped(state, incident)
    ripe = [deadline for deadline in deadlines(state, incident) if deadline.when <= now]
    if not ripe:
        return
    order = list(Due)
    first = min(ripe, key=lambda deadline: order.index(deadline.due))
    audiences = tuple(deadline.audience for deadline in ripe if deadline.due is first.due)
    match first.due:
        case Due.EXERCISE:
            yield from end(state, incident, over(state, incident, now), now)
        case Due.UNDECIDED:
            yield from undecided(state, incident, now)
        case Due.RUNG if incident.drill:
            yield from climb(state, (incident,), now)
        case Due.RUNG:
            climbing.append(incident)
        case Due.TELL_PROPOSER:
            yield from tell_proposer(state, incident, now)
        case Due.ANSWER:
            yield from pass_over(state, incident, silent(incident, now), now)
        case Due.HANDOVER:
            yield from lapse(state, incident, now)
        case Due.TAKE:
            yield from take_charge(state, incident, incident.taker, now)
        case Due.PREVIEW:
            yield from release(state, incident, now)
        case Due.UPDATE:
            yield from _silence(state, incident, audiences, now)
        case Due.REMINDER:
            yield from _remind(state, incident, audiences, now)


def _remind(state: State, incident: Incident, audiences: tuple[str, ...], now: datetime) -> Iterator[Fact]:
    if audiences == (settled := tuple(_settled(incident, merged(state, incident, audiences)))):
        yield e.Lapsed(incident.id, now, settled)
        return
    yield e.Reminded(incident.id, now, audiences)
    yield from _to_charge(state, incident, Kind.REMINDER, now, _promised(state, incident, audiences, now))


def _settled(incident: Incident, gone: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Of the audiences without people of their own: those whose people have all heard since, at another's interval."""
    for name, takers in gone.items():
        told = [incident.promises[taker].last for taker in takers if taker in incident.promises]
        if len(told) == len(takers) and all(at > incident.promises[name].last for at in told):
            yield name


def _promised(state: State, incident: Incident, audiences: tuple[str, ...], now: datetime) -> Content:
    due = min(incident.promises[name].due for name in audiences)
    forms = (Verb.UPDATE, Verb.RESOLVE) if incident.manager else (Verb.TAKE,)
    return replace(managed(state, incident), people=audiences, due=due, at=now, forms=forms)


def _to_charge(state: State, incident: Incident, kind: Kind, now: datetime, content: Content) -> Iterator[Fact]:
    """To the incident manager, or to all managers while nobody is in charge."""
    if incident.manager:
        yield to_person(state, incident, kind, now, incident.manager, content)
    else:
        yield from to_managers(state, incident, kind, now, content)


def _silence(state: State, incident: Incident, audiences: tuple[str, ...], now: datetime) -> Iterator[Fact]:
    """No update came in time: a holding update settles all the promises missed, and the manager hears of it."""
    gone = merged(state, incident, audiences)
    if gone:
        yield e.Lapsed(incident.id, now, tuple(sorted(gone)))
    if state.procedure.update.on_silence is OnSilence.HOLDING:
        settled = frozenset(_settled(incident, gone))
        due = ({*audiences} - settled).union(*(takers for name, takers in gone.items() if name not in settled))
        told = tuple(to_audiences(state, incident, Kind.HOLDING, now, due=due))
        yield from replacing(state, incident, now, told)
        if not told:
            return
    else:
        still = tuple(name for name in audiences if name not in gone)
        if not still:
            return
        yield e.Missed(incident.id, now, still)
    missed = max(incident.promises[name].missed for name in audiences) + 1
    content = replace(_promised(state, incident, audiences, now), count=missed)
    yield from _to_charge(state, incident, Kind.MISSED, now, content)
    others = tuple(who for who in deciders(state, incident) if who != incident.manager)
    again = not incident.take_asked or missed % MISSED_BEFORE_TAKE == 0
    alone = missed >= MISSED_BEFORE_TAKE and again
    if incident.manager and others and (alone or incident.manager not in state.configuration.people.contacts):
        yield e.TakeAsked(incident.id, now)
        asked = replace(content, forms=(Verb.TAKE, Verb.STATUS))
        yield from to_managers(state, incident, Kind.TAKE_REQUEST, now, asked, but=(incident.manager,))


INCIDENTS = "incidents"
_PARTS: Mapping[str, Callable[[State, datetime], Iterator[Fact]]] = {
    "keys": _forget,
    "flapping": calmed_down,
    INCIDENTS: lambda state, now: _incidents(tuple(state.open_incidents()), state, now),
    "drills": drills,
    "reviews": reviews,
    "archive": archive,
}
"""In the order in which they are looked at."""
