"""Weaknesses that the state remembers: who opted out or bounced, receipts that never come, damage. Takes no lock."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from config.files import CONTACTS, SETTINGS
from config.types import MANAGERS, OPERATORS, Configuration
from daemon.checking.findings import Finding, Severity
from daemon.checking.rights import not_allowed
from daemon.core.delivery import Ending
from daemon.core.facts import Barred
from daemon.records import load_fact
from daemon.state.store import Document, Reading, StateDamaged, read_store

ENOUGH = 10
"""Texts without a single receipt among them: there are none to be had."""

CURES = {
    "sms": "have them text START from it, or give another number",
    "email": "correct the address, or have them mail Murphy from it",
}


def of_state(configuration: Configuration) -> Iterator[Finding]:
    """Nothing where there is no state yet."""
    directory = configuration.settings.state.directory
    try:
        if not directory.is_dir():
            return
        reading = read_store(directory)
    except PermissionError as refused:
        yield not_allowed("state.directory", Path(refused.filename or directory))
        return
    except (OSError, StateDamaged) as fault:
        yield _damaged(f"cannot be read: {fault}")
        return
    for damage in reading.damage:
        yield _damaged(damage)
    yield from _barred(configuration, reading)
    yield from _unreceipted(configuration, reading)


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


def _unreceipted(configuration: Configuration, reading: Reading) -> Iterator[Finding]:
    """Where no text ever has a receipt, none can hold the next rung back."""
    rows = reading.table("outcomes").values()
    endings = Counter(letter for row in rows for letter, channel in _endings(row) if channel == "sms")
    sent = endings[Ending.SENT]
    if sent >= ENOUGH and not endings[Ending.DELIVERED]:
        within = configuration.procedure.delivery.receipt_within.total_seconds()
        problem = f"none of {sent} texts had a receipt: each urgent one is followed by the next rung after {within:g} s"
        cure = "ask Twilio for a route with receipts, or tell people that a second message is usual"
        yield Finding(Severity.WEAKNESS, "no-receipts", SETTINGS, "twilio", problem, cure)


def _endings(row: Document) -> Iterator[tuple[str, str]]:
    """The letter and the channel of each outcome in a stored chunk."""
    by: list[str] = row["by"].split()
    return ((letter, row["channels"][int(place)]) for letter, place in zip(row["endings"], by, strict=True))
