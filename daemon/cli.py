"""`murphyd`: every command. Faults of the user's making are one readable line each on standard error, exit 2."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from daemon.commands.completing import contact_names, drill_numbers, incident_numbers, list_names, service_names
from daemon.commands.contacts_app import contacts
from daemon.commands.ending import ended
from daemon.commands.helping import EVERY_DAY, SETTING_UP, WRONG, PlainGroup, example, show_examples
from daemon.commands.options import (
    CONFIG,
    STATE,
    AsJson,
    ConfigFolder,
    act,
    fault,
    place_of,
    quiet_logs,
    read,
    warn,
)
from daemon.commands.state_app import state

SCENARIO_SPEED = 60.0
"""A minute takes a second."""

app = typer.Typer(
    name="murphyd",
    cls=PlainGroup,
    help="Runs a Major Incident Management Procedure by email and text message.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"murphyd {version('murphyd')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Runs a Major Incident Management Procedure by email and text message."""


@app.command(rich_help_panel=SETTING_UP, **example("murphyd run"))
def run(config: ConfigFolder = CONFIG) -> None:
    """Run the daemon, until SIGTERM. SIGHUP reloads the configuration."""
    from daemon.commands.run import run as serve
    from daemon.logs import configure_logs

    configure_logs()
    asyncio.run(serve(config, STATE))


@app.command(rich_help_panel=WRONG, **example("murphyd check"))
def check(
    config: ConfigFolder = CONFIG,
    offline: Annotated[bool, typer.Option("--offline", help="Connect to nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Say what is wrong or weak, each with its cure. Exit 0: fine; 1: weaknesses; 2: faults."""
    from daemon.commands.check import check as check_it

    quiet_logs()
    if code := check_it(config, offline=offline, as_json=json):
        raise typer.Exit(code)


@app.command(rich_help_panel=SETTING_UP, **example("murphyd init"))
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="DIR", readable=False)] = CONFIG,
    answers: Annotated[Path | None, typer.Option(help="Ask nothing: the answers are here.", metavar="FILE")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Connect to nothing.")] = False,
    shown: Annotated[bool, typer.Option("--example", help="Print a file of answers to fill in, no more.")] = False,
) -> None:
    """Ask a few questions, write a configuration that works, and try it."""
    from daemon.commands import init as commands

    quiet_logs()
    if shown:
        typer.echo(commands.example(), nl=False)
        return
    if not commands.init(folder, answers, offline=offline):
        raise typer.Exit(2)


@app.command(rich_help_panel=SETTING_UP, **example("murphyd sandbox --scenario outage"))
def sandbox(
    scenario: Annotated[str, typer.Option(help="Play this scenario by itself, and check it.", metavar="NAME")] = "",
    speed: Annotated[
        float | None,
        typer.Option(
            help="How fast time passes: at 60, a scenario's default, a minute takes a second.",
            metavar="FACTOR",
            min=0,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the conversation as one JSON document.")] = False,
    port: Annotated[
        int, typer.Option(help="Where the page is, on this machine; 0 for any.", metavar="PORT", min=0, max=65535)
    ] = 0,
    stay: Annotated[bool, typer.Option("--no-browser", help="Do not open the page in the browser.")] = False,
) -> None:
    """An example organization on this machine, at a page: nothing to configure, no account, no network."""
    quiet_logs()
    try:
        from daemon.commands.sandbox import interact, play
        from daemon.sandbox.scenarios import SCENARIOS
    except ModuleNotFoundError as missing:
        fault(f"the sandbox needs {missing.name}: install murphyd[sandbox]")
    if not scenario:
        asyncio.run(interact(speed=1.0 if speed is None else speed, port=port, opens=not stay))
        return
    if scenario not in SCENARIOS:
        fault(f"there is no scenario {scenario!r}; there is {', '.join(SCENARIOS)}")
    usual = 0.0 if json else SCENARIO_SPEED
    if not asyncio.run(play(scenario, speed=usual if speed is None else speed, as_json=json)):
        raise typer.Exit(1)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd incidents"))
def incidents(config: ConfigFolder = CONFIG, json: AsJson = False) -> None:
    """List all incidents: open, past and archived."""
    from daemon.commands.incidents import incidents as list_them

    place, reading = read(config)
    list_them(reading, place, as_json=json)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd show MI-7"))
def show(
    number: Annotated[
        str, typer.Argument(help="Its number, as in MI-7.", metavar="MI-7", autocompletion=incident_numbers)
    ],
    follow: Annotated[
        bool, typer.Option("--follow", help="Show how far its messages are, until all have arrived or failed.")
    ] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Show one incident: how it stands, its timeline, and what became of each notice."""
    from daemon.commands.show import show as show_it

    if follow and json:
        fault("--follow is for people: a script asks again with --json alone")
    place, reading = read(config)
    if follow:
        from daemon.commands.follow import follow as follow_it

        follow_it(place, number)
        return
    show_it(reading, place, number, as_json=json)


@app.command(
    context_settings={"ignore_unknown_options": True},
    rich_help_panel=WRONG,
    **example("murphyd say MI-7 ACCEPT --as 'An Peeters'"),
)
def say(
    words: Annotated[list[str], typer.Argument(help="MI-7 VERB words, as in a text.", metavar="MI-7 VERB [WORDS]")],
    name: Annotated[
        str,
        typer.Option(
            "--as", help="Who says it: a name or address on file.", metavar="NAME", autocompletion=contact_names
        ),
    ] = "",
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Say something to Murphy in the name of a person on file, when all else fails."""
    from daemon.commands import say as commands

    act(lambda place: commands.say(place, name, " ".join(words), as_json=json), config)


@app.command(rich_help_panel=WRONG, **example("murphyd propose 'The web shop is down' --as 'Lotte Claes'"))
def propose(
    words: Annotated[list[str], typer.Argument(help="What has failed.", metavar="WORDS")],
    name: Annotated[
        str,
        typer.Option(
            "--as", help="Who proposes: a name or address on file.", metavar="NAME", autocompletion=contact_names
        ),
    ] = "",
    service: Annotated[
        str, typer.Option(help="The affected service.", metavar="NAME", autocompletion=service_names)
    ] = "",
    impact: Annotated[str, typer.Option(help="What people cannot do.", metavar="WORDS")] = "",
    confidential: Annotated[bool, typer.Option("--confidential", help="Only the named lists may know of it.")] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Propose a major incident in the name of a person on file."""
    from daemon.commands import say as commands

    about = {"service": service, "impact": impact}
    text = " ".join(words)
    act(lambda place: commands.propose(place, name, text, **about, confidential=confidential, as_json=json), config)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd drill --roll-call --lists operators"))
def drill(
    lists: Annotated[
        str,
        typer.Option(
            help="Only these lists take part; by default everybody.", metavar="A,B", autocompletion=list_names
        ),
    ] = "",
    words: Annotated[str, typer.Option("--scenario", help="What is said to have failed.", metavar="WORDS")] = "",
    service: Annotated[
        str,
        typer.Option(
            help="The configured service that is said to have failed.", metavar="NAME", autocompletion=service_names
        ),
    ] = "",
    lasts: Annotated[str, typer.Option("--for", help="When it ends by itself, as 2h.", metavar="DURATION")] = "",
    roll_call: Annotated[bool, typer.Option("--roll-call", help="Only ask everybody for an answer.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="End the exercise that is on.")] = False,
    report: Annotated[
        str, typer.Option(help="Show whom an exercise reached.", metavar="DR-1", autocompletion=drill_numbers)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it begins.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until it is over, and show its report.")] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Exercise the real procedure on the real channels, every message marked as an exercise."""
    from daemon.commands import drill as commands

    if report:
        place, reading = read(config)
        commands.report(reading, place, report, as_json=json)
    elif stop:
        commands.end(place_of(config), as_json=json)
    else:
        about = {"lists": lists, "words": words, "service": service, "lasts": lasts}
        place = place_of(config)
        begun = commands.begin(place, **about, roll_call=roll_call, sure=yes, as_json=json, told=not (json and wait))
        if wait:
            commands.wait(place, begun, as_json=json)
            commands.report(read(config)[1], place, begun, as_json=json)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd procedure --card"))
def procedure(
    html: Annotated[bool, typer.Option("--html", help="Print one HTML page instead of Markdown.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write a PDF (needs WeasyPrint).", metavar="FILE")] = None,
    card: Annotated[bool, typer.Option("--card", help="The card to print, of one page, instead of all.")] = False,
    check: Annotated[Path | None, typer.Option(help="Fail if this kept copy differs.", metavar="FILE")] = None,
    config: ConfigFolder = CONFIG,
) -> None:
    """Write the procedure that the configuration makes: Markdown on standard output."""
    from daemon.commands import procedure as commands
    from daemon.document.pdf import NoPdf

    document = commands.written(config, as_card=card)
    try:
        if pdf:
            commands.write_pdf(document, pdf, as_card=card)
    except NoPdf as missing:
        fault(str(missing))
    if check:
        if lines := commands.differences(document, check, as_card=card):
            typer.echo("\n".join(lines))
            raise typer.Exit(1)
        typer.echo(f"{check}: version {document.version}, as it is now")
    elif not pdf:
        typer.echo(commands.form(document, html=html, as_card=card), nl=False)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd review MI-7 -o review.html"))
def review(
    number: Annotated[
        str, typer.Argument(help="Its number, as in MI-7.", metavar="MI-7", autocompletion=incident_numbers)
    ] = "",
    html: Annotated[bool, typer.Option("--html", help="Print one HTML page instead of Markdown.")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write a PDF (needs WeasyPrint).", metavar="FILE")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it: .html, .pdf or .md.", metavar="FILE")
    ] = None,
    timeline: Annotated[str, typer.Option(help="Print only the timeline, as json or csv.", metavar="FORM")] = "",
    export: Annotated[
        Path | None, typer.Option(help="Write the whole incident, every message in it, as a ZIP.", metavar="FILE.zip")
    ] = None,
    actions: Annotated[bool, typer.Option("--actions", help="List the open actions of all incidents.")] = False,
    done: Annotated[bool, typer.Option("--done", help="With --actions: those done as well.")] = False,
    trends: Annotated[bool, typer.Option("--all", help="Show trends over all incidents, and what repeats.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="With --all: Markdown instead of tables.")] = False,
    config: ConfigFolder = CONFIG,
    json: AsJson = False,
) -> None:
    """Write the report of an incident, for its review: Markdown on standard output. It is confidential."""
    from daemon.commands import review_options

    quiet_logs()
    elsewhere = review_options.Elsewhere(number, timeline, export, actions, done, trends, as_markdown, json)
    if elsewhere.asked:
        elsewhere.run(*read(config), config)
        return
    from daemon.commands import review as commands
    from daemon.document.pdf import NoPdf

    place, reading = read(config)
    written = commands.Written(reading, place, config, number)
    warn([written.missing] if written.missing else [], exits=False)
    try:
        for file in filter(None, (pdf, output)):
            written.write(file)
    except NoPdf as missing:
        fault(str(missing))
    if not pdf and not output:
        typer.echo(written.text(html=html), nl=False)


@app.command(rich_help_panel=EVERY_DAY, **example("murphyd channels"))
def channels(config: ConfigFolder = CONFIG, json: AsJson = False) -> None:
    """Show how each way out and in stands, since when, and why."""
    from daemon.commands import channels as commands

    commands.channels(place_of(config), as_json=json)


app.add_typer(contacts, name="contacts", rich_help_panel=EVERY_DAY)
app.add_typer(state, name="state", rich_help_panel=WRONG)
show_examples(app)


def main() -> None:
    """The console script."""
    ended(app)
