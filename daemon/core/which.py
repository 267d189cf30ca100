"""Which incident a message means. Nothing is guessed: more than one, and the answer asks which."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.core.authority import Role, roles
from daemon.core.discretion import inside
from daemon.core.exercise import is_over, open_drill
from daemon.core.model import OPEN, Incident
from daemon.core.review_times import in_review, open_actions
from daemon.core.state import State
from daemon.core.stimuli import Said
from parsers.types import Verb

HARMLESS = frozenset({None, Verb.STATUS, Verb.HELP})
"""What may be about an exercise without its number."""

OF_REVIEW = frozenset({Verb.ACTION, Verb.DONE, Verb.REVIEWED})

PART = frozenset({Role.ASKED, Role.OWNER})
"""Who is meant to use them, before managers who may."""

RECENT = timedelta(days=7)
"""How long an incident that is over is still meant by a message without a number; one in review, as long as it is."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no incident of this number."""

    number: str


@dataclass(frozen=True, slots=True)
class Several:
    """More than one may be meant."""

    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """This person has not been told of any."""


def which(state: State, said: Said, who: str, now: datetime) -> Incident | Missing | Several | Nothing:
    """The incident meant by number, by the message answered, or as the only one that `who` had been told of."""
    other = state.incidents.get(said.thread[0]) if said.thread else None
    if other is not None and not visible(state, other, who):
        other = None
    if said.command.incident:
        number = said.command.incident
        named = state.incidents.get(number if "-" in number else f"MI-{number}")
        if named is None or not visible(state, named, who):
            return Missing(number if "-" in number else f"MI-{number}")
        plain = "-" not in number  # written as MI-7 or DR-1 there is no doubt which of the two
        if other is not None and other.id != named.id and (plain or named.drill == other.drill):
            return Several((named, other))
        return named
    if other is not None and (not other.drill or _needs_no_number(state, other, said.command.verb)):
        return other
    if other is not None:
        return Several((other, *told_of(state, who, said.written, now)))
    if said.thread and said.thread[0] and said.command.verb not in (Verb.STATUS, Verb.HELP):
        return Missing(said.thread[0])  # archived, or none that this person may know of: no other one is meant
    if said.command.verb in OF_REVIEW and (reviewed := _in_review(state, said.command.verb, who)):
        return reviewed[0] if len(reviewed) == 1 else Several(reviewed)
    told = told_of(state, who, said.written, now)
    drill = open_drill(state)
    if drill is not None and who in state.told[drill.id] and not any(i.status in OPEN for i in told):
        return drill if _needs_no_number(state, drill, said.command.verb) else Several((drill, *told))
    match told:
        case ():
            return Nothing()
        case (only,):
            return only
        case _:
            return Several(told)


def _in_review(state: State, verb: Verb | None, who: str) -> tuple[Incident, ...]:
    """Those that this verb can be about: with an action that is open, or a review."""
    known = tuple(i for i in in_review(state) if visible(state, i, who))
    if verb is Verb.DONE:
        found = tuple(i for i in known if open_actions(i))
        mine = tuple(i for i in found if any(action.owner == who for action in open_actions(i)))
    else:
        found = tuple(i for i in known if i.review)
        mine = tuple(i for i in found if roles(state, i, who) & PART)
    return mine or found


def _needs_no_number(state: State, drill: Incident, verb: Verb | None) -> bool:
    """What asks, and what only shows that its sender has been reached."""
    calling = drill.exercise is not None and drill.exercise.roll_call and not is_over(state, drill)
    return verb in HARMLESS or (calling and verb is Verb.JOIN)


def told_of(state: State, who: str, written: datetime, now: datetime) -> tuple[Incident, ...]:
    """The open incidents that this person had been told of by then; if none, those that ended of late.

    Never an exercise: its verbs need its number.
    """
    mine = [
        incident
        for incident in state.incidents.values()
        if not incident.drill
        and visible(state, incident, who)
        and (heard := state.told.get(incident.id, {}).get(who)) is not None
        and heard.replace(microsecond=0) <= written
    ]
    current = tuple(incident for incident in mine if incident.status in OPEN)
    if current:
        return current
    return tuple(i for i in mine if i.ended and (now - i.ended < RECENT or (i.review and not i.review.closed)))


def visible(state: State, incident: Incident, who: str) -> bool:
    """To those outside, a confidential incident does not exist, whatever they heard before it was one.

    Nor does any to people not on file who have not been told of it.
    """
    if incident.confidential:
        return inside(state, incident, who)
    known = who == incident.proposer or who in state.told.get(incident.id, {})
    return known or who in state.configuration.people.contacts
