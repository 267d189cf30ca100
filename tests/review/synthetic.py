"""A large incident made by hand: eight hours, brought back once, with missed updates and channels that were down."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from config.types import Configuration, Contact, Detail, People
from daemon.core import events as e
from daemon.core.content import Content
from daemon.core.delivery import Ended, Ending
from daemon.core.kinds import Kind
from daemon.core.notices import Notice, Priority
from daemon.core.review_events import ActionAgreed, ActionDone, ReviewAnswered, ReviewOpened
from daemon.history import History, Sent
from daemon.review.record import Record
from daemon.review.stretches import walk
from tests.core.vocabulary import example

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AN, JAMES, CLAIRE = "an.peeters@acme.example", "james.whitfield@acme.example", "claire.dubois@acme.example"
ENGINEERS = ("rosa.alvarez", "hugo.moreau", "david.kim", "tom.baker")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def staff(count: int) -> tuple[str, ...]:
    return tuple(f"person{n}@acme.example" for n in range(count))


def configuration(people: int) -> Configuration:
    """The example's, with so many more people, a quarter of them in Dutch."""
    base = example()
    contacts = dict(base.people.contacts)
    for n, who in enumerate(staff(people)):
        language = "nl" if n % 4 == 0 else "en"
        phones = (f"+3247{n:07}",)
        contacts[who] = Contact(who, f"Person {n}", (who,), phones, (), language, "Europe/Brussels")
    return replace(base, people=People(contacts, base.people.lists, base.people.by_email, base.people.by_phone))


def large(people: int = 5000) -> Record:
    """The record of it; the same one every time."""
    everybody, management = staff(people), staff(40)
    events = tuple(_events(everybody, management))
    sent = tuple(_sent(events, everybody, management))
    incident = tuple(walk(events))[-1][1]
    past = tuple(_before(n) for n in range(4))
    return Record(configuration(people), History(incident, events, sent, False), tuple(_health()), past, at(60 * 30))


def _before(n: int) -> tuple[e.Event, ...]:
    """A small one, some days earlier."""
    begin = START - timedelta(days=10 * (n + 1))
    number = f"MI-{n + 1}"
    return (
        proposed(number, begin),
        e.Accepted(number, begin + timedelta(minutes=4 + n), AN, "", ""),
        e.Told(number, begin + timedelta(minutes=4 + n), 1, "initial", "stakeholders", 10, None),
        e.Resolved(number, begin + timedelta(minutes=90 + 20 * n), AN, "", ""),
    )


def proposed(number: str, when: datetime, by: str = "emma.clarke@acme.example") -> e.Proposed:
    return e.Proposed(
        number, when, by, "Emma Clarke", "Nobody can log in anywhere", "Since 09:40.", "all shops", ("webshop",), False,
        None, "email", "raw",
    )  # fmt: skip


def _events(everybody: tuple[str, ...], management: tuple[str, ...]) -> list[e.Event]:
    number = "MI-7"
    found: list[e.Event] = [proposed(number, at(0)), e.Asked(number, at(0), 0), e.Asked(number, at(5), 1)]
    found += [e.Accepted(number, at(14), JAMES, "", "")]
    notices = iter(range(100, 400))

    def told(minute: float, kind: str, *, last: bool = False, only: str = "") -> None:
        for name, who, every in (("stakeholders", everybody, 60), ("management", management, 30)):
            if only not in ("", name):
                continue
            due = None if last else at(minute + every)
            found.append(e.Told(number, at(minute), next(notices), kind, name, len(who), due))

    told(14, "initial")
    found.append(e.TeamCalled(number, at(14), "", ("web", "database", "network")))
    for n, name in enumerate(ENGINEERS):
        discipline = ("web", "database", "database", "network")[n]
        found.append(e.Paged(number, at(14 + 3 * n), "", f"{name}@acme.example", discipline, at(17 + 3 * n)))
    found += [
        e.EngineerSilent(number, at(20), "hugo.moreau@acme.example", "database"),
        e.EngineerJoined(number, at(16), "rosa.alvarez@acme.example", "web"),
        e.EngineerJoined(number, at(24), "david.kim@acme.example", "database"),
        e.EngineerJoined(number, at(31), "tom.baker@acme.example", "network"),
    ]
    found += [e.Updated(number, at(44), JAMES, "The directory is being restored.", "")]
    told(44, "update")
    told(74, "holding", only="management")
    told(104, "holding")
    found += [e.TakeAsked(number, at(104)), e.Taken(number, at(111), CLAIRE)]
    found += [e.Updated(number, at(120), CLAIRE, "Half of the shops can log in.", "Losses: 40,000 an hour.")]
    told(120, "update")
    found += [e.EngineerDeclined(number, at(150), "rosa.alvarez@acme.example", "web", "end of my shift")]
    found += [e.Updated(number, at(148), CLAIRE, "All shops but three.", "")]
    told(148, "update")
    found += [e.Resolved(number, at(170), CLAIRE, "Everybody can log in again.", "")]
    told(170, "all-clear", last=True)
    found += [e.Reopened(number, at(290), AN, "It has come back in Ghent.")]
    told(290, "reopened")
    found += [e.Updated(number, at(318), AN, "A second server is affected.", "")]
    told(318, "update")
    told(348, "holding", only="management")
    found += [e.Updated(number, at(372), AN, "The second server is replaced.", "")]
    told(372, "update")
    found += [e.HandoverOffered(number, at(380), AN, JAMES, at(385)), e.HandedOver(number, at(383), JAMES, AN)]
    found += [e.Updated(number, at(401), JAMES, "We watch it for an hour.", "")]
    told(401, "update")
    found += [e.Updated(number, at(430), JAMES, "Still well.", "")]
    told(430, "update")
    found += [e.Updated(number, at(458), JAMES, "Still well; the all-clear follows.", "")]
    told(458, "update")
    found += [e.Resolved(number, at(480), JAMES, "It is over.", "")]
    told(480, "all-clear", last=True)
    people = (JAMES, CLAIRE, AN, "david.kim@acme.example")
    found += [
        ReviewOpened(number, at(480), JAMES, people, at(480 + 3 * 1440), at(480 + 2880), 1),
        ReviewAnswered(
            number,
            at(1500),
            CLAIRE,
            "1. The bridge worked at once.\n3. One directory server for all shops.",
            ("log.txt, 12 kB",),
            "a",
        ),
        ReviewAnswered(number, at(1600), JAMES, "Nobody knew who may restart the second server.", (), "b"),
        ActionAgreed(
            number,
            at(1600),
            JAMES,
            1,
            "david.kim@acme.example",
            "A second directory server",
            at(1600).date() + timedelta(days=14),
        ),
        ActionAgreed(
            number, at(1600), JAMES, 2, CLAIRE, "Write down who may restart what", at(1500).date() - timedelta(days=1)
        ),
        ActionDone(number, at(1700), CLAIRE, 2, "done"),
    ]
    return sorted(found, key=lambda event: event.at)


def _health() -> list[Notice]:
    rows = (
        (Kind.CHANNEL_DOWN, 30, "email", "the relay does not answer"),
        (Kind.CHANNEL_UP, 95, "email", ""),
        (Kind.SOURCE_DOWN, 60, "incidents", "cannot connect"),
        (Kind.SOURCE_UP, 72, "incidents", ""),
        (Kind.CHANNEL_DOWN, 300, "sms", "the provider answers 503"),
        (Kind.CHANNEL_UP, 312, "sms", ""),
    )
    return [
        notice(
            900 + n, kind, at(minute), ("tom.baker@acme.example",), Content(source=source, reason=reason), incident=""
        )
        for n, (kind, minute, source, reason) in enumerate(rows)
    ]


def notice(
    number: int,
    kind: Kind,
    when: datetime,
    who: tuple[str, ...],
    content: Content | None = None,
    *,
    incident: str = "MI-7",
    audience: str = "",
    detail: Detail = Detail.PUBLIC,
) -> Notice:
    via = (("email",), ("sms",)) if audience else (("email", "sms"),)
    return Notice(
        number, incident, kind, when, audience, who, detail, via, Priority.STAKEHOLDERS, content or Content(at=when)
    )


def _sent(events: tuple[e.Event, ...], everybody: tuple[str, ...], management: tuple[str, ...]) -> list[Sent]:
    found = [_asked(11, at(0)), _asked(12, at(5))]
    for event in events:
        if isinstance(event, e.Told):
            who = everybody if event.audience == "stakeholders" else management
            detail = Detail.PUBLIC if event.audience == "stakeholders" else Detail.MANAGEMENT
            content = Content(
                title="Web shop", impact="Customers may be unable to order online.", at=event.at, due=event.due
            )
            said = notice(
                event.notice, Kind(event.kind), event.at, who, content, audience=event.audience, detail=detail
            )
            found.append(Sent(said, {who: _ended(n, who, event.at) for n, who in enumerate(who)}, frozenset()))
        if isinstance(event, e.Paged):
            page = notice(50 + int((event.at - START).total_seconds()) // 60, Kind.PAGE, event.at, (event.contact,))
            found.append(Sent(page, {event.contact: Ended(event.contact, Ending.DELIVERED, "sms", 4)}, frozenset()))
    return sorted(found, key=lambda sent: sent.notice.at)


def _asked(number: int, when: datetime) -> Sent:
    managers = (AN, JAMES, CLAIRE)
    asked = notice(number, Kind.DECISION_REQUEST, when, managers)
    return Sent(asked, {who: Ended(who, Ending.DELIVERED, "sms", 3 + n) for n, who in enumerate(managers)}, frozenset())


def _ended(n: int, who: str, when: datetime) -> Ended:
    """While email is down nearly everybody gets a text; a few are never reached."""
    down = at(30) <= when <= at(95)
    if n % 613 == 612:
        return Ended(who, Ending.UNREACHED, "", 0, "no channel is left")
    if down or n % 29 == 0:
        return Ended(who, Ending.DELIVERED, "sms", 12 + n // 18)
    return Ended(who, Ending.SENT, "email", 2 + n // 40)
