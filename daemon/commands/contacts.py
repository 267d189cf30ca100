"""`murphyd contacts`: who is on file, on which lists, by what each can be reached, and where they are barred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import typer

from config.faults import nearest
from config.types import Contact, Reach
from daemon.checking.reaching import PHONES, ways_to
from daemon.commands.columns import show
from daemon.commands.console import say_json
from daemon.commands.place import Place
from daemon.console.requests import Refusal
from daemon.core.facts import Barred
from daemon.core.saying import CONSOLE
from daemon.records import load_fact
from daemon.render.plain import line
from daemon.state.store import read_store

HEADS = ("name", "email", "phone", "lists", "reached by", "language", "barred")


@dataclass(frozen=True, slots=True)
class Row:
    """`barred` are channels and addresses not to be used any more, with why and since when (UTC)."""

    id: str
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    lists: tuple[str, ...]
    reached_by: tuple[str, ...]
    language: str
    timezone: str
    barred: tuple[Mapping[str, str], ...]


def contacts(place: Place, of_list: str, *, as_json: bool) -> None:
    """Everybody, or those on one list in its calling order. Raises Refusal, OSError, StateDamaged."""
    rows = [_row(contact, place, barred) for barred in [_barred(place)] for contact in _chosen(place, of_list)]
    if as_json:
        lists = {name: len(ids) for name, ids in place.people.lists.items()}
        document = {"contacts": [asdict(row) for row in rows], "lists": lists}
        say_json(document)
        return
    if not rows:
        typer.echo("nobody is on file")
        return
    show(HEADS, [_cells(row) for row in rows])
    if not of_list:
        sizes = ", ".join(f"{line(name)} {len(ids)}" for name, ids in place.people.lists.items())
        typer.echo(f"\n{len(rows)} people. Lists: {sizes or 'none'}")


def _chosen(place: Place, of_list: str) -> Iterable[Contact]:
    people = place.people
    if not of_list:
        return people.contacts.values()
    if of_list not in people.lists:
        near = nearest(of_list, people.lists)
        meant = f'did you mean "{near}"?' if near else f"there is {', '.join(people.lists) or 'none'}"
        raise Refusal(f'nobody is on the list "{of_list}"; {meant}')
    return (people.contacts[who] for who in people.on(of_list))


def _barred(place: Place) -> Sequence[Barred]:
    if not place.state.is_dir():
        return ()
    return [load_fact(Barred, row) for row in read_store(place.state).table("barred").values()]


def _row(contact: Contact, place: Place, barred: Sequence[Barred]) -> Row:
    own = {*contact.emails, *contact.phones, contact.id}
    mine = [one for one in barred if one.address in own]
    return Row(
        id=contact.id,
        name=contact.name,
        emails=contact.emails,
        phones=contact.phones,
        lists=contact.lists,
        reached_by=tuple(_ways(contact, place, {(one.channel, one.address) for one in mine})),
        language=contact.language,
        timezone=contact.timezone,
        barred=tuple(
            {"channel": b.channel, "address": b.address, "why": b.reason, "since": b.at.isoformat()} for b in mine
        ),
    )


def _ways(contact: Contact, place: Place, barred: set[tuple[str, str]]) -> Iterable[str]:
    """The channels with an address left; with its hours where the person wants it only then."""
    wishes = {reach.channel: reach for reach in contact.reach}
    for channel in sorted(ways_to(contact, place.channels - {CONSOLE})):
        addresses = contact.emails if channel == "email" else contact.phones if channel in PHONES else (contact.id,)
        if any((channel, address) not in barred for address in addresses):
            yield channel + _hours(wishes.get(channel))


def _hours(wish: Reach | None) -> str:
    return f" {wish.start:%H:%M}-{wish.end:%H:%M}" if wish and wish.start and wish.end else ""


def _cells(row: Row) -> tuple[str, ...]:
    return (
        line(row.name),
        "; ".join(row.emails),
        "; ".join(row.phones),
        "; ".join(map(line, row.lists)),
        ", ".join(row.reached_by) or "nothing",
        row.language,
        "; ".join(f"{one['channel']} {one['address']}: {line(one['why'])}" for one in row.barred),
    )
