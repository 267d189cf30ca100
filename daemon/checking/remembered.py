"""Weaknesses that the state remembers: who opted out or bounced, and what in it is damaged. Takes no lock."""

from collections.abc import Iterator

from config.files import CONTACTS, SETTINGS
from config.types import MANAGERS, OPERATORS, Configuration
from daemon.checking.findings import Finding, Severity
from daemon.core.facts import Barred
from daemon.records import load_fact
from daemon.state.store import Reading, StateDamaged, read_store

CURES = {
    "sms": "have them text START from it, or give another number",
    "email": "correct the address, or have them mail Murphy from it",
}


def of_state(configuration: Configuration) -> Iterator[Finding]:
    """Nothing where there is no state yet."""
    directory = configuration.settings.state.directory
    if not directory.is_dir():
        return
    try:
        reading = read_store(directory)
    except (OSError, StateDamaged) as fault:
        yield _damaged(f"cannot be read: {fault}")
        return
    for damage in reading.damage:
        yield _damaged(damage)
    yield from _barred(configuration, reading)


def _damaged(problem: str) -> Finding:
    cure = "see docs/state.md, and keep a copy of the folder"
    return Finding(Severity.FAULT, "state-damaged", SETTINGS, "state.directory", problem, cure)


def _barred(configuration: Configuration, reading: Reading) -> Iterator[Finding]:
    """Of those who decide, look after Murphy or are paged."""
    people = configuration.people
    lists = [MANAGERS, OPERATORS, *(discipline.list for discipline in configuration.procedure.disciplines)]
    needed = {who for name in lists for who in people.on(name)}
    for row in reading.table("barred").values():
        barred = load_fact(Barred, row)
        who = people.by_email.get(barred.address) or people.by_phone.get(barred.address)
        if who in needed:
            problem = f"no {barred.channel} to {barred.address} since {barred.at:%Y-%m-%d}: {barred.reason}"
            cure = CURES.get(barred.channel, "correct the address")
            yield Finding(Severity.WEAKNESS, "barred", CONTACTS, people.contacts[who].name, problem, cure)
