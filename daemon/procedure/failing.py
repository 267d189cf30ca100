"""What each step uses instead when technology fails, computed from the ladders; and where nothing is left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from config.types import MANAGERS, OPERATORS, Bridge, Contact, Ladder
from daemon.bridges import checkable
from daemon.core.kinds import Kind
from daemon.core.meeting import usable
from daemon.core.notices import Notice
from daemon.core.tried import URGENT
from daemon.document import model as m
from daemon.document import words
from daemon.procedure.frame import Frame
from daemon.procedure.opening import ways_in
from daemon.procedure.technology import Technology, configured, left, technologies, unreachable

NOTHING = m.Strong("Nothing is left")


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the procedure, who hears in it, and by which ladder."""

    title: str
    recipients: tuple[str, ...]
    via: Ladder
    urgent: bool = True


def steps(frame: Frame) -> tuple[Step, ...]:
    """Every step with a ladder of its own, with the ladder that the daemon gives it."""
    found: dict[tuple[str, Ladder], Step] = {}
    decisions = [one.notice for one in frame.undecided.moments if one.notice.kind is Kind.DECISION_REQUEST]
    rungs = len(frame.configuration.procedure.decide)
    for number, notice in enumerate(decisions[:rungs], 1):
        _add(found, f"Decision, rung {number}", notice)
    informed = [moment.notice for moment in frame.silent["*"]]
    for notice in informed:
        if notice.kind is Kind.INITIAL:
            _add(found, f"Updates to {notice.audience} ({words.DEPTHS[notice.detail]} depth)", notice)
        elif notice.kind is Kind.REMINDER:
            _add(found, "Reminders and answers to managers", notice)
    people = frame.configuration.people
    for discipline in frame.configuration.procedure.disciplines:
        pages = (one.notice for moments in frame.silent.values() for one in moments if one.notice.kind is Kind.PAGE)
        page = next((notice for notice in pages if notice.content.discipline == discipline.name), None)
        via = page.via if page else discipline.via
        title = f"Page to {discipline.name}"
        found.setdefault((title, via), Step(title, people.on(discipline.list), via))
    return tuple(found.values())


def _add(found: dict[tuple[str, Ladder], Step], title: str, notice: Notice) -> None:
    urgent = notice.priority in URGENT
    found.setdefault((title, notice.via), Step(title, notice.recipients, notice.via, urgent))


def failing(frame: Frame) -> m.Section:
    return m.Section("When technology fails", tuple(_failing(frame)))


def _failing(frame: Frame) -> Iterator[m.Block]:
    yield m.Paragraph(
        "Murphy passes over by itself, for each person, whatever fails or is known to be down, and tries it again "
        "later. This is what is left then."
    )
    for technology in technologies(frame.configuration):
        yield m.Section(technology.title, tuple(_technology(frame, technology)))
    yield m.Section("A bridge fails", tuple(_bridge_by_bridge(frame)))
    if services := tuple(_affected(frame)):
        yield m.Section("The affected service is one that Murphy uses", services)
    yield m.Section("Murphy itself fails", tuple(_by_hand(frame)))


def _technology(frame: Frame, technology: Technology) -> Iterator[m.Block]:
    there = configured(frame.configuration)
    yield m.Paragraph(f"That is: {technology.meaning}.")
    mine = steps(frame)
    if any(left(step.via, technology.lost, there) for step in mine):
        rows = tuple(_instead(frame, step, technology, there) for step in mine)
        yield m.Table(("step", "usually by", "then by", "not reached"), rows)
    else:
        yield m.Gap(
            (
                NOTHING,
                " for any step: every channel needs it. Murphy keeps what is due, and sends it once it can. Go on by "
                "hand, as under Murphy itself fails",
                "." if "gsm" in there else "; a modem of your own ([gsm]) would send texts without the internet.",
            )
        )
    yield m.Points((_coming_in(frame, technology), _meeting(frame, technology)))


def _instead(frame: Frame, step: Step, technology: Technology, there: frozenset[str]) -> tuple[m.Words, ...]:
    via = left(step.via, technology.lost, there)
    if not via:
        return (step.title, words.ladder(step.via), NOTHING, "everybody")
    names = unreachable(frame.configuration, step.recipients, via, urgent=step.urgent)
    return (step.title, words.ladder(step.via), words.ladder(via), _some(names, len(step.recipients)))


def _some(names: tuple[str, ...], of: int) -> str:
    if not names:
        return "nobody"
    return words.sentence(names) if len(names) <= 3 else f"{len(names)} of {of}"


def _coming_in(frame: Frame, technology: Technology) -> m.Words:
    """By what people can still propose and answer."""
    settings = frame.configuration.settings
    ways: list[m.Words] = []
    if "email" not in technology.lost:
        ways += [m.mail_to(box.address) for box in settings.mailboxes]
    if settings.twilio and "sms" not in technology.lost:
        ways.append(m.dial(settings.twilio.number))
    if settings.gsm and "gsm" not in technology.lost:
        ways.append(m.dial(settings.gsm.number))
    if not ways:
        return (
            m.Strong("To propose and to answer: nothing is left. "),
            "An operator at the console types ",
            m.Code("murphyd say"),
            ".",
        )
    return (m.Strong("To propose and to answer: "), m.joined(ways, " or "), ".")


def _meeting(frame: Frame, technology: Technology) -> m.Words:
    bridges = frame.configuration.procedure.bridges
    working = [bridge for bridge in bridges if ways_to(bridge, technology)]
    if not working:
        return (
            m.Strong("To meet: no configured bridge is left. "),
            "The incident manager names a place: ",
            m.Code("BRIDGE MI-7 words"),
            ".",
        )
    return (m.Strong("To meet: "), *_where(working[0], technology), ".")


def ways_to(bridge: Bridge, technology: Technology) -> tuple[str, ...]:
    """Which of "link" and "dial-in" still lead to the bridge."""
    if technology.names & {name.casefold() for name in bridge.depends_on}:
        return ()
    link = bridge.url and "internet" not in technology.names
    phone = bridge.phone and "telephony" not in technology.names
    return tuple(name for name, works in (("link", link), ("dial-in", phone)) if works)


def _where(bridge: Bridge, technology: Technology) -> tuple[m.Words, ...]:
    ways = ways_to(bridge, technology)
    return (bridge.name, f" by {words.sentence(ways)}")


def _bridge_by_bridge(frame: Frame) -> Iterator[m.Block]:
    bridges = frame.configuration.procedure.bridges
    if not bridges:
        yield m.Gap("No bridge is configured.")
        return
    rows: list[tuple[m.Words, ...]] = []
    for number, bridge in enumerate(bridges):
        rows.append((m.Strong(bridge.name), _trouble(bridge), next_bridge(frame, bridge)))
        for name in bridge.depends_on:
            others = (b.name for b in (*bridges[number + 1 :], *bridges[:number]) if name not in b.depends_on)
            rows.append((m.Strong(bridge.name), f"{name} fails", next(others, NOTHING)))
    yield m.Table(("bridge", "when", "the next"), tuple(rows))
    last = (
        "Where none is left the incident manager is told, and names another place: ",
        m.Code("BRIDGE MI-7 words"),
        ".",
    )
    yield m.Paragraph(last)


def _trouble(bridge: Bridge) -> m.Words:
    """How it is noticed that it does not work."""
    if checkable(bridge):
        return "its address does not answer"
    return ("the manager sends ", m.Code("BRIDGE MI-7 NEXT"))


def next_bridge(frame: Frame, failed: Bridge) -> m.Words:
    """Where the daemon sends everybody from this one, while all others work."""
    rehearsal = frame.silences["*"]
    incident = replace(rehearsal.incident, bridge=failed.name, bridge_words="", bridges_gone=frozenset({failed.name}))
    return next((bridge.name for bridge in usable(rehearsal.state, incident)), NOTHING)


def _affected(frame: Frame) -> Iterator[m.Block]:
    """What the daemon does when an incident's own service takes channels with it: as rehearsed."""
    rows = []
    usual = {key(one.notice): one.notice for one in frame.silent["*"]}
    for service in frame.named:
        if not service.disables:
            continue
        channels = words.sentence(words.channel(name) for name in service.disables)
        seen = set()
        for moment in frame.silent[service.name]:
            before = usual.get(key(moment.notice))
            title = _title(moment.notice)
            if before and title and title not in seen and before.via != moment.notice.via:
                seen.add(title)
                was, now = words.ladder(before.via), words.ladder(moment.notice.via)
                rows.append((m.Strong(service.name), channels, title, was, now))
    if rows:
        yield m.Paragraph(
            "Such a channel is not trusted while the service is affected. It is still used, together with the next one."
        )
        yield m.Table(("service", "takes with it", "step", "usually by", "then by"), tuple(rows))


def key(notice: Notice) -> tuple[object, ...]:
    return notice.kind, notice.audience, notice.detail, notice.content.discipline


def _title(notice: Notice) -> str:
    if notice.kind is Kind.INITIAL:
        return f"updates to {notice.audience}"
    return {Kind.PAGE: f"page to {notice.content.discipline}", Kind.REMINDER: "reminders to managers"}.get(
        notice.kind, ""
    )


def _by_hand(frame: Frame) -> Iterator[m.Block]:
    """For whoever holds the printed card."""
    managers = frame.contacts(MANAGERS)
    bridges = frame.configuration.procedure.bridges
    yield m.Paragraph("No answer within a minute, and the telephone works: do it by hand, with the card.")
    yield m.Points(tuple(_hand(frame, managers, bridges)), numbered=True)


def _hand(frame: Frame, managers: tuple[Contact, ...], bridges: tuple[Bridge, ...]) -> Iterator[m.Words]:
    called = m.joined([(one.name, " ", words.phones(one)) for one in managers if one.phones])
    yield ("Call the incident managers, in this order, until one accepts: ", called or "nobody has a number", ".")
    if bridges:
        dialled = next((bridge for bridge in bridges if bridge.phone), bridges[0])
        where: tuple[m.Words, ...] = (m.dial(dialled.phone),) if dialled.phone else (dialled.url,)
        pin: tuple[m.Words, ...] = (", PIN ", m.Code(dialled.pin)) if dialled.pin else ()
        yield ("Meet on ", m.Strong(dialled.name), ": ", *where, *pin, ".")
    yield "Call the engineers of the disciplines that the service needs, in calling order, until enough have joined."
    audiences = words.sentence(f"{a.name} {words.every(a.every)}" for a in frame.configuration.procedure.audiences)
    if audiences:
        yield f"Write to the audiences from your own mail: {audiences}. Say what is known and when the next word comes."
    operators = m.joined([(one.name, " ", words.phones(one)) for one in frame.contacts(OPERATORS)])
    if operators:
        yield ("Call an operator to bring Murphy back: ", operators, ". It goes on where it was.")
    if not ways_in(frame):
        yield "No number is configured to which texts could be sent."
