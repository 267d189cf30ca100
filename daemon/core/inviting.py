"""The review's meeting, as it is told: who is invited to what, by which notice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from daemon.core.actions import agreed
from daemon.core.content import Content, Meet, Meeting
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.meeting import bridge_named, usable, why_not
from daemon.core.model import Incident, Review
from daemon.core.notices import Notice, Priority
from daemon.core.saying import to_people
from daemon.core.state import State

_UID = re.compile(r"review\.mi-(\d{1,9})@[^@\s]{1,255}", re.IGNORECASE)

MAIL = (("email",),)
MAIL_OR_TEXT = (("email",), ("sms",))

OFF = frozenset({Kind.REVIEW_OFF, Kind.REVIEW_CLOSED})
"""By which a meeting that is still to come is cancelled."""

MOST_NAMED = 100
"""So many people see each other's names in an invitation; of more, each sees only their own."""


def uid(state: State, incident: Incident) -> str:
    """The invitation's, the same for as long as the incident is known (RFC 5545 section 3.8.4.7)."""
    return f"review.{incident.id.lower()}@{_address(state).rpartition('@')[2]}"


def incident_of(uid: str) -> str:
    """The incident to whose review an invitation of this UID belongs; "" where it is none of ours."""
    found = _UID.fullmatch(uid.strip())
    return f"MI-{int(found[1])}" if found else ""


def _address(state: State) -> str:
    return next((box.address for box in state.configuration.settings.mailboxes), "murphy@localhost")


def told(state: State, incident: Incident, review: Review, now: datetime, by: str = "") -> Content:
    """What those who are asked may read: all there is, with the review's own. `people` are those who have answered."""
    answered = tuple(state.name(who) for who in review.people if who in review.answered)
    awaited = tuple(state.name(who) for who in review.people if who not in review.answered)
    return replace(
        managed(state, incident),
        actor=state.name(by),
        manager=state.name(review.owner),
        at=now,
        due=review.due,
        people=answered,
        next_people=awaited,
        name=state.name(review.owner),
        questions=state.procedure.review.questions,
        actions=agreed(state, incident.actions, now),
        meet=meet(state, incident, review, review.people),
        meeting=where(state, incident),
    )


def where(state: State, incident: Incident) -> Meeting | None:
    """The bridge that they know, else the first that may work; of a confidential incident no calendar shows it."""
    if incident.confidential:
        return None
    bridge = bridge_named(state, incident.bridge)
    if bridge is None or why_not(state, incident, bridge):
        bridge = next(iter(usable(state, incident)), bridge)
    return Meeting(bridge.name, bridge.url, bridge.phone, bridge.pin) if bridge else None


def meet(state: State, incident: Incident, review: Review, people: Sequence[str]) -> Meet:
    contacts = (state.person(who) for who in people)
    named = tuple((contact.name, contact.emails[0]) for contact in contacts if contact.emails)
    lasts = state.procedure.review.lasts
    return Meet(uid(state, incident), review.revision, review.meets, lasts, _address(state), named)


def invitations(
    state: State, incident: Incident, review: Review, now: datetime, kind: Kind, content: Content, to: Sequence[str]
) -> Iterator[Notice]:
    """To those with mail, as an invitation; of a change those without hear by text."""
    via = MAIL if kind is Kind.REVIEW_INVITED else MAIL_OR_TEXT
    hearing = tuple(who for who in on_file(state, to) if kind is not Kind.REVIEW_INVITED or state.person(who).emails)
    groups = [hearing] if len(review.people) <= MOST_NAMED else [(who,) for who in hearing]
    for group in groups:
        named = review.people if len(groups) == 1 and len(review.people) <= MOST_NAMED else group
        invited = meet(state, incident, review, named)
        off = kind in OFF
        said = replace(content, meet=replace(invited, off=off, revision=review.revision + off))
        yield review_notice(state, incident, kind, now, group, said, via)


def review_notice(
    state: State,
    incident: Incident,
    kind: Kind,
    now: datetime,
    recipients: Sequence[str],
    content: Content,
    via: tuple[tuple[str, ...], ...] = MAIL_OR_TEXT,
) -> Notice:
    """By mail, to those without by text, after all that is urgent."""
    return to_people(state, incident, kind, now, recipients, via, content, priority=Priority.STAKEHOLDERS)


def on_file(state: State, people: Sequence[str]) -> tuple[str, ...]:
    contacts = state.configuration.people.contacts
    return tuple(dict.fromkeys(who for who in people if who in contacts))
