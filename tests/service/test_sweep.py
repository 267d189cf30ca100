"""Messages as they came in are kept for `keep_raw`; what was understood of them stays."""

import asyncio
import os
import time
from datetime import timedelta
from pathlib import Path

from daemon.sandbox.organization import Organization

WITHIN = 60.0


def kept(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def aged(path: Path, span: timedelta) -> None:
    when = time.time() - span.total_seconds()
    os.utime(path, (when, when))


async def test_old_messages_go_and_their_incident_stays() -> None:
    async with Organization(edits={"[state]": '[state]\nkeep_raw = "90d"'}) as here:
        await here.mails("Lotte", "Trouble", "Service: web shop\n\nNothing works.")
        await here.settle()
        folder = here.configuration.settings.state.directory / "raw"
        (proposal,) = kept(folder)
        await here.mails("Emma", "More trouble", "Service: payments\n\nNo cards.")
        await here.settle()
        (recent,) = kept(folder) - {proposal}
        await here.stop()
        aged(folder / proposal, timedelta(days=90, minutes=1))
        aged(folder / recent, timedelta(days=89))
        await here.start()
        async with asyncio.timeout(WITHIN):
            while kept(folder) != {recent}:  # noqa: ASYNC110 (a file tells nobody)
                await asyncio.sleep(0.02)
        assert here.daemon.state.incidents["MI-1"].summary == "Trouble"
        await here.texts("An", "ACCEPT MI-1")
        await here.settle()
        assert here.daemon.state.incidents["MI-1"].manager == here.person("An").id
