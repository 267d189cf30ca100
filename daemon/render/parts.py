"""What a notice has in it, as templates read it: bridge, roster, an exercise's figures, a review's meeting, actions."""

from dataclasses import replace
from typing import Any

from daemon.core.content import Agreed, Crew, Meet, Meeting, Reachability
from daemon.render.plain import line, shorten

LONGEST_NAME = 60


def bridge(meeting: Meeting) -> dict[str, Any]:
    """`ways` are those to get there, in words that are the same in every language."""
    url, phone, pin = line(meeting.url, 500), line(meeting.phone, 40), line(meeting.pin, 40)
    coded = f" PIN {pin}" if pin else ""
    ways = [line(meeting.words)] if meeting.words else [phone + coded] if phone else [coded.strip()]
    if url and not meeting.words:
        ways.insert(0, url)
    ways = [way for way in ways if way]
    return {"name": line(meeting.name, LONGEST_NAME), "url": url, "phone": phone, "pin": pin, "ways": ways}


def review_meeting(meet: Meet) -> dict[str, Any]:
    people = tuple(line(name or address, LONGEST_NAME) for name, address in meet.people)
    return {"start": meet.start, "lasts": meet.lasts, "people": people, "off": meet.off}


def action(one: Agreed, own: bool, length: int) -> dict[str, Any]:
    """`said` is whose it is, where that is not the reader's own, and what: the beginning of a sentence."""
    owner, what = line(one.owner, LONGEST_NAME), shorten(line(one.what).rstrip(" .,;"), length)
    said = ": ".join(filter(None, ("" if own else owner, what)))
    return {
        "number": one.number,
        "owner": owner,
        "what": what,
        "said": said,
        "due": one.due,
        "done": one.done,
        "overdue": one.overdue,
    }


def figures(reach: Reachability) -> Reachability:
    """With reasons fit for a line; names are people's own."""
    missing = tuple(replace(one, name=line(one.name, LONGEST_NAME), reason=line(one.reason)) for one in reach.missing)
    return replace(reach, missing=missing)


def crew(one: Crew) -> dict[str, Any]:
    return {
        "discipline": line(one.discipline, LONGEST_NAME),
        "joined": one.joined,
        "asked": one.asked,
        "missing": one.missing,
        "exhausted": one.exhausted,
    }
