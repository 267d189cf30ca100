"""The words of the report's cases: events of one incident, each at a minute from its proposal."""

from datetime import UTC, datetime, timedelta

from daemon.core import events as e

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NUMBER = "MI-7"
AN, JAMES, ROSA, HUGO, DAVID, TOM = "an", "james", "rosa", "hugo", "david", "tom"


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def proposed(minute: float = 0, by: str = "lotte", *, services: tuple[str, ...] = ("webshop",)) -> e.Proposed:
    return e.Proposed(
        NUMBER, at(minute), by, "Lotte Claes", "The shop is down", "", "", services, False, None, "email", ""
    )


def accepted(minute: float, by: str = AN) -> e.Accepted:
    return e.Accepted(NUMBER, at(minute), by, "", "")


def rejected(minute: float) -> e.Rejected:
    return e.Rejected(NUMBER, at(minute), AN, "one customer only")


def resolved(minute: float, by: str = AN) -> e.Resolved:
    return e.Resolved(NUMBER, at(minute), by, "It works.", "")


def reopened(minute: float, by: str = AN) -> e.Reopened:
    return e.Reopened(NUMBER, at(minute), by, "It is back.")


def withdrawn(minute: float) -> e.Withdrawn:
    return e.Withdrawn(NUMBER, at(minute), "lotte", "my mistake")


def downgraded(minute: float) -> e.Downgraded:
    return e.Downgraded(NUMBER, at(minute), AN, "only one shop")


def updated(minute: float) -> e.Updated:
    return e.Updated(NUMBER, at(minute), AN, "We are at it.", "")


def told(minute: float, kind: str, due: float | None, audience: str = "staff", notice: int = 1) -> e.Told:
    return e.Told(NUMBER, at(minute), notice, kind, audience, 5, None if due is None else at(due))


def called(minute: float, *disciplines: str) -> e.TeamCalled:
    return e.TeamCalled(NUMBER, at(minute), "", disciplines)


def paged(minute: float, who: str, discipline: str = "web") -> e.Paged:
    return e.Paged(NUMBER, at(minute), "", who, discipline, at(minute + 3))


def joined(minute: float, who: str, discipline: str = "web") -> e.EngineerJoined:
    return e.EngineerJoined(NUMBER, at(minute), who, discipline)


def declined(minute: float, who: str, discipline: str = "web") -> e.EngineerDeclined:
    return e.EngineerDeclined(NUMBER, at(minute), who, discipline, "on leave")


def silent(minute: float, who: str, discipline: str = "web") -> e.EngineerSilent:
    return e.EngineerSilent(NUMBER, at(minute), who, discipline)


def released(minute: float, who: str, by: str = AN) -> e.Released:
    return e.Released(NUMBER, at(minute), by, who)
