"""Whoever answers has been reached: no further rung, call or text asks for the attention of a person who gave it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from daemon.core.delivery import ANSWERED, Delivery, Ended, Ending, refs, trials
from daemon.core.facts import Attempted, Fact, Finished, Stopped, Unbarred
from daemon.core.identity import Evidence
from daemon.core.kinds import Kind
from daemon.core.model import Incident
from daemon.core.notices import Notice
from daemon.core.state import State
from daemon.core.stimuli import Said
from daemon.core.tried import OUT, URGENT
from daemon.core.which import which

CALLING = frozenset({
    Kind.DECISION_REQUEST, Kind.DECISION_BUNDLE, Kind.SAME_REQUEST, Kind.PAGE, Kind.BRIDGE_CALL,
    Kind.HANDOVER_BRIEFING, Kind.TAKE_REQUEST, Kind.REMINDER, Kind.MISSED,
})  # fmt: skip
"""What only asks for somebody's attention. Anything else is still said, unless it is out already."""


def acknowledged(state: State, said: Said, decided: Sequence[Fact], now: datetime) -> Iterator[Fact]:
    """What needs no further try after this message; `decided` is what it came to.

    A message that anybody can have sent in somebody's name must not silence their pager.
    """
    who = said.identity.contact or said.identity.address
    if said.identity.evidence is Evidence.NONE or not who:
        return
    if said.medium == "email" and ("email", said.identity.address) in state.barred:
        yield Unbarred("email", said.identity.address)
    about = which(state, said, who, now)
    if not isinstance(about, Incident):
        return
    over = {fact.notice for fact in decided if isinstance(fact, Stopped)}
    over |= {fact.notice for fact in decided if isinstance(fact, Finished) for e in fact.ended if e.contact == who}
    for notice in tuple(state.unfinished()):
        if notice.id not in over and about.id in notice.about and _is_answer(said, notice):
            yield from _over(state, notice, who)


def _is_answer(said: Said, notice: Notice) -> bool:
    """To this notice, or written after it; the dates of mails and texts are whole seconds."""
    answered = said.thread is not None and said.thread[1] == notice.id
    return answered or said.written >= notice.at.replace(microsecond=0)


def _over(state: State, notice: Notice, who: str) -> Iterator[Fact]:
    tally = state.tallies[notice.id]
    if notice.priority not in URGENT or who not in tally.places or tally.ended(who):
        return
    delivery = state.deliveries.get(notice.id, {}).get(who) or Delivery(notice.id, who)
    if told := trials(notice, delivery):
        yield Attempted(0, notice.id, told)
    out = next((a for a in delivery.attempts if a.status in OUT), None)
    if out:
        seconds = max(0, int(((out.ended or out.at) - notice.at).total_seconds()))
        ids = refs(delivery, notice.audience)
        yield Finished(0, notice.id, (Ended(who, Ending.DELIVERED, out.channel, seconds, ANSWERED, ids),))
    elif notice.kind in CALLING:
        yield Finished(0, notice.id, (Ended(who, Ending.STOPPED, "", 0, ANSWERED),))
