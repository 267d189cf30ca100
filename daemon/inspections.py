"""The daily check, with the network: what it finds goes to the core, which tells the operators what is new.

It runs in a program of its own, as it reads all of the state a second time, and needs more than the daemon does.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

import structlog

from config.types import Configuration
from daemon.apart import apart
from daemon.core.stimuli import Inspected
from daemon.pulse import Work

if TYPE_CHECKING:
    from daemon.checking.findings import Finding

log = structlog.get_logger()

FIRST = 300.0
"""Seconds after the start."""

EVERY = 24 * 3600.0

WITHIN = 600.0
"""Seconds that it may take; half a minute is usual."""

STANDING = frozenset({"connection", "certificate"})
"""Rules whose words may be others tomorrow, and mean the same."""

Put = Callable[[Inspected], Awaitable[bool]]


class Inspections:
    """`run` checks now and then; `first` and `every` are in seconds."""

    def __init__(self, configuration: Configuration, put: Put, *, first: float = FIRST, every: float = EVERY) -> None:
        self._configuration = configuration
        self._put = put
        self._first = first
        self._every = every
        self.work = Work()

    async def run(self) -> None:
        await asyncio.sleep(self._first)
        while True:
            with self.work:
                await self.inspect()
            await asyncio.sleep(self._every)

    async def inspect(self) -> None:
        found = await apart("daemon.inspections:found", (self._configuration,), WITHIN)
        log.info("checked", findings=len(found))
        await self._put(Inspected(found))


def found(configuration: Configuration) -> tuple[tuple[str, str], ...]:
    """In the program of its own."""
    from daemon.checking.looking import look  # noqa: PLC0415 (the daemon does without)

    return told(asyncio.run(look(configuration, offline=False)).findings)


def told(findings: "Iterable[Finding]") -> tuple[tuple[str, str], ...]:
    """What makes each finding the same one tomorrow, and its words."""
    return tuple({_key(finding): str(finding) for finding in findings}.items())


def _key(finding: "Finding") -> str:
    """Days that are left and money that is left change from day to day."""
    words = "" if finding.rule in STANDING else re.sub(r"\d+", "#", finding.problem)
    return " ".join((finding.rule, finding.file, finding.key, words)).strip()
