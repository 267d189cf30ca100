"""An update by email to many, beside what else sends mail: all into Postfix's smtp-sink, in turn, in one run.

Murphy does the whole of it: decides, journals, renders for each person, sends, records each outcome. smtp-source is
Postfix's load generator in C, which sends one text again and again; aiosmtplib, Django and Apprise send the same
personal mail as one would write it with them. Each in a process of its own. `python -m bench.rivals [people]`.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.broadcast import SESSIONS, measured, sink
from tests.servers.process import program

ROUNDS = 3
SLOW = 2_000
"""Mails that the slower ones send: their rate does not change with how many."""

WORDS = "2 of 9 databases are back; the web shop takes orders again. Tills still work offline only. " * 5
HTML = f"<html><body><p>{WORDS}</p></body></html>"


def message(number: int) -> EmailMessage:
    """About 2 KB in two forms, for one person."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Acme Major Incidents <incidents@acme.example>"
    mail["To"] = f"Person {number} <person{number}@stores.acme.example>"
    mail["Reply-To"] = f"incidents+{number:032x}@acme.example"
    mail["Subject"] = "[MI-1] Update: Email and calendar"
    mail["Message-ID"] = f"<{number:032x}@acme.example>"
    mail.set_content(f"Person {number}\n\n{WORDS}")
    mail.add_alternative(HTML, subtype="html")
    return mail


async def _pooled(count: int, port: int) -> None:
    """As many sessions as Murphy has, each kept; an EmailMessage for each person."""
    from aiosmtplib import SMTP as Client  # noqa: PLC0415, N811 (each is loaded where it runs alone)

    numbers = iter(range(count))

    async def session() -> None:
        async with Client(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for number in numbers:
                await client.send_message(message(number))

    await asyncio.gather(*(session() for _ in range(SESSIONS)))


def aiosmtplib(count: int, port: int) -> None:
    asyncio.run(_pooled(count, port))


def django(count: int, port: int) -> None:
    """`send_mass_mail` with two forms needs its messages: `send_messages` on one connection, as it does itself."""
    from django.conf import settings  # noqa: PLC0415 (as above)
    from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: PLC0415 (as above)

    settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port)
    mails = []
    for number in range(count):
        mail = EmailMultiAlternatives(
            "[MI-1] Update: Email and calendar",
            f"Person {number}\n\n{WORDS}",
            "Acme Major Incidents <incidents@acme.example>",
            [f"Person {number} <person{number}@stores.acme.example>"],
            reply_to=[f"incidents+{number:032x}@acme.example"],
        )
        mail.attach_alternative(HTML, "text/html")
        mails.append(mail)
    get_connection().send_messages(mails)


def apprise(count: int, port: int) -> None:
    """One object with all recipients, which sends each a mail of its own on one connection."""
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 (as above)

    sender = Apprise()
    to = ",".join(f"person{number}@stores.acme.example" for number in range(count))
    sender.add(f"mailto://127.0.0.1:{port}?from=incidents@acme.example&to={to}&mode=insecure")
    assert sender.notify(title="[MI-1] Update: Email and calendar", body=HTML, body_format=NotifyFormat.HTML)


LIBRARIES: dict[str, Callable[[int, int], None]] = {"aiosmtplib": aiosmtplib, "Django": django, "Apprise": apprise}


def figures(count: int, took: float, used: resource.struct_rusage) -> dict[str, float]:
    return {"rate": count / took, "cpu": (used.ru_utime + used.ru_stime) / count, "peak": used.ru_maxrss / 1000}


def by_library(name: str, count: int) -> dict[str, float]:
    with sink() as port:
        time.sleep(0.5)
        words = [sys.executable, "-m", "bench.rivals", "measure", name, str(count), str(port)]
        done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=300)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def by_smtp_source(count: int) -> dict[str, float]:
    """-d: sessions are kept, as ours are; -l: the size of a message."""
    with sink() as port:
        time.sleep(0.5)
        words = [program("smtp-source", "postfix"), "-d", "-s", str(SESSIONS), "-m", str(count), "-l", "2000"]
        words += ["-f", "incidents@acme.example", "-t", "person@stores.acme.example", f"127.0.0.1:{port}"]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(words, check=True, timeout=300)
        took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"rate": count / took, "cpu": cpu / count, "peak": 0.0}


def middle(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: median(found[key] for found in rounds) for key in ("rate", "cpu", "peak")}


def main() -> None:
    match sys.argv[1:]:
        case ["measure", name, count, port]:
            began = time.perf_counter()
            LIBRARIES[name](int(count), int(port))
            print(
                json.dumps(figures(int(count), time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)))
            )
            return
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs: dict[str, Callable[[], dict[str, Any]]] = {
        "Murphy": partial(measured, people),
        "smtp-source": partial(by_smtp_source, people),
        **{name: partial(by_library, name, min(people, SLOW)) for name in LIBRARIES},
    }
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            rounds[name].append(run())
    ours = middle(rounds["Murphy"])
    table = Table(title=f"an update by email to {people:,}, {SESSIONS} sessions, median of {ROUNDS}")
    for head in ("", "mails a second", "CPU of each", "peak memory", "Murphy is"):
        table.add_column(head, justify="right" if head else "left")
    for name, found in rounds.items():
        one = middle(found)
        times = "" if name == "Murphy" else f"{ours['rate'] / one['rate']:.2f} times as fast"
        peak = f"{one['peak']:.0f} MB" if one["peak"] else ""
        table.add_row(name, f"{one['rate']:,.0f}", f"{one['cpu'] * 1e6:.0f} µs", peak, times)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
