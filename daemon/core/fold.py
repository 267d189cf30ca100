"""An incident is what its timeline folds to: fold(incident, event) -> incident."""

from dataclasses import replace
from functools import reduce

from daemon.core import events as e
from daemon.core.charge_events import ChargeEvent
from daemon.core.drill_events import DrillEvent
from daemon.core.informing_events import InformingEvent
from daemon.core.informing_fold import fold_informing
from daemon.core.model import Exercise, Handover, Incident, SeatStatus, Status
from daemon.core.proposal_events import ProposalEvent
from daemon.core.review_events import ReviewEvent
from daemon.core.review_fold import fold_review
from daemon.core.team_events import TeamEvent
from daemon.core.team_fold import fold_team
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
    if isinstance(event, InformingEvent):
        return fold_informing(after, event)
    if isinstance(event, TeamEvent):
        return fold_team(after, event)
    if isinstance(event, ReviewEvent):
        return fold_review(after, event)
    if isinstance(event, ProposalEvent):
        return _proposal(after, event)
    if isinstance(event, ChargeEvent):
        return _charge(after, event)
    if isinstance(event, DrillEvent):
        return _drill(after, event)
    match event:
        case e.Downgraded():
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
        case e.Reopened():
            return replace(_in_charge(_again(after, event), event), reason=event.words)
        case e.ServicesSet():
            return replace(after, services=event.services)
        case e.MadeConfidential():
            return replace(after, confidential=True)
        case e.Noted():
            return after


def _proposal(after: Incident, event: ProposalEvent) -> Incident:
    """What is decided of it, and whether it is a part of another one or another one is a part of it."""
    match event:
        case e.Asked():
            return replace(after, asks=event.rung + 1, asked=event.at)
        case e.ProposerTold():
            return replace(after, proposer_told=True)
        case e.Accepted():
            accepted = replace(after, accepted=event.at, decided_by=event.by, ended=None)
            return _in_charge(accepted, event, event.words, event.management)
        case e.Rejected():
            return _over(replace(after, decided_by=event.by), event)
        case e.Withdrawn():
            return _over(after, event)
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
        case e.Proposed():  # opens an incident, and changes none
            return after


def _charge(after: Incident, event: ChargeEvent) -> Incident:
    """Who is in charge, and who acts as well."""
    match event:
        case e.TakeAsked():
            return replace(after, take_asked=True)
        case e.TakeAnnounced():
            return replace(after, taker=event.by, taken_at=event.when)
        case e.TakeObjected():
            return replace(after, taker="", taken_at=None)
        case e.Taken():
            return replace(_taken_over(after), manager=event.by, since=event.at)
        case e.DeputyNamed():
            return replace(after, deputies=tuple(dict.fromkeys((*after.deputies, event.deputy))))
        case e.HandoverOffered():
            return replace(after, handover=Handover(event.to, event.until))
        case e.HandoverLapsed():
            return replace(after, handover=None)
        case e.HandedOver():
            deputies = tuple(who for who in after.deputies if who != event.by)
            return replace(_taken_over(after), manager=event.by, since=event.at, deputies=deputies)


def _drill(after: Incident, event: DrillEvent) -> Incident:
    if isinstance(event, e.DrillBegun):
        return replace(after, exercise=Exercise(event.lists, event.until, event.roll_call))
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


def replay(events: tuple[e.Event, ...]) -> Incident:
    """The incident of a whole timeline, which begins with its proposal."""
    first, *rest = events
    if not isinstance(first, e.Proposed):
        raise TypeError(f"a timeline begins with a proposal, not with {type(first).__name__}")
    return reduce(fold, rest, opened(first))
