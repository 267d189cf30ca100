"""`murphyd`: every command. Faults of the user's making are one readable line each on standard error, exit 2."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from config.faults import ConfigurationFaults
from daemon.state.store import StateDamaged, StateLocked

CONFIG = Path("/etc/murphyd")
STATE = Path("/var/lib/murphyd")

ConfigFolder = Annotated[Path, typer.Option("--config", help="The configuration folder.", metavar="DIR")]

app = typer.Typer(
    name="murphyd",
    help="Runs a Major Incident Management Procedure by email and text message.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)


@app.command()
def run(config: ConfigFolder = CONFIG) -> None:
    """Run the daemon, until SIGTERM. SIGHUP reloads the configuration."""
    from daemon.commands.run import run as serve  # noqa: PLC0415 (each command loads only what it needs)
    from daemon.logs import configure_logs  # noqa: PLC0415

    configure_logs()
    asyncio.run(serve(config, STATE))


@app.command()
def check(config: ConfigFolder = CONFIG) -> None:
    """Read the configuration and say everything that is wrong with it."""
    import os  # noqa: PLC0415

    from config.load import load  # noqa: PLC0415

    load(config, os.environ)
    typer.echo(f"{config}: no faults")


@app.command()
def sandbox(
    scenario: Annotated[str, typer.Option(help="Play this scenario by itself, and check it.", metavar="NAME")] = "",
    speed: Annotated[float, typer.Option(help="How fast time passes: at 60 a minute takes a second.")] = 60.0,
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

        asyncio.run(interact(speed))
        return
    if scenario not in SCENARIOS:
        _fault(f"there is no scenario {scenario!r}; there is {', '.join(SCENARIOS)}")
    if not asyncio.run(play(scenario, speed=0.0 if json else speed, as_json=json)):
        raise typer.Exit(1)


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
