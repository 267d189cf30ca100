"""An incident is what its timeline folds to: fold(incident, event) -> incident."""

from dataclasses import replace
from datetime import datetime
from functools import reduce

from daemon.core import events as e
from daemon.core.kinds import Kind
from daemon.core.model import Action, Exercise, Handover, Incident, Preview, Promise, Review, Seat, SeatStatus, Status
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
    status = next_status(incident.status, event)
    after = incident if status is incident.status else replace(incident, status=status)
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
            return replace(_in_charge(_again(after, event), event), reason=event.words)
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
            after = replace(after, preview=None)
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
            return replace(_taken_over(after), manager=event.by, since=event.at)
        case e.Heard():
            return replace(after, replies=after.replies + 1)
        case e.Told():
            return _promised(after, event)
        case e.ServicesSet():
            return replace(after, services=event.services)
        case e.MadeConfidential():
            return replace(after, confidential=True)
        case e.DeputyNamed():
            return replace(after, deputies=tuple(dict.fromkeys((*after.deputies, event.deputy))))
        case e.HandoverOffered():
            return replace(after, handover=Handover(event.to, event.until))
        case e.HandoverLapsed():
            return replace(after, handover=None)
        case e.HandedOver():
            deputies = tuple(who for who in after.deputies if who != event.by)
            return replace(_taken_over(after), manager=event.by, since=event.at, deputies=deputies)
        case e.Previewed():
            return replace(after, preview=Preview(event.by, event.words, event.management, event.when, event.resolve))
        case e.PreviewStopped():
            return replace(after, preview=None)
        case e.DrillBegun():
            return replace(after, exercise=Exercise(event.lists, event.until, event.roll_call))
        case e.DrillEnded() | e.RollCallEnded() | e.DrillReported():
            return _drilled(after, event)
        case _:
            return _team(after, event)


def _drilled(after: Incident, event: e.DrillEnded | e.RollCallEnded | e.DrillReported) -> Incident:
    """An exercise that is over, or whose report is out."""
    if after.exercise is None:  # damage took its beginning
        return after
    match event:
        case e.DrillReported():
            return replace(after, exercise=replace(after.exercise, reported=True))
        case e.DrillEnded():
            after = replace(after, exercise=replace(after.exercise, over=event.reason))
        case e.RollCallEnded():
            pass
    return replace(after, since=event.at, ended=event.at)


def _team(after: Incident, event: e.Event) -> Incident:
    """The engineers: who is called, who is on it, where they meet."""
    match event:
        case e.TeamCalled():
            return _called(after, event.disciplines)
        case e.Paged():
            seat = Seat(event.contact, event.discipline, SeatStatus.ASKED, event.at, event.at, event.until)
            return _seated(after, seat)
        case e.EngineerJoined():
            return _answered(after, event.by, SeatStatus.JOINED, event.at)
        case e.EngineerDeclined():
            left = event.by in after.joined
            return _answered(after, event.by, SeatStatus.LEFT if left else SeatStatus.DECLINED, event.at)
        case e.EngineerSilent():
            return _answered(after, event.contact, SeatStatus.SILENT, event.at)
        case e.Released():
            return _answered(after, event.contact, SeatStatus.RELEASED if event.by else SeatStatus.SPARED, event.at)
        case e.DisciplineReleased():
            needed = tuple(name for name in after.needed if name != event.discipline)
            return replace(after, needed=needed, exhausted=after.exhausted - {event.discipline})
        case e.BridgeSet():
            used_again = frozenset({event.bridge} - {event.gone})
            given_up = (after.bridges_gone | frozenset({event.gone} - {""})) - used_again
            return replace(after, bridge=event.bridge, bridge_words=event.words, bridges_gone=given_up)
        case e.DisciplineExhausted():
            return replace(after, exhausted=after.exhausted | {event.discipline})
        case _:
            return _same(after, event)


def _same(after: Incident, event: e.Event) -> Incident:
    """Whether it is a part of another one, or another one is a part of it."""
    match event:
        case e.LooksAlike():
            return replace(after, looks_like=event.other, ask_from=event.until)
        case e.MadeSame():
            return replace(after, since=event.at, ended=event.at, same_as=event.other, looks_like="")
        case e.MadeNew():
            after = replace(after, same_as="", ended=None, since=event.at)
            return replace(after, ask_from=event.at, asks=0, asked=None)
        case e.KeptApart():
            return replace(after, looks_like="", ask_from=after.ask_from if after.asks else event.at)
        case e.AlsoProposed():
            return replace(after, also=tuple(dict.fromkeys((*after.also, event.by))))
        case e.NotProposed():
            return replace(after, also=tuple(who for who in after.also if who != event.by))
        case _:
            return _actions(after, event)


def _actions(after: Incident, event: e.Event) -> Incident:
    match event:
        case e.ActionAgreed():
            action = Action(event.number, event.owner, event.what, event.due, event.by, event.at)
            return replace(after, actions=(*after.actions, action))
        case e.ActionDone():
            return _changed(after, (event.number,), done=event.at)
        case e.ActionsReminded():
            return _changed(after, event.numbers, reminded=event.at)
        case e.ReviewOpened():
            review = Review(event.owner, event.people, event.at, event.due, event.meets, event.revision)
            return replace(after, review=review, revision=event.revision)
        case _:
            return after if after.review is None else _reviewed(after, after.review, event)


def _changed(incident: Incident, numbers: tuple[int, ...], **values: datetime) -> Incident:
    actions = tuple(replace(a, **values) if a.number in numbers else a for a in incident.actions)  # type: ignore[arg-type]
    return replace(incident, actions=actions)


def _reviewed(after: Incident, review: Review, event: e.Event) -> Incident:
    match event:
        case e.ReviewAnswered():
            return replace(after, review=replace(review, answered=review.answered | {event.by}))
        case e.ReviewReminded():
            return replace(after, review=replace(review, reminded=event.at))
        case e.ReviewEscalated():
            return replace(after, review=replace(review, escalated=event.at))
        case e.ReviewHandedOver():
            people = tuple(dict.fromkeys((*review.people, event.owner)))
            return replace(after, review=replace(review, owner=event.owner, people=people))
        case e.ReviewMoved():
            review = replace(review, meets=event.meets, revision=event.revision)
            return replace(after, review=review, revision=event.revision)
        case e.Attending():
            attendance = {**review.attendance, event.by: event.attendance}
            return replace(after, review=replace(review, attendance=attendance))
        case e.Reviewed():
            return replace(after, review=replace(review, closed=event.at), since=event.at)
        case _:
            return after


def _called(incident: Incident, disciplines: tuple[str, ...]) -> Incident:
    """Called once more, whoever was silent or released may be asked again."""
    gone = (SeatStatus.SILENT, SeatStatus.RELEASED)
    team = tuple(
        replace(seat, status=SeatStatus.SPARED) if seat.discipline in disciplines and seat.status in gone else seat
        for seat in incident.team
    )
    needed = tuple(dict.fromkeys((*incident.needed, *disciplines)))
    return replace(incident, needed=needed, team=team, exhausted=incident.exhausted - {*disciplines})


def _seated(incident: Incident, seat: Seat) -> Incident:
    """In the place of an earlier seat of the same engineer, or after the others."""
    if not any(other.contact == seat.contact for other in incident.team):
        return replace(incident, team=(*incident.team, seat))
    return replace(incident, team=tuple(seat if o.contact == seat.contact else o for o in incident.team))


def _answered(incident: Incident, who: str, status: SeatStatus, at: datetime) -> Incident:
    team = tuple(replace(seat, status=status, at=at) if seat.contact == who else seat for seat in incident.team)
    return replace(incident, team=team)


def _taken_over(incident: Incident) -> Incident:
    """What the one before missed is not held against whoever is in charge now."""
    forgiven = {name: replace(promise, missed=0) for name, promise in incident.promises.items()}
    return replace(incident, taker="", taken_at=None, take_asked=False, promises=forgiven, handover=None)


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
        handover=None,
        preview=None,
        same_as="",
        looks_like="",
    )


def _again(incident: Incident, event: e.Reopened) -> Incident:
    """Those who were on it are known, to be called again; everything else begins anew."""
    joined = tuple(seat for seat in incident.team if seat.status is SeatStatus.JOINED)
    return replace(
        incident,
        accepted=incident.accepted or event.at,
        ended=None,
        decided_by=event.by,
        team=joined,
        exhausted=frozenset(),
        bridges_gone=frozenset(),
        review=None,
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
