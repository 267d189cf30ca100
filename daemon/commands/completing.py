"""What the shell offers when a command is half typed: numbers, names, lists, services; nothing where that fails."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from daemon.commands.options import CONFIG, STATE

Offered = Iterator[tuple[str, str]]
"""What can be typed, and what it is."""

LARGEST = 20_000_000
"""Bytes of state beyond which reading it would make a person wait."""


def _offering(offer: Callable[[Path], Offered], joined: str = "") -> Callable[[Any, str], list[tuple[str, str]]]:
    """With `joined` several may be typed, with that between them."""

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        before, mark, last = incomplete.rpartition(joined) if joined else ("", "", incomplete)
        try:
            found = list(offer(ctx.params.get("config") or CONFIG))
        except Exception:  # a shell at its prompt has no use for a fault
            return []
        fitting = [(word, what) for word, what in found if word.lower().startswith(last.lower())]
        return [(_as_typed(f"{before}{mark}{word}"), what) for word, what in fitting]

    return complete


def _as_typed(word: str) -> str:
    """Bash takes it as it is: what has a blank would become two words. Other shells see to that themselves."""
    bash = os.environ.get("_MURPHYD_COMPLETE") == "complete_bash"
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", word) if bash else word


def _incidents(config: Path) -> Offered:
    from daemon.commands.place import find
    from daemon.history import entries
    from daemon.render.plain import line
    from daemon.state.store import read_store

    state = find(config, STATE).state
    if sum(file.stat().st_size for file in state.iterdir() if file.is_file()) < LARGEST:
        for entry in entries(read_store(state)):
            yield entry.incident, f"{entry.status}: {line(entry.title, 60)}"


def _drills(config: Path) -> Offered:
    return ((number, what) for number, what in _incidents(config) if number.startswith("DR-"))


def _contacts(config: Path) -> Offered:
    from daemon.commands.place import find

    people = find(config, STATE).people
    return ((contact.name, contact.id) for contact in people.contacts.values())


def _lists(config: Path) -> Offered:
    from daemon.commands.place import find

    return ((name, f"{len(ids)} people") for name, ids in find(config, STATE).people.lists.items())


def _services(config: Path) -> Offered:
    from config.files import PROCEDURE, read_toml

    for service in read_toml(config / PROCEDURE).get("service", []):
        if (name := str(service.get("name", "*"))) != "*":
            yield name, str(service.get("public_name", ""))


incident_numbers = _offering(_incidents)
drill_numbers = _offering(_drills)
contact_names = _offering(_contacts)
list_names = _offering(_lists, joined=",")


def lists_and_commands(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
    """What can stand behind `murphyd contacts`."""
    commands = [("import", "from other programs' files"), ("show", "who is on file")]
    return [*(one for one in commands if one[0].startswith(incomplete)), *list_names(ctx, incomplete)]


service_names = _offering(_services)
