"""The review and its actions in an incident's fold."""

from collections.abc import Callable
from dataclasses import replace

from daemon.core import review_events as e
from daemon.core.model import Action, Incident, Review


def fold_review(after: Incident, event: e.ReviewEvent) -> Incident:
    match event:
        case e.ActionAgreed():
            action = Action(event.number, event.owner, event.what, event.due, event.by, event.at)
            return replace(after, actions=(*after.actions, action))
        case e.ActionDone():
            return _changed(after, (event.number,), lambda action: replace(action, done=event.at))
        case e.ActionsReminded():
            return _changed(after, event.numbers, lambda action: replace(action, reminded=event.at))
        case e.ReviewOpened():
            review = Review(event.owner, event.people, event.at, event.due, event.meets, event.revision)
            return replace(after, review=review, revision=event.revision)
    return after if after.review is None else _reviewed(after, after.review, event)


def _reviewed(after: Incident, review: Review, event: e.ReviewEvent) -> Incident:
    match event:
        case e.ReviewAnswered():
            return replace(after, review=replace(review, answered=review.answered | {event.by}))
        case e.ReviewReminded():
            return replace(after, review=replace(review, reminded=event.at))
        case e.ReviewEscalated():
            return replace(after, review=replace(review, escalated=event.at))
        case e.ReviewHandedOver():
            people = tuple(dict.fromkeys((*review.people, event.owner)))
            return replace(after, review=replace(review, owner=event.owner, people=people))
        case e.ReviewMoved():
            review = replace(review, meets=event.meets, revision=event.revision)
            return replace(after, review=review, revision=event.revision)
        case e.Attending():
            attendance = {**review.attendance, event.by: event.attendance}
            return replace(after, review=replace(review, attendance=attendance))
        case e.Reviewed():
            return replace(after, review=replace(review, closed=event.at), since=event.at)
        case _:
            return after


def _changed(incident: Incident, numbers: tuple[int, ...], change: Callable[[Action], Action]) -> Incident:
    return replace(incident, actions=tuple(change(a) if a.number in numbers else a for a in incident.actions))
