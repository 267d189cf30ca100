"""By which channels a person can be reached at all, and who is told of what by which ladder."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.types import OPERATORS, Configuration, Contact, Ladder, Reach, Settings

PHONES = frozenset({"sms", "voice", "gsm"})
EVERY_WAY = frozenset({"email", "sms"})
"""How operators are told."""

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Use:
    """People (contact ids) who are told of something by `channels`, as `title` says in words and `key` in the file."""

    title: str
    key: str
    people: tuple[str, ...]
    channels: frozenset[str]
    audience: bool = False


def channels(via: Ladder) -> frozenset[str]:
    return frozenset(channel for rung in via for channel in rung)


def configured(settings: Settings) -> frozenset[str]:
    there = {
        "email": bool(settings.relays),
        "sms": bool(settings.twilio or settings.gsm),
        "voice": settings.twilio is not None,
        "gsm": settings.gsm is not None,
    }
    return frozenset(name for name, is_there in there.items() if is_there) | {other.name for other in settings.others}


def reached(settings: Settings, contact: Contact) -> frozenset[str]:
    """The configured channels that have an address of this person, and that they want to be reached by."""
    return ways_to(contact, configured(settings))


def ways_to(contact: Contact, has: frozenset[str]) -> frozenset[str]:
    """Those of the channels there are."""
    if not contact.phones:
        has -= PHONES
    if not contact.emails:
        has -= {"email"}
    wanted = {reach.channel for reach in contact.reach}
    return has & (wanted | {"gsm"} if "sms" in wanted else wanted) if wanted else has


def carrier(settings: Settings, channel: str) -> str:
    """What a channel depends on: two with the same one fail together."""
    match channel:
        case "email":
            return "mail"
        case "sms" | "voice" if settings.twilio:
            return "Twilio"
        case "sms" | "voice" | "gsm":
            return "the modem"
        case _:
            return channel


def uses(configuration: Configuration) -> Iterator[Use]:
    """Everybody whom the procedure tells of something, and the operators."""
    procedure, people = configuration.procedure, configuration.people
    asked: dict[str, frozenset[str]] = {}
    for rung in procedure.decide:
        asked[rung.who] = asked.get(rung.who, frozenset()) | channels(rung.via)
    for who, via in asked.items():
        yield Use("asked to decide", f"decide, {who}", people.on(who), via)
    for audience in procedure.audiences:
        told = tuple(dict.fromkeys(who for name in audience.lists for who in people.on(name)))
        yield Use(f"the audience {audience.name}", f"audience.{audience.name}.via", told, channels(audience.via), True)
    for discipline in procedure.disciplines:
        paged = people.on(discipline.list)
        yield Use(f"paged for {discipline.name}", f"discipline.{discipline.name}.via", paged, channels(discipline.via))
    yield Use("the operators", OPERATORS, people.on(OPERATORS), EVERY_WAY)


def open_minutes(reaches: tuple[Reach, ...]) -> int:
    """How many minutes of a day at least one of these reaches the person."""
    covered: set[int] = set()
    for reach in reaches:
        if reach.start is None or reach.end is None:
            return DAY
        start, end = (when.hour * 60 + when.minute for when in (reach.start, reach.end))
        covered.update(minute % DAY for minute in range(start, end if end > start else end + DAY))
    return len(covered)
