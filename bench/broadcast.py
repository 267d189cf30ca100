"""One notice by email to many: the whole path (decide, journal, render, send, record) into smtp-sink.

Beside it, in turn in the same run: Postfix's smtp-source with as many sessions, a plain pool of aiosmtplib with an
EmailMessage each, Django's send_mass_mail, Apprise. `python -m bench.broadcast`; each in a process of its own.
"""

import asyncio
import json
import logging
import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.scale import MANAGER, PROPOSER, folder_of, peak
from config.load import load
from daemon.app import Daemon, running
from daemon.clock import SystemClock
from daemon.core.identity import Evidence, Identity
from daemon.core.stimuli import Said
from daemon.logs import configure_logs
from parsers.types import Command, Proposal, Verb

SESSIONS = 16


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
    now = datetime.now(UTC)
    await daemon.consumer.put(
        Said(
            key=key,
            medium="email",
            identity=Identity(who, who, who, Evidence.TOKEN),
            command=Command(verb, incident=incident, words=words),
            proposal=Proposal(words, "Nothing works.", "", "", False),
            text=words,
            subject=words,
            message_id=f"<{key}@acme.example>",
            thread=None,
            fresh_mail=verb is Verb.PROPOSE,
            late=False,
            written=now,
            received=now,
            raw="0" * 64,
            source="incidents",
        )
    )


async def settled(daemon: Daemon) -> None:
    while not daemon.idle:  # noqa: ASYNC110 (many things together)
        await asyncio.sleep(0.005)


async def murphy(folder: Path, times: int) -> dict[str, float]:
    """Updates to everybody, one after another; the last one's figures."""
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
        left = sum(daemon.state.boards[n.id].left for n in daemon.state.notices.values() if n.kind == "update")
    assert left == 0, f"{left} deliveries have not ended"
    middle = sorted(rates)[len(rates) // 2]
    return {"rate": middle, "cpu": sorted(costs)[len(costs) // 2], "peak": peak(), "people": people}


def main() -> None:
    match sys.argv[1:]:
        case ["murphy", people, port]:
            configure_logs(level=logging.WARNING)
            with tempfile.TemporaryDirectory() as home:
                folder = folder_for(Path(home), int(people), int(port))
                print(json.dumps(asyncio.run(murphy(folder, 3))))


if __name__ == "__main__":
    main()
