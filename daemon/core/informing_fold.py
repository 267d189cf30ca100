"""What the audiences are told, in an incident's fold: the last words, the promises of next ones, the intervals."""

from dataclasses import replace
from datetime import datetime

from daemon.core import informing_events as e
from daemon.core.kinds import Kind
from daemon.core.model import Incident, Preview, Promise


def fold_informing(after: Incident, event: e.InformingEvent) -> Incident:
    match event:
        case e.Updated():
            after = replace(after, preview=None)
            if event.words:
                after = replace(after, last_word=event.at, words=event.words, reason="")
            return replace(after, management=event.management, take_asked=False)
        case e.Previewed():
            return replace(after, preview=Preview(event.by, event.words, event.management, event.when, event.resolve))
        case e.PreviewStopped():
            return replace(after, preview=None)
        case e.Told():
            return _promised(after, event)
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
        case e.Heard():
            return replace(after, replies=after.replies + 1)


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
