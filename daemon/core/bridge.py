"""The communication bridge: which one is in use, the verb BRIDGE, and giving way when one cannot be used."""

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime

from config.types import Bridge, Ladder
from daemon.core import events as e
from daemon.core.authority import deciders
from daemon.core.case import Case
from daemon.core.content import Content
from daemon.core.crew import OPEN_SEATS, discipline_named
from daemon.core.exercise import scoped
from daemon.core.facts import BridgeChecked, Fact
from daemon.core.fold import fold
from daemon.core.informing import reach
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.meeting import FAILED_AFTER, bridge_named, meeting, usable, why_not
from daemon.core.model import Incident, Status
from daemon.core.naming import plain, without_number
from daemon.core.notices import Notice
from daemon.core.sameness import folded
from daemon.core.saying import to_managers, to_person, to_proposers, to_team
from daemon.core.state import State
from daemon.core.stimuli import BridgeTried

CALLED: Ladder = (("voice",),)

BESIDE = frozenset({
    "please", "now", "again", "one", "all", "everyone", "everybody", "them", "us", "the", "team", "to",
    "bitte", "jetzt", "alle", "nu", "iedereen", "graag", "svp", "tous", "maintenant", "todos", "ahora", "por", "favor",
})  # fmt: skip
"""Words that mean no place."""

_WORD = re.compile(r"[^\W_]+")


def follow(state: State, incident: Incident, now: datetime) -> Generator[Fact, None, Incident]:
    """The first bridge that may be used; from one that may not be used any more everybody is sent to the next."""
    if not state.procedure.bridges or incident.bridge_words:
        return incident
    current = bridge_named(state, incident.bridge)
    if current is None and incident.bridge:
        return (yield from _give_way(state, incident, incident.bridge, "", now))
    if current is None:
        first = next(usable(state, incident), state.procedure.bridges[0])
        avoided = state.procedure.bridges[0]
        reason = why_not(state, incident, avoided)
        gone = avoided.name if reason and avoided is not first else ""
        event = e.BridgeSet(incident.id, now, "", first.name, "", gone, reason)
        yield event
        return fold(incident, event)
    reason = why_not(state, incident, current)
    if not reason or current.name in incident.bridges_gone:
        return incident
    return (yield from _give_way(state, incident, current.name, reason, now))


def _give_way(
    state: State, incident: Incident, gone: str, reason: str, now: datetime
) -> Generator[Fact, None, Incident]:
    """To the next one; where none is left people are left where they are, and the manager is told."""
    after = next((bridge for bridge in usable(state, incident) if bridge.name != gone), None)
    event = e.BridgeSet(incident.id, now, "", after.name if after else gone, "", gone, reason)
    yield event
    incident = fold(incident, event)
    content = replace(managed(state, incident), name=gone, reason=reason, at=now)
    if after:
        yield from tell(state, incident, now, content)
    elif incident.manager:
        yield to_person(state, incident, Kind.BRIDGE_FAILED, now, incident.manager, content)
    else:
        yield from to_managers(state, incident, Kind.BRIDGE_FAILED, now, content)
    return incident


def tried(state: State, tried: BridgeTried, now: datetime) -> Iterator[Fact]:
    """One more check of a bridge's address; two failures in a row count."""
    before, _ = state.bridges.get(tried.bridge, (0, ""))
    failures = 0 if tried.up else min(before + 1, FAILED_AFTER)
    if failures != before:
        yield BridgeChecked(tried.bridge, failures, tried.reason)
    if failures < FAILED_AFTER or before >= FAILED_AFTER:
        return
    for incident in tuple(state.open_incidents()):
        used = incident.status is Status.ACCEPTED and not incident.bridge_words and incident.bridge == tried.bridge
        if used and tried.bridge not in incident.bridges_gone:
            yield from _give_way(scoped(state, incident), incident, tried.bridge, tried.reason, now)


def bridge(case: Case) -> Iterator[Fact]:
    """BRIDGE sends it again; NEXT, a configured one's name, or other words replace it; CALL dials everyone in."""
    if case.incident.status is not Status.ACCEPTED:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    words = without_number(case.words, case.incident.id).strip()
    match _asked(words):
        case "call":
            yield from _call(case)
        case "next":
            yield from _next(case)
        case "" if _removed(case):
            yield from _next(case)
        case "":
            if meeting(case.state, case.incident) is None:
                yield case.answer(Kind.NO_BRIDGE)
            else:
                yield from _said(case)
        case _:
            named = _named(case.state, words)
            event = e.BridgeSet(
                case.incident.id, case.now, case.who, named.name if named else "", "" if named else words
            )
            yield event
            yield from _said(case.after(event), gone=_name(case.incident))


def _asked(words: str) -> str:
    """BRIDGE's own word without what people write beside it, "" for BRIDGE alone; nobody meets at "next please"."""
    said: list[str] = [word for word in _WORD.findall(folded(words)) if word not in BESIDE]
    if said in (["call"], ["next"]):
        return said[0]
    return words if said else ""


def _named(state: State, words: str) -> Bridge | None:
    """A configured one by its name, however it is spaced and marked ("dial in")."""
    return next((b for b in state.procedure.bridges if plain(b.name) == plain(words)), None)


def _removed(case: Case) -> bool:
    """Whether the one in use is not configured any more."""
    bridge = _name(case.incident)
    return bool(bridge) and bridge_named(case.state, bridge) is None


def _next(case: Case) -> Iterator[Fact]:
    """After all were given up, those that may work are used again."""
    state, incident = case.state, case.incident
    current = _name(incident)
    fresh = replace(incident, bridges_gone=frozenset())
    found = [b for i in (incident, fresh) for b in usable(state, i) if b.name != current]
    if not found:
        yield case.answer(Kind.NO_BRIDGE)
        return
    event = e.BridgeSet(incident.id, case.now, case.who, found[0].name, gone=current)
    yield event
    yield from _said(case.after(event), gone=current)


def _name(incident: Incident) -> str:
    return "" if incident.bridge_words else incident.bridge


def _said(case: Case, gone: str = "") -> Iterator[Fact]:
    """To the team alone where nothing has changed, else to everybody who meets there."""
    before = case.state.incidents[case.incident.id]
    moved = (case.incident.bridge, case.incident.bridge_words) != (before.bridge, before.bridge_words)
    content = replace(case.content(), name=gone if moved else "", crews=())
    whom = tell if moved else _to_team
    told = tuple(whom(case.state, case.incident, case.now, content, but=case.who))
    yield from told
    yield case.answer(Kind.DONE_BRIDGE, replace(content, count=reach(told)))


def _to_team(state: State, incident: Incident, now: datetime, content: Content, *, but: str) -> Iterator[Notice]:
    groups: dict[Ladder, list[str]] = {}
    for seat in incident.team:
        if seat.status in OPEN_SEATS and seat.contact != but:
            found = discipline_named(state, seat.discipline)
            groups.setdefault(found.via if found else state.procedure.decide[0].via, []).append(seat.contact)
    for via, people in groups.items():
        yield to_team(state, incident, Kind.BRIDGE, now, people, via, content)


def tell(state: State, incident: Incident, now: datetime, content: Content, *, but: str = "") -> Iterator[Notice]:
    """Everybody who meets there: the team, the managers, the proposers."""
    seated = {seat.contact for seat in incident.team if seat.status in OPEN_SEATS}
    yield from _to_team(state, incident, now, content, but=but)
    yield from to_managers(state, incident, Kind.BRIDGE, now, content, but={*seated, but})
    managers = deciders(state, incident)
    for who in dict.fromkeys((incident.manager, *incident.deputies)):
        if who and who not in {*seated, *managers, but}:
            yield to_person(state, incident, Kind.BRIDGE, now, who, content)
    told = {*seated, *managers, *incident.deputies, incident.manager, but}
    yield from to_proposers(state, incident, Kind.BRIDGE, now, content, but=told)


def _call(case: Case) -> Iterator[Fact]:
    """Everybody on the team, or asked, and who is in charge are called, and put through to one conference."""
    incident = case.incident
    if case.state.configuration.settings.twilio is None:
        yield case.answer(Kind.NO_BRIDGE, replace(case.content(), reason="voice"))
        return
    seated = (seat.contact for seat in incident.team if seat.status in OPEN_SEATS)
    people = tuple(dict.fromkeys((incident.manager, *incident.deputies, *seated)))
    content = replace(case.content(), crews=(), forms=())
    yield to_team(case.state, incident, Kind.BRIDGE_CALL, case.now, people, CALLED, content)
    deaf = tuple(case.state.name(who) for who in people if not case.state.person(who).phones)
    content = replace(content, count=len(people) - len(deaf), people=deaf, reason="call")
    yield case.answer(Kind.DONE_BRIDGE, content)
