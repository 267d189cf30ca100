"""What was rehearsed as a table: minute, who, what, by what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from config.types import MANAGERS
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.document import words
from daemon.document.model import Strong, Table, Words
from daemon.procedure.frame import Frame
from daemon.procedure.rehearsal import PROPOSER, Moment
from daemon.procedure.technology import configured, left
from daemon.render.book import groups

SAYS: Mapping[Kind, str] = {
    Kind.PROPOSAL_RECEIVED: "The proposal came in; who is being asked",
    Kind.PROPOSAL_WAITING: "Nobody has decided yet; who has been asked",
    Kind.DECISION_REQUEST: "ACCEPT or REJECT?",
    Kind.DONE_ACCEPT: "You are the incident manager",
    Kind.DECISION_ACCEPTED: "It is accepted, by whom",
    Kind.DECISION_UNMANAGED: "It is accepted, and nobody is in charge: TAKE",
    Kind.PROPOSER_ACCEPTED: "It is accepted",
    Kind.INITIAL: "First notice",
    Kind.PAGE: "Page: JOIN or DECLINE, with the bridge",
    Kind.ROSTER: "The team in one line",
    Kind.TEAM_EXHAUSTED: "Nobody is left to ask in a discipline",
    Kind.REMINDER: "Reminder: an update is due",
    Kind.HOLDING: "Holding update, because nobody wrote one",
    Kind.MISSED: "A promised update was not written",
    Kind.TAKE_REQUEST: "Two updates were missed: TAKE",
    Kind.SAME_REQUEST: "Is it the same? SAME or NEW",
}

MOST_NAMES = 6


def plan(frame: Frame, moments: Iterable[Moment], endless: Kind | None = None) -> Table:
    """A row for each message; one that comes again and again in the same way has one, with all its minutes.

    The last row of the `endless` kind says that it goes on.
    """
    there = configured(frame.configuration)
    rows: dict[tuple[Words, ...], list[str]] = {}
    for moment in merged(moments):
        via = left(moment.notice.via, frozenset(), there)
        row = (says(moment.notice.kind), who(frame, moment.notice), words.ladder(via))
        rows.setdefault(row, []).append(words.after(moment.after))
    if going := [row for row in rows if endless and row[0] == says(endless)]:
        rows[going[-1]].append("…")
    return Table(("minute", "message", "to", "by"), tuple((Strong(", ".join(m)), *row) for row, m in rows.items()))


def merged(moments: Iterable[Moment]) -> Iterator[Moment]:
    """What goes to several people in the same words at one moment is one row, with all of them."""

    def same(moment: Moment) -> tuple[object, ...]:
        notice = moment.notice
        return moment.after, notice.kind, notice.via, notice.audience, notice.content.discipline

    for _, group in groupby(moments, same):
        first, *rest = group
        recipients = dict.fromkeys(who for each in (first, *rest) for who in each.notice.recipients)
        yield Moment(first.after, replace(first.notice, recipients=tuple(recipients)))


def says(kind: Kind) -> str:
    """What the message is about, in a few words."""
    occasions = (kinds[kind].rstrip(".") for _, kinds in groups() if kind in kinds)
    return SAYS.get(kind) or next(occasions, kind.value.replace("-", " "))


def who(frame: Frame, notice: Notice) -> Words:
    """Everybody by name, or how many of which audience."""
    people = frame.configuration.people
    if notice.audience:
        count = words.counted(len(notice.recipients), "person", "people")
        return f"{notice.audience}: {count}, {words.DEPTHS[notice.detail]} depth"
    if notice.recipients == (PROPOSER.id,):
        return "the proposer"
    names = words.sentence(frame.name(one) for one in notice.recipients[:MOST_NAMES])
    if len(notice.recipients) > MOST_NAMES:
        named = next((name for name, on in people.lists.items() if tuple(on) == notice.recipients), MANAGERS)
        return f"{words.counted(len(notice.recipients), 'person', 'people')} (list {named})"
    return names
