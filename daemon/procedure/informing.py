"""Who is told, what, how often and by what; what happens when nobody writes."""

from collections.abc import Iterator

from config.types import Audience, Configuration, OnSilence
from daemon.core.audiences import partition
from daemon.core.deciding import MISSED_BEFORE_TAKE
from daemon.core.kinds import Kind
from daemon.core.speaking import LONGEST, SHORTEST
from daemon.document import words
from daemon.document.model import Block, Code, Gap, Paragraph, Points, Section, Strong, Table, Words
from daemon.procedure.frame import Frame
from daemon.procedure.plan import plan
from daemon.procedure.rehearsal import Rehearsal
from daemon.procedure.technology import unreachable

TEAM = frozenset({Kind.PAGE, Kind.ROSTER, Kind.TEAM_EXHAUSTED})


def accepted(frame: Frame) -> Section:
    """The minutes after ACCEPT."""
    return Section("From acceptance to the next word", tuple(_accepted(frame)))


def _accepted(frame: Frame) -> Iterator[Block]:
    yield Paragraph(
        "Minutes count from ACCEPT. Here no service is named, nobody joins, and nobody writes an update: what Murphy "
        "then does by itself. The pages are under The team."
    )
    yield plan(frame, (moment for moment in frame.silent["*"] if moment.notice.kind not in TEAM))
    yield Points(tuple(_rules(frame)))


def _rules(frame: Frame) -> Iterator[Words]:
    update = frame.configuration.procedure.update
    if update.remind_before:
        yield f"The incident manager is reminded {words.lasting(update.remind_before)} before an update is due."
    if update.on_silence is OnSilence.HOLDING:
        yield (
            "A promise is kept: without an update a holding update goes out on time. It says when the last word came "
            "and when the next is due, and never that nothing has changed."
        )
    else:
        yield "Without an update the manager is told that it was missed; nothing goes out by itself."
    yield (
        f"After {MISSED_BEFORE_TAKE} missed in a row the other managers are asked to ",
        Code("TAKE"),
        ": whoever does is in charge at once.",
    )
    if update.preview:
        yield f"An update goes out {words.lasting(update.preview)} after it was written: until then it is corrected."


def audiences(frame: Frame) -> Section:
    return Section("Audiences", tuple(_audiences(frame)))


def _audiences(frame: Frame) -> Iterator[Block]:
    procedure = frame.configuration.procedure
    if not procedure.audiences:
        yield Gap("No audience is configured: nobody is told but managers and team.")
        return
    yield Paragraph(
        "The first notice goes to all of them at once. Each later one says when the next comes. The all-clear goes to "
        "everyone who heard anything."
    )
    hearing = hearers(frame.configuration)
    rows = tuple(_audience(frame.configuration, audience, hearing) for audience in procedure.audiences)
    yield Table(("audience", "lists (people)", "people at its interval", "depth", "every", "by"), rows)
    yield Points(tuple(_notes(frame)))
    yield from _missing(frame)


def hearers(configuration: Configuration) -> dict[str, int]:
    """How many people hear at each audience's interval: by the daemon's own partition, each person once."""
    rehearsal = Rehearsal(configuration)
    found: dict[str, int] = {}
    for group in partition(rehearsal.state, rehearsal.incident):
        found[group.pace.name] = found.get(group.pace.name, 0) + len(group.recipients)
    return found


def _audience(configuration: Configuration, audience: Audience, hearing: dict[str, int]) -> tuple[Words, ...]:
    on = configuration.people.on
    return (
        Strong(audience.name),
        ", ".join(f"{name} ({len(on(name))})" for name in audience.lists),
        str(hearing.get(audience.name, 0)),
        words.DEPTHS[audience.detail],
        words.lasting(audience.every),
        words.ladder(audience.via),
    )


def _notes(frame: Frame) -> Iterator[Words]:
    configuration = frame.configuration
    contacts = configuration.people.contacts
    yield (
        "The lists are those of ",
        Code("contacts.csv"),
        f", which has {words.counted(len(contacts), 'person', 'people')}. Who is in several audiences gets one copy: "
        "the most detailed depth, at the shortest interval.",
    )
    yield (
        "Public depth: the service's public name, its configured sentence, and what the incident manager wrote after "
        "ACCEPT, UPDATE or RESOLVE. Management depth: the proposal and what follows ",
        Code("MGMT:"),
        " as well.",
    )
    languages: dict[str, int] = {}
    for contact in contacts.values():
        languages[contact.language] = languages.get(contact.language, 0) + 1
    spoken = ", ".join(f"{language} ({count})" for language, count in sorted(languages.items()))
    yield f"Everybody reads it in their own language and time zone: {spoken}."
    yield (
        Code("EVERY MI-7 20m management"),
        f" changes an interval, from {words.lasting(SHORTEST)} to {words.lasting(LONGEST)}.",
    )
    if quiet := configuration.procedure.quiet:
        channels = words.sentence(words.channel(name) for name in quiet.channels)
        yield (
            f"Quiet hours for audiences: no {channels} from {quiet.start:%H:%M} to {quiet.end:%H:%M} in the reader's "
            "own zone. Managers and team have none."
        )
    else:
        yield "There are no quiet hours."


def _missing(frame: Frame) -> Iterator[Block]:
    configuration = frame.configuration
    for audience in configuration.procedure.audiences:
        people = tuple(dict.fromkeys(who for name in audience.lists for who in configuration.people.on(name)))
        names = unreachable(configuration, people, audience.via, urgent=False)
        if names:
            shown = words.sentence((*names[:5], f"{len(names) - 5} more") if len(names) > 5 else names)
            yield Gap(f"Audience {audience.name} has no address for {shown}.")
