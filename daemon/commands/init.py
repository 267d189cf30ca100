"""`murphyd init`: a few questions, or a file of answers; then a folder that works, tried at once."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files as resources
from pathlib import Path

from channels.resolver import Resolver
from config.files import Missing
from config.settings import SettingsFile, State
from daemon.checking import mail_probes
from daemon.checking.findings import Severity
from daemon.checking.probing import probe_each
from daemon.commands.check import found as looked
from daemon.commands.check import show
from daemon.commands.console import on_terminal, say
from daemon.commands.folder import load_folder
from daemon.commands.progress import progress
from daemon.console.requests import Refusal
from daemon.setup import asking, machine
from daemon.setup.answers import Answers, checked, read
from daemon.setup.completing import completed, wants
from daemon.setup.finding import Finder
from daemon.setup.placing import Taken, place, refuse_taken
from daemon.setup.procedure import contacts, procedure
from daemon.setup.providers import Servers, usual
from daemon.setup.settings import Files, settings

ANSWERS = Path("answers")
"""How faults of what was typed call it."""


USUAL = Path("/etc/murphyd")
START = "systemctl enable --now murphyd murphyd-backup.timer"


class NotMade(Refusal):
    """There is no folder, and nothing was written; the words say why, and what to do."""


def example() -> str:
    """A file of answers to fill in."""
    return resources("daemon.setup").joinpath("answers.toml").read_text("utf-8")


def init(folder: Path, file: Path | None, *, offline: bool) -> bool:
    """Whether it works as it is. Raises NotMade, ConfigurationFaults, OSError, typer.Abort."""
    folder = folder.absolute()
    try:
        refuse_taken(folder)
        answers = _answers(file, offline=offline)
        state = answers.state.directory or machine.state_for(folder)
        made = _files(answers, state)
        place(folder, made, _usable)
    except Missing as missing:
        raise NotMade(f"{missing}; `murphyd init --example` prints a file of answers") from None
    except Taken as taken:
        raise NotMade(f"{taken}; nothing was changed: name another folder, or move that one away") from None
    say(f"\nWritten: {folder}")
    return _report(folder, offline=offline)


def _answers(file: Path | None, *, offline: bool) -> Answers:
    if file:
        answers = read(file, os.environ)
        found = _find(answers.mailbox.address, offline=offline) if wants(answers) else None
    elif on_terminal():
        raw = asking.ask_all(lambda address: _find(address, offline=offline), _tries(offline=offline))
        answers, found = checked(raw, ANSWERS, {}), None
    else:
        wanted = "murphyd init --example >answers.toml, fill it in, murphyd init --answers answers.toml"
        raise NotMade(f"init asks questions, and there is no terminal; instead: {wanted}")
    answers = completed(answers, found)
    if not answers.mailbox.host or not answers.relay:
        domain = answers.mailbox.address.rpartition("@")[2]
        raise NotMade(f"nobody tells where {domain} has its mail: give host in [mailbox] and a [[relay]]")
    return answers


def _find(address: str, *, offline: bool) -> Servers | None:
    if offline:
        return usual(address.rpartition("@")[2])
    with progress(f"Looking for the mail servers of {address.rpartition('@')[2]}"):
        return asyncio.run(Finder().find(address))


def _tries(*, offline: bool) -> Callable[[asking.Raw], str]:
    def tries(raw: asking.Raw) -> str:
        if offline:
            return ""
        with progress("Logging in"):
            return asyncio.run(_logged_in(raw))

    return tries


async def _logged_in(raw: asking.Raw) -> str:
    """Why mailbox or relay cannot be used, "" where both can."""
    anybody = {"name": "-", "email": raw["mailbox"]["address"]}
    answers = completed(checked({**raw, "manager": [anybody]}, ANSWERS, {}), None)
    kept = State(directory=machine.state_for(Path.cwd()))
    trial = SettingsFile(organization=answers.organization, relay=answers.relay, state=kept).frozen(Path.cwd())
    trial = replace(trial, mailboxes=(answers.mailbox.frozen(Path.cwd()),))
    tried = await probe_each(list(mail_probes.of(trial, Resolver())))
    return "; ".join(f"{one.what}: {one.came}" for one in tried if not one.ok)


def _files(answers: Answers, state: Path) -> Files:
    made = Files()
    made.texts[Path("murphyd.toml")] = settings(answers, state, made)
    made.texts[Path("procedure.toml")] = procedure(answers)
    made.texts[Path("contacts.csv")] = contacts(answers)
    return made


def _usable(aside: Path) -> None:
    """Raises ConfigurationFaults: nothing is put in place that could not be loaded."""
    load_folder(aside, {})


def _report(folder: Path, *, offline: bool) -> bool:
    report = looked(folder, offline=offline)
    show(folder, report)
    faults = [finding for finding in report.findings if finding.severity is Severity.FAULT]
    config = "" if folder == USUAL else f" --config {folder}"
    if faults:
        say(f"\nIt does not work yet. Correct what is named above in {folder}, then: murphyd check{config}")
    elif report.findings:
        say("\nIt works. Each weakness names what would make it safer, when you have the time.")
    if offline:
        say(f"Nothing was connected to. With a network: murphyd check{config}")
    if not faults:
        say(f"Read what it will do:   murphyd procedure{config}")
        say(f"Put your people on it:  murphyd contacts import FILE{config}")
        say(f"Start it:               {START if folder == USUAL else f'murphyd run{config}'}")
    return not faults
