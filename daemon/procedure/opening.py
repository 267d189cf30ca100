"""What the procedure is for, in one minute; and everybody's part, with names."""

from collections.abc import Iterator
from datetime import timedelta

from config.types import MANAGERS, OPERATORS, Contact, Duty, Undecided
from daemon.document import model as m
from daemon.document import words
from daemon.procedure.frame import Frame


def purpose(frame: Frame) -> m.Section:
    name = frame.configuration.settings.organization.name
    return m.Section(
        "Purpose",
        (
            m.Paragraph(
                f"A major incident deprives {name} of an essential service. This procedure says who decides that there "
                "is one, who repairs it, who is told, by what, at which minute and in which words. Murphy runs it: "
                "everybody answers by replying to the message that they got. There is no page to open."
            ),
            m.Paragraph(
                "It is written from the configuration that Murphy executes, and by asking Murphy's own decisions what "
                "they would be. When the configuration changes, so does this document, and its version with it."
            ),
            _in_short(frame),
        ),
    )


def _in_short(frame: Frame) -> m.Points:
    procedure = frame.configuration.procedure
    first = procedure.decide[0] if procedure.decide else None
    items: list[m.Words] = [(m.Strong("Propose. "), *how_to_propose(frame))]
    if first:
        count = len(frame.contacts(first.who))
        asked = f"{words.counted(count, 'person', 'people')} on the list {first.who} {'is' if count == 1 else 'are'}"
        endless = procedure.decide[-1].repeat and procedure.propose.undecided is Undecided.KEEP_ASKING
        items.append(
            (
                m.Strong("Decide. "),
                f"{asked} asked {_when(first.after)} by {words.ladder(first.via)}; the first ",
                m.Code("ACCEPT"),
                " or ",
                m.Code("REJECT"),
                " counts. Until then the asking goes on." if endless else " counts.",
            )
        )
    items.append(
        (m.Strong("Repair. "), "Whoever accepts is the incident manager. Engineers are paged, with the bridge to join.")
    )
    told = words.sentence(f"{a.name} {words.every(a.every)}" for a in procedure.audiences)
    if told:
        items.append((m.Strong("Inform. "), f"The first notice goes out at once, then updates: {told}."))
    items.append(
        (
            m.Strong("End. "),
            m.Code("RESOLVE"),
            " sends the all-clear to everyone who heard of it, and opens the review.",
        )
    )
    return m.Points(tuple(items), numbered=True)


def _when(after: timedelta) -> str:
    return f"after {words.lasting(after)}" if after else "at once"


def how_to_propose(frame: Frame) -> tuple[m.Words, ...]:
    """By what, with the words to write."""
    settings = frame.configuration.settings
    boxes = m.joined([m.mail_to(box.address) for box in settings.mailboxes], " or ")
    numbers = m.joined([m.dial(number) for number in ways_in(frame)], " or ")
    ways: list[m.Words] = []
    if boxes:
        ways.append(("Mail ", boxes, ": the subject says what has failed"))
    if numbers:
        ways.append(("text " if ways else "Text ", m.Code("PROPOSE what has failed"), " to ", numbers))
    return (m.joined(ways, ", or "), ".")


def ways_in(frame: Frame) -> tuple[str, ...]:
    """The numbers that are read."""
    settings = frame.configuration.settings
    return tuple(table.number for table in (settings.twilio, settings.gsm) if table)


def roles(frame: Frame) -> m.Section:
    return m.Section("Roles", tuple(_roles(frame)))


def _roles(frame: Frame) -> Iterator[m.Block]:
    procedure = frame.configuration.procedure
    yield m.Section("Who may propose", tuple(_proposers(frame)))
    managers = frame.contacts(MANAGERS)
    intro = "They decide, and one of them leads. In calling order:"
    yield m.Section("Incident managers", (m.Paragraph(intro), people(managers), *duty(frame, MANAGERS)))
    others = {rung.who for rung in procedure.decide} - {MANAGERS}
    for name in sorted(others):
        intro = "A rung of the decide ladder asks them too: then they may decide as well."
        yield m.Section(f"List {name}", (m.Paragraph(intro), people(frame.contacts(name)), *duty(frame, name)))
    operators = frame.contacts(OPERATORS)
    intro = "They are told of faults in Murphy's own channels, disk and configuration."
    told = people(operators) if operators else m.Gap("Nobody is on the list operators: nobody hears of such faults.")
    yield m.Section("Operators", (m.Paragraph(intro), told))


def _proposers(frame: Frame) -> Iterator[m.Block]:
    propose = frame.configuration.procedure.propose
    who = m.joined([m.Code(pattern) for pattern in propose.senders]) if propose.senders else "nobody"
    unknown = {
        "hold": "A proposal from anyone else is held: the managers are asked once, without the ladder.",
        "refuse": "A proposal from anyone else is refused.",
    }[propose.unknown.value]
    everybody = words.counted(len(frame.configuration.people.contacts), "contact")
    texts = f" By text message: each of the {everybody}." if ways_in(frame) else ""
    yield m.Paragraph(("By email: ", who, f".{texts} {unknown}"))
    if propose.same_within:
        yield m.Paragraph(
            f"A proposal that looks like another of the last {words.lasting(propose.same_within)} starts no ladder of "
            "its own at first: the managers are asked whether it is the same."
        )


def people(contacts: tuple[Contact, ...]) -> m.Table:
    """In calling order; with what they want to be reached by, where somebody has said so."""
    wishes = any(one.reach for one in contacts)
    rows = tuple(
        (str(place), m.Strong(one.name), words.phones(one), words.emails(one), one.language, words.wishes(one))
        for place, one in enumerate(contacts, 1)
    )
    head = ("no.", "name", "phone", "email", "language", "wants")
    return m.Table(head if wishes else head[:-1], rows if wishes else tuple(row[:-1] for row in rows))


def duty(frame: Frame, name: str) -> Iterator[m.Paragraph]:
    """Where somebody of the list is called first because they are on duty."""
    for rule in frame.configuration.procedure.duties:
        if rule.list == name:
            yield m.Paragraph(_duty(frame, rule))


def _duty(frame: Frame, rule: Duty) -> str:
    if rule.rota:
        people = frame.configuration.people
        names = (frame.name(people.by_email.get(address, address)) for address in rule.rota)
        since = f", a week each, from {rule.starts:%Y-%m-%d %H:%M} on" if rule.starts else ", a week each"
        return f"Who is on duty comes first, then the others in this order. On duty in turn{since}: {', '.join(names)}."
    return "Who is on duty by the duty calendar comes first, then the others in this order."
