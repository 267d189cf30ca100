"""The invitation to a review as a calendar's entry (iCalendar, RFC 5545; REQUEST and CANCEL of iTIP, RFC 5546).

It is the same for everybody who is invited. A confidential incident shows its number and nothing else.
"""

from dataclasses import replace
from datetime import UTC
from importlib.metadata import version

from daemon.core.kinds import Kind
from daemon.core.notices import Notice
from daemon.render.mail import Calendar
from daemon.render.plain import line
from daemon.render.wording import Wording

INVITING = frozenset({Kind.REVIEW_INVITED, Kind.REVIEW_MOVED, Kind.REVIEW_OFF, Kind.REVIEW_CLOSED})

_NAME = 60
_QUOTES = str.maketrans({'"': "'", "\u201c": "'", "\u201d": "'"})
"""A parameter's value can hold no quotation mark (RFC 5545 section 3.2)."""


def invites(notice: Notice) -> bool:
    """Whether its mail has an entry for calendars."""
    meet = notice.content.meet
    return notice.kind in INVITING and meet is not None and (meet.off or notice.kind is not Kind.REVIEW_CLOSED)


def invitation(notice: Notice, wording: Wording) -> Calendar | None:
    """The entry, or its end, in the words of this language."""
    from icalendar import Calendar as Entries  # noqa: PLC0415 (5 MB, and few send one)
    from icalendar import Event, vCalAddress, vText  # noqa: PLC0415 (as above)

    meet = notice.content.meet
    if meet is None:
        return None
    if notice.confidential:
        notice = replace(notice, content=replace(notice.content, meeting=None))
    method = "CANCEL" if meet.off else "REQUEST"
    entries = Entries()
    entries.add("prodid", f"-//murphyd//{version('murphyd')}//EN")
    entries.add("version", "2.0")
    entries.add("calscale", "GREGORIAN")
    entries.add("method", method)
    event = Event()
    event.add("uid", meet.uid)
    event.add("dtstamp", notice.at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", meet.start.astimezone(UTC))
    event.add("dtend", (meet.start + meet.lasts).astimezone(UTC))
    event.add("sequence", meet.revision)
    event.add("status", "CANCELLED" if meet.off else "CONFIRMED")
    event.add("summary", line(wording.phrase("invitation_summary", notice)))
    event.add("transp", "OPAQUE")
    if notice.confidential:
        event.add("class", "PRIVATE")
    if not meet.off:
        event.add("description", wording.phrase("invitation_text", notice))
        if where := _where(notice):
            event.add("location", where)
    organizer = vCalAddress(f"mailto:{meet.organizer}")
    organizer.params["CN"] = vText(_name(wording.organization))
    event.add("organizer", organizer)
    for name, address in meet.people:
        attendee = vCalAddress(f"mailto:{address}")
        attendee.params["CUTYPE"] = vText("INDIVIDUAL")
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        if not meet.off:
            attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
            attendee.params["RSVP"] = vText("TRUE")
        attendee.params["CN"] = vText(_name(name) or address)
        event.add("attendee", attendee)
    entries.add_component(event)
    return Calendar(method, entries.to_ical().decode())


def _name(name: str) -> str:
    return line(name, _NAME).translate(_QUOTES)


def _where(notice: Notice) -> str:
    meeting = notice.content.meeting
    return "" if meeting is None else line(meeting.url or meeting.phone, 500)
