"""What is agreed in a review: ACTION, lines of it in an answer, and DONE. Nothing is guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from daemon.core import events as e
from daemon.core.authority import deciders
from daemon.core.case import Case, settled
from daemon.core.content import Agreed, Content, Lacks
from daemon.core.facts import Fact
from daemon.core.kinds import Kind
from daemon.core.model import Action, Incident, Status
from daemon.core.naming import Unclear, bearing, named
from daemon.core.notices import Notice, Priority
from daemon.core.review_times import open_actions, zone_of
from daemon.core.sameness import folded
from daemon.core.saying import to_people
from daemon.core.state import State
from daemon.core.transitions import AFTER, AGREED
from parsers.types import ActionLine, Verb

ONESELF = frozenset({"me", "i", "myself", "ik", "mij", "ikzelf", "moi", "je", "ich", "mich", "selbst", "yo", "mi"})

FARTHEST = timedelta(days=5 * 366)

MOST_LINES = 50
"""Of one message."""

LONGEST_WHAT = 1000

MOST_NAMES = 3

_MARKS = " @.,;\"'()[]"

_LEADING = re.compile(r"(?:to|will|should|must)\s+", re.IGNORECASE)

_NUMBER = re.compile(
    r"\s*(?:(?:action|actie|aktion|acci[oó]n|maßnahme)(?:e?n?|s|es)|nr\.?|no\.?)?\s*"
    r"#?\s*(\d{1,4}(?:\s*(?:,|&|\+|\b(?:and|en|et|und|y)\b)\s*#?\s*\d{1,4}\b)*)\b[\s.:,)-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Unnoted:
    """A line that was not understood; `people` are those who could be meant."""

    line: str
    lacks: Lacks
    people: tuple[str, ...] = ()


def agreed(state: State, actions: Sequence[Action], now: datetime) -> tuple[Agreed, ...]:
    """Actions as people are told of them; overdue by the calendar of whoever owns each."""
    return tuple(
        Agreed(
            a.number,
            state.name(a.owner),
            a.what,
            a.due,
            bool(a.done),
            not a.done and a.due < today(state, a.owner, now),
        )
        for a in actions
    )


def today(state: State, who: str, now: datetime) -> date:
    """The day that it is where this person lives."""
    organization = state.configuration.settings.organization.timezone
    return now.astimezone(zone_of(state.person(who).timezone, organization)).date()


def action(case: Case) -> Iterator[Fact]:
    """ACTION name: what by date; every such line of the message."""
    if case.incident.status not in AFTER:
        yield case.answer(_no_review(case.incident))
        return
    if not lines(case):
        people = (case.words,) if case.words else ()
        yield case.answer(Kind.NO_ACTION, replace(case.content(), people=people, reason=Lacks.WHAT))
        return
    yield from note_lines(case)


def _no_review(incident: Incident) -> Kind:
    over = incident.drill or incident.status in (Status.REJECTED, Status.CANCELED)
    return Kind.NO_REVIEW if over else Kind.WRONG_STATUS


def lines(case: Case) -> tuple[ActionLine, ...]:
    """Those that are sure to be actions; of the others, those that begin with somebody's name."""
    return tuple(line for line in case.said.actions if line.sure or _parted(case, line).name)


def note_lines(case: Case) -> Iterator[Fact]:
    """The lines ACTION of a message: noted, told to those who are to do it, and the sender sees how each was read."""
    noted: list[Action] = []
    unnoted: list[Unnoted] = []
    others: dict[str, list[Action]] = {}
    for line in lines(case)[:MOST_LINES]:
        read = _read(case, line)
        if isinstance(read, Unnoted):
            unnoted.append(read)
            continue
        if same := next((a for a in open_actions(case.incident) if _is_same(a, read)), None):
            noted.append(same)
            continue
        yield read
        case = case.after(read)
        noted.append(case.incident.actions[-1])
        if read.owner != case.who:
            others.setdefault(read.owner, []).append(noted[-1])
    yield _answer(case, noted, unnoted)
    for who, theirs in others.items():
        told = replace(case.content(), actions=agreed(case.state, theirs, case.now), forms=(Verb.DONE, Verb.STATUS))
        yield _by_mail(case, Kind.ACTION_AGREED, who, told)


def _answer(case: Case, noted: Sequence[Action], unnoted: Sequence[Unnoted]) -> Fact:
    content = replace(
        case.content(),
        actions=agreed(case.state, noted, case.now),
        people=tuple(dict.fromkeys(each.line for each in unnoted)),
        reason=unnoted[0].lacks if unnoted else "",
        next_people=tuple(dict.fromkeys(name for each in unnoted for name in each.people)),
    )
    return case.answer(Kind.DONE_ACTION if noted else Kind.NO_ACTION, content)


def _read(case: Case, line: ActionLine) -> e.ActionAgreed | Unnoted:
    state, incident = case.state, case.incident
    line = line if line.name else _parted(case, line)
    if not line.what.strip():
        return Unnoted(line.line, Lacks.WHAT)
    who = _owner(case, line.name)
    if isinstance(who, Unclear):
        lacks = Lacks.SEVERAL if _fits_several(case, line.name) else Lacks.NAME
        return Unnoted(line.line, lacks, tuple(state.name(each) for each in who.people))
    day = today(state, case.who, case.now)
    if line.due is None or line.due < day or line.due > day + FARTHEST:
        return Unnoted(line.line, Lacks.DATE)
    number = max((a.number for a in incident.actions), default=0) + 1
    return e.ActionAgreed(incident.id, case.now, case.who, number, who, line.what.strip()[:LONGEST_WHAT], line.due)


def _parted(case: Case, line: ActionLine) -> ActionLine:
    """Without a mark behind it, a name is one where the first words are exactly one person's."""
    words = line.what.split()
    for length in range(min(MOST_NAMES, len(words) - 1), 0, -1):
        name = " ".join(words[:length]).strip(_MARKS)
        if isinstance(_owner(case, name), str):
            what = _LEADING.sub("", " ".join(words[length:]), count=1)
            return replace(line, name=name, what=what)
    return line


def _is_same(one: Action, other: e.ActionAgreed) -> bool:
    return (one.owner, folded(one.what), one.due) == (other.owner, folded(other.what), other.due)


def _owner(case: Case, name: str) -> str | Unclear:
    contacts = case.state.configuration.people.contacts
    if folded(name.strip()) in ONESELF and case.who in contacts:
        return case.who
    if not name.strip():
        return Unclear("", ())
    near = _near(case)
    found = named(case.state, name, near)
    if isinstance(found, str):
        return found
    every = bearing(case.state, name.strip())
    if every:
        return named(case.state, name, every)
    return replace(found, people=()) if found.people == near[: len(found.people)] else found


def _near(case: Case) -> tuple[str, ...]:
    """Who is meant before anybody else of that name: those who are asked, the team, the managers."""
    incident = case.incident
    asked = incident.review.people if incident.review else ()
    seated = (seat.contact for seat in incident.team)
    contacts = case.state.configuration.people.contacts
    every = (*asked, incident.manager, *seated, *deciders(case.state, incident))
    return tuple(dict.fromkeys(who for who in every if who in contacts))


def _fits_several(case: Case, name: str) -> bool:
    return len(bearing(case.state, name.strip())) > 1


def done(case: Case) -> Iterator[Fact]:
    """DONE number [words]; without a number where its sender has just one to do."""
    incident = case.incident
    if incident.status not in AGREED:
        yield case.answer(_no_review(incident))
        return
    numbers, words = numbered(case.words)
    mine = tuple(a for a in open_actions(incident) if a.owner == case.who)
    if not numbers and not case.words.strip() and len(mine) == 1:
        numbers = (mine[0].number,)
    known = {a.number: a for a in incident.actions}
    unknown = [number for number in numbers if number not in known]
    if unknown or not numbers:
        left = mine or open_actions(incident)
        shown = ", ".join(map(str, unknown))
        content = replace(case.content(), actions=agreed(case.state, left, case.now), name=shown)
        yield case.answer(Kind.NO_SUCH_ACTION, content)
        return
    if ended := tuple(number for number in numbers if known[number].done is None):
        for number in ended:
            event = e.ActionDone(incident.id, case.now, case.who, number, words)
            yield event
            case = case.after(event)
        over = {Kind.ACTION_REMINDER} if mine and {a.number for a in mine} <= set(ended) else set()
        yield from settled(case.state, case.incident, case.now, over)
        yield from _to_owner(case, ended, words)
    others = tuple(a for a in open_actions(case.incident) if a.owner == case.who)
    also = agreed(case.state, others, case.now)
    yield case.answer(Kind.DONE_DONE, replace(case.content(), actions=(*_these(case, numbers), *also), words=words))


def _these(case: Case, numbers: Sequence[int]) -> tuple[Agreed, ...]:
    return agreed(case.state, [a for a in case.incident.actions if a.number in numbers], case.now)


def _to_owner(case: Case, numbers: Sequence[int], words: str) -> Iterator[Fact]:
    """The owner of the review hears of it, unless it is who did it."""
    review = case.incident.review
    contacts = case.state.configuration.people.contacts
    if review and review.owner != case.who and review.owner in contacts:
        left = len(open_actions(case.incident))
        told = replace(case.content(), actions=_these(case, numbers), words=words, count=left, forms=(Verb.STATUS,))
        yield _by_mail(case, Kind.ACTION_DONE, review.owner, told)


def _by_mail(case: Case, kind: Kind, who: str, content: Content) -> Notice:
    """Else by text."""
    via = (("email",), ("sms",))
    return to_people(case.state, case.incident, kind, case.now, (who,), via, content, priority=Priority.STAKEHOLDERS)


def numbered(words: str) -> tuple[tuple[int, ...], str]:
    """The actions' numbers and what follows; none where no number begins the words."""
    found = _NUMBER.match(words)
    if found is None:
        return (), words.strip()
    return tuple(dict.fromkeys(map(int, re.findall(r"\d+", found[1])))), found[2].strip()
