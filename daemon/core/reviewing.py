"""The post-incident review: opened by the all-clear, answered in plain words, closed by its owner's REVIEWED."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.actions import agreed
from daemon.core.authority import Role, deciders, roles
from daemon.core.case import Case, settled
from daemon.core.content import Content
from daemon.core.facts import Fact
from daemon.core.fold import fold
from daemon.core.inviting import invitations, on_file, review_notice, told
from daemon.core.kinds import Kind
from daemon.core.model import Incident, Review, Status
from daemon.core.naming import Unclear, bearing, named, without_number
from daemon.core.review_times import meets, open_actions, zone_of
from daemon.core.state import State
from parsers.types import Verb

ASKING = frozenset({
    Kind.REVIEW_INVITED, Kind.REVIEW_QUESTIONS, Kind.REVIEW_REMINDER, Kind.REVIEW_DUE, Kind.REVIEW_OVERDUE,
    Kind.REVIEW_MOVED, Kind.REVIEW_HANDED_OVER,
})  # fmt: skip
"""What is not said any more once the review is closed, or off."""

OWNER_FORMS = (Verb.REVIEWED, Verb.ACTION, Verb.HANDOVER, Verb.STATUS)
ESCALATED_FORMS = (Verb.REVIEWED, Verb.HANDOVER, Verb.STATUS)
FORMS = (Verb.ACTION, Verb.STATUS)


def open_review(state: State, incident: Incident, now: datetime, by: str) -> Iterator[Fact]:
    """After the all-clear: who had a part in it is asked, and invited. Never after an exercise."""
    if incident.drill:
        return
    rules = state.procedure.review
    owner = incident.manager if incident.manager in state.configuration.people.contacts else by
    organization = state.configuration.settings.organization.timezone
    due = now + rules.within
    when = meets(rules, zone_of(organization, "UTC"), now, due)
    # A meeting that was called off took a revision of its own.
    before = any(isinstance(event, e.ReviewOpened) for event in state.timelines.get(incident.id, ()))
    revision = incident.revision + 2 if before else 0
    event = e.ReviewOpened(incident.id, now, owner, _people(state, incident, owner), due, when, revision)
    yield event
    incident = fold(incident, event)
    if incident.review is None:
        return
    content = told(state, incident, incident.review, now)
    invited = replace(_for_all(content), again=before)
    yield from invitations(state, incident, incident.review, now, Kind.REVIEW_INVITED, invited, event.people)
    for group, forms in _parted(incident.review, event.people):
        yield review_notice(state, incident, Kind.REVIEW_QUESTIONS, now, group, replace(content, forms=forms))


def _for_all(content: Content) -> Content:
    return replace(content, forms=FORMS)


def _parted(review: Review, people: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Verb, ...]]]:
    """The owner apart, who can do more."""
    yield tuple(who for who in people if who == review.owner), OWNER_FORMS
    yield tuple(who for who in people if who != review.owner), FORMS


def _people(state: State, incident: Incident, owner: str) -> tuple[str, ...]:
    """Its owner, everybody who was ever in charge or joined, the deputies: those still on file."""
    found = [owner]
    for event in state.timelines.get(incident.id, ()):
        match event:
            case e.Accepted() | e.Taken() | e.HandedOver() | e.Reopened() | e.EngineerJoined():
                found.append(event.by)
    return on_file(state, (*found, incident.manager, *incident.deputies, *incident.joined))


def call_off(state: State, before: Incident, incident: Incident, now: datetime, by: str) -> Iterator[Fact]:
    """It is brought back: the meeting, unless it is over, is off. `before` is the incident with its review."""
    review = before.review
    if review is None:
        return
    yield from settled(state, incident, now, ASKING)
    if review.closed is not None:  # its meeting went off with it, or is over
        return
    content = replace(told(state, incident, review, now, by), forms=(Verb.STATUS,))
    yield from invitations(state, incident, review, now, Kind.REVIEW_OFF, content, review.people)


def hand_over(case: Case) -> Iterator[Fact]:
    """HANDOVER name, after the all-clear: somebody else owns the review, at once."""
    state, incident, now = case.state, case.incident, case.now
    review = incident.review
    if review is None or review.closed is not None:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if Role.OWNER not in roles(state, incident, case.who):
        yield case.answer(Kind.NOT_ALLOWED)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    to = person(case)
    if isinstance(to, Unclear):
        people = tuple(state.name(who) for who in to.people)
        yield case.answer(Kind.NO_SUCH_NAME, replace(case.content(), name=to.words, people=people))
        return
    before, known = review.owner, to in review.people
    event = e.ReviewHandedOver(incident.id, now, case.who, to)
    yield event
    case = case.after(event)
    review = case.incident.review or review
    content = told(state, case.incident, review, now, case.who)
    for who in dict.fromkeys((case.who, to, *on_file(state, (before,)))):
        theirs = replace(content, forms=OWNER_FORMS if who == to else ())
        if who == case.who:
            yield case.answer(Kind.REVIEW_HANDED_OVER, theirs)
        else:
            yield review_notice(state, case.incident, Kind.REVIEW_HANDED_OVER, now, (who,), theirs)
    if not known and review.meets > now:
        invited = _for_all(content)
        yield from invitations(state, case.incident, review, now, Kind.REVIEW_INVITED, invited, (to,))


def person(case: Case) -> str | Unclear:
    """Anybody on file; of one name those who are asked, and the managers, before all others."""
    words = without_number(case.words, case.incident.id)
    review = case.incident.review
    near = on_file(case.state, (*(review.people if review else ()), *deciders(case.state, case.incident)))
    near = tuple(who for who in near if who != (review.owner if review else ""))
    found = named(case.state, words, near)
    if isinstance(found, Unclear) and (every := bearing(case.state, words)):
        return named(case.state, words, every)
    return found


def reviewed(case: Case) -> Iterator[Fact]:
    """REVIEWED [words] by its owner closes it; actions that are open go on."""
    incident, now = case.incident, case.now
    if incident.status is not Status.RESOLVED or incident.review is None:
        yield case.answer(Kind.WRONG_STATUS)
        return
    if case.stale():
        yield case.answer(Kind.STALE)
        return
    words = without_number(case.words, incident.id)
    event = e.Reviewed(incident.id, now, case.who, words)
    yield event
    yield from settled(case.state, incident, now, ASKING)
    case = case.after(event)
    review = case.incident.review
    if review is None:
        return
    yield from _closed(case, review, words)


def _closed(case: Case, review: Review, words: str) -> Iterator[Fact]:
    """Those who are asked, and the managers, hear it; of a meeting to come, that it is off."""
    state, incident, now = case.state, case.incident, case.now
    left = agreed(state, open_actions(incident), now)
    content = replace(told(state, incident, review, now, case.who), words=words, actions=left, meet=None)
    yield case.answer(Kind.DONE_REVIEWED, replace(content, forms=()))
    content = _for_all(content)
    asked = on_file(state, review.people)
    if review.meets > now:
        yield from invitations(state, incident, review, now, Kind.REVIEW_CLOSED, content, asked)
    else:
        asked = tuple(who for who in asked if who != case.who)
        yield review_notice(state, incident, Kind.REVIEW_CLOSED, now, asked, content)
    managers = on_file(state, deciders(state, incident))
    others = tuple(who for who in managers if who not in (*review.people, case.who))
    yield review_notice(state, incident, Kind.REVIEW_CLOSED, now, others, content)
