"""The daily check, with the network: what it finds goes to the core, which tells the operators what is new."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable

import structlog

from config.types import Configuration
from daemon.checking.findings import Finding
from daemon.checking.looking import look
from daemon.core.stimuli import Inspected

log = structlog.get_logger()

FIRST = 300.0
"""Seconds after the start."""

EVERY = 24 * 3600.0

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

    async def run(self) -> None:
        await asyncio.sleep(self._first)
        while True:
            await self.inspect()
            await asyncio.sleep(self._every)

    async def inspect(self) -> None:
        report = await look(self._configuration, offline=False)
        found = told(report.findings)
        log.info("checked", findings=len(found))
        await self._put(Inspected(found))


def told(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """What makes each finding the same one tomorrow, and its words."""
    return tuple({_key(finding): str(finding) for finding in findings}.items())


def _key(finding: Finding) -> str:
    """Days that are left and money that is left change from day to day."""
    words = "" if finding.rule in STANDING else re.sub(r"\d+", "#", finding.problem)
    return " ".join((finding.rule, finding.file, finding.key, words)).strip()
