"""Everything that can be found, in one call: for `murphyd check`, and for whoever asks now and then."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from config.types import Configuration
from daemon.checking.findings import Finding, Severity
from daemon.checking.place import of_machine
from daemon.checking.probing import Heard, Probe, probe_all
from daemon.checking.remembered import of_state
from daemon.checking.rules import weaknesses


@dataclass(frozen=True, slots=True)
class Report:
    """Faults first. `probes` are what was connected to, with the findings that are among `findings`."""

    findings: Sequence[Finding]
    probes: Sequence[Probe] = ()


async def look(configuration: Configuration, *, offline: bool, heard: Heard = lambda _done, _all: None) -> Report:
    """With `offline` nothing is connected to. Reads the disk; takes half a minute at most."""
    probes = await probe_all(configuration, offline=offline, heard=heard)
    found = await asyncio.to_thread(_beside, configuration)
    found += [finding for probe in probes for finding in probe.findings]
    return Report(sorted(found, key=lambda finding: finding.severity is not Severity.FAULT), probes)


def _beside(configuration: Configuration) -> list[Finding]:
    """What needs no connection, and takes a second for many people."""
    return [*weaknesses(configuration), *of_machine(configuration), *of_state(configuration)]
