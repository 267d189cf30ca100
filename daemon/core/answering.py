"""What is written to a review: answers in plain words, by mail or by text, and what calendar programs answer.

A reply to a message of the review is an answer unless it plainly is a command that works. A text is one where it begins
with the incident's number: "MI-7 the spare was missing". Only words of somebody on file that come with evidence count.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.actions import agreed, lines, note_lines, numbered
from daemon.core.authority import Role, roles
from daemon.core.case import Case, ended_for, tried
from daemon.core.delivery import ANSWERED
from daemon.core.facts import Fact, Finished
from daemon.core.fold import fold
from daemon.core.forms import WORKS
from daemon.core.identity import Evidence
from daemon.core.inviting import invitations, review_notice, told
from daemon.core.kinds import Kind
from daemon.core.model import Attendance, Incident, Review, Status
from daemon.core.naming import Unclear
from daemon.core.review_times import open_actions
from daemon.core.reviewing import FORMS, person
from daemon.core.state import State
from daemon.core.stimuli import CalendarReplied, Said
from daemon.core.transitions import AFTER
from daemon.core.which import visible
from parsers.types import CalendarAnswer, Problem, Verb

ANSWERABLE = frozenset({
    Kind.REVIEW_INVITED, Kind.REVIEW_MOVED, Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER, Kind.REVIEW_DUE,
    Kind.REVIEW_OVERDUE, Kind.REVIEW_HANDED_OVER, Kind.REVIEW_CLOSED, Kind.ACTION_AGREED, Kind.ACTION_REMINDER,
    Kind.ACTION_DONE, Kind.DONE_ANSWER, Kind.DONE_ACTION, Kind.NO_ACTION, Kind.DONE_DONE, Kind.NO_SUCH_ACTION,
})  # fmt: skip
"""What belongs to the review: plain words in reply to it are an answer."""

LONGEST = 20_000
"""Characters of an answer that are kept; the whole message is kept beside it."""

FEW = 4
"""So many words beside lines ACTION, or in reply to nobody knows which message, are thanks and a name."""

_NUMBERED = re.compile(r"\W{0,3}(?:mi[\s-]?|#)(\d{1,9})\b[\s:,.;–-]*(?=\S)", re.IGNORECASE)
_PLAIN = re.compile(r"\s*[^\W\d]+\s*(?:[:–—-]|$)")

_ATTENDANCE = {
    CalendarAnswer.ACCEPTED: Attendance.ACCEPTED,
    CalendarAnswer.TENTATIVE: Attendance.TENTATIVE,
    CalendarAnswer.DECLINED: Attendance.DECLINED,
}


def answers(state: State, said: Said, who: str, now: datetime) -> Incident | None:
    """The incident to whose review this is an answer; None where it is none."""
    incident = _reviewed(state, said, who)
    if incident is None or said.identity.evidence is Evidence.NONE or who not in state.configuration.people.contacts:
        return None
    return None if _is_command(Case(state, said, who, incident, now)) else incident


def _reviewed(state: State, said: Said, who: str) -> Incident | None:
    """By the message answered, or by the number before the words of a text."""
    if said.thread:
        incident = state.incidents.get(said.thread[0])
        notice = state.notices.get(said.thread[1])
        of_review = notice.kind in ANSWERABLE if notice else len(_words(said).split()) > FEW
    else:
        plain = said.command.verb is None and not said.fresh_mail
        found = _NUMBERED.match(said.text) if plain else None
        incident = state.incidents.get(f"MI-{int(found[1])}") if found else None
        of_review = incident is not None and Role.ASKED in roles(state, incident, who)
    if incident is None or incident.review is None or incident.status not in AFTER or not of_review:
        return None
    return incident if visible(state, incident, who) else None


def _words(said: Said) -> str:
    """What it says beside lines ACTION, and without the questions that are shown before what was answered to them."""
    text = said.rest or ("" if said.actions else said.whole or said.text)
    return "\n".join(line for line in text.split("\n") if not line.startswith("> ")).strip()


def _is_command(case: Case) -> bool:
    """Whether it plainly is one that works now: then it is obeyed, not kept as an answer."""
    said, verb = case.said, case.said.command.verb
    words = said.command.words.strip()
    match verb:
        case None:
            slip = said.command.problem is Problem.SLIP and said.command.suggestion in WORKS[case.incident.status]
            nothing = not _words(said) and not said.attachments and not said.actions
            return nothing or (slip and len(said.text.split()) <= FEW)
        case Verb.ACTION:
            return "-" in said.command.incident and said.command.incident != case.incident.id
        case Verb.DONE:
            return not words or bool(numbered(words)[0])
        case Verb.REVIEWED | Verb.REOPEN:
            return not words or bool(said.command.incident) or _set_apart(said)
        case Verb.HANDOVER:
            return len(words.split()) <= FEW or not isinstance(person(case), Unclear)
        case Verb.STATUS | Verb.HELP | Verb.STOP | Verb.START:
            return len(said.text.split()) <= FEW
        case _:
            return verb in WORKS[case.incident.status]


def _set_apart(said: Said) -> bool:
    """The verb in capitals, or with a mark behind it: "REVIEWED it is done", and not "Reviewed the logs and"."""
    first = said.text.split(None, 1)[0]
    return first.strip(":.,-–—").isupper() or first.endswith((":", ".", "-")) or bool(_PLAIN.match(said.text))


def answered(case: Case) -> Iterator[Fact]:
    """Kept word for word, with what is attached; confirmed once, and again where actions are in it."""
    said = case.said
    first = case.incident.review is not None and case.who not in case.incident.review.answered
    whole = said.whole or said.text
    words = whole if said.medium == "email" else _NUMBERED.sub("", whole, count=1)
    if said.attachments or len(_words(said).split()) > (FEW if said.actions else 0):
        event = e.ReviewAnswered(
            case.incident.id, case.now, case.who, words[:LONGEST].strip(), said.attachments, said.raw
        )
        yield event
        case = case.after(event)
        yield from _not_asked_any_more(case)
    if lines(case):
        yield from note_lines(case)
        return
    notice = case.state.notices.get(said.thread[1]) if said.thread else None
    mine = tuple(a for a in open_actions(case.incident) if a.owner == case.who)
    if mine and notice and notice.kind in (Kind.ACTION_AGREED, Kind.ACTION_REMINDER):
        left = agreed(case.state, mine, case.now)  # whoever says in other words that it is done would hear no more
        yield case.answer(Kind.DONE_ANSWER, replace(case.content(), actions=left, forms=(Verb.DONE, Verb.STATUS)))
    elif first:
        yield case.answer(Kind.DONE_ANSWER, replace(case.content(), forms=FORMS))


def _not_asked_any_more(case: Case) -> Iterator[Fact]:
    """The questions, or a reminder of them, that are still on their way to whoever has answered."""
    for notice in tuple(case.state.unfinished()):
        tally = case.state.tallies[notice.id]
        mine = notice.incident == case.incident.id and case.who in tally.places and not tally.ended(case.who)
        if mine and notice.kind in (Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER):
            yield from tried(case.state, notice, [case.who])
            yield Finished(0, notice.id, (ended_for(case.state, notice, case.who, ANSWERED),))


def calendar(state: State, stimulus: CalendarReplied, now: datetime) -> Iterator[Fact]:
    """Who comes to the meeting; the owner moves it, anybody else's wish for another time goes to the owner.

    Calendars that answer in their user's name (Google's) send what has no evidence: it moves nothing.
    """
    reply, identity = stimulus.reply, stimulus.identity
    people = state.configuration.people
    who = identity.contact or people.by_email.get(reply.attendee if reply.attendee == identity.address else "")
    incident = state.incidents.get(stimulus.incident)
    review = incident.review if incident else None
    if who is None or incident is None or review is None or who not in review.people:
        return
    if incident.status not in AFTER or reply.revision < review.revision:
        return
    attendance = _ATTENDANCE.get(reply.answer)
    if attendance is not None:
        if reply.comment or review.attendance.get(who) is not attendance:
            yield e.Attending(incident.id, now, who, attendance, reply.comment)
        if reply.comment and who != review.owner:
            yield from _to_owner(state, incident, review, who, reply.comment, now)
    elif incident.status is not Status.RESOLVED:
        return
    elif who != review.owner:
        yield from _to_owner(state, incident, review, who, reply.comment, now, reply.start)
    elif reply.start is not None and reply.start > now and identity.evidence is not Evidence.NONE:
        yield from _moved(state, incident, who, reply.start, now)


def _moved(state: State, incident: Incident, who: str, start: datetime, now: datetime) -> Iterator[Fact]:
    if incident.review and start == incident.review.meets:
        return
    event = e.ReviewMoved(incident.id, now, who, start, incident.revision + 1)
    yield event
    incident = fold(incident, event)
    if incident.review:
        content = replace(told(state, incident, incident.review, now, who), forms=FORMS)
        people = incident.review.people
        yield from invitations(state, incident, incident.review, now, Kind.REVIEW_MOVED, content, people)


def _to_owner(
    state: State, incident: Incident, review: Review, who: str, words: str, now: datetime, wish: datetime | None = None
) -> Iterator[Fact]:
    """What a calendar program brought; `wish` is when its user would rather meet."""
    if review.owner in state.configuration.people.contacts:
        content = told(state, incident, review, now, who)
        meet = replace(content.meet, start=wish) if wish and content.meet else None
        content = replace(content, words=words.strip()[:1000], meet=meet, forms=FORMS)
        yield review_notice(state, incident, Kind.REPLY, now, (review.owner,), content)
