"""Mails read in a second of processor time, and the worst time and memory for a megabyte made to keep a parser busy.

Each mail goes through `parse_email`, `parse_bounce` and `parse_command`. `python -m bench.reading`.
"""

import multiprocessing
import platform
import resource
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from parsers.bounce import parse_bounce
from parsers.command import parse_command
from parsers.email import parse_email
from tests.parsers.mails.clients import CLIENTS, mail
from tests.parsers.mails.hostile import HOSTILE, MEGABYTE
from tests.parsers.mails.languages import LANGUAGES

SECONDS = 3.0
MIB = 1024 * 1024
WORST = 5


def read(raw: bytes) -> None:
    parse_command(parse_email(raw))
    parse_bounce(raw)


def rate() -> float:
    mails = [mail(client(language)) for client in CLIENTS for language in LANGUAGES]
    count, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        for raw in mails:
            read(raw)
        count += len(mails)
    return count / (time.process_time() - start)


def _cost(raw: bytes, answer: "multiprocessing.Queue[tuple[float, float]]") -> None:
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    Path("/proc/self/clear_refs").write_text("5")
    start = time.process_time()
    read(raw)
    elapsed = time.process_time() - start
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    answer.put((elapsed, int(status["VmHWM"].split()[0]) * 1024 - before))


def costs() -> list[tuple[float, float, str]]:
    """Milliseconds of processor and MiB for a megabyte, each in a process of its own (Linux)."""
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    found: list[tuple[float, float, str]] = []
    for name, raw in HOSTILE.items():
        process = context.Process(target=_cost, args=(raw, answer))
        process.start()
        elapsed, grown = answer.get(timeout=60)
        process.join()
        share = max(len(raw), MEGABYTE) / MEGABYTE
        found.append((elapsed * 1000 / share, grown / MIB / share, name))
    return found


def main() -> None:
    console = Console()
    console.print(f"Python {platform.python_version()}, {platform.machine()}")
    console.print(f"{rate():,.0f} mails a second of processor time")
    found = costs()
    table = Table("worst of a megabyte", "ms", "MiB")
    for each in sorted({*sorted(found)[-WORST:], *sorted(found, key=lambda cost: cost[1])[-WORST:]}, reverse=True):
        table.add_row(each[2], f"{each[0]:,.0f}", f"{each[1]:,.0f}")
    console.print(table)


if __name__ == "__main__":
    main()
