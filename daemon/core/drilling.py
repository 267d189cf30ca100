"""Exercises: the real procedure on the real channels, begun by an operator or the clock, ended by anything real.

The verbs of an exercise need its number, DR-1: one without never touches it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from config.types import MANAGERS, Contact, Detail, Ladder
from daemon.core import events as e
from daemon.core.case import stop
from daemon.core.climbing import ask
from daemon.core.content import Content
from daemon.core.delivery import AttemptStatus, Ended, Ending, in_vain_by
from daemon.core.drill_times import next_drill
from daemon.core.exercise import open_drill, real_one, scoped, taking_part
from daemon.core.facts import Fact, Finished, Handled
from daemon.core.fold import fold, opened
from daemon.core.kinds import Kind
from daemon.core.knowing import public
from daemon.core.model import DRILL, Incident, Over, Status
from daemon.core.notices import Notice, Priority
from daemon.core.saying import answer, to_people
from daemon.core.state import State
from daemon.core.stimuli import DrillAsked, DrillStopped, Said
from parsers.types import Verb

LASTS = timedelta(hours=2)
"""An exercise that nobody ends."""

ANSWERS_WITHIN = timedelta(days=1)
"""A roll call waits so long."""

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=3)

BY_ITSELF = "Murphy"
"""Who proposes an exercise."""

PLAIN: Ladder = (("email",), ("sms",))
"""For people without a part in the procedure."""

GOING = frozenset({AttemptStatus.SENDING, AttemptStatus.SENT, AttemptStatus.UNCERTAIN, AttemptStatus.DELIVERED})
"""Attempts by which somebody has, or may have, been told."""


def refusal(state: State, asked: DrillAsked) -> str:
    """Why no exercise can begin now, in a line; "" where it can."""
    people = state.configuration.people
    if (real := real_one(state)) is not None:
        return f"{real.id} is open: no exercise while something real is going on"
    if (on := open_drill(state)) is not None:
        return f"{on.id} is still on: end it first, with --stop or RESOLVE {on.id}"
    if unknown := [name for name in asked.lists if name not in people.lists]:
        return f"there is no list {', '.join(unknown)}; there is {', '.join(sorted(people.lists))}"
    if asked.service and asked.service not in {service.name for service in state.procedure.services}:
        return f"there is no service {asked.service}"
    if not taking_part(people, asked.lists):
        return "nobody is on these lists"
    if not asked.roll_call and not set(people.on(MANAGERS)) & set(taking_part(people, asked.lists)):
        return f"no incident manager takes part, so nobody could decide: name {MANAGERS} as well"
    if asked.lasts is not None and not SHORTEST <= asked.lasts <= LONGEST:
        return "it lasts ten minutes at least, and three days at most"
    return ""


def asked(state: State, stimulus: DrillAsked | DrillStopped, now: datetime) -> Iterator[Fact]:
    """What the operator asks for, once; nothing where it is refused."""
    drill = open_drill(state)
    if isinstance(stimulus, DrillStopped):
        if drill is not None:
            yield from end(state, drill, Over.STOPPED, now)
    elif stimulus.key not in state.handled and not refusal(state, stimulus):
        yield Handled(stimulus.key, now)
        yield from begin(state, stimulus, now)


def begin(state: State, asked: DrillAsked, now: datetime) -> Iterator[Fact]:
    """A new exercise, and its first notices."""
    services = tuple(s for s in state.procedure.services if s.name == (asked.service or "*"))
    title = ", ".join(service.public_name for service in services if service.public_name)
    proposed = e.Proposed(
        incident=f"{DRILL}{state.last_drill + 1}",
        at=now,
        by="",
        name=BY_ITSELF,
        summary=asked.words or (title if not asked.roll_call else "Roll call"),
        details="",
        impact="",
        services=(asked.service,) if asked.service else (),
        confidential=not asked.roll_call and any(service.confidential for service in services),
        hold=None,
        medium="console" if asked.key else "clock",
        raw="",
    )
    yield proposed
    until = now + (asked.lasts or (ANSWERS_WITHIN if asked.roll_call else LASTS))
    begun = e.DrillBegun(proposed.incident, now, "", asked.lists, until, asked.roll_call)
    yield begun
    incident = fold(opened(proposed), begun)
    yield from next_drill(state, asked, now)
    state = scoped(state, incident)
    if asked.roll_call:
        yield from _call(state, incident, asked.lists, until, now)
    elif state.procedure.decide[0].after <= timedelta(0):
        yield from ask(state, incident, now)


def _call(state: State, incident: Incident, lists: tuple[str, ...], until: datetime, now: datetime) -> Iterator[Fact]:
    """One message for each contact, by the ladder of the most urgent part that they have in the procedure."""
    content = Content(at=now, due=until, forms=(Verb.JOIN,))
    urgent, others = _ladders(state)
    groups: dict[tuple[Ladder, Detail], list[str]] = {}
    for who in taking_part(state.configuration.people, lists):
        via = urgent.get(who) or others.get(who) or PLAIN
        groups.setdefault((via, Detail.MANAGEMENT if who in urgent else Detail.PUBLIC), []).append(who)
    for (via, detail), those in groups.items():
        priority = Priority.MANAGEMENT if detail is Detail.MANAGEMENT else Priority.STAKEHOLDERS
        yield to_people(state, incident, Kind.ROLL_CALL, now, those, via, content, priority=priority, detail=detail)


def _ladders(state: State) -> tuple[dict[str, Ladder], dict[str, Ladder]]:
    """By which ladder managers and engineers are called, and by which the audiences are told."""
    people, procedure = state.configuration.people, state.procedure
    urgent: dict[str, Ladder] = {}
    for rung in procedure.decide:
        for who in people.on(rung.who):
            urgent.setdefault(who, rung.via)
    for discipline in procedure.disciplines:
        for who in people.on(discipline.list):
            urgent.setdefault(who, discipline.via)
    others: dict[str, Ladder] = {}
    for audience in procedure.audiences:
        for name in audience.lists:
            for who in people.on(name):
                others.setdefault(who, audience.via)
    return urgent, others


def end(state: State, incident: Incident, reason: Over, now: datetime) -> Iterator[Fact]:
    """Nothing more is sent of it; whoever was told something hears that it is over.

    A roll call just ends: nobody took it for more.
    """
    if incident.exercise is not None and incident.exercise.roll_call and reason is Over.TIME:
        yield e.RollCallEnded(incident.id, now)
    else:
        yield e.DrillEnded(incident.id, now, "", reason)
    told = _told(state, incident)
    for notice in tuple(state.unfinished()):
        if notice.incident == incident.id:
            yield from _in_vain(state, notice, now)
            yield from stop(state, notice, now, "the exercise is over")
    if incident.exercise is None or incident.exercise.roll_call:
        return
    content = replace(public(state, incident), words="", status=Status.CANCELED, at=now, reason=reason)
    for via, those in told.items():
        yield to_people(state, incident, Kind.DRILL_OVER, now, those, via, content, priority=Priority.MANAGEMENT)


def _in_vain(state: State, notice: Notice, now: datetime) -> Iterator[Finished]:
    """Whom nothing has reached so far is not reached: else the report would take them for spared."""
    seconds = int((now - notice.at).total_seconds())
    ended = tuple(
        Ended(delivery.contact, Ending.UNREACHED, "", seconds, in_vain_by(delivery))
        for delivery in state.deliveries.get(notice.id, {}).values()
        if delivery.attempts and not any(attempt.status in GOING for attempt in delivery.attempts)
    )
    if ended:
        yield Finished(0, notice.id, ended)


def _told(state: State, incident: Incident) -> dict[Ladder, list[str]]:
    """Who has, or may have, got something of it, by the ladder by which that came first."""
    ladders: dict[str, Ladder] = {}
    for notice in state.notices.values():
        if notice.incident == incident.id:
            tally = state.tallies[notice.id]
            begun = state.deliveries.get(notice.id, {}).values()
            going = (d.contact for d in begun if any(attempt.status in GOING for attempt in d.attempts))
            for who in (*tally.having(Ending.DELIVERED), *tally.having(Ending.SENT), *going):
                ladders.setdefault(who, notice.via)
    told: dict[Ladder, list[str]] = {}
    for who, via in ladders.items():
        told.setdefault(via, []).append(who)
    return told


def over(state: State, incident: Incident, now: datetime) -> Over:
    """Why an exercise whose time has come ends."""
    if (real := real_one(state)) is not None:
        return Over.EARLY if real.confidential else Over.REAL
    late = incident.exercise is None or incident.exercise.until <= now
    return Over.TIME if late or incident.status is not Status.PROPOSED else Over.UNDECIDED


def ends_at(state: State, incident: Incident) -> datetime | None:
    """When an exercise ends by itself: nobody is asked to decide for longer than `decide_by`.

    Something real ends it at once; not in the same decision, so that what is real never waits for an exercise, nor
    could fail with it.
    """
    if not incident.drill:
        return None
    if (real := real_one(state)) is not None:
        return real.since
    exercise = incident.exercise
    if exercise is None:  # damage took its beginning
        return incident.proposed + LASTS
    if incident.status is Status.PROPOSED and not exercise.roll_call:
        return min(exercise.until, incident.proposed + state.procedure.propose.decide_by)
    return exercise.until


def note(state: State, said: Said, who: str, incident: Incident, now: datetime) -> Iterator[Fact]:
    """An answer to a roll call, whatever it says: this person has been reached."""
    yield e.Heard(incident.id, now, who, said.raw)
    if who not in state.answered.get(incident.id, ()):
        yield answer(state, said, Kind.DRILL_REPLY, now, incident, reply_content(state, who))


def reply_content(state: State, who: str) -> Content:
    """How to report something real instead; only people on file can."""
    known: Contact | None = state.configuration.people.contacts.get(who)
    return Content(forms=(Verb.PROPOSE,) if known else (Verb.STATUS,))
