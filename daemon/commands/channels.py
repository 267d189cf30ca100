"""`murphyd channels`: how each way out and in stands; from the running daemon, else as it was when the last one ran."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import typer

from daemon.commands.columns import show
from daemon.commands.console import say_json
from daemon.commands.place import Place
from daemon.console.channels import standing
from daemon.console.client import NoDaemon, ask
from daemon.console.requests import Values
from daemon.core.facts import HealthChanged, Watched
from daemon.core.saying import CONSOLE
from daemon.records import load_fact
from daemon.render.plain import line
from daemon.state.store import Reading, read_store

HEADS = ("way", "state", "since", "canary", "why")
LONGEST_WHY = 100
NOT_RUNNING = "No daemon runs here; this is how things stood when the last one knew:"


def channels(place: Place, *, as_json: bool) -> None:
    """Prints a line for each, or one JSON document with times in UTC. Raises Refusal, OSError."""
    try:
        found: Values = ask(place.state, {"do": "channels"})
    except NoDaemon:
        found = _of_disk(read_store(place.state))
    if as_json:
        say_json(found)
        return
    if not found["running"]:
        typer.echo(NOT_RUNNING)
    rows = _rows(found, place)
    show((*HEADS[:2], f"since ({place.zone.key})", *HEADS[3:]), rows) if rows else typer.echo("nothing is known")


def _of_disk(reading: Reading) -> Values:
    now = datetime.now(UTC)
    health = {name: load_fact(HealthChanged, row).health for name, row in reading.table("health").items()}
    down = {load_fact(Watched, row).source for row in reading.table("unwatched").values()}
    sources = dict.fromkeys((*reading.table("sources"), *sorted(down)))
    return {
        "running": False,
        "channels": [standing(name, one, now) for name, one in health.items() if name != CONSOLE],
        "relays": [],
        "sources": [{"name": name, "state": "down" if name in down else "up", "why": ""} for name in sources],
        "disk": None,
    }


def _rows(found: Values, place: Place) -> Sequence[tuple[str, ...]]:
    rows = [
        (
            channel["name"],
            channel["state"],
            _when(channel["since"], place),
            _canary(channel["canary"], place),
            _why(channel["why"])
            + (f"; tried again at {_when(again, place)}" if (again := channel["next_try"]) else ""),
        )
        for channel in found["channels"]
    ]
    rows += [(f"relay {relay['name']}", relay["state"], "", "", _why(relay["why"])) for relay in found["relays"]]
    rows += [(f"inbox {source['name']}", source["state"], "", "", _why(source["why"])) for source in found["sources"]]
    if disk := found["disk"]:
        rows.append(("disk", disk["state"], "", "", _why(disk["why"])))
    return rows


def _why(words: str) -> str:
    return line(words, LONGEST_WHY)


def _when(written: str, place: Place) -> str:
    return f"{datetime.fromisoformat(written).astimezone(place.zone):%Y-%m-%d %H:%M}" if written else ""


def _canary(canary: Mapping[str, Any] | None, place: Place) -> str:
    if canary is None:
        return ""
    if canary["lost"]:
        return f"lost, sent {_when(canary['lost'], place)}"
    return f"{canary['seconds']:.1f} s at {_when(canary['sent'], place)}"
