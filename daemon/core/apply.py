"""The one place where the state changes: apply(state, facts)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from daemon.core import events as e
from daemon.core.delivery import Delivery, Ending
from daemon.core.facts import (
    Ailing,
    Archived,
    Attempted,
    Barred,
    BridgeChecked,
    Collected,
    DiskChanged,
    Draft,
    DraftGone,
    Fact,
    FindingsTold,
    Finished,
    Forgotten,
    Handled,
    HealthChanged,
    Kept,
    NextDrill,
    Opened,
    ProcedureTold,
    Rostered,
    Source,
    Spent,
    Stopped,
    Unbarred,
    Watched,
)
from daemon.core.fold import fold, opened
from daemon.core.heard import Heard, What, after, heard_of
from daemon.core.kinds import PAGES, Kind
from daemon.core.model import DRILL
from daemon.core.notices import Notice, archive_of
from daemon.core.state import State
from daemon.core.tally import Tally
from daemon.core.usable import MOST_CALLS


def apply(state: State, facts: Iterable[Fact]) -> None:
    """Each in its turn. Raises IllegalEvent for an event that the status of its incident does not allow."""
    for fact in facts:
        _apply(state, fact)


def _apply(state: State, fact: Fact) -> None:
    match fact:
        case Notice():
            _notice(state, fact)
        case Opened(delivery):
            state.tallies[delivery.notice].set(delivery.contact, " ")
            state.open_notices.add(delivery.notice)
            state.deliveries.setdefault(delivery.notice, {})[delivery.contact] = delivery
            _called(state, delivery)
            state.refs.update({a.ref: (delivery.notice, delivery.contact) for a in delivery.attempts if a.ref})
        case Finished():
            _finished(state, fact)
        case Stopped():
            state.stopped[fact.notice] = fact
            tally = state.tallies[fact.notice]
            for contact in tally.places:
                if not tally.ended(contact):
                    tally.set(contact, Ending.STOPPED.value)
            state.open_notices.discard(fact.notice)
            for delivery in state.deliveries.pop(fact.notice, {}).values():
                for attempt in delivery.attempts:
                    state.refs.pop(attempt.ref, None)
        case e.Proposed():
            state.incidents[fact.incident] = opened(fact)
            state.timelines[fact.incident] = [fact]
            state.told.setdefault(fact.incident, {})
            number_given(state, fact.incident)
        case _:
            _beside(state, fact)


Beside = (
    Attempted | Draft | DraftGone | Barred | Unbarred | Source | Handled | Kept | ProcedureTold | Spent | Collected
    | NextDrill | Rostered | Forgotten | Archived | DiskChanged | HealthChanged | Watched | BridgeChecked | Ailing
    | FindingsTold | e.Event
)  # fmt: skip


def _beside(state: State, fact: Beside) -> None:
    """What is known beside the notices, and what happens to an incident after its proposal."""
    match fact:
        case Draft():
            state.drafts[fact.incident, fact.by] = fact
        case DraftGone():
            state.drafts.pop((fact.incident, fact.by), None)
        case Barred():
            state.barred[fact.channel, fact.address] = fact
        case Unbarred():
            state.barred.pop((fact.channel, fact.address), None)
        case Source():
            state.sources[fact.name] = fact
        case Handled():
            state.handled[fact.key] = fact.at.astimezone(UTC)  # read back, each time brings a zone object of its own
        case ProcedureTold(version):
            state.procedure_version = version
        case Spent():
            state.spent.add((fact.notice, fact.by))
        case Collected() | Kept():
            pass
        case Attempted():
            state.last_chunk = max(state.last_chunk, fact.chunk)
        case NextDrill():
            state.next_drills[fact.roll_call] = fact
        case Rostered():
            state.rosters[fact.list] = fact
        case Forgotten():
            state.handled.pop(fact.key, None)
        case Archived():
            _archived(state, fact)
        case DiskChanged(down, at):
            state.disk_down = down
            _turned(state, (Kind.STATE_UP, ""), None if down else at)
        case HealthChanged():
            state.health[fact.channel] = fact.health
        case Watched(source, up, at):
            (state.unwatched.discard if up else state.unwatched.add)(source)
            _turned(state, (Kind.SOURCE_UP, source), at if up else None)
        case Ailing(part, up, at):
            (state.ailing.discard if up else state.ailing.add)(part)
            _turned(state, (Kind.PART_UP, part), at if up else None)
        case FindingsTold(known):
            state.findings = frozenset(known)
        case BridgeChecked(bridge, failures, reason):
            state.bridges[bridge] = (failures, reason)
        case _:
            _happened(state, fact)


def _happened(state: State, event: e.Event) -> None:
    """To an incident that has been proposed. Raises IllegalEvent, and then nothing has changed."""
    state.incidents[event.incident] = fold(state.incidents[event.incident], event)
    state.timelines[event.incident].append(event)
    if isinstance(event, e.Heard):
        state.answered.setdefault(event.incident, set()).add(event.by)
    elif isinstance(event, e.Reopened):
        state.answered.pop(event.incident, None)


def number_given(state: State, incident: str) -> None:
    """Incidents and drills are numbered apart; no number is given twice."""
    number = int(incident.partition("-")[2])
    if incident.startswith(DRILL):
        state.last_drill = max(state.last_drill, number)
    else:
        state.last_incident = max(state.last_incident, number)


def _notice(state: State, notice: Notice) -> None:
    if notice.id in state.tallies:  # it now says that it is not saved; meanwhile it may have been stopped
        state.notices[notice.id] = notice
        return
    places = state.places.get(notice.recipients)
    if places is None:
        places = state.places[notice.recipients] = {who: n for n, who in enumerate(notice.recipients)}
    state.notices[notice.id] = notice
    state.tallies[notice.id] = Tally(places, bytearray(b" " * len(places)), len(places), bytearray(len(places)))
    state.last_notice = max(state.last_notice, notice.id)
    if places:
        state.open_notices.add(notice.id)
    if notice.kind in PAGES:
        state.asked.append(notice.id)
    if (what := heard_of(notice)) is not None:
        state.heard[what] = after(state.heard.get(what, Heard()), notice)
    for incident in notice.about:
        told = state.told.setdefault(incident, {})
        for who in notice.recipients:
            told.setdefault(who, notice.at)


def _turned(state: State, what: What, back: datetime | None) -> None:
    if back is None:
        state.back.pop(what, None)
    else:
        state.back[what] = back


def _archived(state: State, fact: Archived) -> None:
    """Nothing of it stays in memory but the numbers that must not be given again."""
    state.last_incident = max(state.last_incident, fact.last_incident)
    state.last_drill = max(state.last_drill, fact.last_drill)
    state.last_notice = max(state.last_notice, fact.last_notice)
    state.last_chunk = max(state.last_chunk, fact.last_chunk)
    shelved = (n.id for n in state.notices.values() if archive_of(n.incident, n.at) == fact.name)
    numbers = {number for number in shelved if number <= fact.last_notice}  # a clock set back may give more
    for number in numbers:
        state.notices.pop(number)
        state.tallies.pop(number)
        state.open_notices.discard(number)
        state.drilled.pop(number, None)
        state.stopped.pop(number, None)
        state.deliveries.pop(number, None)
    state.asked = [number for number in state.asked if number not in numbers]
    state.used_refs = {ref: number for ref, number in state.used_refs.items() if number not in numbers}
    state.spent = {spent for spent in state.spent if spent[0] not in numbers}
    state.drafts = {key: draft for key, draft in state.drafts.items() if draft.incident != fact.name}
    state.incidents.pop(fact.name, None)
    state.timelines.pop(fact.name, None)
    state.told.pop(fact.name, None)
    state.answered.pop(fact.name, None)
    used = {id(tally.places) for tally in state.tallies.values()}
    state.places = {who: places for who, places in state.places.items() if id(places) in used}


def _called(state: State, delivery: Delivery) -> None:
    """Every call is written down before it is made."""
    for attempt in delivery.attempts:
        if attempt.channel == "voice" and attempt.at not in (before := state.calls.get(attempt.address, ())):
            state.calls[attempt.address] = (*before, attempt.at)[-MOST_CALLS:]


def _finished(state: State, fact: Finished) -> None:
    tally = state.tallies[fact.notice]
    begun = state.deliveries.get(fact.notice, {})
    of_drill = state.notices[fact.notice].incident.startswith(DRILL)
    drilled = state.drilled.setdefault(fact.notice, {}) if of_drill else None
    for ended in fact.ended:
        tally.set(ended.contact, ended.ending.value, ended.channel, ended.reason)
        delivery = begun.pop(ended.contact, None)
        state.used_refs.update(dict.fromkeys(ended.refs, fact.notice))
        if drilled is not None:
            drilled[ended.contact] = ended
        for attempt in delivery.attempts if delivery else ():
            state.refs.pop(attempt.ref, None)
    (state.open_notices.add if tally.left else state.open_notices.discard)(fact.notice)
    state.last_chunk = max(state.last_chunk, fact.chunk)
