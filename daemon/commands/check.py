"""`murphyd check`: everything that is wrong or weak, a line each, with its cure."""

import asyncio
import os
from dataclasses import asdict
from pathlib import Path

from config.faults import ConfigurationFaults
from daemon.checking.findings import Finding, Severity
from daemon.checking.looking import Report, look
from daemon.commands.console import say, say_json
from daemon.commands.ending import no_folder
from daemon.commands.folder import load_folder
from daemon.commands.progress import steps

EXIT = {Severity.FAULT: 2, Severity.WEAKNESS: 1}

COLOURS = {Severity.FAULT: "bold red", Severity.WEAKNESS: "bold yellow"}


def check(folder: Path, *, offline: bool, as_json: bool) -> int:
    """Prints what is found; the exit code: 0 fine, 1 weaknesses, 2 faults."""
    report = found(folder, offline=offline, as_json=as_json)
    if as_json:
        document = {
            "folder": str(folder),
            "findings": [asdict(finding) for finding in report.findings],
            "connections": [{**asdict(probe), "findings": len(probe.findings)} for probe in report.probes],
        }
        say_json(document)
    else:
        show(folder, report)
    return max((EXIT[finding.severity] for finding in report.findings), default=0)


def found(folder: Path, *, offline: bool, as_json: bool = False) -> Report:
    """With how far it is, for whoever waits at a terminal."""
    try:
        configuration = load_folder(folder, os.environ)
    except ConfigurationFaults as faults:
        return Report([Finding.of_fault(fault) for fault in faults.faults])
    with steps("Connecting everywhere" if not offline else "Looking", as_json=as_json) as heard:
        return asyncio.run(look(configuration, offline=offline, heard=heard))


def show(folder: Path, report: Report) -> None:
    """A line for each, faults on standard error."""
    for probe in report.probes:
        mark = ("ok    ", "green") if probe.ok else ("failed", "red")
        say(mark, f"  {probe.milliseconds:6} ms  {probe.what}" + (f": {probe.came}" if probe.ok else ""))
    counts = dict.fromkeys(Severity, 0)
    for finding in report.findings:
        counts[finding.severity] += 1
        word = (f"{finding.severity:8}", COLOURS[finding.severity])
        rule = f"  [{finding.rule}]" if finding.rule else ""
        say(word, f"  {finding}{rule}", err=finding.severity is Severity.FAULT)
    said = " and ".join(f"{count} {severity}{_plural(severity, count)}" for severity, count in counts.items() if count)
    say(f"{folder}: {said or 'no faults, no weaknesses'}")
    if hint := no_folder(report.findings):
        say(hint, err=True)


def _plural(severity: Severity, count: int) -> str:
    return "" if count == 1 else "es" if severity is Severity.WEAKNESS else "s"
