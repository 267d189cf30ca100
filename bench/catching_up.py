"""Catching up: thousands of unseen mails in a real Dovecot, handled, beside imap-tools just fetching as many.

Each is a stakeholder's reply of 5 KB without a verb, as they come by the thousand in an outage: fetched, parsed, its
sender known, decided on, journaled, answered, moved. `python -m bench.catching_up [mails]`, from the project's folder.
"""

import asyncio
import json
import logging
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.broadcast import folder_for, says, settled, sink
from bench.scale import MANAGER, PROPOSER
from config.load import load
from daemon.app import running
from daemon.clock import SystemClock
from daemon.logs import configure_logs
from parsers.types import Verb
from tests.servers.dovecot import PASSWORD, dovecot

ROUNDS = 3
OURS, OTHER = "incidents@acme.example", "others@acme.example"

QUOTED = "".join(
    f"> line {n} of the notice that is answered, as programs quote it below an answer\r\n" for n in range(58)
)


def reply(number: int) -> bytes:
    """About 5 KB."""
    who = f"person{number:05}@stores.acme.example"
    return (
        f"From: Person {number:05} <{who}>\r\nTo: {OURS}\r\nSubject: Re: [MI-1] Email and calendar\r\n"
        f"Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: <{number}.bench@stores.acme.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Thanks. Do you know when the tills will work again?\r\n\r\nOn Monday, Acme wrote:\r\n{QUOTED}"
    ).encode()


def fill(folder: Path, address: str, mails: int) -> None:
    """Into the maildir, as a delivery does it."""
    new = folder / "mail" / address / "new"
    for part in ("cur", "new", "tmp"):
        (new.parent / part).mkdir(parents=True, exist_ok=True)
    for number in range(mails):
        (new / f"{int(time.time())}.{number:06}.bench").write_bytes(reply(number))
    subprocess.run(["chown", "-R", "mail:mail", str(folder / "mail")], check=True)


async def handled(home: Path, mails: int) -> dict[str, float]:
    """Mails a second, from the start of the daemon until the last is answered and moved."""
    with sink() as relay:
        async with dovecot() as server:
            folder = folder_for(home, mails, relay)
            mailbox = (
                f'[[mailbox]]\naddress = "{OURS}"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
                f'username = "{OURS}"\npassword = "{PASSWORD}"\n\n[[relay]]'
            )
            settings = (folder / "murphyd.toml").read_text()
            (folder / "murphyd.toml").write_text(settings.replace("[[relay]]", mailbox, 1))
            configuration = load(folder, {})
            async with running(configuration, SystemClock(), tell_procedure=False, inspect=False) as daemon:
                await daemon.ready.wait()
                await says(daemon, "p", PROPOSER, Verb.PROPOSE, "", "Email is down in all shops")
                await says(daemon, "a", MANAGER, Verb.ACCEPT, "1", "We are looking into it.")
                await settled(daemon)
            fill(server.folder, OURS, mails)
            fill(server.folder, OTHER, mails)
            fetching = asyncio.to_thread(fetched, server.port, mails)
            rate_of_fetching = mails / await fetching
            began, cpu = time.perf_counter(), time.process_time()
            async with running(configuration, SystemClock(), tell_procedure=False, inspect=False) as daemon:
                while daemon.state.incidents["MI-1"].replies < mails or not daemon.idle:  # noqa: ASYNC110 (it tells nobody)
                    await asyncio.sleep(0.01)
                took = time.perf_counter() - began
                used = time.process_time() - cpu
    return {"rate": mails / took, "cpu": used / mails, "fetching": rate_of_fetching}


def fetched(port: int, mails: int) -> float:
    """Seconds for imap-tools to fetch as many, in chunks of 50, as we do."""
    from imap_tools import MailBoxUnencrypted  # noqa: PLC0415 (only the bench has it)

    began = time.perf_counter()
    with MailBoxUnencrypted("127.0.0.1", port).login(OTHER, PASSWORD) as box:
        count = sum(bool(message.text) for message in box.fetch(mark_seen=False, bulk=50))
    assert count == mails, count
    return time.perf_counter() - began


def main() -> None:
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if sys.argv[2:] == ["measure"]:
        configure_logs(level=logging.ERROR)
        with tempfile.TemporaryDirectory() as home:
            print(json.dumps(asyncio.run(handled(Path(home), mails))))
        return
    rounds = []
    for _ in range(ROUNDS):
        words = [sys.executable, "-m", "bench.catching_up", str(mails), "measure"]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, timeout=600)
        rounds.append(json.loads(done.stdout))
    ours, theirs, cpu = (median(one[key] for one in rounds) for key in ("rate", "fetching", "cpu"))
    table = Table(title=f"{mails:,} unseen mails of 5 KB, median of {ROUNDS}")
    for head in ("", "mails a second", "CPU of each", "share"):
        table.add_column(head, justify="right" if head else "left")
    table.add_row("Murphy, handled", f"{ours:,.0f}", f"{cpu * 1e6:.0f} µs", f"{ours / theirs:.2f}")
    table.add_row("imap-tools, fetched", f"{theirs:,.0f}", "", "1.00")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
