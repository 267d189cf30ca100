"""`murphyd check`: everything that is wrong or weak, a line each, with its cure."""

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from config.faults import ConfigurationFaults
from daemon.checking.findings import Finding, Severity
from daemon.checking.place import of_machine
from daemon.checking.probing import Probe, probe_all
from daemon.checking.remembered import of_state
from daemon.checking.rules import weaknesses
from daemon.commands.folder import load_folder

EXIT = {Severity.FAULT: 2, Severity.WEAKNESS: 1}

COLOURS = {Severity.FAULT: typer.colors.RED, Severity.WEAKNESS: typer.colors.YELLOW}


def check(folder: Path, *, offline: bool, as_json: bool) -> int:
    """Prints what is found; the exit code: 0 fine, 1 weaknesses, 2 faults."""
    findings, probes = _found(folder, offline=offline)
    if as_json:
        document = {
            "folder": str(folder),
            "findings": [asdict(finding) for finding in findings],
            "connections": [{**asdict(probe), "findings": len(probe.findings)} for probe in probes],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(folder, findings, probes)
    return max((EXIT[finding.severity] for finding in findings), default=0)


def _found(folder: Path, *, offline: bool) -> tuple[Sequence[Finding], Sequence[Probe]]:
    try:
        configuration = load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        return [Finding.of_fault(fault) for fault in faults.faults], ()
    findings = [*weaknesses(configuration), *of_machine(configuration), *of_state(configuration)]
    probes = asyncio.run(probe_all(configuration, offline=offline))
    findings += [finding for probe in probes for finding in probe.findings]
    return sorted(findings, key=lambda finding: -EXIT[finding.severity]), probes


def _print(folder: Path, findings: Iterable[Finding], probes: Iterable[Probe]) -> None:
    for probe in probes:
        mark = typer.style("ok    ", fg=typer.colors.GREEN) if probe.ok else typer.style("failed", fg=typer.colors.RED)
        _line(f"{mark}  {probe.milliseconds:6} ms  {probe.what}" + (f": {probe.came}" if probe.ok else ""))
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
        word = typer.style(f"{finding.severity:8}", fg=COLOURS[finding.severity], bold=True)
        _line(
            f"{word}  {finding}" + (f"  [{finding.rule}]" if finding.rule else ""),
            err=finding.severity is Severity.FAULT,
        )
    said = " and ".join(f"{count} {severity}{_plural(severity, count)}" for severity, count in counts.items() if count)
    _line(f"{folder}: {said or 'no faults, no weaknesses'}")


def _plural(severity: Severity, count: int) -> str:
    return "" if count == 1 else "es" if severity is Severity.WEAKNESS else "s"


def _line(text: str, *, err: bool = False) -> None:
    """Colours on a terminal only, and not where NO_COLOR is set (no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    typer.echo(text, file=stream, color=stream.isatty() and not os.environ.get("NO_COLOR"))
