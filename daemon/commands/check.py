"""`murphyd check`: everything that is wrong or weak, a line each, with its cure."""

import asyncio
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import typer

from config.faults import ConfigurationFaults
from daemon.checking.findings import Finding, Severity
from daemon.checking.looking import Report, look
from daemon.commands.folder import load_folder

EXIT = {Severity.FAULT: 2, Severity.WEAKNESS: 1}

COLOURS = {Severity.FAULT: typer.colors.RED, Severity.WEAKNESS: typer.colors.YELLOW}


def check(folder: Path, *, offline: bool, as_json: bool) -> int:
    """Prints what is found; the exit code: 0 fine, 1 weaknesses, 2 faults."""
    report = _found(folder, offline=offline)
    if as_json:
        document = {
            "folder": str(folder),
            "findings": [asdict(finding) for finding in report.findings],
            "connections": [{**asdict(probe), "findings": len(probe.findings)} for probe in report.probes],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(folder, report)
    return max((EXIT[finding.severity] for finding in report.findings), default=0)


def _found(folder: Path, *, offline: bool) -> Report:
    try:
        configuration = load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        return Report([Finding.of_fault(fault) for fault in faults.faults])
    return asyncio.run(look(configuration, offline=offline))


def _print(folder: Path, report: Report) -> None:
    for probe in report.probes:
        mark = typer.style("ok    ", fg=typer.colors.GREEN) if probe.ok else typer.style("failed", fg=typer.colors.RED)
        _line(f"{mark}  {probe.milliseconds:6} ms  {probe.what}" + (f": {probe.came}" if probe.ok else ""))
    counts = dict.fromkeys(Severity, 0)
    for finding in report.findings:
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
