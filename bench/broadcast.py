"""An update by email to many: the whole path (decide, journal, render, send, record) into Postfix's smtp-sink.

`python -m bench.broadcast`, from the project's folder; each figure comes from a process of its own.
"""

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.scale import MANAGER, PROPOSER, folder_of, peak, said
from config.load import load
from daemon.app import Daemon, running
from daemon.clock import SystemClock
from daemon.logs import configure_logs
from parsers.types import Verb
from tests.servers.process import free_ports, program

SESSIONS = 16
TIMES = 3


def folder_for(home: Path, people: int, port: int) -> Path:
    """The example organization with this many stakeholders, a relay and nothing else."""
    folder = folder_of(home, people)
    (folder / "murphyd.toml").write_text(
        f"""
[organization]
name = "Acme Retail"
timezone = "Europe/Brussels"

[[relay]]
host = "127.0.0.1"
port = {port}
security = "none"
from = "Acme Major Incidents <incidents@acme.example>"
sessions = {SESSIONS}

[twilio]
account_sid = "ACbench"
auth_token = "bench"
number = "+32460009999"
api_base = "http://127.0.0.1:9"
inbound = ["webhook"]
public_url = "http://127.0.0.1:8080"

[web]
listen = "127.0.0.1:0"

[state]
directory = "{home / "state"}"
"""
    )
    procedure = (folder / "procedure.toml").read_text()
    (folder / "procedure.toml").write_text(re.sub(r"^via = .*", 'via = ["email"]', procedure, flags=re.MULTILINE))
    return folder


async def says(daemon: Daemon, key: str, who: str, verb: Verb, incident: str, words: str) -> None:
    await daemon.consumer.put(said(key, who, verb, incident, words, datetime.now(UTC)))


async def settled(daemon: Daemon) -> None:
    while not daemon.idle:  # noqa: ASYNC110 (idle is many things together)
        await asyncio.sleep(0.005)


async def murphy(folder: Path, times: int, *, receipts: bool = False) -> dict[str, float]:
    """Updates to everybody, one after another; the middle one's figures. With `receipts` those may still be due."""
    rates, costs, people = [], [], 0
    async with running(load(folder, {}), SystemClock()) as daemon:
        await says(daemon, "p", PROPOSER, Verb.PROPOSE, "", "Email is down in all shops")
        await settled(daemon)
        await says(daemon, "a", MANAGER, Verb.ACCEPT, "1", "We are looking into it.")
        await settled(daemon)
        for number in range(times):
            begun, cpu = time.perf_counter(), time.process_time()
            await says(daemon, f"u{number}", MANAGER, Verb.UPDATE, "1", f"{number} of 9 databases are back.")
            await settled(daemon)
            took = time.perf_counter() - begun
            notices = [n for n in daemon.state.notices.values() if n.kind == "update"][-3:]
            people = max(len(n.recipients) for n in notices)
            rates.append(people / took)
            costs.append((time.process_time() - cpu) / people)
        left = sum(daemon.state.tallies[n.id].left for n in daemon.state.notices.values() if n.kind == "update")
    assert receipts or left == 0, f"{left} deliveries have not ended"
    middle = sorted(rates)[len(rates) // 2]
    return {"rate": middle, "cpu": sorted(costs)[len(costs) // 2], "peak": peak(), "people": people}


@contextmanager
def sink() -> Iterator[int]:
    """Postfix's smtp-sink on loopback, which takes all mail and keeps none; its port."""
    (port,) = free_ports(1)
    user = ["-u", "nobody"] if os.getuid() == 0 else []
    with subprocess.Popen([program("smtp-sink", "postfix"), *user, f"127.0.0.1:{port}", "300"]) as running:
        try:
            yield port
        finally:
            running.terminate()


def measured(people: int) -> dict[str, float]:
    """In a process of its own."""
    with sink() as port:
        time.sleep(0.5)
        words = [sys.executable, "-m", "bench.broadcast", "measure", str(people), str(port)]
        done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=300)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    match sys.argv[1:]:
        case ["measure", people, port]:
            configure_logs(level=logging.WARNING)
            with tempfile.TemporaryDirectory() as home:
                folder = folder_for(Path(home), int(people), int(port))
                print(json.dumps(asyncio.run(murphy(folder, TIMES))))
            return
    table = Table(title=f"an update by email, median of {TIMES}")
    for head in ("people", "mails a second", "CPU of each", "peak memory"):
        table.add_column(head, justify="right")
    for count in (1_000, 10_000, 50_000):
        found = measured(count)
        table.add_row(f"{count:,}", f"{found['rate']:,.0f}", f"{found['cpu'] * 1e6:.0f} µs", f"{found['peak']:.0f} MB")
    Console(width=80).print(table)


if __name__ == "__main__":
    main()
