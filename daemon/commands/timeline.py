"""A timeline in words: one line for each thing that happened."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from daemon.core import events as e
from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.plain import line
from daemon.render.times import duration, locale_of
from daemon.review.words import named

ENGLISH = locale_of("en")

PHRASES: Mapping[type[e.Event], str] = {
    e.Proposed: "{by} proposed it by {medium}: {summary}",
    e.Asked: "the managers were asked to decide",
    e.ProposerTold: "the proposer was told that nobody has decided yet",
    e.Accepted: "{by} accepted: {words}",
    e.Rejected: "{by} rejected it: {words}",
    e.Withdrawn: "{by} withdrew it: {words}",
    e.Downgraded: "{by} downgraded it: {words}",
    e.Updated: "{by} wrote an update: {words}",
    e.Resolved: "{by} resolved it: {words}",
    e.Reopened: "{by} reopened it: {words}",
    e.TakeAnnounced: "{by} wants to take charge, at {when}",
    e.TakeObjected: "{by} objected, and stays in charge",
    e.Taken: "{by} took charge",
    e.Noted: "{by} noted: {words}",
    e.IntervalSet: "{by} set the interval of {audiences} to {every}",
    e.Reminded: "reminded of the update due to {audiences}",
    e.Missed: "no update came in time for {audiences}",
    e.Lapsed: "nobody is told at the interval of {audiences} any more",
    e.TakeAsked: "the other managers were asked to take charge",
    e.Heard: "{by} wrote without a verb",
    e.Told: "{kind} to {audience}, people: {people}; next word by {due}",
    e.LooksAlike: "it looks like {other}: the managers were asked whether it is the same",
    e.MadeSame: "{by} joined it to {other}",
    e.MadeNew: "{by} said that it is no part of {other}",
    e.KeptApart: "{by} said that it only looks like {other}",
    e.AlsoProposed: "{by} had proposed the same, as {other}",
    e.NotProposed: "{other}, of {by}, is no part of it any more",
    e.ServicesSet: "{by} set the affected services: {services}",
    e.MadeConfidential: "{by} made it confidential",
    e.DeputyNamed: "{by} named {deputy} as deputy",
    e.HandoverOffered: "{by} offered to hand over to {to}, until {until}",
    e.HandoverLapsed: "{to} did not take over",
    e.HandedOver: "{by} took over from {before}",
    e.TeamCalled: "{by} called for {disciplines}",
    e.Paged: "{contact} was paged ({discipline})",
    e.EngineerJoined: "{by} joined ({discipline})",
    e.EngineerDeclined: "{by} declined or left ({discipline}): {words}",
    e.EngineerSilent: "{contact} did not answer ({discipline})",
    e.Released: "{by} released {contact}",
    e.DisciplineReleased: "{by} released {discipline}",
    e.DisciplineExhausted: "nobody is left to call for {discipline}; missing: {missing}",
    e.BridgeSet: "{by} set the bridge: {bridge}{words}; given up: {gone}: {reason}",
    e.Previewed: "{by} wrote an update that goes out at {when}: {words}",
    e.PreviewStopped: "{by} stopped it: it does not go out",
    e.DrillBegun: "the exercise began, until {until} at the latest; only for {lists}",
    e.DrillEnded: "the exercise ended: {reason}",
    e.RollCallEnded: "the roll call ended",
    e.ReviewOpened: "the review was opened, owned by {owner}; they meet at {meets}, and it is due by {due}",
    e.ReviewAnswered: "{by} answered in the review: {words}",
    e.ReviewReminded: "reminded of the review: {people}",
    e.ReviewEscalated: "the review stays open, and its owner silent: told {people}",
    e.ReviewHandedOver: "{by} handed the review over to {owner}",
    e.ReviewMoved: "{by} moved the review's meeting to {meets}",
    e.Attending: "{by} answered the invitation: {attendance}: {words}",
    e.ActionAgreed: "action {number} for {owner}, by {due}: {what}",
    e.ActionDone: "{by} has done action {number}: {words}",
    e.ActionsReminded: "the owners of these actions were reminded: {numbers}",
    e.Reviewed: "{by} closed the review: {words}",
    e.DrillReported: "the report was sent: {reached} of {people} reached, {answered} answered",
}

PEOPLE = frozenset({"by", "contact", "deputy", "to", "before", "owner", "people"})
"""Fields that hold a contact's id."""

NOBODY = "Murphy"

KINDS = frozenset(Kind)


def said(event: e.Event, name: Callable[[str], str], clock: Callable[[datetime], str]) -> str:
    """What happened, without its own time; `name` tells who a contact is, `clock` writes other times."""
    phrase = PHRASES.get(type(event), type(event).__name__)
    values = {key: _shown(key, getattr(event, key), name, clock) for key in type(event).__slots__}
    management = values.get("management", "")
    text = phrase.format_map(values)
    for empty in (": ", "; next word by ", "; only for ", " ()", "; given up: "):
        text = text.removesuffix(empty)
    return f"{text} (to management only: {management})" if management else text


def _shown(key: str, value: object, name: Callable[[str], str], clock: Callable[[datetime], str]) -> str:
    match value:
        case datetime():
            return clock(value)
        case date():
            return f"{value:%a} {value.day} {value:%b %Y}"
        case tuple() if key in PEOPLE:
            return ", ".join(line(name(who)) for who in value)
        case tuple():
            return ", ".join(map(str, value))
        case None:
            return ""
        case str() if key in PEOPLE:
            return line(name(value)) or NOBODY
        case str() if key == "kind":
            return named(Kind(value)) if value in KINDS else line(value)
        case str():
            return line(value, 2000)
        case _ if key == "every":
            return duration(value, ENGLISH)  # type: ignore[arg-type]
        case _:
            return str(value)


def about(notice: Notice, name: Callable[[str], str]) -> str:
    """Whom a notice went to."""
    if notice.audience:
        return notice.audience
    names = [line(name(who)) for who in notice.recipients[:3]]
    return ", ".join(names) + (f" and {len(notice.recipients) - 3} more" if len(notice.recipients) > 3 else "")
