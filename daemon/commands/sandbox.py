"""`murphyd sandbox`: the example organization to play with, at a page and in the terminal; or one scenario alone."""

import asyncio
import json
import os
import signal
import sys
import webbrowser

from rich.console import Console

from daemon.sandbox.conversation import Conversation, Unexpected
from daemon.sandbox.organization import Organization
from daemon.sandbox.page.server import PageServer
from daemon.sandbox.playground import Playground
from daemon.sandbox.scenarios import SCENARIOS
from daemon.sandbox.terminal import HELP, Terminal, typed
from daemon.sandbox.transcript import Transcript


async def play(name: str, *, speed: float, as_json: bool) -> bool:
    """Whether it went as it should: nothing missing, nothing too much."""
    console = Console(file=sys.stdout, highlight=False)
    async with Organization() as organization:
        transcript = Transcript(organization)
        talk = Conversation(organization, speed=speed, after_step=lambda: None if as_json else transcript.show(console))
        if not as_json:
            console.print(f"{_about(organization)}\n{SCENARIOS[name].about}")
        failure = ""
        try:
            for number, step in enumerate(SCENARIOS[name].steps, 1):
                if not as_json:
                    transcript.happens(console, number, step)
                await step.play(talk)
                if not as_json:
                    transcript.show(console)
                    transcript.was_seen(console, step)
        except Unexpected as unexpected:
            failure = str(unexpected)
        if as_json:
            document = {"scenario": name, "passed": not failure, "failure": failure, "messages": transcript.rows()}
            print(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            transcript.show(console)
            transcript.end(console, name, failure)
            if not failure:
                console.print("Now you are everybody, at a page: [bold]murphyd sandbox[/], or [bold]make sandbox[/].")
    return not failure


async def interact(*, speed: float, port: int, opens: bool) -> None:
    """The page, and beside it the terminal, where somebody sits at one. Until quit, the end of input, or a signal.

    Where nobody ever typed anything the end of input is no end: the page is there. Raises OSError for the port.
    """
    console = Console(highlight=False)
    async with Playground(speed=speed) as playground, PageServer(playground, port) as page:
        console.print(_about(playground.organization))
        console.print(f"Every phone, mailbox and switch is at [bold]{page.address}[/]")
        console.print(f"Its mail relay listens on port {playground.organization.mail.relay.port} of 127.0.0.1.\n")
        if opens and sys.stdout.isatty() and _display():
            webbrowser.open(page.address)
        over = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
        tasks = {asyncio.create_task(over.wait()), asyncio.create_task(_prompt(playground, console))}
        done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        await asyncio.gather(*done)


async def _prompt(playground: Playground, console: Console) -> None:
    console.print(f"{HELP}\n")
    terminal = Terminal(playground, console)
    showing = asyncio.create_task(terminal.show())
    anything = sys.stdin.isatty() if sys.stdin else False
    try:
        lines = typed()
        while line := await lines.get():
            anything = True
            if not await terminal.obey(line):
                return
        if not anything:
            await asyncio.Event().wait()
    finally:
        showing.cancel()


def _about(organization: Organization) -> str:
    ours = organization.configuration.settings.organization
    city = ours.timezone.rpartition("/")[2].replace("_", " ")
    return f"[bold]{ours.name}[/], an example. At the left: {city} time. Everybody reads their own."


def _display() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
