"""An incident is what its timeline folds to: fold(incident, event) -> incident."""

from dataclasses import replace
from datetime import datetime
from functools import reduce

from daemon.core import events as e
from daemon.core.model import Incident, Promise, Status
from daemon.core.notices import Kind
from daemon.core.transitions import next_status


def opened(event: e.Proposed) -> Incident:
    """The incident that a proposal starts."""
    return Incident(
        id=event.incident,
        status=Status.PROPOSED,
        since=event.at,
        proposer=event.by,
        proposer_name=event.name,
        proposed=event.at,
        summary=event.summary,
        details=event.details,
        impact=event.impact,
        services=event.services,
        confidential=event.confidential,
        hold=event.hold,
        ask_from=event.at,
        written=event.written,
    )


def fold(incident: Incident, event: e.Event) -> Incident:
    """The incident after the event. Raises IllegalEvent, and then nothing has changed."""
    after = replace(incident, status=next_status(incident.status, event))
    match event:
        case e.Asked():
            return replace(after, asks=event.rung + 1, asked=event.at)
        case e.ProposerTold():
            return replace(after, proposer_told=True)
        case e.Accepted():
            return _in_charge(
                replace(after, accepted=event.at, decided_by=event.by, ended=None), event, event.words, event.management
            )
        case e.Reopened():
            accepted = after.accepted or event.at
            after = replace(after, accepted=accepted, ended=None, answered=frozenset(), decided_by=event.by)
            return replace(_in_charge(after, event), reason=event.words)
        case e.Rejected():
            return _over(replace(after, decided_by=event.by), event)
        case e.Withdrawn() | e.Downgraded():
            return _over(after, event)
        case e.Resolved():
            return replace(
                after,
                since=event.at,
                ended=event.at,
                last_word=event.at,
                words=event.words,
                reason="",
                management=event.management,
            )
        case e.Updated():
            if not event.words:
                return replace(after, management=event.management, take_asked=False)
            after = replace(after, last_word=event.at, words=event.words, reason="")
            return replace(after, management=event.management, take_asked=False)
        case e.IntervalSet():
            return _paced(after, event)
        case e.Reminded():
            reminded = {name: replace(after.promises[name], reminded=True) for name in event.audiences}
            return replace(after, promises={**after.promises, **reminded})
        case e.Missed():
            missed = {name: _later(after.promises[name], event.at) for name in event.audiences}
            return replace(after, promises={**after.promises, **missed})
        case e.Lapsed(audiences=gone):
            return replace(after, promises={k: v for k, v in after.promises.items() if k not in gone})
        case e.TakeAsked():
            return replace(after, take_asked=True)
        case e.TakeAnnounced():
            return replace(after, taker=event.by, taken_at=event.when)
        case e.TakeObjected():
            return replace(after, taker="", taken_at=None)
        case e.Taken():
            forgiven = {name: replace(promise, missed=0) for name, promise in after.promises.items()}
            return replace(
                after, manager=event.by, since=event.at, taker="", taken_at=None, take_asked=False, promises=forgiven
            )
        case e.Heard():
            return replace(after, replies=after.replies + 1, answered=after.answered | {event.by})
        case e.Told():
            return _promised(after, event)
        case _:
            return after


def _in_charge(incident: Incident, event: e.Accepted | e.Reopened, words: str = "", management: str = "") -> Incident:
    return replace(
        incident,
        since=event.at,
        manager=event.by,
        last_word=event.at,
        words=words,
        reason="",
        management=management,
        promises={},
        take_asked=False,
        taker="",
        taken_at=None,
    )


def _over(incident: Incident, event: e.Rejected | e.Withdrawn | e.Downgraded) -> Incident:
    return replace(incident, since=event.at, ended=event.at, words="", management="", reason=event.words)


def _promised(incident: Incident, event: e.Told) -> Incident:
    """One notice to an audience settles every promise to it that was missed before."""
    if event.due is None:
        return replace(incident, promises={k: v for k, v in incident.promises.items() if k != event.audience})
    before = incident.promises.get(event.audience)
    missed = 0
    if event.kind == Kind.HOLDING and before:
        missed = before.missed + (before.last != event.at)
    promise = Promise(last=event.at, due=event.due, missed=missed)
    return replace(incident, promises={**incident.promises, event.audience: promise})


def _later(promise: Promise, at: datetime) -> Promise:
    """A missed promise moves on by its own interval."""
    return replace(promise, due=at + (promise.due - promise.last), last=at, reminded=False, missed=promise.missed + 1)


def _paced(incident: Incident, event: e.IntervalSet) -> Incident:
    """A new interval counts from the last notice, or from now where that is past; what was promised still holds."""
    promises = dict(incident.promises)
    for name in event.audiences:
        if name in promises:
            due = promises[name].last + event.every
            due = due if due > event.at else event.at + event.every
            promises[name] = replace(promises[name], due=min(due, promises[name].due))
    intervals = {**incident.intervals, **dict.fromkeys(event.audiences, event.every)}
    return replace(incident, promises=promises, intervals=intervals)


def replay(events: tuple[e.Event, ...]) -> Incident:
    """The incident of a whole timeline, which begins with its proposal."""
    first, *rest = events
    if not isinstance(first, e.Proposed):
        raise TypeError(f"a timeline begins with a proposal, not with {type(first).__name__}")
    return reduce(fold, rest, opened(first))
