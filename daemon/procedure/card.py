"""The card to print, one sheet of A4: numbers, PINs, bridges and verbs, for when there is no screen.

What has no end is cut to what fits, and says so: the whole procedure has the rest.
"""

from collections.abc import Iterator, Mapping

from config.types import MANAGERS, OPERATORS, Configuration, Contact, Discipline
from daemon.document import model as m
from daemon.document import words
from daemon.document.markdown import versioned
from daemon.procedure.frame import Frame
from daemon.procedure.opening import how_to_propose
from daemon.procedure.verbs import form, works
from daemon.render.plain import shorten
from parsers.types import Verb

MOST_MANAGERS = 12
MOST_OPERATORS = 3
MOST_BRIDGES = 4
MOST_DISCIPLINES = 12
MOST_ENGINEERS = 2
ROOM = 18
"""Lines of names and bridges that fit in large print."""
LONGEST = 26
LONGEST_LINK = 60

VERBS: Mapping[str, tuple[Verb, ...]] = {
    "Decide": (Verb.ACCEPT, Verb.REJECT, Verb.SAME, Verb.NEW, Verb.WITHDRAW),
    "Lead": (Verb.UPDATE, Verb.RESOLVE, Verb.DOWNGRADE, Verb.REOPEN, Verb.EVERY, Verb.SERVICE, Verb.CONFIDENTIAL),
    "Team": (Verb.TEAM, Verb.JOIN, Verb.DECLINE, Verb.BRIDGE),
    "Hand over": (Verb.HANDOVER, Verb.TAKE, Verb.DEPUTY),
    "Ask": (Verb.STATUS, Verb.NOTE, Verb.HELP),
}


def card(configuration: Configuration) -> m.Document:
    frame = Frame(configuration)
    name = configuration.settings.organization.name
    sections = (
        m.Section("1. Propose", (m.Paragraph(how_to_propose(frame)),)),
        m.Section("2. Incident managers, in calling order", tuple(_managers(frame))),
        m.Section("3. Meet", tuple(_bridges(frame))),
        m.Section("4. Verbs: the first line of a reply or a text", (_verbs(frame),)),
        m.Section("5. If Murphy does not answer within a minute", (_by_hand(frame),)),
        m.Section("6. Engineers, in calling order", tuple(_engineers(frame))),
    )
    subtitle = "Internal: names, numbers and PINs. Keep it on paper."
    return versioned(
        m.Document(f"{shorten(name, 40)}: major incident card", subtitle, sections, dense=crowded(configuration))
    )


def _short(contact: Contact) -> str:
    return shorten(contact.name, LONGEST)


def _phone(contact: Contact) -> m.Words:
    return m.dial(contact.phones[0]) if contact.phones else "no number"


def _managers(frame: Frame) -> Iterator[m.Block]:
    managers = frame.contacts(MANAGERS)
    rows = tuple((str(n), m.Strong(_short(one)), _phone(one)) for n, one in enumerate(managers[:MOST_MANAGERS], 1))
    yield m.Table(("no.", "name", "phone"), rows)
    if len(managers) > MOST_MANAGERS:
        yield m.Paragraph(f"and {len(managers) - MOST_MANAGERS} more, in the whole procedure")


def _bridges(frame: Frame) -> Iterator[m.Block]:
    bridges = frame.configuration.procedure.bridges
    if not bridges:
        yield m.Gap("No bridge is configured.")
        return
    items: list[m.Words] = []
    for bridge in bridges[:MOST_BRIDGES]:
        parts: list[m.Words] = [bridge.url] if bridge.url and len(bridge.url) <= LONGEST_LINK else []
        parts += [m.dial(bridge.phone)] if bridge.phone else []
        parts += [("PIN ", m.Code(bridge.pin))] if bridge.pin else []
        items.append(
            (m.Strong(shorten(bridge.name, LONGEST)), ": ", m.joined(parts) if parts else "its link is too long")
        )
    yield m.Points(tuple(items), numbered=True)
    if len(bridges) > MOST_BRIDGES:
        yield m.Paragraph(f"and {len(bridges) - MOST_BRIDGES} more, in the whole procedure")


def _engineers(frame: Frame) -> Iterator[m.Block]:
    disciplines = frame.configuration.procedure.disciplines
    if not disciplines:
        yield m.Gap("No discipline is configured.")
        return
    rows = [row for discipline in disciplines[:MOST_DISCIPLINES] for row in _discipline(frame, discipline)]
    yield m.Table(("discipline", "name", "phone"), tuple(rows))
    if len(disciplines) > MOST_DISCIPLINES:
        yield m.Paragraph(f"and {len(disciplines) - MOST_DISCIPLINES} more, in the whole procedure")
    if any(len(frame.contacts(one.list)) > MOST_ENGINEERS for one in disciplines[:MOST_DISCIPLINES]):
        yield m.Paragraph(f"The first {MOST_ENGINEERS} of each are here, all of them in the whole procedure.")


def _discipline(frame: Frame, discipline: Discipline) -> Iterator[tuple[m.Words, ...]]:
    name = shorten(discipline.name, LONGEST)
    for place, one in enumerate(frame.contacts(discipline.list)[:MOST_ENGINEERS]):
        yield m.Strong(name) if not place else "", _short(one), _phone(one)


def crowded(configuration: Configuration) -> bool:
    """Whether there is so much on the card that it needs small print."""
    people, procedure = configuration.people, configuration.procedure
    disciplines = procedure.disciplines[:MOST_DISCIPLINES]
    engineers = sum(min(len(people.on(discipline.list)), MOST_ENGINEERS) for discipline in disciplines)
    managers = min(len(people.on(MANAGERS)), MOST_MANAGERS)
    return managers + engineers + 2 * len(procedure.bridges[:MOST_BRIDGES]) > ROOM


def _verbs(frame: Frame) -> m.Table:
    rows: list[tuple[m.Words, ...]] = []
    for title, verbs in VERBS.items():
        working: list[m.Words] = [m.Code(form(frame, verb)) for verb in verbs if works(verb)]
        rows.append((m.Strong(title), m.joined(working, " · ")))
    return m.Table(("to", "write"), tuple(rows))


def _by_hand(frame: Frame) -> m.Points:
    audiences = frame.configuration.procedure.audiences[:4]
    told = words.sentence(f"{shorten(a.name, LONGEST)} {words.every(a.every)}" for a in audiences)
    operators = frame.contacts(OPERATORS)[:MOST_OPERATORS]
    called = m.joined([(_short(one), " ", _phone(one)) for one in operators])
    items: tuple[m.Words, ...] = (
        "Call the managers from the top, until one accepts.",
        "Meet on the first bridge that works; call the engineers that the service needs.",
        f"Tell {told}: what is known, what to do, when the next word comes." if told else "Tell those concerned.",
        ("Call an operator: ", called, ".") if operators else "Nobody is an operator.",
        "Write down who did what, and when.",
    )
    return m.Points(items, numbered=True)
