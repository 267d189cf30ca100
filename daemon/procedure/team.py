"""Who repairs it: the team of each service, its disciplines in calling order, and the bridges where they meet."""

from collections.abc import Iterator

from config.types import Bridge, Discipline, Service
from daemon.bridges import checkable
from daemon.core.kinds import Kind
from daemon.document import words
from daemon.document.model import Block, Code, Gap, Link, Paragraph, Points, Section, Strong, Table, Words, dial
from daemon.procedure.frame import Frame
from daemon.procedure.opening import duty, people
from daemon.procedure.plan import merged
from daemon.procedure.rehearsal import Moment

CALLS = frozenset({Kind.PAGE, Kind.TEAM_EXHAUSTED})


def team(frame: Frame) -> Section:
    procedure = frame.configuration.procedure
    return Section(
        "The team",
        (
            Paragraph(
                (
                    "On ",
                    Code("ACCEPT"),
                    " Murphy pages the disciplines of the affected services by itself. An engineer answers ",
                    Code("JOIN"),
                    " or ",
                    Code("DECLINE"),
                    "; who declines or is silent for too long makes room for the next on the list, until enough have "
                    "joined. The incident manager sees the team in one line after each change, and changes it with ",
                    Code("TEAM"),
                    ".",
                )
            ),
            Section("Services", tuple(_services(frame))),
            *_paged(frame),
            *(_discipline(frame, discipline) for discipline in procedure.disciplines),
        ),
    )


def _services(frame: Frame) -> Iterator[Block]:
    services = frame.configuration.procedure.services
    if not services:
        yield Gap("No service is configured: nobody is paged by itself.")
        return
    rows = tuple((Strong(_title(s)), ", ".join(s.disciplines) or "nobody", _also(s)) for s in services)
    yield Table(("service", "disciplines paged", "to know"), rows)
    if all(service.name != "*" for service in services):
        yield Gap("No service is named *: nobody is paged where a proposal names no service.")


def _title(service: Service) -> str:
    if service.name == "*":
        return "None named (*)"
    public = service.public_name
    return service.name if public == service.name else f"{service.name} ({public})"


def _also(service: Service) -> str:
    parts = [f"everybody reads: {service.impact}"] if service.impact else []
    if service.aliases:
        parts.append(f"also called {words.sentence(service.aliases)}")
    if service.disables:
        names = words.sentence(words.channel(name) for name in service.disables)
        parts.append(f"{names} is not trusted while it is affected: the next channel goes first, together with it")
    if service.confidential:
        parts.append("confidential from the start")
    return "; ".join(parts)


def _discipline(frame: Frame, discipline: Discipline) -> Section:
    return Section(f"Discipline {discipline.name}", tuple(_calling(frame, discipline)))


def _calling(frame: Frame, discipline: Discipline) -> Iterator[Block]:
    on_list = frame.contacts(discipline.list)
    needed = words.counted(discipline.need, "engineer")
    yield Paragraph(
        f"{needed} of the list {discipline.list}, by {words.ladder(discipline.via)}; "
        f"the next after {words.lasting(discipline.answer_within)} of silence. In calling order:"
    )
    if len(on_list) < discipline.need:
        yield Gap(f"{needed} needed, {words.counted(len(on_list), 'person', 'people')} on the list.")
    if on_list:
        yield people(on_list)
    yield from duty(frame, discipline.list)
    if not any(discipline.name in service.disciplines for service in frame.configuration.procedure.services):
        yield Gap(("No service needs this discipline: it is called by ", Code(f"TEAM {discipline.name}"), " only."))


def _paged(frame: Frame) -> Iterator[Section]:
    """Who is called when, for each service, as long as nobody answers."""
    for service in frame.configuration.procedure.services:
        moments = [moment for moment in frame.silent[service.name] if moment.notice.kind in CALLS]
        if moments:
            title = "no service is named" if service.name == "*" else f"{service.name} fails"
            intro = (
                "Minutes count from ACCEPT. Who was asked for one discipline already is not asked for another; who "
                "answers ends the calling for theirs."
            )
            yield Section(f"Paged when {title}, while nobody answers", (Paragraph(intro), _calls(frame, moments)))


def _calls(frame: Frame, moments: list[Moment]) -> Table:
    rows = []
    for moment in merged(moments):
        notice = moment.notice
        names = words.sentence(frame.name(who) for who in notice.recipients)
        said = f"nobody is left to ask: {names} are told" if notice.kind is Kind.TEAM_EXHAUSTED else names
        minute = Strong(words.after(moment.after))
        rows.append((minute, notice.content.discipline, said, words.ladder(notice.via)))
    return Table(("minute", "discipline", "who", "by"), tuple(rows))


def bridges(frame: Frame) -> Section:
    return Section("Communication bridges", tuple(_bridges(frame)))


def _bridges(frame: Frame) -> Iterator[Block]:
    configured = frame.configuration.procedure.bridges
    if not configured:
        yield Gap(("No bridge is configured. The incident manager names one: ", Code("BRIDGE MI-7 words"), "."))
        return
    yield Paragraph(
        "Where the team meets. The first that works is in every page; the next takes its place when it fails."
    )
    rows = tuple((str(n), Strong(b.name), *place(b), _needs(b)) for n, b in enumerate(configured, 1))
    yield Table(("no.", "bridge", "link", "dial-in", "PIN", "does not work without"), rows)
    tried = words.sentence(bridge.name for bridge in configured if checkable(bridge))
    check = f"Murphy tries the address of {tried} while an incident is open, and leaves it when it does not answer."
    yield Points(
        (
            (Code("BRIDGE MI-7"), " sends it again, ", Code("BRIDGE MI-7 NEXT"), " moves everyone to the next."),
            "One that needs the affected service is passed over.",
            check if tried else "Murphy does not try their addresses: whoever finds one dead says so.",
        )
    )


def place(bridge: Bridge) -> tuple[Words, Words, Words]:
    """Link, dial-in and PIN."""
    return (
        Link(bridge.url, bridge.url) if bridge.url else "none",
        dial(bridge.phone) if bridge.phone else "none",
        Code(bridge.pin) if bridge.pin else "none",
    )


def _needs(bridge: Bridge) -> str:
    return words.sentence(bridge.depends_on) or "nothing known"
