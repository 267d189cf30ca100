"""`murphyd`: every command. Faults of the user's making are one readable line each on standard error, exit 2."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from config.faults import ConfigurationFaults
from daemon.state.store import Reading, StateDamaged, StateLocked, read_store

if TYPE_CHECKING:
    from daemon.commands.place import Place

CONFIG = Path("/etc/murphyd")
STATE = Path("/var/lib/murphyd")

SCENARIO_SPEED = 60.0
"""A minute takes a second."""

ConfigFolder = Annotated[Path, typer.Option("--config", help="The configuration folder.", metavar="DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

app = typer.Typer(
    name="murphyd",
    help="Runs a Major Incident Management Procedure by email and text message.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"murphyd {version('murphyd')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Runs a Major Incident Management Procedure by email and text message."""


@app.command()
def run(config: ConfigFolder = CONFIG) -> None:
    """Run the daemon, until SIGTERM. SIGHUP reloads the configuration."""
    from daemon.commands.run import run as serve  # noqa: PLC0415 (each command loads only what it needs)
    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs()
    asyncio.run(serve(config, STATE))


@app.command()
def check(
    config: ConfigFolder = CONFIG,
    offline: Annotated[bool, typer.Option("--offline", help="Connect to nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Say what is wrong or weak, each with its cure. Exit 0: fine; 1: weaknesses; 2: faults."""
    import logging  # noqa: PLC0415

    from daemon.commands.check import check as check_it  # noqa: PLC0415
    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs(level=logging.CRITICAL)
    if code := check_it(config, offline=offline, as_json=json):
        raise typer.Exit(code)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="[DIR]")] = CONFIG,
    answers: Annotated[Path | None, typer.Option(help="Ask nothing: the answers are here.", metavar="FILE")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Connect to nothing.")] = False,
    example: Annotated[bool, typer.Option("--example", help="Print a file of answers to fill in, no more.")] = False,
) -> None:
    """Ask a few questions, write a configuration that works, and try it."""
    import logging  # noqa: PLC0415

    from daemon.commands import init as commands  # noqa: PLC0415
    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs(level=logging.CRITICAL)
    if example:
        typer.echo(commands.example(), nl=False)
        return
    try:
        works = commands.init(folder, answers, offline=offline)
    except commands.NotMade as refused:
        _fault(str(refused))
    if not works:
        raise typer.Exit(2)


@app.command()
def sandbox(
    scenario: Annotated[str, typer.Option(help="Play this scenario by itself, and check it.", metavar="NAME")] = "",
    speed: Annotated[
        float | None, typer.Option(help="How fast time passes: at 60, a scenario's default, a minute takes a second.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the conversation as one JSON document.")] = False,
) -> None:
    """An example organization on this machine: nothing to configure, no account, no network."""
    import logging  # noqa: PLC0415

    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs(level=logging.CRITICAL)
    try:
        from daemon.commands.sandbox import play  # noqa: PLC0415
        from daemon.sandbox.scenarios import SCENARIOS  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        _fault(f"the sandbox needs {missing.name}: install murphyd[sandbox]")
    if not scenario:
        from daemon.sandbox.terminal import interact  # noqa: PLC0415

        asyncio.run(interact(1.0 if speed is None else speed))
        return
    if scenario not in SCENARIOS:
        _fault(f"there is no scenario {scenario!r}; there is {', '.join(SCENARIOS)}")
    usual = 0.0 if json else SCENARIO_SPEED
    if not asyncio.run(play(scenario, speed=usual if speed is None else speed, as_json=json)):
        raise typer.Exit(1)


@app.command()
def incidents(config: ConfigFolder = CONFIG, json: AsJson = False) -> None:
    """List all incidents: open, past and archived."""
    from daemon.commands.incidents import incidents as list_them  # noqa: PLC0415

    place, reading = _read(config)
    list_them(reading, place, as_json=json)


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="Its number, as in MI-7.", metavar="MI-7")],
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Show one incident: how it stands, its timeline, and what became of each notice."""
    from daemon.commands.show import NoSuchIncident  # noqa: PLC0415
    from daemon.commands.show import show as show_it  # noqa: PLC0415

    place, reading = _read(config)
    try:
        show_it(reading, place, number, as_json=json)
    except NoSuchIncident as missing:
        _fault(str(missing))


@app.command(context_settings={"ignore_unknown_options": True})
def say(
    words: Annotated[list[str], typer.Argument(help="MI-7 VERB words, as in a text.", metavar="MI-7 VERB [WORDS]")],
    name: Annotated[str, typer.Option("--as", help="Who says it: a name or address on file.", metavar="NAME")] = "",
    config: ConfigFolder = CONFIG,
) -> None:
    """Say something to Murphy in the name of a person on file, when all else fails."""
    from daemon.commands import say as commands  # noqa: PLC0415

    _act(lambda place: commands.say(place, name, " ".join(words)), config)


@app.command()
def propose(
    words: Annotated[list[str], typer.Argument(help="What has failed.", metavar="WORDS")],
    name: Annotated[str, typer.Option("--as", help="Who proposes: a name or address on file.", metavar="NAME")] = "",
    service: Annotated[str, typer.Option(help="The affected service.", metavar="NAME")] = "",
    impact: Annotated[str, typer.Option(help="What people cannot do.", metavar="WORDS")] = "",
    confidential: Annotated[bool, typer.Option("--confidential", help="Only the named lists may know of it.")] = False,
    config: ConfigFolder = CONFIG,
) -> None:
    """Propose a major incident in the name of a person on file."""
    from daemon.commands import say as commands  # noqa: PLC0415

    about = {"service": service, "impact": impact}
    _act(lambda place: commands.propose(place, name, " ".join(words), confidential=confidential, **about), config)


@app.command()
def drill(
    lists: Annotated[str, typer.Option(help="Only these lists take part; by default everybody.", metavar="A,B")] = "",
    words: Annotated[str, typer.Option("--scenario", help="What is said to have failed.", metavar="WORDS")] = "",
    service: Annotated[str, typer.Option(help="The configured service that is said to have failed.")] = "",
    lasts: Annotated[str, typer.Option("--for", help="When it ends by itself, as 2h.", metavar="DURATION")] = "",
    roll_call: Annotated[bool, typer.Option("--roll-call", help="Only ask everybody for an answer.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="End the exercise that is on.")] = False,
    report: Annotated[str, typer.Option(help="Show whom an exercise reached.", metavar="DR-1")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it begins.")] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Exercise the real procedure on the real channels, every message marked as an exercise."""
    from daemon.commands import drill as commands  # noqa: PLC0415
    from daemon.console.requests import Refusal  # noqa: PLC0415

    try:
        if report:
            place, reading = _read(config)
            commands.report(reading, place, report, as_json=json)
        elif stop:
            commands.end(_place(config))
        else:
            about = {"lists": lists, "words": words, "service": service, "lasts": lasts}
            commands.begin(_place(config), **about, roll_call=roll_call, sure=yes, as_json=json)
    except (Refusal, commands.NoSuchDrill) as fault:
        _fault(str(fault))


@app.command()
def procedure(
    html: Annotated[bool, typer.Option("--html", help="Print one HTML page instead of Markdown.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write a PDF (with the extra pdf).", metavar="FILE")] = None,
    card: Annotated[bool, typer.Option("--card", help="The card to print, of one page, instead of all.")] = False,
    check: Annotated[Path | None, typer.Option(help="Fail if this kept copy differs.", metavar="FILE")] = None,
    config: ConfigFolder = CONFIG,
) -> None:
    """Write the procedure that the configuration makes: Markdown on standard output."""
    from daemon.commands import procedure as commands  # noqa: PLC0415
    from daemon.document.pdf import NoPdf  # noqa: PLC0415

    document = commands.written(config, as_card=card)
    try:
        if pdf:
            commands.write_pdf(document, pdf, as_card=card)
    except NoPdf as missing:
        _fault(str(missing))
    if check:
        if lines := commands.differences(document, check, as_card=card):
            typer.echo("\n".join(lines))
            raise typer.Exit(1)
        typer.echo(f"{check}: version {document.version}, as it is now")
    elif not pdf:
        typer.echo(commands.form(document, html=html, as_card=card), nl=False)


@app.command()
def channels(config: ConfigFolder = CONFIG, json: AsJson = False) -> None:
    """Show how each way out and in stands, since when, and why."""
    from daemon.commands import channels as commands  # noqa: PLC0415
    from daemon.console.requests import Refusal  # noqa: PLC0415

    try:
        commands.channels(_place(config), as_json=json)
    except Refusal as refusal:
        _fault(str(refusal))


@app.command()
def contacts(
    of_list: Annotated[str, typer.Argument(help="Only those on this list, in calling order.", metavar="[LIST]")] = "",
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Show who is on file, by what each can be reached, and who is barred."""
    from daemon.commands import contacts as commands  # noqa: PLC0415
    from daemon.commands.place import find  # noqa: PLC0415
    from daemon.console.requests import Refusal  # noqa: PLC0415

    try:
        commands.contacts(find(config, STATE), of_list, as_json=json)
    except Refusal as refusal:
        _fault(str(refusal))


state = typer.Typer(help="Verify, back up, export or compact the state folder.", no_args_is_help=True)
app.add_typer(state, name="state")


@state.command()
def verify(config: ConfigFolder = CONFIG) -> None:
    """Read every byte that is stored, and say what is damaged."""
    from daemon.commands import state as commands  # noqa: PLC0415

    _warn(commands.verify(_place(config).state), exits=True)


@state.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
    keep: Annotated[
        int, typer.Option(help="Make one named by the time within the folder, and keep this many.", min=0)
    ] = 0,
    config: ConfigFolder = CONFIG,
) -> None:
    """Copy the state folder, as it is now."""
    from daemon.commands import state as commands  # noqa: PLC0415

    place = _place(config)
    if keep:
        _warn(commands.backup_in_turn(place.state, target, keep, datetime.now(UTC)), exits=True)
    else:
        _warn(commands.backup(place.state, target), exits=True)


@state.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    config: ConfigFolder = CONFIG,
) -> None:
    """Write one JSON file that TinyDB opens."""
    from daemon.commands import state as commands  # noqa: PLC0415

    _warn(commands.export(_place(config).state, file), exits=True)


@state.command()
def compact(config: ConfigFolder = CONFIG) -> None:
    """Rewrite all tables into one file; a running daemon does so by itself."""
    from daemon.commands import state as commands  # noqa: PLC0415

    _warn(commands.compact(_place(config).state), exits=True)


def _place(config: Path) -> "Place":
    from daemon.commands.place import find  # noqa: PLC0415

    place = find(config, STATE)
    if not place.state.is_dir():
        _fault(f"there is no state folder {place.state}; `murphyd run` makes it, or correct [state] directory")
    return place


def _act(command: "Callable[[Place], bool]", config: Path) -> None:
    """Exit 1 where nothing came of it."""
    import logging  # noqa: PLC0415

    from daemon.console.requests import Refusal  # noqa: PLC0415
    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs(level=logging.ERROR)
    try:
        done = command(_place(config))
    except Refusal as refusal:
        _fault(str(refusal))
    if not done:
        raise typer.Exit(1)


def _read(config: Path) -> "tuple[Place, Reading]":
    place = _place(config)
    reading = read_store(place.state)
    _warn(reading.damage, exits=False)
    return place, reading


def _warn(damage: Sequence[str], *, exits: bool) -> None:
    for line in damage:
        print(f"murphyd: {line}", file=sys.stderr)  # noqa: T201
    if damage and exits:
        sys.exit(2)


def _fault(line: str) -> NoReturn:
    print(f"murphyd: {line}", file=sys.stderr)  # noqa: T201
    sys.exit(2)


def main() -> None:
    """The console script."""
    try:
        app()
    except ConfigurationFaults as faults:
        for fault in faults.faults:
            print(fault, file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except StateLocked as locked:
        _fault(f"{locked}; stop it first, or use another state folder")
    except StateDamaged as damaged:
        for line in damaged.damage:
            print(f"murphyd: {line}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except OSError as fault:
        _fault(f"{fault.filename or 'the system'}: {fault.strerror or fault}")
