"""A command in its context: who says it, about which incident, when; and the facts that commands share."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.content import Content
from daemon.core.delivery import AttemptStatus, Ended, Ending, refs, trials
from daemon.core.facts import Attempted, Fact, Finished, Stopped
from daemon.core.fold import fold
from daemon.core.kinds import PAGES, Kind
from daemon.core.knowing import managed
from daemon.core.model import Incident, Status
from daemon.core.notices import Notice
from daemon.core.saying import answer
from daemon.core.state import State
from daemon.core.stimuli import Said

DUE = frozenset({Kind.REMINDER, Kind.MISSED, Kind.TAKE_REQUEST})
"""What the managers are told of an update that is due."""

CHARGE = frozenset({Kind.TAKE_ANNOUNCED, Kind.HANDOVER_BRIEFING})
"""What asks somebody whether another one shall be in charge."""

REPLACED = "replaced by a newer notice"


@dataclass(frozen=True, slots=True)
class Case:
    state: State
    said: Said
    who: str
    incident: Incident
    now: datetime

    @property
    def words(self) -> str:
        return self.said.command.words

    @property
    def name(self) -> str:
        return self.state.person(self.who).name

    def after(self, event: e.Event) -> "Case":
        """The same case once the event has happened."""
        return replace(self, incident=fold(self.incident, event))

    def content(self) -> Content:
        """What the sender, who has a part in it, may read about the incident."""
        return replace(managed(self.state, self.incident), actor=self.name, at=self.now, verb=self.said.command.verb)

    def answer(self, kind: Kind, content: Content | None = None) -> Notice:
        return answer(self.state, self.said, kind, self.now, self.incident, content or self.content())

    @property
    def written(self) -> datetime:
        """An answer to a notice of ours was written after it, whatever the sender's clock says."""
        answered = self.state.notices.get(self.said.thread[1]) if self.said.thread else None
        return max(self.said.written, answered.at) if answered else self.said.written

    def stale(self) -> bool:
        """Whether it was sent before the incident's last change of status or manager.

        Mail and text dates have a resolution of one second.
        """
        return self.written < self.incident.since.replace(microsecond=0)


def stop(state: State, notice: Notice, now: datetime, reason: str) -> Iterator[Fact]:
    """No further attempt of this notice; what is out already counts as sent."""
    out = []
    for contact, delivery in state.deliveries.get(notice.id, {}).items():
        sent = [a for a in delivery.attempts if a.status is AttemptStatus.SENT]
        if sent:
            seconds = int(((sent[0].ended or sent[0].at) - notice.at).total_seconds())
            out.append(Ended(contact, Ending.SENT, sent[0].channel, seconds, refs=refs(delivery, notice.audience)))
    yield from tried(state, notice, state.deliveries.get(notice.id, ()))
    if out:
        yield Finished(0, notice.id, tuple(out))
    yield Stopped(notice.id, now, reason)


def tried(state: State, notice: Notice, people: Iterable[str]) -> Iterator[Fact]:
    """What has been attempted for these people, whose deliveries end now."""
    begun = state.deliveries.get(notice.id, {})
    told = tuple(each for who in people if who in begun for each in trials(notice, begun[who]))
    if told:
        yield Attempted(0, notice.id, told)


def stop_asking(state: State, incident: Incident, now: datetime) -> Iterator[Fact]:
    """The decision has been made: nobody is asked any more. A message about several goes on for the others."""
    for notice in tuple(state.unfinished()):
        if notice.kind in PAGES and incident.id in notice.about and notice.id not in state.stopped:
            others = (state.incidents.get(number) for number in notice.about if number != incident.id)
            if not any(other and other.status is Status.PROPOSED for other in others):
                yield from stop(state, notice, now, "decided")
            else:
                left = tuple(line for line in notice.content.lines if line.incident != incident.id)
                yield replace(notice, content=replace(notice.content, lines=left, count=len(left)))


def settled(state: State, incident: Incident, now: datetime, kinds: Collection[Kind]) -> Iterator[Fact]:
    """What these notices ask has its answer: whoever has not read one yet is not called for it any more."""
    for notice in tuple(state.unfinished()):
        if notice.incident == incident.id and notice.kind in kinds and notice.id not in state.stopped:
            yield from stop(state, notice, now, "settled")


def replacing(state: State, incident: Incident, now: datetime, told: tuple[Notice, ...]) -> Iterator[Fact]:
    """These notices to the audiences, in the place of older ones still unsent to the same people.

    What the managers have not yet been told of the one that was due is not said any more.
    """
    hearing = {who for notice in told for who in notice.recipients}
    for notice in tuple(state.unfinished()):
        if notice.incident != incident.id:
            continue
        waiting = set(_waiting(state, notice))
        if (told and notice.kind in DUE) or (notice.audience and hearing >= waiting):
            yield from stop(state, notice, now, REPLACED)
        elif notice.audience and hearing & waiting:
            over = [who for who in notice.recipients if who in waiting and who in hearing]
            yield from tried(state, notice, over)
            yield Finished(0, notice.id, tuple(ended_for(state, notice, who, REPLACED) for who in over))
    yield from told


def _waiting(state: State, notice: Notice) -> Iterator[str]:
    tally = state.tallies[notice.id]
    return (who for who in notice.recipients if not tally.ended(who))


def ended_for(state: State, notice: Notice, who: str, reason: str) -> Ended:
    """A delivery of which nothing more is tried: what is out already counts as sent."""
    delivery = state.deliveries.get(notice.id, {}).get(who)
    sent = [a for a in delivery.attempts if a.status is AttemptStatus.SENT] if delivery else []
    if delivery is None or not sent:
        return Ended(who, Ending.STOPPED, "", 0, reason)
    seconds = int(((sent[0].ended or sent[0].at) - notice.at).total_seconds())
    return Ended(who, Ending.SENT, sent[0].channel, seconds, refs=refs(delivery, notice.audience))
