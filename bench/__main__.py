"""Everything that is measured, one bench after another: printed, and written to bench/results.md.

`python -m bench`, from the project's folder, on a machine that does nothing else; it takes about half an hour.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")

BENCHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Broadcast by email: how it grows", ("bench.broadcast",)),
    ("Broadcast by email, beside others: 10,000", ("bench.rivals", "10000")),
    ("Broadcast by email, beside others: 50,000", ("bench.rivals", "50000")),
    ("Broadcast by text", ("bench.texts",)),
    ("Text instead of mail: the relay is dead", ("bench.fallback",)),
    ("Rendering", ("bench.render",)),
    ("Parsing", ("bench.reading",)),
    ("Catching up", ("bench.catching_up",)),
    ("Latency", ("bench.latency",)),
    ("Committing", ("bench.store",)),
    ("Much in memory and on disk", ("bench.scale",)),
    ("A start with years behind it, and idleness", ("bench.history",)),
)

OF = ("aiosmtplib", "aioimaplib", "aiohttp", "tinydb", "apscheduler", "twilio", "pydantic", "jinja2")
"""What is fast or slow with it."""


def machine() -> Iterator[str]:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0))
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if "model name" in line), "unknown")
    yield f"- {cores} cores of {model}, {platform.system()} {platform.release()}"
    yield f"- {platform.python_implementation()} {platform.python_version()}; murphyd {version('murphyd')}"
    postfix = subprocess.run(["postconf", "-h", "mail_version"], check=False, capture_output=True, text=True)
    yield f"- Postfix {postfix.stdout.strip()}; " + ", ".join(f"{name} {version(name)}" for name in OF)


def main() -> None:
    parts = [f"# What was measured on {datetime.now(UTC):%Y-%m-%d}", "\n".join(machine())]
    for title, (module, *arguments) in BENCHES:
        print(f"\n{title}\n", flush=True)
        words = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
        print(done.stdout, flush=True)
        parts.append(f"## {title}\n\n`python -m {' '.join((module, *arguments))}`\n\n```\n{done.stdout.strip()}\n```")
    RESULTS.write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
