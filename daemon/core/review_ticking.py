"""The clock's part in a review: reminders until there is an answer or it is due, of which the managers hear where its
owner stays silent; and of actions until they are done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from daemon.core import events as e
from daemon.core.actions import agreed
from daemon.core.authority import deciders
from daemon.core.content import Content
from daemon.core.facts import Fact
from daemon.core.inviting import on_file, review_notice, told
from daemon.core.kinds import Kind
from daemon.core.knowing import managed
from daemon.core.model import Action, Incident, Review
from daemon.core.review_times import (
    OFTEN,
    action_wakes,
    awaited,
    given_up,
    in_review,
    open_actions,
    review_wakes,
    whose,
)
from daemon.core.reviewing import ESCALATED_FORMS, FORMS, OWNER_FORMS
from daemon.core.state import State
from parsers.types import Verb


def reviews(state: State, now: datetime) -> Iterator[Fact]:
    for incident in tuple(i for i in in_review(state) if not given_up(i, now)):
        review = incident.review
        if review and (when := review_wakes(state, review)) and when <= now:
            yield from _remind(state, incident, review, now)
        if ripe := [action for action in open_actions(incident) if action_wakes(state, action) <= now]:
            yield from _actions(state, incident, ripe, now)


def _remind(state: State, incident: Incident, review: Review, now: datetime) -> Iterator[Fact]:
    content = told(state, incident, review, now)
    if now >= review.due:
        owner = on_file(state, (review.owner,)) or on_file(state, deciders(state, incident))
        yield e.ReviewReminded(incident.id, now, owner)
        yield review_notice(state, incident, Kind.REVIEW_DUE, now, owner, replace(content, forms=OWNER_FORMS))
        yield from _escalate(state, incident, review, now, content)
        return
    people = awaited(state, review)
    yield e.ReviewReminded(incident.id, now, people)
    content = replace(content, meet=content.meet if review.meets > now else None, forms=FORMS)
    yield review_notice(state, incident, Kind.REVIEW_REMINDER, now, people, content)


def _escalate(state: State, incident: Incident, review: Review, now: datetime, content: Content) -> Iterator[Fact]:
    """Once, when the reminders that come one after another have gone unanswered; not with the first, after a sleep."""
    reminded = review.reminded is not None and review.reminded >= review.due
    if review.escalated or not reminded or now < review.due + state.procedure.review.remind_every * OFTEN:
        return
    managers = on_file(state, (*deciders(state, incident), incident.manager))
    others = tuple(who for who in managers if who != review.owner)
    if on_file(state, (review.owner,)) and others:
        yield e.ReviewEscalated(incident.id, now, others)
        content = replace(content, forms=ESCALATED_FORMS)
        yield review_notice(state, incident, Kind.REVIEW_OVERDUE, now, others, content)


def _actions(state: State, incident: Incident, ripe: list[Action], now: datetime) -> Iterator[Fact]:
    """One message to each person, about all of theirs that are due."""
    yield e.ActionsReminded(incident.id, now, tuple(action.number for action in ripe))
    theirs: dict[tuple[str, ...], list[Action]] = {}
    for action in ripe:
        theirs.setdefault(whose(state, incident, action), []).append(action)
    for people, actions in theirs.items():
        told_of = agreed(state, actions, now)
        leads = state.name(incident.review.owner) if incident.review else ""
        content = replace(managed(state, incident), actions=told_of, name=leads, at=now, forms=(Verb.DONE, Verb.STATUS))
        yield review_notice(state, incident, Kind.ACTION_REMINDER, now, people, content)
