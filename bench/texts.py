"""An update by text to many, through a simulated Twilio in a process of its own: unlimited, and at a provider's limit.

The whole path: decide, journal, render, send over HTTP, record. `python -m bench.texts`, from the project's folder.
"""

import asyncio
import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.broadcast import folder_for, murphy
from daemon.logs import configure_logs
from daemon.sandbox.twilio_server import TwilioServer
from tests.servers.process import free_ports

ROUNDS = 3
LIMIT = 100
"""Texts a second that the provider takes, and that we are configured to send at most."""

CASES = ((1_000, 0), (10_000, 0), (1_000, LIMIT))


async def provider(port: int, limit: int) -> None:
    """Until it is ended; what comes faster than its limit it refuses."""
    number = "+32460009999"
    async with TwilioServer(
        account_sid="ACbench", auth_token="bench", number=number, port=port, rate=limit or None
    ) as server:
        server.webhook = ""
        print("ready", flush=True)
        await asyncio.Event().wait()


def folder_by_text(home: Path, people: int, limit: int, port: int) -> Path:
    """As for mail, but everybody is told by text, at this many a second (0: as fast as it goes)."""
    folder = folder_for(home, people, 9)
    settings = (folder / "murphyd.toml").read_text().replace("http://127.0.0.1:9", f"http://127.0.0.1:{port}")
    if limit:
        settings = settings.replace("[web]", f"per_second = {limit}\n\n[web]")
    (folder / "murphyd.toml").write_text(settings)
    procedure = (folder / "procedure.toml").read_text()
    (folder / "procedure.toml").write_text(procedure.replace('via = ["email"]', 'via = ["sms"]'))
    return folder


def measured(people: int, limit: int) -> dict[str, float]:
    (port,) = free_ports(1)
    words = [sys.executable, "-m", "bench.texts"]
    with subprocess.Popen([*words, "provider", str(port), str(limit)], stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            arguments = ["measure", str(people), str(limit), str(port)]
            done = subprocess.run([*words, *arguments], check=True, capture_output=True, text=True, timeout=300)
        finally:
            running.terminate()
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    match sys.argv[1:]:
        case ["provider", port, limit]:
            asyncio.run(provider(int(port), int(limit)))
            return
        case ["measure", people, limit, port]:
            configure_logs(level=logging.ERROR)
            with tempfile.TemporaryDirectory() as home:
                folder = folder_by_text(Path(home), int(people), int(limit), int(port))
                print(json.dumps(asyncio.run(murphy(folder, 1, receipts=True))))
            return
    rounds: dict[tuple[int, int], list[dict[str, float]]] = {case: [] for case in CASES}
    for _ in range(ROUNDS):
        for case, found in rounds.items():
            found.append(measured(*case))
    table = Table(title=f"an update by text, median of {ROUNDS}")
    for head in ("people", "the provider takes", "texts a second", "CPU of each", "peak memory"):
        table.add_column(head, justify="right")
    for (count, most), found in rounds.items():
        rate, cpu, peak = (median(one[key] for one in found) for key in ("rate", "cpu", "peak"))
        taken = f"{most} a second" if most else "all"
        table.add_row(f"{count:,}", taken, f"{rate:,.0f}", f"{cpu * 1e6:.0f} µs", f"{peak:.0f} MB")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
