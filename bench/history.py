"""A start with years behind it: 1,000 past incidents with 1 million deliveries; and what the daemon costs when idle.

The past is lived through the real core, records, store and archiver, by a clock that is moved; then `murphyd run` is
started on it with the unit's environment; also without Twilio, whose SDK is the largest part.
`python -m bench.history [incidents] [recipients]`, from the project's folder.
"""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.broadcast import folder_for
from bench.scale import MANAGER, PROPOSER, START, Life, size
from config.load import load
from daemon import restoring
from daemon.archiver import Archiver
from daemon.clock import MovedClock
from daemon.consumer import Consumer
from daemon.core.stimuli import Tick
from daemon.logs import configure_logs
from daemon.state.store import open_store
from parsers.types import Verb

STARTS = 5
IDLE = 20.0
"""Seconds over which an idle daemon is watched."""

UNIT = Path(__file__).parents[1] / "systemd" / "murphyd.service"

MAILBOX = """
[[mailbox]]
address = "incidents@acme.example"
host = "127.0.0.1"
port = 9
security = "none"
username = "incidents"
password = "bench"

[web]"""

ARCHIVED_EVERY = 50
"""Incidents between two looks at what is old enough for the archive."""


async def lived(folder: Path, incidents: int) -> None:
    """Each is proposed, accepted and resolved, and long over before the last begins."""
    configuration = load(folder, {})
    store = await open_store(configuration.settings.state.directory)
    state, clock = restoring.restore(configuration, store), MovedClock(START)
    consumer = Consumer(state, store, clock)
    archiver = Archiver(store)
    life = Life(state, consumer, clock)
    consumer.releases.append(archiver.release)
    rounds = [asyncio.create_task(consumer.run()), asyncio.create_task(archiver.run())]
    for number in range(1, incidents + 1):
        await life.says(PROPOSER, Verb.PROPOSE, "", f"Outage {number}: the tills are down in all shops")
        await life.says(MANAGER, Verb.ACCEPT, str(number), "We are looking into it.")
        await life.says(MANAGER, Verb.RESOLVE, str(number), "Everything works again.")
        if number % ARCHIVED_EVERY == 0 or number == incidents:
            clock.move_to(clock.now() + timedelta(days=366 + 31))
            await consumer.put(Tick())
            while not archiver.idle:  # noqa: ASYNC110 (the archiver tells nobody)
                await asyncio.sleep(0.01)
    for task in rounds:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await store.close()


def without_texts(folder: Path) -> Path:
    """A mailbox that nobody answers at, instead of Twilio."""
    settings = folder / "murphyd.toml"
    head, _, rest = settings.read_text().partition("[twilio]")
    settings.write_text(head + MAILBOX + rest.partition("[web]")[2])
    return folder


def environment() -> dict[str, str]:
    """What a service is started with."""
    lines = (line.removeprefix("Environment=") for line in UNIT.read_text().splitlines() if "Environment=" in line)
    return {**os.environ, **dict(pair.split("=", 1) for line in lines for pair in line.split())}


def started(folder: Path, watched: float) -> dict[str, float]:
    """Seconds to the line `ready`, the most memory until then, and the share of a core that it takes when idle."""
    words = [sys.executable, "-m", "daemon", "run", "--config", str(folder)]
    began = time.perf_counter()
    with subprocess.Popen(
        words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment()
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if "ready" in line)
        took, cpu = time.perf_counter() - began, _cpu(process.pid)
        status = Path(f"/proc/{process.pid}/status").read_text()
        figures = {"took": took, "cpu": cpu, "peak": int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6}
        if watched:
            time.sleep(10.0)  # what a start brings with it is over
            before = _cpu(process.pid)
            time.sleep(watched)
            figures["idle"] = (_cpu(process.pid) - before) / watched
            status = Path(f"/proc/{process.pid}/status").read_text()
            figures["rss"] = int(status.split("VmRSS:")[1].split()[0]) * 1024 / 1e6
        process.terminate()
        process.communicate(timeout=30)
    return figures


def _cpu(process: int) -> float:
    """Seconds of processor that it has used (proc_pid_stat(5))."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    configure_logs(level=logging.WARNING)
    if sys.argv[1:2] == ["live"]:
        asyncio.run(lived(Path(sys.argv[2]), int(sys.argv[3])))
        return
    incidents = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    recipients = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    table = Table(title=f"`murphyd run`, median of {STARTS} starts")
    # Each incident has a first notice and an all-clear.
    for head in ("", "disk", "start to ready", "CPU of it", "peak memory", "idle: memory", "of a core"):
        table.add_column(head, justify="right" if head else "left")
    with tempfile.TemporaryDirectory() as parent:
        home = Path(parent)
        empty, plain, full = home / "empty", home / "plain", home / "full"
        for place in (empty, plain, full):
            place.mkdir()
        past = f"{incidents:,} past incidents"
        folders = {
            "nothing in history": folder_for(empty, 50, 9),
            "the same, without Twilio": without_texts(folder_for(plain, 50, 9)),
            past: folder_for(full, recipients, 9),
        }
        live = [sys.executable, "-m", "bench.history", "live", str(folders[past]), str(incidents)]
        subprocess.run(live, check=True)
        for name, folder in folders.items():
            watched = started(folder, IDLE)
            starts = [started(folder, 0.0) for _ in range(STARTS)]
            table.add_row(
                name,
                f"{size(folder.parent / 'state'):.0f} MB",
                f"{median(one['took'] for one in starts):.2f} s",
                f"{median(one['cpu'] for one in starts):.2f} s",
                f"{median(one['peak'] for one in starts):.0f} MB",
                f"{watched['rss']:.0f} MB",
                f"{watched['idle'] * 100:.2f} %",
            )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
